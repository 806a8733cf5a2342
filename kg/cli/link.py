"""``kg link``: which reports are one event, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from kg.cli.options import Shared, shared
from kg.cli.output import counted, width
from kg.errors import UsageError, unknown

if TYPE_CHECKING:
    from kg.link import Corrections, Links
    from kg.store import Store

FORMATS = ("text", "json")


@click.command("link")
@click.option("--explain", metavar="EVENT", help="Tell why the reports of this event were joined, and others not.")
@click.option("--split", metavar="EVENT", help="Take this event apart, or one report out of its event.")
@click.option("--join", metavar="EVENT EVENT", nargs=2, help="Make one event of two.")
@click.option(
    "--apply",
    "applied",
    metavar="FILE",
    help="Take in the corrections that the page of kg draw saved; - is standard input.",
)
@click.option("--reset", metavar="EVENT", help="Forget what was decided on the reports of this event.")
@click.option("--format", "format_", metavar="FORMAT", default="text", show_default=True,
              help="text or json, for the list and for --explain.")  # fmt: skip
@shared
def command(
    given: Shared,
    explain: str | None,
    split: str | None,
    join: tuple[str, str] | None,
    applied: str | None,
    reset: str | None,
    format_: str,
) -> None:
    """List merged events; tell why; split or join.

    Without an option: the events that are told more than once, by several articles (reports) or in one, with the
    mean likeness of their reports. EVENT is an event's key, the beginning of one, or its IRI; keys of single
    reports, as --explain shows them, do too.

    --split and --join are kept in the store and honoured at each build; the one undoes the other. By an
    event's own key, --split parts all its reports; by the key of another of its reports, it takes out
    that report alone.

    \b
    Examples:
      kg link
      kg link --explain 6598566a
      kg link --split 6598566a
      kg link --join 6598566a 0c41f2aa
      kg link --apply corrections.json
    """
    if sum(option is not None for option in (explain, split, join, applied, reset)) > 1:
        raise UsageError("give one of: --explain, --split, --join, --apply, --reset")
    if format_ not in FORMATS:
        raise UsageError(unknown("format", format_, FORMATS))
    from kg import link

    if split is not None:
        _decide(given, lambda links: link.split(links, split))
    elif join is not None:
        _decide(given, lambda links: link.join(links, *join))
    elif applied is not None:
        text = _text_of(applied)
        _decide(given, lambda links: link.applied(links, text, where=applied))
    elif reset is not None:
        _decide(given, lambda links: link.reset(links, reset))
    else:
        _show(given, explain, format_)


def _text_of(path: str) -> str:
    try:
        with click.open_file(path, encoding="utf-8") as file:
            text: str = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as text: {error}") from error
    return text


def _links(store: Store) -> Links:
    from kg.link import Links
    from kg.shelf import decisions

    records = (store.record(key) for key in store.record_keys())
    return Links((coded for coded in records if coded is not None), decisions(store))


def _show(given: Shared, explain: str | None, format_: str) -> None:
    from kg.cli.explained import as_json, as_list, as_text, list_as_json

    with given.open() as store:
        links = _links(store)
    stale = len(links.corrections.reports - links.group_of.keys())
    if stale:
        given.say(f"Note: decisions name {counted(stale, 'report')} that the store no longer holds; they are kept")
    if explain is not None:
        why = links.why(explain)
        click.echo(as_json(why) if format_ == "json" else as_text(why))
    elif format_ == "json":
        click.echo(list_as_json(links))
    else:
        click.echo(as_list(links, width()), nl=False)


def _decide(given: Shared, decision: Callable[[Links], Corrections]) -> None:
    from kg.shelf import decide

    with given.open(read_only=False) as store:
        changed = decide(store, decision(_links(store)))
    given.say(f"Decided; {counted(changed, 'article')} changed in the graph.")
