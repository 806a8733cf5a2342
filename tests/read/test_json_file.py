"""JSON documents: an object or a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read import read


def both(path: Path, data: str) -> tuple[list[tuple[str, str]], list[str]]:
    path.write_text(data, encoding="utf-8")
    problems: list[InputError] = []
    articles = [(article.id, article.text) for article in read([path], on_problem=problems.append)]
    return articles, [str(problem).removeprefix(f"{path.parent}/") for problem in problems]


def test_an_object_is_one_article_with_the_stem_as_id(tmp_path: Path) -> None:
    assert both(tmp_path / "a.json", '\n {"text":\n "x"} \n') == ([("a", "x")], [])


def test_a_list_gives_its_articles_in_order(tmp_path: Path) -> None:
    assert both(tmp_path / "a.json", '[{"text": "x"},\n{"id": "n", "text": "y"}]') == (
        [("a-1", "x"), ("n", "y")],
        [],
    )


def test_a_bad_item_is_told_with_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    articles, problems = both(tmp_path / "a.json", '[\n{"text": "x"},\n\n  {"title": "y"}, 3,\n{"text": "z"}\n]')
    assert articles == [("a-1", "x"), ("a-4", "z")]
    assert problems == ["a.json:4: no 'text' in the article", "a.json:4: 3; an object with 'text' is needed"]


@pytest.mark.parametrize(
    ("data", "articles", "message"),
    [
        ("[]", 0, "a.json: the list is empty"),
        ("[", 0, "a.json:1: not JSON at column 2"),
        ('[{"text": "x"}\n {"text": "y"}]', 1, "a.json:2: not JSON at column 2: expecting ',' or ']'"),
        ('[{"text": "x"},]', 1, "a.json:1: not JSON at column 16"),
        ('[{"text": "x"}] x', 1, "a.json:1: not JSON at column 17: more than one value"),
        ('{"text": "x"}\n{"text": "y"}', 0, "a.json:2: not JSON at column 1: more than one value"),
        ('{"text": x}', 0, "a.json:1: not JSON at column 10"),
        ("[" * 200_000, 0, "a.json:1: not JSON at column 2: nested too deep"),
    ],
)
def test_a_fault_in_the_json_is_told_and_what_stands_before_is_kept(
    tmp_path: Path, data: str, articles: int, message: str
) -> None:
    found, problems = both(tmp_path / "a.json", data)
    assert (len(found), len(problems)) == (articles, 1)
    assert problems[0].startswith(message)
