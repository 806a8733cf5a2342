"""``kg export``: the graph for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import Shared, min_confidence, shared

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from kg.export import FORMATS

    return [CompletionItem(name, help=f.help) for name, f in FORMATS.items() if name.startswith(incomplete)]


@click.command("export")
@click.option("-o", "--output", metavar="FILE", required=True, help="The file; - is standard output.")
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    shell_complete=_complete,
    help="One of those below.  [default: by the ending of -o]",
)
@click.option("--text", is_flag=True, help="With the full text of the articles (RDF formats and events).")
@click.option("--runs", is_flag=True, help="With the times at which articles were read (RDF formats).")
@click.option("--untyped", is_flag=True, help="With events that have no PLOVER type (events, csv, graphml, gexf).")
@min_confidence
@shared
def command(
    given: Shared, output: str, format_: str | None, text: bool, runs: bool, untyped: bool, min_confidence: float
) -> None:
    """Write the graph or its events to a file.

    The same graph always gives the same bytes. --min-confidence is for events, csv, graphml and gexf; the RDF
    formats write the graph as it is, and "kg build --min-confidence" decides what is in it. Graphs of your own, which
    updates wrote, are in trig, nq and jsonld, and not in the formats that join all graphs to one.

    \b
    Formats:
      ttl      Turtle            trig, nq  the same with one graph an article
      nt       N-Triples         jsonld    JSON-LD
      rdf      RDF/XML
      graphml  network of actors and events, for yEd, igraph and others
      gexf     the same for Gephi
      csv      a table with one row an event
      events   JSON lines, one for each article that tells an event (ending .jsonl)

    \b
    Examples:
      kg export -o graph.ttl
      kg export -o events.jsonl
      kg export -o - --format csv | head
    """
    from kg.export import export, format_for

    format_for(output, format_)
    with given.open() as store:
        export(
            store,
            output,
            format=format_,
            text=text,
            runs=runs,
            untyped=untyped,
            min_confidence=min_confidence,
        )
    if output != "-":
        given.say(f"Wrote {output} ({Path(output).stat().st_size:,} bytes).")
