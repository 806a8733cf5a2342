"""``kg restore``: make a store of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import Shared, shared


@click.command("restore")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Put it in the place of the store that is there, which is lost.")
@shared
def command(given: Shared, folder: Path, force: bool) -> None:
    """Make a store of a backup.

    DIR is what "kg backup" made; it stays as it is. The store, named by --store, must not be there yet, or be an
    empty folder; with --force it takes the place of the one that is there. The backup is opened first: if it is
    damaged or of another layout, the store that is there stays.

    \b
    Examples:
      kg restore /mnt/backups/kg-2024-05-08
      kg restore copy --store my-store --force
    """
    from kg.store.upkeep import restore

    restore(folder, given.folder(), force=force)
    given.say(f"Restored {given.folder()} from {folder}.")
