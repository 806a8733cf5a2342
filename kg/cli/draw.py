"""``kg draw``: the graph as one page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kg.cli.days import first_day, last_day
from kg.cli.numbers import whole
from kg.cli.options import Shared, min_confidence, shared


@click.command("draw")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="graph.html",
    show_default=True,
    help="The page; - is standard output.",
)
@click.option("--actor", metavar="NAME", help="Only events in which this actor takes part: name, id or IRI.")
@click.option("--type", "type_", metavar="TYPE", help="Only events of this type, such as CONSULT.")
@click.option("--since", metavar="DATE", callback=first_day, help="Only events that end on this day or later.")
@click.option("--until", metavar="DATE", callback=last_day, help="Only events that begin on this day or earlier.")
@click.option(
    "--status",
    metavar="STATUS",
    multiple=True,
    help="Only events with this status, such as Occurred; may be repeated.",
)
@min_confidence
@click.option(
    "--top",
    metavar="N",
    type=whole(1),
    default=60,
    show_default=True,
    help="How many actors are shown from the start.",
)
@shared
def command(
    given: Shared,
    output: str,
    actor: str | None,
    type_: str | None,
    since: date | None,
    until: date | None,
    status: tuple[str, ...],
    min_confidence: float,
    top: int,
) -> None:
    """Draw the graph as one page for a browser.

    The page is one file that needs no network and no server. In it you can search, filter by class, type and
    date, and click an event to read the sentence that tells it. A date is YYYY-MM-DD, YYYY-MM or YYYY.

    \b
    Examples:
      kg draw
      kg draw -o russia.html --actor Russia --since 2023
      kg draw -o talks.html --type CONSULT --status Occurred
    """
    from kg.draw import draw
    from kg.export.target import write_file

    with given.open() as store:
        page = draw(
            store,
            actor=actor,
            type=type_,
            since=since,
            until=until,
            status=status or None,
            min_confidence=min_confidence,
            top=top,
        )
    if output == "-":
        click.echo(page, nl=False)
        return
    write_file(Path(output), [page.encode("utf-8", "backslashreplace")])
    given.say(f"Wrote {output}; open it in a browser.")
