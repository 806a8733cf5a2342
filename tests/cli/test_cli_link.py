"""``kg link``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

REPORTS = {
    "a": ("2024-05-08", "Rwandan President Paul Kagame met Kenyan President William Ruto in Nairobi on Tuesday."),
    "b": ("2024-05-09", "Kagame held talks with William Ruto in Nairobi on Tuesday, Kenya said."),
    "c": ("2024-05-16", "Rwandan President Paul Kagame met Kenyan President William Ruto in Nairobi on Wednesday."),
}


@pytest.fixture
def built(run: Any, tmp_path: Path) -> list[str]:
    """A store with two reports of one meeting and one of another; the meetings' keys in order of the articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, (day, text) in REPORTS.items():
        (folder / f"{name}.txt").write_text(f"---\ndate: {day}\n---\n{text}\n", encoding="utf-8")
    assert run("build", folder).exit_code == 0
    told = json.loads(run("link", "--explain", only(run)["reports"][0], "--format", "json").stdout)
    keys = {m["article"]: r["key"] for r in [*told["reports"], *told["not_joined"]] for m in r["mentions"]}
    return [keys[name] for name in "abc"]


def only(run: Any) -> dict[str, Any]:
    [event] = json.loads(run("link", "--format", "json").stdout)
    return event


def events(run: Any, sparql: str = "SELECT ?e { ?e sem:eventType plover:CONSULT }") -> int:
    return len(run("query", sparql, "--format", "csv").stdout.split()) - 1


def test_merged_events_are_listed(run: Any, built: list[str]) -> None:
    told = run("link").stdout.splitlines()
    assert told[0].split() == ["event", "reports", "mentions", "score", "key"]
    assert told[3] == "1 row"
    assert told[2].endswith(built[0])
    assert only(run)["articles"] == ["a", "b"]


def test_a_store_without_merged_events_says_so(run: Any, two_articles: Path) -> None:
    run("build", two_articles)
    assert run("link").stdout == "No event is told more than once.\n"
    assert json.loads(run("link", "--format", "json").stdout) == []


def test_what_one_article_tells_twice_is_listed_and_explained(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"---\ndate: 2024-05-08\n---\n{REPORTS['a'][1]}\n{REPORTS['b'][1]}\n", "utf-8")
    run("build", tmp_path / "a.txt")
    event = only(run)
    assert len(event["reports"]) == 1
    assert run("link").stdout.splitlines()[2].split()[-3:-1] == ["1", "2"]
    told = " ".join(run("link", "--explain", event["reports"][0]).stdout.split())
    assert told.count("told by") == 2
    assert "was joined when the article was coded" in told


def test_why_is_told_in_words(run: Any, built: list[str]) -> None:
    told = run("link", "--explain", built[0][:8], env={"NO_COLOR": "1"}).stdout
    assert f"1. {built[0]}  a, 2024-05-08" in told
    assert f"2. {built[1]}  b, 2024-05-09" in told
    assert '"Kagame held talks with William Ruto in Nairobi on Tuesday, Kenya said."' in told
    assert "  1 and 2: 0.9" in told
    assert "+2.5  time: the same day, 2024-05-07" in told
    assert "Nearest reports that were not joined" in told
    assert "not joined, compared with 1: ruled out by time: 2024-05-07 and 2024-05-15, 8 days apart" in told


def test_why_is_told_as_json(run: Any, built: list[str]) -> None:
    told = json.loads(run("link", "--explain", built[1], "--format", "json").stdout)
    assert told["event"].endswith(built[0])
    assert told["pairs"][0]["reports"] == [1, 2]
    assert {p["trait"] for p in told["pairs"][0]["parts"]} >= {"participants", "time", "place", "words"}
    [other] = told["not_joined"]
    assert (other["key"], other["score"], other["nearest_to"]) == (built[2], 0.0, 1)


def test_an_event_of_one_report_is_explained_too(run: Any, built: list[str]) -> None:
    told = run("link", "--explain", built[2], env={"NO_COLOR": "1"}).stdout
    assert "1 report in 1 article" in told
    assert "Why they are one event" not in told


def test_a_merge_is_undone_kept_so_by_builds_and_made_again(run: Any, built: list[str], tmp_path: Path) -> None:
    assert events(run) == 2
    split = run("link", "--split", built[0])
    assert (split.exit_code, split.stdout) == (0, "")
    assert split.stderr == "Decided; 2 articles changed in the graph.\n"
    assert events(run) == 3
    run("build", tmp_path / "news")
    assert events(run) == 3
    run("link", "--join", built[0], built[1])
    assert events(run) == 2
    assert "joined by a user" in run("link", "--explain", built[0]).stdout


def test_corrections_that_the_page_saved_are_taken_in(run: Any, built: list[str], tmp_path: Path) -> None:
    file = tmp_path / "corrections.json"
    file.write_text(json.dumps({"same": [[built[2], built[1]]], "apart": [[built[0], built[1]]]}), encoding="utf-8")
    told = run("link", "--apply", file)
    assert (told.exit_code, told.stdout) == (0, "")
    assert only(run)["articles"] == ["b", "c"]
    run("build", tmp_path / "news")
    assert only(run)["articles"] == ["b", "c"]
    file.write_text('{"same": [["zzz", "yyy"]]}', encoding="utf-8")
    assert "no event 'yyy'" in run("link", "--apply", file).stderr


def test_two_events_are_joined_and_that_is_taken_back(run: Any, built: list[str]) -> None:
    run("link", "--join", built[0], built[2])
    assert events(run) == 1
    assert only(run)["articles"] == ["a", "b", "c"]
    assert events(run, "SELECT ?r { ?r dk:sameEventReason 'decided by a user' }") == 2
    assert run("check").exit_code == 0
    run("link", "--reset", built[2])
    assert events(run) == 2


def test_decisions_on_articles_that_are_gone_are_kept_and_told(run: Any, built: list[str]) -> None:
    run("link", "--split", built[0])
    run("forget", "b")
    assert "decisions name 1 report that the store no longer holds" in run("link").stderr


def test_a_note_that_somebody_broke_is_told(run: Any, built: list[str], tmp_path: Path) -> None:
    notes = tmp_path / "kg-store" / "notes"
    notes.mkdir(exist_ok=True)
    (notes / "links.json").write_text("no", encoding="ascii")
    result = run("link")
    assert result.exit_code == 1
    assert "kg-store: note links: not a record of decisions" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--explain", "zzz"), "no event 'zzz'; keys are of 16 digits, list merged ones with: kg link"),
        (("--split", "a", "--reset", "b"), "give one of: --explain, --split, --join, --apply, --reset"),
        (("--apply", "gone.json"), "gone.json: cannot be read as text"),
        (("--format", "yaml"), "unknown format 'yaml'"),
    ],
)
def test_what_cannot_be_done_is_told(run: Any, two_articles: Path, words: tuple[str, ...], told: str) -> None:
    run("build", two_articles)
    result = run("link", *words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_quotes_cannot_move_the_cursor(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, (day, text) in list(REPORTS.items())[:2]:
        article = {"id": name, "date": day, "text": text, "publisher": "Ev\x1b[2Jil"}
        (folder / f"{name}.json").write_text(json.dumps(article), encoding="utf-8")
    run("build", folder)
    told = run("link", "--explain", only(run)["reports"][0], env={"NO_COLOR": "1"}).stdout
    assert "Ev\\x1b[2Jil" in told
    assert "\x1b" not in told
