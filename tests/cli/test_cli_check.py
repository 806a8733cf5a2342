"""``kg check``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.cli.check import _verdict
from kg.graph import Finding, Report


def test_the_graph_of_the_seeds_keeps_its_rules(run: Any, seed_folder: Path) -> None:
    result = run("check", "--store", seed_folder)
    assert result.exit_code == 0, result.stdout
    assert result.stdout.endswith("keeps all its rules.\n")
    assert result.stderr.startswith("Checking ")
    assert run("check", "-q", "--store", seed_folder).stderr == ""


def test_violations_are_told_and_end_with_1(run: Any, hostile_store: Path) -> None:
    result = run("check", "--store", hostile_store)
    assert result.exit_code == 1
    assert "Violation: article 00000000000000aa: ev:1" in result.stdout
    assert "violations" in result.stdout.splitlines()[-1]
    assert "\x1b" not in result.stdout


def test_warnings_alone_are_no_failure() -> None:
    warning = Finding(severity="Warning", focus="urn:x", message="odd")
    note = Finding(severity="Info", focus="urn:x", message="so so")
    told = _verdict(Report((note, note, warning)))
    assert told == "2 info, 1 warning; no violation, the graph keeps its rules."
    worse = Finding(severity="Violation", focus="urn:x", message="bad")
    assert _verdict(Report((worse,))) == "1 violation."
