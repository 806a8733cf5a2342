"""A large graph in a store on disk, filled past the store's own commits, and how long it takes to ask it there."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import pyoxigraph as ox

from benchmarks.asking import COUNTS, PERIOD, typical
from benchmarks.graph import graphs, nquads
from benchmarks.loading import NQ, union
from kg.query import ask, question, questions
from kg.query.asking import sparql_for
from kg.store import Store, open_store
from kg.store.layout import RDF
from kg.store.upkeep import compact, size_bytes

PAGES: Mapping[str, tuple[dict[str, str], int]] = {
    "/api/events": ({}, 0),
    "/api/events, from the middle": ({}, 40_000),
    "/api/events, one type and year": ({"type": "CONSULT", "since": "2019", "until": "2019"}, 0),
}
"""Pages of the JSON API with their filters, and how many events are left out."""
Seconds = dict[str, float]


def filled(folder: Path, scratch: Path, quads: int, seed: int) -> Path:
    """A store in a new folder, from generated quads, which go to a file an article after the other."""
    file, triples = scratch / "graph.nq", scratch / "union.nt"
    with file.open("wb") as out:
        out.writelines(nquads(graphs(quads, seed=seed)))
    union(file, triples)
    open_store(folder).close()
    rdf = ox.Store(folder / RDF)
    rdf.bulk_load(path=file, format=NQ)
    rdf.bulk_load(path=triples, format=ox.RdfFormat.N_TRIPLES)
    rdf.flush()
    del rdf  # lets go of the database
    for written in (file, triples):
        written.unlink()
    compact(folder)
    return folder


def figures(folder: Path, rounds: int) -> dict[str, Any]:
    """Seconds of the processor and by the clock for each question, count and page; medians of some rounds."""
    told: dict[str, Any] = {"bytes": size_bytes(folder)}
    with open_store(folder, read_only=True) as store:
        told["quads"] = store.count()
        told["events"] = sum(int(str(row[1])) for row in ask(store, "types").rows)
        told["questions"] = {
            q.name: _taken(lambda n=q.name: ask(store, n, **_by_id(n)), rounds)  # type: ignore[misc]
            for q in questions()
        }
        told["median"] = {kind: median(t[kind] for t in told["questions"].values()) for kind in ("cpu_s", "wall_s")}
        told["counts"] = {
            f"{name}{', one year' if period else ''}": _counts(store, name, period, rounds)
            for name in COUNTS
            for period in ({}, PERIOD)
        }
    told["pages"] = _pages(folder, rounds)
    told["summary"] = _taken(lambda: _anew(folder), 1)
    return told


def _counts(store: Store, name: str, period: dict[str, str], rounds: int) -> dict[str, Seconds]:
    """From the summary, and from the graph as it goes without one."""
    text = sparql_for(store, question(name), dict(period))
    return {
        "summary": _taken(lambda: ask(store, name, **period), rounds),
        "graph": _taken(lambda: store.query(text), rounds),
    }


def _by_id(name: str) -> dict[str, Any]:
    """The typical parameters, with actors by their ids: finding a name reads all names."""
    given = typical(name)
    return {p: "france" if p in ("actor", "source") and value else value for p, value in given.items()}


def _pages(folder: Path, rounds: int) -> dict[str, float]:
    """Seconds by the clock for pages of 100 events, through one worker."""
    from kg.serve.asking import Asked
    from kg.serve.events import event_page
    from kg.serve.pool import Caps, QueryPool
    from kg.serve.summaries import Summaries

    with QueryPool(folder, workers=1, caps=Caps(seconds=60)) as pool:
        asked = Asked(pool, newest=Summaries(folder).newest)
        return {
            page: _taken(lambda g=given, o=offset: event_page(asked, g, 100, o), rounds)["wall_s"]  # type: ignore[misc]
            for page, (given, offset) in PAGES.items()
        }


def _anew(folder: Path) -> None:
    """Read the summary out of the graph, as ``kg compact`` does, without keeping it."""
    from kg.store.snapshots import hold
    from kg.store.summing import summed

    if held := hold(folder):
        summed(ox.Store.read_only(str(held.rdf)))
        held.close()


def _taken(work: Callable[[], object], rounds: int) -> Seconds:
    """Medians; the first time, which reads from the disk, is not counted where there are several."""
    found = []
    for _ in range(rounds + (rounds > 1)):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        found.append((time.process_time() - cpu, time.perf_counter() - wall))
    counted = found[1:] or found
    return {"cpu_s": median(c for c, _ in counted), "wall_s": median(w for _, w in counted)}


def rows(told: dict[str, Any]) -> list[list[str]]:
    """The figures as a table."""
    size = f"{told['quads']} quads, {told['events']} events, {told['bytes'] / 1e9:.1f} GB"
    table = [[size, "CPU, s", "wall, s"], ["questions: median", *_shown(told["median"])]]
    table += [[f"  {name}", *_shown(t)] for name, t in sorted(told["questions"].items())]
    for name, ways in told["counts"].items():
        table += [[f"{name}, over everything, by {way}", *_shown(t)] for way, t in ways.items()]
    table += [[name, "", f"{s:.3f}"] for name, s in told["pages"].items()]
    return [*table, ["counting the summary anew", *_shown(told["summary"])]]


def _shown(taken: Seconds) -> list[str]:
    return [f"{taken['cpu_s']:.3f}", f"{taken['wall_s']:.3f}"]
