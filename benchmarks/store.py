"""How fast the store is: loading, asking and writing one synthetic event graph, against pyoxigraph alone and rdflib.

    python -m benchmarks.store [--quads 1000000] [--small 20000] [--disk] [--rounds 3] [--json]
    python -m benchmarks.store --quads 10000000 --disk --only-ask FOLDER

All engines take the same quads in one run, in turn, so that each figure is a ratio that holds on other machines too;
both raw times stand beside it. *small* is the number of quads where rdflib takes part: the larger graph would take it
hours, and the smaller one favours it, as its times grow faster. A question that rdflib has not answered after
``--limit`` seconds counts with those. With ``--disk`` the store lies in a folder, and the questions are also asked
there, from name and parameters to all rows. ``--only-ask`` leaves out what would take hours with a large graph: the
store in that folder, filled by pyoxigraph's ``bulk_load`` if there is none, is asked the questions, the counts over
everything and pages of the API, in seconds of the processor and by the clock.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import large
from benchmarks.asking import against_rdflib, count_times, geometric_mean, kg_times
from benchmarks.graph import SEED, graphs, nquads
from benchmarks.loading import exported, fill, loads, rdflib_dataset, rdflib_exported, rdflib_union, seconds, union
from benchmarks.table import aligned
from kg.store import MEMORY, Store, open_store

Figure = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=1_000_000, help="size of the graph for the store and pyoxigraph")
    parser.add_argument("--small", type=int, default=20_000, help="size of the graph where rdflib takes part")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rounds", type=int, default=3, help="times that each is measured, in turn")
    parser.add_argument("--limit", type=float, default=20, help="seconds that rdflib gets for a question")
    parser.add_argument("--disk", action="store_true", help="load into a folder, and ask there too")
    parser.add_argument("--only-ask", metavar="FOLDER", type=Path, help="ask the store there, made if it is not")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        if asked.only_ask:
            if not asked.only_ask.exists():
                large.filled(asked.only_ask, Path(scratch), asked.quads, asked.seed)
            told = large.figures(asked.only_ask, asked.rounds)
            print(json.dumps(told) if asked.json else aligned(large.rows(told)))
            return 0
        figures = measured(Path(scratch), asked)
    print(json.dumps(figures) if asked.json else _table(figures))
    return 0


def measured(scratch: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """All figures by what they are."""
    large, small = (_written(scratch / f"{n}.nq", n, asked.seed) for n in (asked.quads, asked.small))
    told: dict[str, Any] = {"quads": asked.quads, "small": asked.small, "disk": asked.disk}
    times = loads(large, disk=asked.disk, rounds=asked.rounds)
    own = times.pop("kg")
    told["ratios"] = [_ratio(f"load, against {way}", own, theirs) for way, theirs in times.items()]
    own = loads(small, disk=asked.disk, rounds=asked.rounds)["kg"]
    triples = union(small, scratch / "union.nt")
    theirs = seconds(lambda: rdflib_dataset(small, triples))
    told["ratios"].append(_ratio("load, small, against rdflib, the same quads and their union", own, theirs))
    theirs = seconds(lambda: rdflib_dataset(small))
    told["ratios"].append(_ratio("load, small, against rdflib, the named graphs alone", own, theirs))
    graph = rdflib_union(small)
    with open_store(MEMORY) as store:
        fill(store, small)
        told["questions against rdflib"] = against_rdflib(store, graph, asked.rounds, asked.limit)
        own, theirs = _medians(asked.rounds, lambda: exported(store), lambda: rdflib_exported(graph))
        told["ratios"].append(_ratio("Turtle, small, against rdflib", own, theirs))
    each = told["questions against rdflib"].values()
    told["geometric mean"] = geometric_mean([q["rdflib_s"] / q["kg_s"] for q in each])
    where = scratch / "asked" if asked.disk else MEMORY
    with open_store(where) as store:
        fill(store, large)
        told["questions"] = _asked(store, asked.rounds)
    return told


def _asked(store: Store, rounds: int) -> dict[str, Any]:
    times = kg_times(store, rounds)
    return {"seconds": times, "median_s": median(times.values()), "counts over everything": count_times(store, rounds)}


def _written(file: Path, quads: int, seed: int) -> Path:
    with file.open("wb") as out:
        out.writelines(nquads(graphs(quads, seed=seed)))
    return file


def _medians(rounds: int, *works: Callable[[], object]) -> list[float]:
    taken = [[seconds(work) for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*taken, strict=True)]


def _ratio(name: str, own_s: float, theirs_s: float) -> Figure:
    """How many times as fast as the other the store is."""
    return {"name": name, "times": round(theirs_s / own_s, 3), "kg_s": round(own_s, 3), "other_s": round(theirs_s, 3)}


def _table(told: dict[str, Any]) -> str:
    place = "on disk" if told["disk"] else "in memory"
    rows = [["", "times as fast", "kg, s", "other, s"]]
    rows += [[r["name"], f"{r['times']:.2f}", f"{r['kg_s']:.3f}", f"{r['other_s']:.3f}"] for r in told["ratios"]]
    asked = told["questions against rdflib"]
    done = sum(q["finished"] for q in asked.values())
    rows.append([f"{len(asked)} questions, small, against rdflib", f"{told['geometric mean']:.1f}", "", f"{done} done"])
    for name, q in asked.items():
        mark = "" if q["same"] else " (other length)" if q["finished"] else " or more"
        rows.append([f"  {name}", f"{q['rdflib_s'] / q['kg_s']:.1f}", f"{q['kg_s']:.4f}", f"{q['rdflib_s']:.3f}{mark}"])
    own = told["questions"]
    rows.append([f"questions {place}, {told['quads']} quads: median", "", f"{own['median_s']:.3f}", ""])
    rows += [[f"  {name}", "", f"{s:.3f}", ""] for name, s in own["seconds"].items()]
    rows += [[f"  {name}, over everything", "", f"{s:.3f}", ""] for name, s in own["counts over everything"].items()]
    return aligned(rows)


if __name__ == "__main__":
    sys.exit(main())
