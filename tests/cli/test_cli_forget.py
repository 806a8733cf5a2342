"""``kg forget``."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_an_article_is_taken_out_with_what_it_supported(run: Any, two_articles: Path) -> None:
    run("build", two_articles)
    result = run("forget", "a")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Forgot a.\n"
    left = run("info").stdout
    assert "Articles  1," in left
    assert "CONSULT" not in left


def test_an_article_that_is_not_there_is_told_with_the_nearest(run: Any, two_articles: Path) -> None:
    (two_articles / "a.txt").rename(two_articles / "article-one.txt")
    run("build", two_articles)
    near, far = run("forget", "article-on"), run("forget", "qwxyz")
    assert (near.exit_code, far.exit_code) == (2, 2)
    assert "no article 'article-on'; did you mean 'article-one'?" in near.stderr
    assert "list them with: kg query articles" in far.stderr
