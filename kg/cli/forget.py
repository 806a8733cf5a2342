"""``kg forget``: take an article out."""

from __future__ import annotations

import difflib

import click

from kg.cli.options import Shared, shared
from kg.errors import UsageError


@click.command("forget")
@click.argument("article")
@shared
def command(given: Shared, article: str) -> None:
    """Take an article out of the store.

    ARTICLE is the id that "kg query articles" shows, or the article's key of 16 hexadecimal digits. What only
    this article supported goes with it; events that others tell stay, and so do graphs of your own.

    \b
    Examples:
      kg query articles
      kg forget 1978-camp-david
    """
    from kg.pipeline import forget

    with given.open(read_only=False) as store:
        if not forget(store, article):
            ids = [coded.article.id for key in store.record_keys() if (coded := store.record(key))]
            close = difflib.get_close_matches(article, ids, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "list them with: kg query articles"
            raise UsageError(f"{store.location}: no article {article!r}; {hint}")
        store.flush()
    given.say(f"Forgot {article}.")
