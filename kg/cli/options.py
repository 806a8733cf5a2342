"""What every command takes: where the store is, and how much to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from kg.cli.numbers import number
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
        help="The store's folder, :memory:, or sparql for a server.  [default: kg-store]",
    ),
    click.option("--query-url", metavar="URL", help="With --store sparql: where queries go.  [env var: KG_QUERY_URL]"),
    click.option("--update-url", metavar="URL", help="The same for updates.  [env var: KG_UPDATE_URL]"),
    click.option("--graph-store-url", metavar="URL", help="The same for whole graphs.  [env var: KG_GRAPH_STORE_URL]"),
    click.option("-q", "--quiet", is_flag=True, help="Print results and errors, nothing else."),
    click.option("-v", "--verbose", is_flag=True, help="Say more; with an error, where in the program it arose."),
)

min_confidence = click.option(
    "--min-confidence",
    metavar="X",
    type=number(0, 1),
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
    urls: Mapping[str, str | None] = field(default_factory=dict)
    """The addresses of a server that were given as options, by the names that ``open_store`` has for them."""

    def open(self, *, read_only: bool = True) -> Store:
        """The store.

        Raises:
            UsageError: It is to be read and is in memory, where nothing outlives a command, or an address of a
                server is missing or wrong.
            StoreError: It cannot be opened.
        """
        from kg.store import MEMORY, open_store

        if read_only and self.store == MEMORY:
            raise UsageError(
                f"the store {MEMORY} ends with the command that filled it; give a folder with --store or KG_STORE"
            )
        return open_store(self.store, read_only=read_only, **self.urls)

    @property
    def store_options(self) -> str:
        """The options that name the same store, in the words of a shell."""
        words = [("store", self.store), *self.urls.items()]
        return "".join(f" --{name.replace('_', '-')} {quote(value)}" for name, value in words if value)

    def folder(self) -> Path:
        """The store's folder.

        Raises:
            UsageError: The store is no folder.
        """
        from kg.store import DEFAULT_LOCATION, MEMORY, SPARQL

        where = self.store or DEFAULT_LOCATION
        if where in (MEMORY, SPARQL) or where.startswith(("http://", "https://")):
            raise UsageError(f"{where}: this command needs a store in a folder; name one with --store or KG_STORE")
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
        urls = {name: own.pop(name) for name in ("query_url", "update_url", "graph_store_url")}
        function(Shared(store, quiet, verbose, urls), **own)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command
