"""``kg backup``: copy the store."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import Shared, shared


@click.command("backup")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@shared
def command(given: Shared, folder: Path) -> None:
    """Copy the store into a folder.

    DIR must not be there yet, or be empty. The copy holds the graph, graphs of your own, the records of the articles,
    your decisions on links and what waits to be finished; it is there whole or not at all. A build may go on
    meanwhile: what is copied is the state that it published last. "kg restore" makes a store of the copy.

    \b
    Examples:
      kg backup /mnt/backups/kg-2024-05-08
      kg backup copy --store my-store
    """
    from kg.store.upkeep import backup

    size = backup(given.folder(), folder)
    given.say(f"Copied {given.folder()} to {folder}, {size / 1e6:,.1f} MB.")
