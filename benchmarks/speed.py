"""How fast the coder is, as ratios that hold on other machines too.

    python -m benchmarks.speed [ARTICLES.jsonl] [--coder trained|frames|heads] [--rounds N] [--json]

Each worker is a process of its own, kept on one core and warmed up before the clock starts. *Parse share*: time of the
parse alone over the time from text to joined events, measured in turn on the same articles, in seconds of the
processor, so that other programs matter little; the median of the rounds. *Two processes*: the time that one needs over
that of two at once with every other article each, by the clock on the wall, so that other programs do matter. Memory:
the most that a process held.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from typing import Any

from benchmarks.accuracy import gold_of
from benchmarks.coding import CODERS, WEIGHTS, Coder
from benchmarks.table import aligned
from kg.annotate import MODEL, annotate
from kg.annotate.parse import parse
from kg.link import link_article
from kg.model import Article
from kg.resolve import resolve
from training.data import as_article

# maxrss counts kilobytes on Linux and bytes on macOS.
_RSS = 1 if sys.platform == "darwin" else 1024
MEGABYTE = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, time, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="?", help="hand-coded articles; without: those held back")
    parser.add_argument("--coder", choices=sorted(CODERS), default="trained", help="both joined, or one alone")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of the trained weights")
    parser.add_argument("--rounds", type=int, default=3, help="times that each is measured, in turn")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    asked = parser.parse_args(arguments)
    told = measured([as_article(r) for r in gold_of(asked.articles)], asked.coder, asked.weights, asked.rounds)
    print(json.dumps(told) if asked.json else aligned([[name, str(value)] for name, value in told.items()]))
    return 0


def measured(articles: Sequence[Article], coder: str, weights: Path, rounds: int) -> dict[str, Any]:
    """All figures, by what they are."""
    with _worker(0) as one, _worker(1) as other:
        for worker in (one, other):
            worker.submit(end_to_end, articles[:2], coder, weights).result()
        each = one.submit(in_turn, articles, coder, weights, rounds).result()
        gains = []
        for _ in range(rounds):
            alone = _clock((one,), [articles], coder, weights)
            gains.append(alone / _clock((one, other), [articles[::2], articles[1::2]], coder, weights))
        memory = max(worker.submit(peak_bytes).result() for worker in (one, other))
    parts = sorted(weights.glob("*")) if coder != "frames" else []
    return {
        "sentences": each["sentences"],
        "sentences a second of one core": round(each["sentences"] / median(each["whole"])),
        "parse share": round(median(p / w for p, w in zip(each["parse"], each["whole"], strict=True)), 2),
        "two processes against one": round(median(gains), 2),
        "peak memory of a process, MB": round(memory / MEGABYTE),
        "weights, MB": round(sum(p.stat().st_size for p in parts) / MEGABYTE, 1),
    }


def _worker(core: int) -> ProcessPoolExecutor:
    """One process that stays on one core, if the system lets one choose."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_stay, initargs=(core,))


def _stay(core: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[core % len(cores)]})


def _clock(
    workers: Sequence[ProcessPoolExecutor], parts: Sequence[Sequence[Article]], coder: str, weights: Path
) -> float:
    """Seconds that the workers need for their parts, at once."""
    began = time.perf_counter()
    running = [w.submit(end_to_end, part, coder, weights) for w, part in zip(workers, parts, strict=True)]
    for done in running:
        done.result()
    return time.perf_counter() - began


def in_turn(articles: Sequence[Article], coder: str, weights: Path, rounds: int) -> dict[str, Any]:
    """Processor seconds of the parse alone and of all, measured in turn, and the number of sentences."""
    found: dict[str, Any] = {"parse": [], "whole": [], "sentences": 0}
    for _ in range(rounds):
        began = time.process_time()
        for _ in parse(articles, model=MODEL):
            pass
        between = time.process_time()
        found["sentences"] = end_to_end(articles, coder, weights)
        found["parse"].append(between - began)
        found["whole"].append(time.process_time() - between)
    return found


def end_to_end(articles: Sequence[Article], coder: str, weights: Path) -> int:
    """Code articles from text to joined events; the number of their sentences."""
    code, sentences = _coder(coder, weights), 0
    for annotated in annotate(articles):
        link_article(code(annotated, resolve(annotated))[0])
        sentences += len(annotated.sentences)
    return sentences


def peak_bytes() -> int:
    """The most memory that this process has held, in bytes."""
    return getrusage(RUSAGE_SELF).ru_maxrss * _RSS


@cache
def _coder(name: str, weights: Path) -> Coder:
    return CODERS[name](weights)


if __name__ == "__main__":
    sys.exit(main())
