"""What the store holds, counted in the store itself, and kept for a while because counting reads all of it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from kg.errors import KgError
from kg.serve.asking import Asked
from kg.vocab.namespaces import BASE

_KEPT_S = 60.0
_MOST_GRAPHS = 1000
_COUNTS = """SELECT ?triples ?subjects ?events ?articles ?actors WHERE {
  { SELECT (COUNT(*) AS ?triples) WHERE { ?s ?p ?o } }
  { SELECT (COUNT(DISTINCT ?s) AS ?subjects) WHERE { ?s ?p ?o } }
  { SELECT (COUNT(*) AS ?events) WHERE { ?event a sem:Event } }
  { SELECT (COUNT(*) AS ?articles) WHERE { ?article a schema:NewsArticle } }
  { SELECT (COUNT(*) AS ?actors) WHERE { ?actor a sem:Actor } }
}"""
_CLASSES = "SELECT ?class (COUNT(*) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class LIMIT 1000"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p LIMIT 1000"
_GRAPHS = f"""SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}
GROUP BY ?g ORDER BY ?g LIMIT {_MOST_GRAPHS}"""
_OWN = f'SELECT ?g WHERE {{ GRAPH ?g {{ }} FILTER(!STRSTARTS(STR(?g), "{BASE}")) }} LIMIT 1'
_GRAPH_COUNT = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"

Counted = tuple[tuple[str, int], ...]
"""IRIs with a number each."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over the union of all articles; None and empty where the store could not be counted in time."""

    triples: int | None = None
    subjects: int | None = None
    events: int | None = None
    articles: int | None = None
    actors: int | None = None
    classes: Counted = ()
    """Instances by class, most first, 1,000 at most."""
    properties: Counted = ()
    """Triples by property, most first, 1,000 at most."""
    graphs: Counted = ()
    """Triples by named graph, in order of IRI, 1,000 at most."""
    graph_count: int | None = None
    union: bool = True
    """Whether the default graph is the union of all named graphs: not where users have graphs of their own."""


@dataclass(slots=True)
class Counter:
    """Keeps the figures for a minute, and for twenty times as long as counting took where that is longer."""

    asked: Asked
    lock: threading.Lock = field(default_factory=threading.Lock)
    until: float = 0.0
    figures: Figures = field(default_factory=Figures)

    def count(self) -> Figures:
        """The figures; the earlier ones while another thread counts, so that nobody waits for it."""
        if time.monotonic() >= self.until and self.lock.acquire(blocking=False):
            try:
                start = time.monotonic()
                self.figures = _figures(self.asked)
                end = time.monotonic()
                self.until = end + max(_KEPT_S, 20 * (end - start))
            finally:
                self.lock.release()
        return self.figures

    def forget(self) -> None:
        """Count anew when somebody asks."""
        self.until = 0.0


def _figures(asked: Asked) -> Figures:
    counts = _rows(asked, _COUNTS)
    triples, subjects, events, articles, actors = map(int, counts[0]) if counts else [None] * 5
    graph_count = _rows(asked, _GRAPH_COUNT)
    return Figures(
        triples=triples,
        subjects=subjects,
        events=events,
        articles=articles,
        actors=actors,
        classes=_counted(asked, _CLASSES),
        properties=_counted(asked, _PROPERTIES),
        graphs=_counted(asked, _GRAPHS),
        graph_count=int(graph_count[0][0]) if graph_count else None,
        union=not _rows(asked, _OWN),
    )


def _counted(asked: Asked, sparql: str) -> Counted:
    return tuple((iri, int(n)) for iri, n in _rows(asked, sparql))


def _rows(asked: Asked, sparql: str) -> list[tuple[str, ...]]:
    """The rows as text; none where the store is too large to count within the limits."""
    try:
        return [tuple("" if t is None else t.value for t in row) for row in asked.query(sparql).rows]
    except KgError:
        return []
