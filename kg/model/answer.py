"""What a query gives back, independent of the store that answered it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """An RDF term; ``kind`` is iri, literal or blank."""

    kind: str
    value: str
    datatype: str | None = None
    """IRI of a literal's datatype; None for plain and language-tagged strings."""
    language: str | None = None

    def __str__(self) -> str:
        return self.value


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT or DESCRIBE.

    kind: select, ask or graph; a graph's columns are subject, predicate, object.

    >>> list(Answer("select", ("a",), ((Term("literal", "x"),),)).dicts())
    [{'a': 'x'}]
    """

    kind: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool | None = None

    def dicts(self) -> Iterator[dict[str, str | None]]:
        """Each row as a mapping from column to the term's text, None where unbound."""
        for row in self.rows:
            yield {c: None if t is None else t.value for c, t in zip(self.columns, row, strict=True)}

    def __len__(self) -> int:
        return len(self.rows)

    def _repr_html_(self) -> str:
        from kg.model.shown import answer_html

        return answer_html(self)
