"""How well the coder does on hand-coded articles, by the road that a user takes: build, export, score.

    python benchmarks/accuracy.py GOLD.jsonl SCORER.py [--by-type] [--workers N]

GOLD holds one article a line with ``id``, ``date``, ``title``, ``text`` and the hand-coded ``events``; kg reads only
the first four. SCORER is called as ``SCORER.py GOLD.jsonl --pred EVENTS.jsonl`` and its table is printed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from kg import build, export, open_store


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--by-type", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_store(":memory:") as store:
        events = Path(folder) / "events.jsonl"
        report = build(asked.gold, store=store, workers=asked.workers)
        export(store, events, format="events")
        for problem in report.problems:
            print(problem, file=sys.stderr)
        extra = ["--by-type"] if asked.by_type else []
        command = [sys.executable, str(asked.scorer), str(asked.gold), "--pred", str(events), *extra]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
