"""Every reader, plugins included, keeps one list of promises."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.read import Found, Source, known_readers, read

SENTENCES = (
    "The two ministers met in the old town on Friday and agreed to reopen their embassies within two months. "
    "Both will travel to the capital next week, a joint statement said, and further talks are planned there."
)

SAMPLES: dict[str, Callable[[str], str]] = {
    ".txt": str,
    ".md": str,
    ".jsonl": lambda text: json.dumps({"text": text}) + "\n",
    ".ndjson": lambda text: json.dumps({"text": text}) + "\n",
    ".json": lambda text: json.dumps([{"text": text}]),
    ".html": lambda text: f"<html><body><article><p>{text}</p></article></body></html>",
    ".htm": lambda text: f"<html><body><article><p>{text}</p></article></body></html>",
}
"""For each built-in how a file with one article is written; a plugin's reader is held to the other promises."""

every = pytest.mark.parametrize("suffix", sorted(known_readers()))
built_in = pytest.mark.parametrize("suffix", sorted(SAMPLES))


def items(path: Path) -> list[Found | InputError]:
    try:
        return list(known_readers()[path.suffix](Source(path)))
    except InputError as error:
        return [error]


def test_every_built_in_has_a_sample() -> None:
    from kg.read import READERS

    assert set(SAMPLES) == set(READERS)


@built_in
def test_the_article_is_found_with_its_place(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(SAMPLES[suffix](SENTENCES))
    (found,) = items(path)
    assert isinstance(found, Found)
    assert found.where.startswith(str(path))
    assert found.article.text == SENTENCES
    assert found.article.id.startswith("a")


@built_in
def test_no_date_is_invented(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(SAMPLES[suffix](SENTENCES))
    assert [article.published for article in read(path)] == [None]


@built_in
def test_reading_twice_gives_the_same(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(SAMPLES[suffix](SENTENCES))
    first: list[Article] = list(read(path))
    assert list(read(path)) == first


@built_in
def test_a_suffix_in_capitals_is_the_same(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix.upper()}"
    path.write_text(SAMPLES[suffix](SENTENCES))
    assert [article.text for article in read(path)] == [SENTENCES]


@built_in
def test_another_encoding_is_a_problem_and_never_a_wrong_letter(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    text = SAMPLES[suffix](SENTENCES.replace("town", "QUOTE town"))
    path.write_bytes(text.encode().replace(b"QUOTE", b"\x93old\x94"))
    (problem,) = items(path)
    assert isinstance(problem, InputError)
    assert "not UTF-8" in str(problem)


@every
@pytest.mark.parametrize("data", [b"", b" \n", b"\0\0\0\0", b"\xff\xfea\0", b"\x89PNG\r\n\x1a\n\0\0"])
def test_a_file_that_holds_no_text_gives_problems_and_no_article(suffix: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    found = items(path)
    assert found
    assert all(isinstance(item, InputError) for item in found)
    assert all(str(item).startswith(str(path)) and "\n" not in str(item) for item in found)


@every
def test_a_missing_file_is_a_problem(suffix: str, tmp_path: Path) -> None:
    (problem,) = items(tmp_path / f"gone{suffix}")
    assert isinstance(problem, InputError)
    assert "no such file" in str(problem)


@every
def test_the_file_is_left_as_it_was(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(SENTENCES)
    items(path)
    assert path.read_text() == SENTENCES
    assert list(tmp_path.iterdir()) == [path]
