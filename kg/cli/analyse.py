"""``kg analyse``: mediators, coalitions, trends and the like as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.analysing import ANALYSES, analysed, choosing
from kg.cli.options import Shared, shared
from kg.cli.output import width

FORMATS = ("table", "csv", "json")


@click.command("analyse")
@click.argument("name", type=click.Choice(list(ANALYSES)), metavar="NAME")
@click.argument("actors", nargs=-1, metavar="[ACTOR]...")
@choosing
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="How it is written.  [default: by the ending of -o, else table]",
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Write to a file instead of standard output.")
@shared
def command(given: Shared, name: str, actors: tuple[str, ...], format_: str | None, output: str, **choice: Any) -> None:
    """Count and measure: mediators, coalitions, trends, reciprocity.

    Only events that happened count unless --status says otherwise. Actors are given by name, id or code of country.
    What each figure means, and what it does not show, stands in the docstrings of kg.analyse.

    \b
    Names:
      mediators              who mediated how often, and betweenness
      coalitions             groups that cooperate
      trend ACTOR ACTOR      monthly score of two actors, and where its level changes
      reciprocity [ACTOR..]  whether acts are returned: of all, of one actor, of two
      dyads                  who acts on whom, how often and how friendly
      activity [ACTOR]       events over time, of all or of one actor

    \b
    Examples:
      kg analyse mediators
      kg analyse trend Israel Egypt --since 1970 --format csv
      kg analyse reciprocity Russia Ukraine -o answer.json
    """
    from kg.export.target import write_file

    kind = format_ or Path(output).suffix.lower().removeprefix(".")
    found = analysed(given, name, actors, **choice)
    if kind == "csv":
        text = found.to_csv()
    else:
        text = found.to_json() if kind == "json" else found.to_text(width() if output == "-" else None)
    if output == "-":
        click.echo(text, nl=False)
    else:
        write_file(Path(output), [text.encode("utf-8", "backslashreplace")])
