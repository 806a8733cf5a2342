"""``kg export``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.export import FORMATS


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_written_by_its_ending(run: Any, seed_folder: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"out{FORMATS[name].suffix}"
    result = run("export", "-o", file, "--store", seed_folder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Wrote {file} ({file.stat().st_size:,} bytes).\n"
    assert file.stat().st_size > 1000


def test_events_go_to_stdout_as_json_lines(run: Any, seed_folder: Path) -> None:
    result = run("export", "-o", "-", "--format", "events", "--store", seed_folder)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"article", "type", "status", "actors", "evidence"} <= lines[0].keys()
    assert result.stderr == ""


def test_untyped_events_come_when_asked_for(run: Any, seed_folder: Path) -> None:
    words = ("export", "-o", "-", "--format", "events", "--store", seed_folder)
    assert len(run(*words, "--untyped").stdout.splitlines()) > len(run(*words).stdout.splitlines())


def test_runs_and_text_come_when_asked_for(run: Any, seed_folder: Path) -> None:
    words = ("export", "-o", "-", "--format", "nq", "--store", seed_folder)
    plain, runs, text = run(*words).stdout, run(*words, "--runs").stdout, run(*words, "--text").stdout
    assert "startedAtTime" not in plain
    assert "startedAtTime" in runs
    assert len(text) > len(plain)


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        ((), "Missing option '-o'", 2),
        (("-o", "graph.xyz"), "unknown ending '.xyz'", 1),
        (("-o", "-"), "no format given", 1),
        (("-o", "graph.ttl", "--format", "turtel"), "unknown export format 'turtel'", 1),
        (("-o", "graph.csv", "--runs"), "cannot follow the option 'runs'", 1),
        (("-o", "nowhere/graph.ttl"), "nowhere", 1),
    ],
)
def test_a_wrong_export_is_told(
    run: Any, seed_folder: Path, tmp_path: Path, words: tuple[str, ...], told: str, code: int
) -> None:
    result = run("export", *words, "--store", seed_folder)
    assert result.exit_code == code
    assert told in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_every_format_is_told_in_the_help(run: Any) -> None:
    told = run("export", "--help").stdout
    assert [name for name in FORMATS if f"{name} " not in told and f"{name}," not in told] == []
