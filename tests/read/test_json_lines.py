"""JSON lines: the good lines are read, each bad one is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.read import read
from kg.read.json_lines import MAX_LINE_BYTES


def both(path: Path, data: bytes) -> tuple[list[Article], list[str]]:
    path.write_bytes(data)
    problems: list[InputError] = []
    articles = list(read([path], on_problem=problems.append))
    return articles, [str(problem).removeprefix(f"{path.parent}/") for problem in problems]


def test_a_record_gives_all_its_known_keys(tmp_path: Path) -> None:
    record = {
        "id": "n1", "date": "2015-07-14", "title": "T", "text": "x\r\n\u2028y", "url": "https://example.org/a",
        "publisher": "P", "language": "fr", "dateline": "VIENNA", "reference": "R", "license": "L", "other": [1],
    }  # fmt: skip
    articles, problems = both(tmp_path / "a.jsonl", json.dumps(record, ensure_ascii=False).encode())
    assert problems == []
    assert articles == [
        Article(
            id="n1",
            published=date(2015, 7, 14),
            title="T",
            text="x\r\n\u2028y",
            url="https://example.org/a",
            publisher="P",
            language="fr",
            dateline="VIENNA",
            reference="R",
            license="L",
        )
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": "a"', "a.jsonl:2: not JSON at column 13"),
        (b"[1]", "a.jsonl:2: a list; an object with 'text' is needed"),
        (b"7", "a.jsonl:2: 7; an object"),
        (b'{"title": "a"}', "a.jsonl:2: no 'text' in the article"),
        (b'{"text": null}', "a.jsonl:2: no 'text' in the article"),
        (b'{"text": 7}', "a.jsonl:2: 'text' is 7; a string is needed"),
        (b'{"text": "  "}', "a.jsonl:2: the text is empty"),
        (b'{"text": "\\ud83d"}', "a.jsonl:2: 'text' has the lone surrogate U+D83D at character 0"),
        (b'{"text": "a\\u0000"}', "a.jsonl:2: 'text' has a NUL at character 1"),
        (b'{"text": "a\0"}', "a.jsonl:2: binary, a NUL byte at byte offset 11"),
        (b'{"text": "caf\xe9"}', "a.jsonl:2: byte 0xE9 at byte offset 13 is not UTF-8"),
        (b'{"text": "a", "date": "2024-02-30"}', "a.jsonl:2: '2024-02-30' is a date that does not exist"),
        (b"[" * 200_000, "a.jsonl:2: JSON nested too deep"),
        (b"1" * 5_000, "a.jsonl:2: JSON nested too deep, or a number too long"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_read(tmp_path: Path, line: bytes, message: str) -> None:
    articles, problems = both(tmp_path / "a.jsonl", b'{"text": "one"}\n' + line + b'\n\n{"text": "four"}')
    assert [article.id for article in articles] == ["a-1", "a-4"]
    assert len(problems) == 1
    assert problems[0].startswith(message)


def test_a_line_over_the_limit_is_passed_over_unread(tmp_path: Path) -> None:
    long = b'{"text": "' + b"x" * MAX_LINE_BYTES + b'"}\n'
    articles, problems = both(tmp_path / "a.jsonl", long + b'{"text": "two"}\n' + long.rstrip())
    assert [article.id for article in articles] == ["a-2"]
    assert [problem.split(" ")[0] for problem in problems] == ["a.jsonl:1:", "a.jsonl:3:"]


def test_without_an_id_the_url_is_the_id(tmp_path: Path) -> None:
    articles, _ = both(tmp_path / "a.jsonl", b'{"text": "x", "url": "https://example.org/a"}')
    assert articles[0].id == "https://example.org/a"


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_a_file_without_a_record_is_empty(tmp_path: Path, data: bytes) -> None:
    assert both(tmp_path / "a.jsonl", data)[1] == ["a.jsonl: the file is empty; one JSON object a line is needed"]


def test_a_byte_order_mark_and_dos_line_ends_do_no_harm(tmp_path: Path) -> None:
    articles, problems = both(tmp_path / "a.jsonl", b'\xef\xbb\xbf{"text": "a"}\r\n\r\n{"text": "b"}\r\n')
    assert ([article.text for article in articles], problems) == (["a", "b"], [])


def test_a_file_in_utf_16_is_one_problem(tmp_path: Path) -> None:
    _, problems = both(tmp_path / "a.jsonl", '{"text": "a"}\n{"text": "b"}\n'.encode("utf-16"))
    assert problems == ["a.jsonl: encoded in UTF-16; save the text as UTF-8"]


def test_a_binary_file_ends_at_its_first_nul(tmp_path: Path) -> None:
    _, problems = both(tmp_path / "a.jsonl", b"\x89PNG\r\n\x1a\n" + b"\xff\0\n" * 1000)
    assert len(problems) == 3
    assert problems[2] == "a.jsonl: binary, a NUL byte at byte offset 1; text in UTF-8 is needed"
