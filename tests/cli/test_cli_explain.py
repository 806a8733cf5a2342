"""``kg explain``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.cli.explain_text import as_json, as_text
from kg.code.explained import (
    CodedEvent,
    CodedParticipant,
    Explained,
    ExplainedSentence,
    Rejected,
    SeenMention,
    SeenTime,
    Weighed,
    Words,
)
from kg.draw.explain_page import explain_page
from kg.pipeline import build

MET = Words(text="met", start=5, end=8)
CHAD = Words(text="Chad", start=0, end=4)
TOLD = Explained(
    id="one",
    key="00000000000000aa",
    politics=0.9,
    bar=0.45,
    title="Chad & Mali",
    published="2024-05-08",
    warnings=("short",),
    sentences=(
        ExplainedSentence(
            number=1,
            words=Words(text="Chad met\nMali on Monday.", start=0, end=24),
            mentions=(SeenMention(words=CHAD, whom=("Chad",), rule="name", certainty=0.95),),
            times=(SeenTime(words=Words(text="on Monday", start=14, end=23), edtf="2024-05-06"),),
            events=(
                CodedEvent(
                    key="00000000000000e1",
                    label="Chad · met",
                    trigger=MET,
                    type="CONSULT",
                    mode="visit",
                    by="heads and frame",
                    rule="consult.meet",
                    score=0.8,
                    confidence=0.7,
                    status="NotOccurred",
                    factuality="Asserted",
                    positive=False,
                    reason="negated",
                    reason_words=MET,
                    says=("Togo", "Kenya"),
                    participants=(
                        CodedParticipant(role="actor", name="Chad", country="TCD", words=CHAD, score=0.9),
                        CodedParticipant(role="recipient", name="Mali", score=0.6, by="frame"),
                    ),
                    when="2024-05-06",
                    when_words="on Monday",
                    place="Bamako",
                    statuses=(Weighed(value="negated", probability=0.9),),
                    dates=(Weighed(value="on Monday", probability=0.6), Weighed(value=None, probability=0.4)),
                    same_as="00000000000000e0",
                ),
            ),
            rejected=(
                Rejected(what="trigger", words=CHAD, name="ACCUSE", score=0.2, why="below 0.4"),
                Rejected(what="frame", words=MET, name="consult.x (CONSULT)", why="needs an actor"),
                Rejected(what="participant", words=None, name="TGO", score=0.3, why="implied, below 0.5",
                         of="actor of 'met' (CONSULT)"),
            ),
        ),
    ),
)  # fmt: skip

PLAIN = """\
one  2024-05-08  Chad & Mali
about politics: 0.90, the bar is 0.45
warning: short

1  Chad met Mali on Monday.
   mention    "Chad" is Chad (name, 0.95)
   time       "on Monday" is 2024-05-06 (at)
   coded      CONSULT visit "met", NotOccurred, confidence 0.70
      by        heads and frame: consult.meet, trigger 0.80
      statuses  negated 0.90
      dates     on Monday 0.60, none 0.40
      told as   Asserted, did not happen: negated, by "met"
      says      Togo, by word of Kenya
      actor     Chad (TCD): "Chad", 0.90 by heads
      recipient Mali: implied, 0.60 by frame
      when      2024-05-06 from "on Monday"
      place     Bamako
      same as   the event 00000000000000e0, told before
   not taken  trigger "Chad" as ACCUSE 0.20: below 0.4
   not taken  frame "met" as consult.x (CONSULT): needs an actor
   not taken  TGO as actor of 'met' (CONSULT) 0.30: implied, below 0.5
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("---\ndate: 2024-05-08\n---\nKenya attacked Somalia on Tuesday. Uganda condemned it.\n")
    return path


def test_the_text_tells_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert as_text(TOLD) == PLAIN


def test_the_text_has_colours_that_leave_its_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import click

    monkeypatch.delenv("NO_COLOR", raising=False)
    text = as_text(TOLD)
    assert text != PLAIN
    assert click.unstyle(text) == PLAIN


def test_other_peoples_words_cannot_move_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    words = Words(text="a\x1b[2Jb", start=0, end=6)
    told = Explained(id="\x1b[2J", key="0", politics=1.0, bar=0.4, title="\x1b", warnings=("\x1b",),
                     sentences=(ExplainedSentence(number=1, words=words, mentions=(SeenMention(words=words),)),))  # fmt: skip
    assert "\x1b" not in as_text(told)
    assert "\x1b" not in explain_page([told])
    assert "\x1b" not in as_json(told)


def test_the_json_is_one_line_an_article() -> None:
    text = as_json(TOLD)
    assert text.count("\n") == 1
    assert json.loads(text)["sentences"][0]["events"][0]["participants"][1]["words"] is None


def test_the_page_tells_all_without_a_script_and_lets_nothing_in() -> None:
    page = explain_page([TOLD])
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in page
    assert " style=" not in page
    assert "Chad &amp; Mali" in page
    for words in ("consult.meet", "did not happen", "Togo, by word of Kenya", "implied", "needs an actor", "Bamako"):
        assert words in page
    assert page.count("<main>") == 1


def test_the_page_takes_markup_in_an_article_for_text() -> None:
    words = Words(text="<script>alert(1)</script>", start=0, end=25)
    told = Explained(id="<b>", key="0", politics=1.0, bar=0.4, sentences=(ExplainedSentence(number=1, words=words),))
    page = explain_page([told, told])
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<main>") == 1


def test_a_file_is_explained_and_not_built(run: Any, article: Path, tmp_path: Path) -> None:
    result = run("explain", article)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("a  2024-05-08\n")
    assert '   mention    "Kenya" is Kenya (' in result.stdout
    assert "\x1b" not in result.stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt"]


def test_one_sentence_is_shown_alone(run: Any, article: Path) -> None:
    result = run("explain", article, "--sentence", "2", "--format", "json")
    assert [s["number"] for s in json.loads(result.stdout)["sentences"]] == [2]


def test_standard_input_is_explained_with_a_date(run: Any) -> None:
    result = run("explain", "-", "--date", "2024-05-08", "--format", "json", stdin="Kenya met Somalia on Monday.")
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["published"] == "2024-05-08"
    assert json.loads(line)["sentences"][0]["times"][0]["edtf"] == "2024-05-06"


def test_a_file_with_two_articles_gives_both(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"id": "a", "text": "Kenya met Mali."}\n{"id": "b", "text": "Chad met Mali."}\n')
    result = run("explain", path, "--format", "json")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "b"]


def test_the_ending_of_the_output_decides_the_format(run: Any, article: Path, tmp_path: Path) -> None:
    assert run("explain", article, "-o", "a.html").exit_code == 0
    assert run("explain", article, "-o", "a.json").exit_code == 0
    assert run("explain", article, "-o", "a.log").exit_code == 0
    assert (tmp_path / "a.html").read_text().startswith("<!doctype html>")
    assert json.loads((tmp_path / "a.json").read_text())["id"] == "a"
    assert "\x1b" not in (tmp_path / "a.log").read_text()


def test_an_article_of_the_store_is_found_by_id_and_by_key(run: Any, article: Path) -> None:
    build(article, store="my-store")
    article.unlink()
    by_id = run("explain", "a", "--store", "my-store", "--format", "json")
    key = json.loads(by_id.stdout)["key"]
    assert run("explain", key, "--store", "my-store", "--format", "json").stdout == by_id.stdout


def test_what_is_neither_a_file_nor_in_the_store_is_told_with_the_nearest(run: Any, article: Path) -> None:
    build(article, store="kg-store")
    result = run("explain", "aa")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: aa: neither a file nor an article of kg-store; did you mean 'a'?\n"
    assert "list the articles with: kg query articles" in run("explain", "x" * 5000).stderr


def test_without_a_store_a_missing_file_is_told(run: Any) -> None:
    result = run("explain", "nowhere.txt")
    assert result.exit_code == 2
    assert "nowhere.txt: no such file, and no store to look in: " in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sentence", "9"), "a: there is no sentence 9; give 1 to 2"),
        (("--sentence", "0"), "--sentence"),
        (("--format", "htm"), "unknown format 'htm'; did you mean 'html'?"),
        (("--date", "2024-13-01"), "--date"),
    ],
)
def test_what_cannot_be_shown_is_told(run: Any, article: Path, words: tuple[str, ...], told: str) -> None:
    result = run("explain", article, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_line_that_cannot_be_read_is_told_and_the_others_explained(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"id": "a", "text": "Kenya met Mali."}\n{bad\n')
    result = run("explain", path, "--format", "json")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1)
    assert "news.jsonl:2" in result.stderr
