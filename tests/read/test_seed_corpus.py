"""The corpus that the main job builds from."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from kg.model import Article
from kg.read import expand, read

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
GIVEN = "000_80078b18800f77d0"

ARTICLES = list(read(SEEDS))
OWN = [article for article in ARTICLES if article.id != GIVEN]


def test_the_given_article_is_kept_to_the_last_byte() -> None:
    data = (SEEDS / f"{GIVEN}.txt").read_bytes()
    assert sha256(data).hexdigest() == "3ec87931c774ba609c31501234b57bdf1fa6da6ea061bafe511fb542a75efc83"


def test_the_given_article_has_its_metadata_from_outside() -> None:
    (article,) = (article for article in ARTICLES if article.id == GIVEN)
    assert (article.publisher, article.dateline, str(article.published)) == (
        "Sputnik",
        "MOSCOW",
        "2023-12-22",
    )
    assert article.sha256 == sha256((SEEDS / f"{GIVEN}.txt").read_bytes()).hexdigest()


def test_there_are_at_least_thirteen_articles_from_several_decades() -> None:
    assert len(ARTICLES) >= 13
    assert len({article.published.year // 10 for article in OWN if article.published}) >= 4


@pytest.mark.parametrize("article", OWN, ids=lambda article: article.id)
def test_an_article_is_dated_titled_referenced_licensed_and_short(article: Article) -> None:
    assert article.published is not None
    assert str(article.published.year) == article.id[:4]
    assert article.title
    assert article.reference
    assert article.dateline
    assert (article.publisher, article.license) == ("kg seed corpus", "CC BY 4.0")
    assert 130 <= len(article.text.split()) <= 260


@pytest.mark.parametrize("article", OWN, ids=lambda article: article.id)
def test_the_weekday_of_the_report_fits_its_first_paragraph(article: Article) -> None:
    assert article.published is not None
    weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    day = article.published.weekday()
    opening = article.text.split("\n")[0]
    assert any(f"on {weekdays[(day - back) % 7]}" in opening for back in (0, 1)), opening


def test_every_sidecar_belongs_to_an_article() -> None:
    names = {path.stem for path in expand(SEEDS)}
    assert {path.stem for path in SEEDS.glob("*.toml")} == names


def test_git_translates_no_line_end_of_the_texts() -> None:
    command = ["git", "check-attr", "text", "--", f"seeds/{GIVEN}.txt"]
    try:
        done = subprocess.run(command, cwd=SEEDS.parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    assert done.stdout.strip().endswith("text: unset")
