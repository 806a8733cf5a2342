"""The named questions with typical parameters, put to this project's store and to rdflib."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Mapping
from math import exp, log
from statistics import median
from types import FrameType
from typing import Any

from benchmarks.loading import seconds
from kg.query import ask, question, questions
from kg.query.asking import sparql_for
from kg.query.values import Value
from kg.store import Store
from kg.vocab.namespaces import PREFIXES

TYPICAL: Mapping[str, Value] = {
    "actor": "France",
    "source": "France",
    "country": "FRA",
    "type": "CONSULT",
    "since": "2019-01-01",
    "until": "2019-12-31",
    "state": "Occurred",
    "min_confidence": "0.5",
    "text": "prisoners",
    "kind": "Killed",
    "least": "2",
    "articles": "2",
    "before": "2015-06-01",
    "below": "0.35",
}
"""A value for each parameter, for one country and one year of ten."""

PERIOD: dict[str, str] = {"since": "2019-01-01", "until": "2019-12-31"}
"""One year of the ten that a synthetic graph has."""

COUNTS = ("months", "types", "dyads")
"""Questions that count over everything when they get no parameter."""


def typical(name: str) -> dict[str, Value | None]:
    """The question's parameters as a user would give them."""
    return {p.name: TYPICAL[p.name] for p in question(name).parameters}


def kg_times(store: Store, rounds: int, *, limit_s: float = 300) -> dict[str, float]:
    """Median seconds that the store takes for each question, from name and parameters to all rows."""
    asked = {q.name: typical(q.name) for q in questions()}
    return {
        name: _median(lambda n=name, p=params: ask(store, n, **p), rounds, limit_s)  # type: ignore[misc]
        for name, params in asked.items()
    }


def count_times(store: Store, rounds: int) -> dict[str, float]:
    """Median seconds for each of ``COUNTS`` over the whole store."""
    known = {q.name for q in questions()}
    return {name: _median(lambda n=name: ask(store, n), rounds, 300) for name in COUNTS if name in known}  # type: ignore[misc]


def against_rdflib(store: Store, graph: Any, rounds: int, limit_s: float) -> dict[str, dict[str, Any]]:
    """For each question the seconds of both engines for the same SPARQL, and whether the answers are as long.

    rdflib gets ``limit_s`` seconds for a question; where it needs longer, they count as its time. A question on which
    it fails with an error of its own is left out.
    """
    told: dict[str, dict[str, Any]] = {}
    for asked in questions():
        sparql = sparql_for(store, asked, typical(asked.name))
        rows: list[int] = []
        try:
            theirs = _within(limit_s, lambda sparql=sparql, rows=rows: rows.append(_rdflib_rows(graph, sparql)))  # type: ignore[misc]
        except (AttributeError, TypeError, KeyError) as error:
            print(f"{asked.name}: rdflib fails with {error!r}; left out", file=sys.stderr)
            continue
        ours = _median(lambda sparql=sparql: store.query(sparql), rounds, limit_s)  # type: ignore[misc]
        same = None if theirs is None else rows == [len(store.query(sparql).rows)]
        told[asked.name] = {"kg_s": ours, "rdflib_s": theirs or limit_s, "finished": theirs is not None, "same": same}
    return told


def geometric_mean(ratios: list[float]) -> float:
    """The mean of ratios in which half and double cancel out.

    >>> round(geometric_mean([0.5, 2]), 6)
    1.0
    """
    return exp(sum(map(log, ratios)) / len(ratios))


def _rdflib_rows(graph: Any, sparql: str) -> int:
    return len(list(graph.query(sparql, initNs=dict(PREFIXES))))


def _median(work: Callable[[], object], rounds: int, enough_s: float) -> float:
    """The median of some rounds, of fewer where they take very long."""
    taken = [seconds(work)]
    while len(taken) < rounds and sum(taken) < enough_s:
        taken.append(seconds(work))
    return median(taken)


def _within(limit_s: float, work: Callable[[], object]) -> float | None:
    """Seconds that the work took; None where it was not done within the limit."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        return seconds(work)
    except TimeoutError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
