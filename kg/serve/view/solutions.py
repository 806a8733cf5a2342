"""Rows of the store's own answers as property tables, without a record for each term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Protocol

import pyoxigraph as ox

from kg.query.properties import Properties, Queryable
from kg.vocab.names import local_name


class Solvable(Queryable, Protocol):
    """A store that gives its rows one by one, as the RDF library has them."""

    def results(self, sparql: str, /) -> Any:
        """The rows of a SELECT, over the union of the named graphs."""
        ...


def tables(rows: Iterable[Any], *, only: Collection[str] = ()) -> dict[str, Properties]:
    """The same as ``kg.query.properties.property_tables``, in the order in which things come.

    Args:
        rows: Thing, property and value of each.
        only: IRIs of the properties to keep; none for all.
    """
    found: dict[str, dict[str, list[tuple[bool, str]]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for thing, property_, value in rows:
        iri = property_.value
        if only and iri not in only:
            continue
        name = names.get(iri)
        if name is None:
            name = names[iri] = local_name(iri)
        found[thing.value][name].append(_told(value))
    return {thing: {name: _texts(values) for name, values in own.items()} for thing, own in found.items()}


def _told(value: Any) -> tuple[bool, str]:
    """Whether it is in another language than English, and its text."""
    if isinstance(value, ox.Literal):
        language = value.language
        return language is not None and not language.startswith("en"), value.value
    return False, value.value if isinstance(value, ox.NamedNode | ox.BlankNode) else str(value)


def _texts(values: list[tuple[bool, str]]) -> tuple[str, ...]:
    return (values[0][1],) if len(values) == 1 else tuple(text for _, text in sorted(set(values)))
