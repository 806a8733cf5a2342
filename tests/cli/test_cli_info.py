"""``kg info`` and the summary that ``kg build`` prints too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from click import unstyle

from kg.cli.summary import summary
from kg.store import Store, open_store


def test_it_tells_place_contents_versions_and_builds(run: Any, seed_folder: Path) -> None:
    result = run("info", "--store", seed_folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Store     {seed_folder}, ")
    for told in (
        "Articles  23, published 1978-09-18 to 2023-12-22",
        "Agreements  ",
        "  lexicon ",
        "Builds    1, 20",
    ):
        assert told in result.stdout
    assert "(23 articles)" in result.stdout


def test_verbose_lists_the_articles(run: Any, seed_folder: Path) -> None:
    assert "1978-camp-david" in run("info", "-v", "--store", seed_folder).stdout
    assert "1978-camp-david" not in run("info", "--store", seed_folder).stdout


def test_hostile_names_are_escaped(run: Any, hostile_store: Path) -> None:
    result = run("info", "--store", hostile_store)
    assert "Eve\\x1b[2J\\u202eevil 1" in result.stdout
    assert "Builds    0\n" in result.stdout


def test_an_empty_store_is_summed_up_without_a_table() -> None:
    with open_store(":memory:") as store:
        assert unstyle(summary(store)) == "Articles  0\nEvents    0\nActors    0\n"


def test_the_rows_of_the_table_add_up_to_the_number_of_events(seed_store: Store) -> None:
    text = unstyle(summary(seed_store))
    told = int(text.split("Events")[1].split(",")[0])
    rows = text.split("\n\n", 1)[1].splitlines()[2:]
    assert sum(int(row.split()[-1]) for row in rows) == told
