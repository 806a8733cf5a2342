"""``kg analyse`` and ``kg plot``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import kg.analyse
from kg.cli.analysing import ANALYSES
from kg.cli.plot import FIGURES
from kg.store import Store


def test_mediators_are_printed_as_a_table(run: Any, seed_folder: Path, seed_store: Store) -> None:
    result = run("analyse", "mediators", "--store", seed_folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == kg.analyse.mediators(seed_store).to_text()
    assert "Qatar" in result.stdout


def test_options_choose_the_events(run: Any, seed_folder: Path) -> None:
    words = ("analyse", "mediators", "--format", "csv", "--store", seed_folder, "--since", "2023", "--by", "actor")
    rows = list(csv.DictReader(io.StringIO(run(*words).stdout)))
    assert {row["mediator"] for row in rows} == {"China", "Qatar"}
    assert run(*words, "--status", "Expected", "--min-confidence", "1").stdout.count("\n") == 1


def test_the_ending_of_the_file_decides(run: Any, seed_folder: Path, tmp_path: Path) -> None:
    result = run("analyse", "reciprocity", "ISR", "Egypt", "-o", "a.json", "--store", seed_folder)
    assert (result.exit_code, result.stdout) == (0, "")
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [(row["stance"], row["a"], row["b"]) for row in told["rows"]] == [
        ("cooperation", "Israel", "Egypt"),
        ("conflict", "Israel", "Egypt"),
    ]


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_runs_and_the_help_names_it(run: Any, seed_folder: Path, name: str) -> None:
    actors = ("Israel", "Palestine")[: ANALYSES[name].least]
    assert run("analyse", name, *actors, "--store", seed_folder).exit_code == 0
    assert f"\n    {name}" in run("analyse", "--help").stdout
    assert callable(getattr(kg.analyse, name))


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (("trend", "Israel"), "trend takes 2 actors, not 1", 2),
        (("mediators", "Qatar"), "mediators takes no actors, not 1", 2),
        (("reciprocity", "a", "b", "c"), "reciprocity takes 0 to 2 actors, not 3", 2),
        (("mediators", "--per", "day"), "--per day: mediators has no period", 2),
        (("mediatros",), "'mediatros' is not one of", 2),
        (("trend", "Israel", "Egpyt"), "did you mean 'Egypt'?", 1),
        (("mediators", "--status", "Done"), "unknown status 'Done'", 2),
        (("mediators", "-o", "nowhere/a.csv"), "there is no folder nowhere", 1),
    ],
)
def test_what_was_asked_wrongly_is_told(
    run: Any, seed_folder: Path, words: tuple[str, ...], told: str, code: int
) -> None:
    result = run("analyse", *words, "--store", seed_folder)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr


def test_a_name_cannot_move_the_cursor(run: Any, hostile_store: Path) -> None:
    result = run("analyse", "activity", "x-1", "--store", hostile_store)
    assert result.exit_code == 0
    assert "\x1b" not in run("analyse", "trend", "x-1", "x-1", "--store", hostile_store).stderr


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_written_and_told_on_stderr(run: Any, seed_folder: Path, tmp_path: Path, name: str) -> None:
    pytest.importorskip("matplotlib")
    actors = ("Israel", "Egypt") if name == "trend" else ()
    result = run("plot", name, *actors, "-o", "a.svg", "--title", "Mine", "--store", seed_folder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("Wrote a.svg (")
    assert b"Mine" in (tmp_path / "a.svg").read_bytes()


def test_the_ending_is_checked_before_the_work(run: Any) -> None:
    result = run("plot", "dyads", "-o", "a.gif", "--store", "nowhere")
    assert result.exit_code == 1
    assert "unknown ending 'gif'" in result.stderr
