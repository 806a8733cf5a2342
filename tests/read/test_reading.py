"""From sources to articles."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError, Skipped
from kg.model import Article
from kg.read import Source, read


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def typed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def both(*sources: str) -> tuple[list[Article], list[InputError]]:
    problems: list[InputError] = []
    return list(read(sources, on_problem=problems.append)), problems


def test_a_given_date_fills_only_what_is_unknown() -> None:
    Path("a.jsonl").write_text('{"text": "a", "date": "2015-07-14"}\n{"text": "b"}')
    assert [a.published for a in read("a.jsonl", published=date(2000, 1, 1))] == [
        date(2015, 7, 14),
        date(2000, 1, 1),
    ]


def test_no_date_given_none_is_invented() -> None:
    Path("a.txt").write_text("On October 7 it began.")
    assert [article.published for article in read("a.txt")] == [None]


def test_the_dateline_fills_what_the_metadata_leaves_open() -> None:
    Path("a.jsonl").write_text(
        '{"text": "OSLO (AP) - a"}\n{"text": "OSLO (AP) - b", "publisher": "P"}\n'
        '{"text": "OSLO (AP) - c", "dateline": "D", "publisher": "P"}'
    )
    assert [(a.dateline, a.publisher, a.text[:6]) for a in read("a.jsonl")] == [
        ("OSLO", "AP", "OSLO ("),
        ("OSLO", "P", "OSLO ("),
        ("D", "P", "OSLO ("),
    ]


def test_one_id_for_two_texts_is_a_problem_that_names_both() -> None:
    Path("a.jsonl").write_text('{"id": "n", "text": "a"}\n{"id": "n", "text": "b"}\n{"id": "m", "text": "c"}')
    articles, problems = both("a.jsonl")
    assert [article.text for article in articles] == ["a", "c"]
    assert [str(p) for p in problems] == [
        "a.jsonl:2: the id 'n' is also that of a.jsonl:1, another text; give one of them another id"
    ]


def test_one_text_twice_is_read_once_with_a_notice() -> None:
    Path("a.txt").write_text("a")
    Path("b.txt").write_text("a")
    articles, problems = both("a.txt", "b.txt")
    assert [article.id for article in articles] == ["a"]
    assert [(type(p), str(p)) for p in problems] == [
        (Skipped, "b.txt: left out, as its text was read already from a.txt")
    ]


def test_a_notice_is_not_raised() -> None:
    Path("a.txt").write_text("a")
    Path("b.txt").write_text("a")
    assert len(list(read(["a.txt", "b.txt"]))) == 1


def test_a_problem_is_raised_where_nobody_takes_it() -> None:
    Path("a.jsonl").write_text('{"text": "a"}\n{}')
    articles = read("a.jsonl")
    assert next(articles).text == "a"
    with pytest.raises(InputError, match=r"a\.jsonl:2: no 'text'"):
        next(articles)


def test_a_bad_source_does_not_stop_the_others() -> None:
    Path("a.txt").write_bytes(b"\xff")
    Path("b.txt").write_text("b")
    articles, problems = both("a.txt", "gone.txt", "b.txt")
    assert ([article.id for article in articles], len(problems)) == (["b"], 2)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b' \n\n {"text": "a"}\n{"text": "b", "id": "n"}', [("stdin-3", "a"), ("n", "b")]),
        (b'\xef\xbb\xbf{"text": "a"}', [("stdin-1", "a")]),
        (b"\n\n She said {so}.\r\n", [("stdin", "\n\n She said {so}.\r\n")]),
        (b"---\nid: n\n---\nx", [("n", "x")]),
        (b"x" * 100_000, [("stdin", "x" * 100_000)]),
    ],
)
def test_standard_input_is_lines_of_json_or_one_text(
    monkeypatch: pytest.MonkeyPatch, data: bytes, found: list[tuple[str, str]]
) -> None:
    typed(monkeypatch, data)
    assert [(article.id, article.text) for article in read("-")] == found


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "<stdin>: the file is empty"),
        (b"\n" * 3_000_000, "<stdin>: the file is empty"),
        (b"\xff", "<stdin>:1: byte 0xFF"),
        (b"{\n", "<stdin>:1: not JSON"),
        (b"x" * 9_000_000, "<stdin>: more than 8,064,000 bytes; one text may have 2,000,000 characters"),
    ],
)
def test_bad_standard_input_is_told(monkeypatch: pytest.MonkeyPatch, data: bytes, message: str) -> None:
    typed(monkeypatch, data)
    articles, problems = both("-")
    assert articles == []
    assert str(problems[0]).startswith(message)


def test_standard_input_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, b"x")
    list(read("-"))
    assert not sys.stdin.buffer.closed


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PermissionError(13, "Permission denied"), "a.txt: no permission to read it"),
        (OSError(5, "Input/output error"), "a.txt: cannot be read: Input/output error"),
    ],
)
def test_a_file_that_cannot_be_opened_is_told(monkeypatch: pytest.MonkeyPatch, error: OSError, message: str) -> None:
    unpatched = Path.open

    def refuse(path: Path, *args: object, **options: object) -> object:
        if path.name == "a.txt":
            raise error
        return unpatched(path, *args, **options)  # type: ignore[call-overload]

    Path("a.txt").write_text("a")
    monkeypatch.setattr(Path, "open", refuse)
    assert str(both("a.txt")[1][0]).startswith(message)


def test_a_disk_that_fails_while_reading_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def readline(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    Path("a.jsonl").write_text("{}")
    monkeypatch.setattr(Source, "open", lambda _: Failing())
    assert str(both("a.jsonl")[1][0]) == "a.jsonl: reading stopped: Input/output error"


def test_a_name_that_would_break_the_line_is_quoted() -> None:
    Path("a\nb.txt").write_bytes(b"")
    assert str(both("a\nb.txt")[1][0]).startswith("'a\\nb.txt': the file is empty")
