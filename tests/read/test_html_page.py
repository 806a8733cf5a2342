"""Saved pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.read import read

BODY = (
    "<nav><a href='/'>Home</a></nav><article><h1>Caf\u00e9 talks</h1><p>The two ministers met at a caf\u00e9 in the old town "
    "on Friday and agreed to reopen their embassies.</p><p>Both will travel to the capital next week, a joint "
    "statement said, and further talks are planned.</p></article><footer>Imprint</footer>"
)
HEAD = (
    '<title>Caf\u00e9 talks | The Wire</title><meta property="og:title" content="Caf\u00e9 talks">'
    '<meta property="og:site_name" content="The Wire">'
)
DATED = '<meta property="article:published_time" content="2015-07-14T10:00:00Z">'


def page(head: str = HEAD + DATED, body: str = BODY, lang: str = ' lang="en-GB"') -> str:
    return f"<!doctype html><html{lang}><head>{head}</head><body>{body}</body></html>"


def one(path: Path, data: bytes) -> Article:
    path.write_bytes(data)
    (article,) = read([path])
    return article


def test_a_page_gives_main_text_title_date_site_and_language(tmp_path: Path) -> None:
    article = one(tmp_path / "a.html", page().encode())
    assert (article.id, article.title, article.publisher) == ("a", "Caf\u00e9 talks", "The Wire")
    assert (article.published, article.language) == (date(2015, 7, 14), "en-GB")
    assert "agreed to reopen their embassies." in article.text
    assert "Imprint" not in article.text


def test_a_page_without_a_date_in_its_markup_has_none(tmp_path: Path) -> None:
    body = BODY.replace("next week", "on July 14, 2015")
    assert one(tmp_path / "a.htm", page(HEAD, body).encode()).published is None


def test_a_page_without_a_language_is_taken_as_english(tmp_path: Path) -> None:
    assert one(tmp_path / "a.htm", page(lang="").encode()).language == "en"


def test_a_sidecar_holds_over_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('title = "Other"\n')
    assert one(tmp_path / "a.html", page().encode()).title == "Other"


def test_the_charset_that_a_page_declares_is_used(tmp_path: Path) -> None:
    article = one(tmp_path / "a.html", page('<meta charset="windows-1252">' + HEAD).encode("windows-1252"))
    assert "caf\u00e9" in article.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (page().encode("windows-1252"), "byte 0xE9"),
        (
            page('<meta charset="klingon">' + HEAD).encode("windows-1252"),
            "neither UTF-8 nor the declared charset",
        ),
        (
            page('<meta charset="ascii">' + HEAD).encode("windows-1252"),
            "neither UTF-8 nor the declared charset",
        ),
        (
            page('<meta charset="rot13">' + HEAD).encode("windows-1252"),
            "neither UTF-8 nor the declared charset",
        ),
        (b"<html><body></body></html>", "no main text"),
        (b"<html>\0", "binary"),
        (b"<div>" * 50_000, "no main text"),
    ],
)
def test_a_bad_page_is_told(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        one(tmp_path / "a.html", data)
    assert str(error.value).startswith(f"{tmp_path}/a.html")
    assert message in str(error.value)


def test_what_the_page_parser_raises_becomes_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("odd page")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    with pytest.raises(InputError, match="not a page that can be read: 'odd page'"):
        one(tmp_path / "a.html", page().encode())
