"""Loading and writing one graph with three engines: this project's store, pyoxigraph alone, and rdflib."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import pyoxigraph as ox

from kg.export.options import Options
from kg.export.rdf import turtle
from kg.store import MEMORY, Store, open_store

NQ = ox.RdfFormat.N_QUADS


def fill(store: Store, file: Path) -> None:
    """Put the graphs of an N-Quads file, each of them whole and in one stretch, into a new store, as a build does."""
    store.commit(_articles(file))


def _articles(file: Path) -> Iterator[tuple[str, bytes]]:
    """The graphs of an N-Quads file with their triples as N-Triples, which is what a build has of an article."""
    held: list[bytes] = []
    end = b""
    with file.open("rb") as lines:
        for line in lines:
            if not line.endswith(end) or not end:
                if held:
                    yield end[2:-4].decode(), b"".join(held).replace(end, b" .\n")
                held, end = [], line[_triple(line) :]
            held.append(line)
    if held:
        yield end[2:-4].decode(), b"".join(held).replace(end, b" .\n")


def _triple(line: bytes) -> int:
    """Where the triple of a line ends: a graph's name has no space in it."""
    return line.rindex(b" ", 0, -3)


def union(file: Path, target: Path) -> Path:
    """The triples of an N-Quads file as N-Triples, each once: what the store keeps beside the named graphs."""
    seen: set[int] = set()
    with file.open("rb") as lines, target.open("wb") as out:
        for line in lines:
            triple = line[: _triple(line)]
            known = hash(triple)
            if known not in seen:
                seen.add(known)
                out.write(triple + b" .\n")
    return target


def loads(file: Path, *, disk: bool, rounds: int) -> dict[str, float]:
    """Median seconds of the processor that each way of loading takes, into a new store each time."""
    with tempfile.TemporaryDirectory() as scratch:
        triples = union(file, Path(scratch, "union.nt"))
        ways: dict[str, Callable[[Path], None]] = {
            "kg": lambda folder: _kg(file, folder if disk else None),
            "pyoxigraph, the same quads and their union": lambda folder: _ox(folder if disk else None, file, triples),
            "pyoxigraph, the named graphs alone": lambda folder: _ox(folder if disk else None, file),
        }
        taken: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(rounds):  # in turn, so that a busy minute of the machine strikes all of them
            for way, load in ways.items():
                with _fresh(Path(scratch)) as folder:
                    taken[way].append(seconds(lambda load=load, folder=folder: load(folder)))  # type: ignore[misc]
    return {way: median(found) for way, found in taken.items()}


def _kg(file: Path, folder: Path | None) -> None:
    with open_store(folder or MEMORY) as store:
        fill(store, file)


def _ox(folder: Path | None, quads: Path, triples: Path | None = None) -> None:
    store = ox.Store(folder) if folder else ox.Store()
    store.bulk_load(path=quads, format=NQ)
    if triples:
        store.bulk_load(path=triples, format=ox.RdfFormat.N_TRIPLES)
    store.flush()


@contextmanager
def _fresh(parent: Path) -> Iterator[Path]:
    folder = parent / "store"
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def rdflib_dataset(file: Path, triples: Path | None = None) -> Any:  # rdflib's types are too weak for strict mypy
    """The file as rdflib holds it: named graphs, and their union as the default graph where it is given."""
    import rdflib

    dataset = rdflib.Dataset()
    dataset.parse(file, format="nquads")
    if triples:
        dataset.default_graph.parse(triples, format="nt")
    return dataset


def rdflib_union(file: Path) -> Any:
    """The triples of the file in one rdflib graph, which is the fastest that rdflib can be asked."""
    import rdflib

    graph = rdflib.Graph()
    with tempfile.TemporaryDirectory() as scratch:
        graph.parse(union(file, Path(scratch, "union.nt")), format="nt")
    return graph


def exported(store: Store) -> int:
    """Write the store as Turtle, sorted; the number of bytes."""
    return sum(len(piece) for piece in turtle(store, Options()))


def rdflib_exported(graph: Any) -> int:
    """Write rdflib's graph as Turtle, which it sorts; the number of bytes."""
    from kg.vocab.namespaces import PREFIXES

    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    return len(graph.serialize(format="turtle").encode())


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes of the processor, in all threads: a busy machine changes it little."""
    began = time.process_time()
    work()
    return time.process_time() - began
