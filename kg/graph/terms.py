"""RDF terms and triples: the few ways in which the graph writes a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

import pyoxigraph as ox

from kg.vocab.iris import term
from kg.vocab.namespaces import EDTF, RDF, XSD

Triples = Iterator[ox.Triple]

_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

A = ox.NamedNode(RDF + "type")


def dk(name: str) -> ox.NamedNode:
    """The project's own term of that name.

    Raises:
        UsageError: If the ontology has no such term.
    """
    return ox.NamedNode(term(name))


def triple(subject: str, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal | str) -> ox.Triple:
    """One triple; a plain string as value is an IRI."""
    return ox.Triple(ox.NamedNode(subject), predicate, ox.NamedNode(value) if isinstance(value, str) else value)


def types(subject: str, *classes: ox.NamedNode) -> Triples:
    """The classes of a resource."""
    for cls in classes:
        yield ox.Triple(ox.NamedNode(subject), A, cls)


def text(value: str, language: str | None = None) -> ox.Literal:
    """A string as it stands; a lone surrogate, which RDF cannot hold, becomes U+FFFD."""
    return ox.Literal(_SURROGATE.sub("\ufffd", value), language=language)


def number(value: float) -> ox.Literal:
    """An integer where the value is whole, else a double."""
    return ox.Literal(int(value)) if float(value).is_integer() else ox.Literal(float(value))


def ratio(value: float) -> ox.Literal:
    """A score from 0 to 1 as a decimal of at most four places, so that 1 and 1.0 are one value."""
    return ox.Literal(f"{value:.4f}".rstrip("0").rstrip(".") or "0", datatype=ox.NamedNode(XSD + "decimal"))


def flag(value: bool) -> ox.Literal:
    """A truth value."""
    return ox.Literal(value)


def day(value: date) -> ox.Literal:
    """A calendar day."""
    return ox.Literal(value.isoformat()[:10], datatype=ox.NamedNode(XSD + "date"))


def moment(value: datetime) -> ox.Literal:
    """A point in time; it carries a time zone."""
    return ox.Literal(value.isoformat().replace("+00:00", "Z"), datatype=ox.NamedNode(XSD + "dateTime"))


def edtf(value: str) -> ox.Literal:
    """A date in the Extended Date/Time Format, with that format's own datatype."""
    return ox.Literal(value, datatype=ox.NamedNode(EDTF))


def known_day(value: str) -> ox.Literal:
    """An ISO date: xsd:date where it names an existing day, else EDTF as exact as it is."""
    if _DAY.fullmatch(value):
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return edtf(value)
    return edtf(value)


def link_or_text(value: str) -> ox.NamedNode | ox.Literal:
    """An IRI where the value is a web address, else the words; other schemes could run when clicked."""
    if value.startswith(("http://", "https://")):
        try:
            return ox.NamedNode(value)
        except ValueError:
            return text(value)
    return text(value)
