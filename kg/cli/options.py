"""What every command takes: where the store is, and how much to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import escaped
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store import Store

VERBOSE_KEY = "kg.verbose"
"""Where a command leaves word for the group that errors are to be told in full."""

_OPTIONS = (
    click.option(
        "--store",
        metavar="DIR",
        envvar="KG_STORE",
        show_envvar=True,
        help="The store's folder, or :memory:.  [default: kg-store]",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print results and errors, nothing else."),
    click.option("-v", "--verbose", is_flag=True, help="Say more; with an error, where in the program it arose."),
)

min_confidence = click.option(
    "--min-confidence",
    metavar="X",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Only events of this confidence or more, 0 to 1.",
)
"""For commands that choose events; an event's confidence is the highest of its mentions."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The options that all commands share."""

    store: str | None
    quiet: bool
    verbose: bool

    def open(self, *, read_only: bool = True) -> Store:
        """The store.

        Raises:
            UsageError: It is to be read and is in memory, where nothing outlives a command.
            StoreError: It cannot be opened.
        """
        from kg.store import MEMORY, open_store

        if read_only and self.store == MEMORY:
            raise UsageError(
                f"the store {MEMORY} ends with the command that filled it; give a folder with --store or KG_STORE"
            )
        return open_store(self.store, read_only=read_only)

    def folder(self) -> Path:
        """The store's folder.

        Raises:
            UsageError: The store is no folder.
        """
        from kg.store import DEFAULT_LOCATION, MEMORY

        where = self.store or DEFAULT_LOCATION
        if where == MEMORY or where.startswith(("http://", "https://")):
            raise UsageError(f"{where}: only a store in a folder can be copied or tidied; name one with --store")
        return Path(where)

    def say(self, text: str) -> None:
        """Tell something on stderr that is no result, unless --quiet."""
        if not self.quiet:
            click.echo(escaped(text), err=True)


def shared(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the shared options; its function gets them as one ``Shared``, first."""

    @wraps(function)
    def command(*, store: str | None, quiet: bool, verbose: bool, **own: Any) -> None:
        click.get_current_context().meta[VERBOSE_KEY] = verbose
        function(Shared(store, quiet, verbose), **own)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command
