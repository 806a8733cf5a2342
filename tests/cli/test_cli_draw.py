"""``kg draw``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.draw import draw
from kg.store import Store


def test_the_page_is_written_and_told_on_stderr(run: Any, seed_folder: Path, tmp_path: Path) -> None:
    result = run("draw", "--store", seed_folder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Wrote graph.html; open it in a browser.\n"
    assert (tmp_path / "graph.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_the_page_goes_to_stdout(run: Any, seed_folder: Path, tmp_path: Path) -> None:
    result = run("draw", "-o", "-", "--store", seed_folder)
    assert result.stdout.lower().startswith("<!doctype html>")
    assert result.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_options_choose_the_events(run: Any, seed_folder: Path, seed_store: Store) -> None:
    words = ("--actor", "Egypt", "--type", "AGREE", "--status", "Occurred", "--top", "5")
    page = run("draw", "-o", "-", "--store", seed_folder, *words, "--since", "1978", "--until", "1979-03").stdout
    assert page == draw(
        seed_store,
        actor="Egypt",
        type="AGREE",
        status=("Occurred",),
        top=5,
        since=date(1978, 1, 1),
        until=date(1979, 3, 31),
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--since", "2024-02-30"), "'2024-02-30' is not a date; February 2024 has 29 days"),
        (("--until", "2024-13"), "'2024-13' is not a date; months are 01 to 12"),
        (("--type", "CONSULTT"), "did you mean 'CONSULT'?"),
        (("--actor", "Egyptt"), "no event has the actor 'Egyptt'"),
        (("--status", "Done"), "unknown status 'Done'"),
        (("--top", "0"), "--top"),
        (("--since", "2020", "--until", "2019"), "since 2020-01-01 is after until 2019-12-31"),
    ],
)
def test_a_wrong_choice_is_told(run: Any, seed_folder: Path, words: tuple[str, ...], told: str) -> None:
    result = run("draw", "--store", seed_folder, *words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_folder_that_is_not_there_is_told(run: Any, seed_folder: Path) -> None:
    result = run("draw", "--store", seed_folder, "-o", "nowhere/graph.html")
    assert result.exit_code == 1
    assert "nowhere" in result.stderr
