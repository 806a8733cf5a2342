"""Quads by subject and by predicate, for checks that walk the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.graph.terms import A
from kg.vocab.namespaces import GRAPH

Term = ox.NamedNode | ox.Literal


def _table() -> defaultdict[str, dict[str, dict[Term, None]]]:
    return defaultdict(dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """The union of some named graphs, with the articles that support each resource."""

    by_predicate: defaultdict[str, dict[str, dict[Term, None]]] = field(default_factory=_table)
    """Values by predicate and subject."""
    articles: dict[str, str] = field(default_factory=dict)
    """For each subject the key of the first article that describes it."""

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Facts:
        """Index the quads."""
        facts = cls()
        for quad in sorted(quads, key=str):
            facts._add(quad)
        return facts

    def _add(self, quad: ox.Quad) -> None:
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
            return
        subject = quad.subject.value
        self.by_predicate[quad.predicate.value].setdefault(subject, {})[quad.object] = None
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(GRAPH):
            key = quad.graph_name.value.removeprefix(GRAPH)
            self.articles[subject] = min(key, self.articles.get(subject, key))

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[str, Term]]:
        """Every subject and value of a predicate."""
        for subject, values in self.by_predicate.get(predicate.value, {}).items():
            for value in values:
                yield subject, value

    def values(self, subject: str, predicate: ox.NamedNode) -> tuple[Term, ...]:
        """The values of one subject."""
        return tuple(self.by_predicate.get(predicate.value, {}).get(subject, ()))

    def one(self, subject: str, predicate: ox.NamedNode) -> str | None:
        """The text of the first value; None where there is none."""
        values = self.values(subject, predicate)
        return values[0].value if values else None

    def is_a(self, subject: str, cls: ox.NamedNode) -> bool:
        """Whether the subject is said to be of the class."""
        return cls in self.by_predicate.get(A.value, {}).get(subject, {})
