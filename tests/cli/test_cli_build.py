"""``kg build``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kg.cli import build as cli_build
from kg.cli.options import Shared
from kg.pipeline import BuildReport


def test_a_build_tells_what_the_store_holds_and_what_to_try(run: Any, two_articles: Path) -> None:
    result: Result = run("build", two_articles)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Read 2 articles: 2 new or changed." in result.stdout
    assert "Articles  2, published 2024-05-08 to 2024-05-09" in result.stdout
    assert "CONSULT" in result.stdout
    assert "Occurred" in result.stdout
    assert "Emmanuel Macron 1" in result.stdout
    assert "kg draw -o graph.html " in result.stdout
    assert (two_articles.parent / "kg-store").is_dir()


def test_a_second_build_says_that_nothing_changed(run: Any, two_articles: Path) -> None:
    run("build", two_articles)
    assert run("build", two_articles).stdout.startswith("Nothing changed: the store knew all 2 articles already.")
    (two_articles / "c.txt").write_text("Chad closed its border with Sudan on Friday.", encoding="utf-8")
    assert run("build", two_articles).stdout.startswith("Read 3 articles: 1 new or changed, 2 known already.")


def test_a_known_article_alone_is_told_as_one(run: Any, two_articles: Path) -> None:
    run("build", two_articles / "a.txt")
    assert "the store knew the article already" in run("build", two_articles / "a.txt").stdout


def test_what_to_try_next_names_the_store_that_was_given(run: Any, two_articles: Path) -> None:
    assert "query mediators --store mine " in run("build", two_articles, "--store", "mine").stdout


def test_a_store_named_by_the_environment_need_not_be_named_again(run: Any, two_articles: Path) -> None:
    result = run("build", two_articles, env={"KG_STORE": "mine"})
    assert "--store" not in result.stdout
    assert (two_articles.parent / "mine").is_dir()


def test_a_store_in_memory_is_told_to_be_gone(run: Any, two_articles: Path) -> None:
    result = run("build", two_articles, "--store", ":memory:")
    assert "Nothing was kept" in result.stdout
    assert not (two_articles.parent / "kg-store").exists()


def test_problems_go_to_stderr_one_line_each_with_their_number(run: Any, two_articles: Path) -> None:
    (two_articles / "bad.jsonl").write_text('{"id": "x", "text": "\n{"id": 1}\n', encoding="utf-8")
    result = run("build", two_articles, "nowhere.txt")
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert all(line.startswith("Error: ") for line in lines[:-1])
    assert any("bad.jsonl:1: " in line for line in lines)
    assert any("nowhere.txt: " in line for line in lines)
    assert lines[-1] == f"{len(lines) - 1} problems; all else was read."
    assert "Read 2 articles" in result.stdout


def test_a_build_of_nothing_says_so(run: Any) -> None:
    result = run("build", "nowhere")
    assert result.exit_code == 1
    assert result.stdout == "Nothing was read.\n"
    assert result.stderr.endswith("1 problem.\n")


def test_a_hostile_file_name_cannot_move_the_cursor(run: Any) -> None:
    assert "\x1b" not in run("build", "no\x1b[2Jwhere").stderr


def test_a_quiet_build_prints_problems_alone(run: Any, two_articles: Path) -> None:
    assert run("build", "-q", two_articles).output == ""
    assert run("build", "-q", two_articles, "nowhere").stdout == ""


def test_standard_input_is_dated_by_the_option(run: Any) -> None:
    result = run("build", "-", "--date", "2023-12-22", stdin="Egypt and Iran held talks on Friday.")
    assert "Articles  1, published 2023-12-22\n" in result.stdout


@pytest.mark.parametrize("day", ["2024-02-30", "soon", "20240201", "2024-2-1", "0000-01-01"])
def test_a_date_that_does_not_exist_is_refused(run: Any, two_articles: Path, day: str) -> None:
    result = run("build", two_articles, "--date", day)
    assert result.exit_code == 2
    assert f"{day!r} is not a date; " in result.stderr
    assert not (two_articles.parent / "kg-store").exists()


def test_no_source_and_no_worker_are_refused(run: Any, two_articles: Path) -> None:
    assert run("build").exit_code == 2
    assert run("build", two_articles, "--workers", "0").exit_code == 2


def test_a_text_that_comes_twice_is_noted(run: Any, two_articles: Path) -> None:
    text = (two_articles / "a.txt").read_text(encoding="utf-8")
    for number in range(cli_build.NOTICES_SHOWN + 2):
        (two_articles / f"copy{number}.txt").write_text(text, encoding="utf-8")
    short, long = run("build", two_articles), run("build", "-v", two_articles)
    assert short.exit_code == 0
    assert short.stderr.count("left out") == cli_build.NOTICES_SHOWN
    assert short.stderr.endswith("Note: 2 more notes; -v shows all\n")
    assert long.stderr.count("left out") == cli_build.NOTICES_SHOWN + 2
    assert run("build", "-q", two_articles).stderr == ""


def test_the_number_of_articles_is_foreseen_only_where_each_file_holds_one(two_articles: Path) -> None:
    assert cli_build._files((str(two_articles),)) == 2
    assert cli_build._files((str(two_articles), "-")) is None
    (two_articles / "many.jsonl").touch()
    assert cli_build._files((str(two_articles),)) is None


def test_workers_do_not_change_the_result(run: Any, two_articles: Path) -> None:
    one = run("build", two_articles, "--store", "one").stdout
    two = run("build", two_articles, "--store", "two", "--workers", "2").stdout
    assert two.replace("--store two", "--store one") == one


def test_a_build_that_changed_links_alone_is_not_called_nothing() -> None:
    assert cli_build._done(BuildReport(articles=2, written=1)) == (
        "Read 2 articles: 0 new or changed, 2 known already."
    )


def test_notices_are_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    cli_build._tell_notices(Shared(None, False, False), BuildReport(notices=["a\x1bb"]))
    assert capsys.readouterr().err == "Note: a\\x1bb\n"
