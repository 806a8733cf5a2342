"""``kg explain``: what was seen in an article, what was coded and why, and what was not."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.days import day
from kg.cli.numbers import whole
from kg.cli.options import Shared, shared
from kg.cli.output import escaped
from kg.errors import InputError, StoreBusy, StoreError, UsageError, unknown

if TYPE_CHECKING:
    from kg.code.explained import Explained
    from kg.model import Article

FORMATS = ("text", "html", "json")
ENDINGS = {".html": "html", ".htm": "html", ".json": "json", ".jsonl": "json"}
"""The format that the ending of an output file stands for."""


@click.command("explain")
@click.argument("article")
@click.option("--sentence", metavar="N", type=whole(1), help="Only this sentence; the first is 1.")
@click.option(
    "--date",
    "published",
    metavar="DATE",
    callback=day,
    help="Date of publication of an article that tells none.",
)
@click.option(
    "--format", "format_", metavar="FORMAT", help="text, html or json.  [default: by the ending of -o, else text]"
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Write to a file instead of standard output.")
@shared
def command(
    given: Shared, article: str, sentence: int | None, published: date | None, format_: str | None, output: str
) -> None:
    """Show what was seen and coded in an article, and why.

    ARTICLE is a file in any form that "kg build" reads, - for standard input, or the id or key of an article in
    the store. For each sentence: the mentions and times that were seen, each event with the rule or head that
    coded it, its scores, its participants and why it is told as it is, and what was weighed and not taken.

    The article is read anew; the store stays as it is. The HTML form is one page that needs no network. The
    JSON form has one line an article.

    \b
    Examples:
      kg explain article.txt
      kg explain 1978-camp-david --sentence 2
      kg explain article.txt --format html -o article.html
      cat article.txt | kg explain - --date 2023-12-22 --format json
    """
    chosen = format_ or ENDINGS.get(Path(output).suffix.lower(), "text")
    if chosen not in FORMATS:
        raise UsageError(unknown("format", chosen, FORMATS))
    from kg.pipeline import explain

    problems: list[str] = []
    told = [_only(explain(a), sentence) for a in _articles(given, article, published, problems)]
    if told:
        _write(told, chosen, output)
    for problem in problems:
        click.echo(escaped(f"Error: {problem}"), err=True)
    if problems or not told:
        click.get_current_context().exit(1)


def _articles(given: Shared, name: str, published: date | None, problems: list[str]) -> Iterator[Article]:
    """The articles of a file or of standard input, or the one of the store."""
    from kg.errors import Skipped
    from kg.read import read

    def problem(error: InputError) -> None:
        if isinstance(error, Skipped):
            given.say(f"Note: {error}")
        else:
            problems.append(str(error))

    if name == "-" or os.path.exists(name):  # noqa: PTH110 - pathlib raises where a name is too long for a file
        yield from read([name], published=published, on_problem=problem)
    else:
        found = _stored(given, name)
        yield found if found.published or not published else replace(found, published=published)


def _stored(given: Shared, name: str) -> Article:
    """The article with this id or key in the store.

    Raises:
        UsageError: There is neither a file nor an article of this name.
    """
    try:
        with given.open() as store:
            known = {c.article.key: c.article for key in store.record_keys() if (c := store.record(key)) is not None}
    except StoreBusy:
        raise
    except StoreError as error:
        raise UsageError(f"{name}: no such file, and no store to look in: {error}") from error
    for article in known.values():
        if name in (article.id, article.key):
            return article
    close = difflib.get_close_matches(name, [a.id for a in known.values()], n=1)
    hint = f"did you mean {close[0]!r}?" if close else "list the articles with: kg query articles"
    raise UsageError(f"{name}: neither a file nor an article of {store.location}; {hint}")


def _only(told: Explained, number: int | None) -> Explained:
    """The article with all its sentences or one.

    Raises:
        UsageError: It has no such sentence.
    """
    if number is None:
        return told
    if number > len(told.sentences):
        raise UsageError(f"{told.id}: there is no sentence {number}; give 1 to {len(told.sentences)}")
    return replace(told, sentences=(told.sentences[number - 1],))


def _write(told: list[Explained], chosen: str, output: str) -> None:
    from kg.cli.explain_text import as_json, as_text
    from kg.draw.explain_page import explain_page
    from kg.export.target import write_file

    if chosen == "html":
        text = explain_page(told)
    elif chosen == "json":
        text = "".join(map(as_json, told))
    else:
        text = "\n".join(map(as_text, told))
    if output == "-":
        click.echo(text, nl=False)
    else:
        plain = click.unstyle(text) if chosen == "text" else text
        write_file(Path(output), [plain.encode("utf-8", "backslashreplace")])
