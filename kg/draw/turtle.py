"""What the graph says of single events, as Turtle for readers who want the triples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.draw.facts import QUERIES, Facts
from kg.model import Term
from kg.query.properties import Queryable
from kg.vocab.namespaces import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox


def turtle_of(store: Queryable, events: Iterable[str], facts: Facts) -> dict[str, str]:
    """The triples of each event and of its mentions, without figures, which may have no names.

    Args:
        store: what holds the triples.
        events: IRIs.
        facts: tells which mentions belong to which event.

    Raises:
        QueryError: the store cannot answer.
    """
    import pyoxigraph as ox

    about: dict[str, set[ox.Triple]] = defaultdict(set)
    for query in (QUERIES["events"], QUERIES["mentions"]):
        for subject, name, value in store.query(query).rows:
            if subject and name and value and subject.kind == "iri" and value.kind != "blank":
                triple = ox.Triple(ox.NamedNode(subject.value), ox.NamedNode(name.value), _term(value))
                about[subject.value].add(triple)
    found = {}
    for event in events:
        things = (event, *facts.events[event].get("denotedBy", ()))
        found[event] = "\n".join(filter(None, (_written(about[thing]) for thing in things if thing in about)))
    return found


def _term(term: Term) -> ox.NamedNode | ox.Literal:
    import pyoxigraph as ox

    if term.kind == "iri":
        return ox.NamedNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype) if term.datatype else None)


def _written(triples: Iterable[ox.Triple]) -> str:
    """The triples of one thing, sorted, under the prefixes that every query knows; these are not declared."""
    import pyoxigraph as ox

    whole = ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b""
    lines = whole.decode("utf-8", "replace").split("\n")
    return "\n".join(line for line in lines if not line.startswith("@prefix ")).strip()
