"""The benchmark that only asks a store on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.asking import COUNTS
from benchmarks.store import main
from kg.query import questions


def test_a_store_is_filled_once_and_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "s"
    # Of this seed, since France, whom the questions are about, comes up early.
    words = ["--quads", "3000", "--seed", "2030", "--disk", "--only-ask", str(folder), "--rounds", "1", "--json"]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["quads"] >= 3000
    assert told["events"] > 10
    assert sorted(told["questions"]) == sorted(q.name for q in questions())
    assert set(told["counts"]) == {f"{name}{period}" for name in COUNTS for period in ("", ", one year")}
    assert all(ways["summary"]["cpu_s"] >= 0 and ways["graph"]["wall_s"] > 0 for ways in told["counts"].values())
    before = (folder / "rdf" / "CURRENT").stat().st_mtime_ns
    assert main(words[:-1]) == 0
    assert "dyads, over everything, by summary" in capsys.readouterr().out
    assert (folder / "rdf" / "CURRENT").stat().st_mtime_ns == before
