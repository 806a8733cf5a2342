"""How well the coder does on hand-coded articles: what it finds, with whom, when, and how well it knows.

    python -m benchmarks.accuracy [GOLD.jsonl] [--coder trained|frames|heads] [--compare] [--json]
    python -m benchmarks.accuracy [GOLD.jsonl] --curve FOLDER...

GOLD holds one article a line with ``id``, ``date``, ``title``, ``text`` and the hand-coded ``events``; the coder sees
only the first four. Without GOLD the tenth of ``training/corpus`` that is held back from training is taken. Articles
are parsed, resolved, coded and joined as ``kg build`` does it, and told as ``kg export --format events`` tells them.

``--compare`` puts the frames alone, the trained heads alone and both joined side by side, on the same articles.
``--curve`` takes folders of weights trained on more and more articles and prints how much each more helps.
Intervals in brackets: 95%, bootstrap over articles.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.coding import CODERS, WEIGHTS, Coder, Read, coded, read_gold
from benchmarks.intervals import gain, scores
from benchmarks.scoring import LEVELS
from benchmarks.table import aligned, interval, table
from benchmarks.tally import Scored, counts, figures, scored
from training.data import articles
from training.split import corpus, held_back


def main(arguments: Sequence[str] | None = None) -> int:
    """Code, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="hand-coded articles; without: those held back")
    parser.add_argument("--coder", choices=sorted(CODERS), default="trained", help="both joined, or one alone")
    parser.add_argument("--compare", action="store_true", help="all three side by side")
    parser.add_argument("--curve", type=Path, nargs="+", metavar="FOLDER", help="folders of weights to compare")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of the trained weights")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    asked = parser.parse_args(arguments)
    read = read_gold(gold_of(asked.gold))
    if asked.curve:
        points = curve(read, asked.curve)
        print(json.dumps(points) if asked.json else curve_table(points))
        return 0
    found = compared(read, asked.weights) if asked.compare else {asked.coder: one(read, asked.coder, asked.weights)}
    print(json.dumps(found) if asked.json else f"{len(read)} articles\n\n{table(found)}")
    return 0


def gold_of(path: Path | None) -> list[dict[str, Any]]:
    """The hand-coded articles of a file, or those of the corpus that are held back from training."""
    return articles([path]) if path else [record for record in corpus() if held_back(record["id"])]


def run(read: Sequence[Read], coder: Coder) -> list[Scored]:
    """Code and score articles."""
    return [scored(r.gold, events) for r, events in zip(read, coded(read, coder), strict=True)]


def one(read: Sequence[Read], name: str, weights: Path) -> dict[str, Any]:
    """The figures of one coder."""
    return figures(run(read, CODERS[name](weights)), [r.annotated for r in read])


def compared(read: Sequence[Read], weights: Path) -> dict[str, dict[str, Any]]:
    """The figures of all coders, and by how much each is above the frames."""
    parsed = [r.annotated for r in read]
    found = {name: run(read, make(weights)) for name, make in CODERS.items()}
    told = {name: figures(done, parsed) for name, done in found.items()}
    for name, done in found.items():
        if name != "frames":
            told[name]["gain"] = {level: gain(counts(done, level), counts(found["frames"], level)) for level in LEVELS}
    return told


def curve(read: Sequence[Read], folders: Sequence[Path]) -> list[dict[str, Any]]:
    """Articles trained on and F1 at each level, for each folder of weights, by number of articles."""
    points: list[dict[str, Any]] = []
    for folder in folders:
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        done = run(read, CODERS["trained"](folder))
        f1 = {level: scores(counts(done, level))["F1"] for level in LEVELS}
        points.append({"articles": card.get("articles"), "events": card.get("events"), **f1})
    return sorted(points, key=lambda p: p["articles"] or 0)


def curve_table(points: Sequence[dict[str, Any]]) -> str:
    """The learning curve in plain text."""
    rows = [["articles", "events", *(f"{level} F1" for level in LEVELS)]]
    for p in points:
        rows.append([str(p["articles"] or "?"), str(p["events"] or "?"), *(interval(p[level]) for level in LEVELS)])
    return aligned(rows)


if __name__ == "__main__":
    sys.exit(main())
