"""``kg plot``: the analyses as figures for print."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from kg.cli.analysing import analysed, choosing
from kg.cli.options import Shared, shared

FIGURES: Mapping[str, str] = MappingProxyType(
    {"timeline": "activity", "trend": "trend", "dyads": "dyads", "mediators": "mediators"}
)
"""Every figure with the analysis that it shows."""


@click.command("plot")
@click.argument("name", type=click.Choice(list(FIGURES)), metavar="NAME")
@click.argument("actors", nargs=-1, metavar="[ACTOR]...")
@click.option("-o", "--output", metavar="FILE", required=True, help="The figure: .svg, .pdf or .png.")
@choosing
@click.option("--title", metavar="TEXT", help="Above the figure, in place of its own.")
@shared
def command(given: Shared, name: str, actors: tuple[str, ...], output: str, title: str | None, **choice: Any) -> None:
    """Draw a figure that a paper can print.

    Needs matplotlib: pip install 'dekg[plot]'. The same graph gives the same bytes.

    \b
    Names:
      timeline [ACTOR]   events over time, stacked by stance
      trend ACTOR ACTOR  monthly score of two actors with changes of level
      dyads              who acts on whom, as a heat map
      mediators          who mediated how often, and betweenness

    \b
    Examples:
      kg plot timeline -o timeline.svg --per year
      kg plot trend Israel Egypt -o dyad.pdf
      kg plot mediators -o mediators.svg --since 1990
    """
    import kg.plot
    from kg.export.target import write_file
    from kg.plot.figure import ending_of

    target = Path(output)
    ending = ending_of(target)
    figure: kg.plot.Figure = getattr(kg.plot, name)(analysed(given, FIGURES[name], actors, **choice), title=title)
    write_file(target, [getattr(figure, ending)()])
    given.say(f"Wrote {output} ({target.stat().st_size:,} bytes).")
