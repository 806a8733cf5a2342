"""``kg compact``: make the store smaller."""

from __future__ import annotations

import click

from kg.cli.options import Shared, shared
from kg.cli.output import counted, escaped


@click.command("compact")
@shared
def command(given: Shared) -> None:
    """Merge the store's files; drop the needless, count anew.

    Drops records without a graph, files of writings that were cut off and published states that nobody reads, counts
    events by month, type and dyad anew so that questions for these are quick, and prints how large the store was
    before and after. Nothing that a question could find changes; graphs of your own stay.

    \b
    Examples:
      kg compact
      kg compact --store my-store
    """
    from kg.store.upkeep import compact

    done = compact(given.folder())
    before, after = (f"{size / 1e6:,.1f} MB" for size in (done.bytes_before, done.bytes_after))
    left = f"; {counted(done.dropped, 'leftover file')} dropped" if done.dropped else ""
    click.echo(f"{escaped(str(given.folder()))}: {before} before, {after} after{left}.")
    if done.uncounted:
        given.say(f"Counts stay slow, since {done.uncounted}.")
