"""The run that made an article's graph: which tools and data, and apart from that, when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import pyoxigraph as ox

from kg.graph import names as n
from kg.graph.terms import Triples, dk, moment, text, triple, types
from kg.vocab.iris import article_iri, graph_iri, run_iri

RUNS_GRAPH = graph_iri("runs")
"""The named graph of clock times, kept apart so that the graphs of articles hold none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One coding of one article by one set of tools; the same input gives the same run.

    >>> Run.of("3ec87931c774ba60", (("kg", "0.1"),)) == Run.of("3ec87931c774ba60", (("kg", "0.1"),))
    True
    """

    key: str
    """16 hexadecimal digits, from the versions and the article."""
    article: str
    """Key of the article."""
    versions: tuple[tuple[str, str], ...] = ()
    """Name and version of each tool, model and lexicon, sorted."""
    started: datetime | None = None
    ended: datetime | None = None

    @classmethod
    def of(
        cls,
        article: str,
        versions: tuple[tuple[str, str], ...],
        *,
        started: datetime | None = None,
        ended: datetime | None = None,
    ) -> Run:
        """The run of these tools over an article, with its key; the times do not enter the key."""
        ordered = tuple(sorted(versions))
        told = "\n".join([article, *(f"{name}\t{version}" for name, version in ordered)])
        key = sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return cls(key=key, article=article, versions=ordered, started=started, ended=ended)


def run_triples(run: Run, warnings: tuple[str, ...] = ()) -> Triples:
    """What is the same each time: the run's class, the article that it read, the versions, the warnings."""
    iri = run_iri(run.key)
    yield from types(iri, dk("ExtractionRun"), n.ACTIVITY)
    yield triple(iri, n.USED, article_iri(run.article))
    for name, version in run.versions:
        yield triple(iri, dk("toolVersion"), text(f"{name} {version}"))
    for warning in warnings:
        yield triple(iri, dk("warning"), text(warning))


def run_quads(run: Run) -> Iterator[ox.Quad]:
    """The run's clock times, in the graph of runs; exports leave that graph out unless asked for it.

    The graph of runs is one for all articles: collect the quads of every run before replacing it.
    What the run was stands in the article's graph, so that a time left behind breaks nothing.
    """
    for name, time in ((n.STARTED, run.started), (n.ENDED, run.ended)):
        if time is not None:
            yield ox.Quad(ox.NamedNode(run_iri(run.key)), name, moment(time), ox.NamedNode(RUNS_GRAPH))
