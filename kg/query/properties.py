"""What the store says of things, as plain property tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Protocol

from kg.model import Answer, Term
from kg.vocab.names import local_name

Properties = Mapping[str, tuple[str, ...]]
"""Local name of a property to its values, sorted; those in other languages than English come last."""


class Queryable(Protocol):
    """The part of a store that questions need."""

    def query(self, sparql: str, /) -> Answer:
        """Answer a query over the union of the named graphs, with the prefixes of ``kg.vocab`` known."""
        ...


def property_tables(store: Queryable, sparql: str) -> dict[str, Properties]:
    """The properties of each thing, in order of their IRIs.

    Args:
        store: What to ask.
        sparql: A SELECT of thing, property and value.

    Raises:
        QueryError: The store cannot answer.
    """
    return {thing: properties for (thing,), properties in grouped_tables(store, sparql).items()}


def grouped_tables(store: Queryable, sparql: str) -> dict[tuple[str, ...], Properties]:
    """The same for a SELECT of any columns, property and value, by what stands in those columns."""
    found: dict[tuple[str, ...], dict[str, set[tuple[bool, str]]]] = defaultdict(lambda: defaultdict(set))
    for *key, name, value in store.query(sparql).rows:
        found[tuple(map(_text, key))][local_name(_text(name))].add((_is_foreign(value), _text(value)))
    return {
        key: {name: tuple(text for _, text in sorted(values)) for name, values in found[key].items()}
        for key in sorted(found)
    }


def one(properties: Properties, *names: str) -> str:
    """The first value of the first of these properties that has one, else ''.

    >>> one({"title": ("A",)}, "headline", "title")
    'A'
    """
    return next((properties[name][0] for name in names if properties.get(name)), "")


def _text(term: Term | None) -> str:
    return "" if term is None else term.value


def _is_foreign(term: Term | None) -> bool:
    return term is not None and not (term.language or "en").startswith("en")
