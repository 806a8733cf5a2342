"""``kg actors``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg import lexicon
from kg.lexicon import Finding


def test_the_actors_of_the_store_are_listed_by_number_of_events(run: Any, seed_folder: Path) -> None:
    lines = run("actors", "--store", seed_folder).stdout.splitlines()
    numbers = [int(line.split()[-2]) for line in lines[2:-1]]
    assert len(numbers) > 20
    assert numbers == sorted(numbers, reverse=True)
    assert any(line.startswith("Israel ") and line.endswith(" israel") for line in lines)


def test_a_person_is_looked_up_with_offices(run: Any) -> None:
    result = run("actors", "Angela Merkel")
    assert result.exit_code == 0
    assert result.stdout.startswith("Angela Merkel  ")
    assert "https://www.wikidata.org/wiki/Q567\n" in result.stdout
    assert "chancellor of germany, 2005-11-22 to 2021-12-08" in result.stdout


def test_a_name_that_means_two_things_gives_both(run: Any) -> None:
    assert run("actors", "Georgia").stdout.count("  kind ") >= 1


def test_a_name_that_nobody_bears_is_told(run: Any) -> None:
    result = run("actors", "Qwxyz\x1b")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "The lexicon knows nobody and no place by 'Qwxyz\\x1b'.\n"


def test_actors_that_the_lexicon_does_not_know_are_listed(run: Any, seed_folder: Path) -> None:
    result = run("actors", "--unlisted", "--store", seed_folder)
    assert result.exit_code == 0
    assert all("ent:x-" in line for line in result.stdout.splitlines()[2:-1])


def test_the_lexicon_is_in_order(run: Any) -> None:
    result = run("actors", "--lint")
    assert result.exit_code == 0, result.stdout
    assert result.stdout == "No findings: the tables are in order.\n"


def test_what_is_wrong_in_the_lexicon_is_told(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Finding("actors/states.csv", 14, "'UKRA' is not a 3-letter code; did you mean 'UKR'?")
    monkeypatch.setattr(lexicon, "lint", lambda: (wrong,))
    result = run("actors", "--lint")
    assert result.exit_code == 1
    assert result.stdout == f"{wrong}\n1 finding.\n"


def test_two_wishes_at_once_are_refused(run: Any) -> None:
    result = run("actors", "Egypt", "--lint")
    assert result.exit_code == 2
    assert "give one of" in result.stderr


def test_hostile_names_are_escaped(run: Any, hostile_store: Path) -> None:
    assert "Eve\\x1b[2J\\u202eevil" in run("actors", "--store", hostile_store).stdout
