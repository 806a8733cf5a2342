"""Asks the pool as one asks a store: records of ``kg.model`` come back, values are bound and never pasted in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import Answer
from kg.query.entities import find_entities
from kg.query.named import Parameter, Question
from kg.query.values import Terms, bind, term_for
from kg.serve.answers import Answers, Request
from kg.serve.negotiation import JSON_RESULTS
from kg.store.answers import graph_answer, to_answer
from kg.store.tokens import tokens
from kg.vocab.iris import entity_iri

if TYPE_CHECKING:
    from kg.store.summary import Summary

_KNOWN = "SELECT DISTINCT ?entity WHERE { VALUES ?entity { UNDEF } ?entity skos:prefLabel ?name }"
_KEPT_S = 5.0
_NTRIPLES = "application/n-triples"
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The pool as a store that can be asked; ``kg.query`` takes it as one."""

    pool: Answers
    kept: Kept = field(default_factory=lambda: Kept())
    newest: Callable[[], Summary | None] = lambda: None
    """Gives the summary of the store as it is."""

    def summary(self) -> Summary | None:
        """What counts need of the store as it is now; None where none is kept."""
        return self.newest()

    def query(self, sparql: str, /) -> Answer:
        """The whole answer; the rows of a graph are sorted.

        Raises:
            QueryError: As ``Answers.answer`` has it.
        """
        if form_of(sparql) in ("CONSTRUCT", "DESCRIBE"):
            return _graph(self.pool.answer(Request(sparql, _NTRIPLES)).body)
        return read_answer(self.pool.answer(Request(sparql, JSON_RESULTS)).body)

    def bound(self, sparql: str, **values: Iterable[str]) -> str:
        """A text of ours with its VALUES blocks filled by IRIs.

        Raises:
            ValueError: One of them is not an IRI.
        """
        import pyoxigraph as ox

        terms = {name: [ox.NamedNode(iri) for iri in iris] for name, iris in values.items()}
        return bind(Question("", "", "", "", sparql), terms)

    def terms(self, parameter: Parameter, value: str) -> Terms:
        """The terms that a parameter's text stands for.

        Raises:
            QueryError: It does not fit, or names no entity of the store.
        """
        if parameter.type != "actor":
            return (term_for(parameter, value),)
        return self._by_id(value) or find_entities(self.kept.remembering(self), value)

    def _by_id(self, value: str) -> Terms:
        """By id or IRI, which the index of the store finds without reading all names."""
        import pyoxigraph as ox

        bare = value.strip().strip("<>").removeprefix("ent:")
        wanted = [] if not bare or len(bare) > 500 else [bare, entity_iri(bare), entity_iri(bare.lower())]
        iris = [iri for iri in dict.fromkeys(wanted) if _is_iri(iri)]
        rows = self.query(self.bound(_KNOWN, entity=iris)).rows if iris else ()
        return tuple(ox.NamedNode(row[0].value) for row in rows if row[0] is not None)


@dataclass(slots=True)
class Kept:
    """The names of all entities, read at most every five seconds however often they are needed."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    answers: dict[str, tuple[float, Answer]] = field(default_factory=dict)

    def remembering(self, asked: Asked) -> Remembering:
        """The same store with answers that may be five seconds old."""
        return Remembering(asked, self)


@dataclass(frozen=True, slots=True)
class Remembering:
    """A store whose answers are kept for a while; for the few texts of ``kg.query`` without parameters."""

    asked: Asked
    kept: Kept

    def query(self, sparql: str, /) -> Answer:
        """The whole answer, at most five seconds old."""
        with self.kept.lock:
            then, answer = self.kept.answers.get(sparql, (0.0, Answer("select")))
            if not then or time.monotonic() - then > _KEPT_S:
                answer = self.asked.query(sparql)
                self.kept.answers[sparql] = (time.monotonic(), answer)
            return answer


def form_of(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE, whichever comes first; SELECT where none does.

    >>> form_of("PREFIX select: <urn:x#ASK> # ASK\\nconstruct where { }")
    'CONSTRUCT'
    """
    return next((token.upper for token in tokens(text) if token.upper in _FORMS), "SELECT")


def read_answer(body: bytes) -> Answer:
    """The answer that a body of ``application/sparql-results+json`` holds.

    >>> read_answer(b'{"head": {}, "boolean": true}').truth
    True
    """
    import pyoxigraph as ox

    return to_answer(ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON))


def _graph(body: bytes) -> Answer:
    import pyoxigraph as ox

    return graph_answer(quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))


def _is_iri(text: str) -> bool:
    import pyoxigraph as ox

    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
