"""``kg`` itself: its commands, imported when they run, and how errors end."""

from __future__ import annotations

import errno
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from kg.cli.options import VERBOSE_KEY
from kg.cli.output import abandon, escaped, tolerant
from kg.errors import KgError, unknown

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "build": "Read articles, find their events, write the graph.",
        "query": "Ask a named question, or SPARQL.",
        "explain": "Show what was seen and coded in an article, and why.",
        "analyse": "Count and measure: mediators, coalitions, trends, reciprocity.",
        "plot": "Draw a figure that a paper can print.",
        "draw": "Draw the graph as one page for a browser.",
        "export": "Write the graph or its events to a file.",
        "serve": "Serve the store over HTTP: SPARQL, pages, JSON.",
        "check": "See whether the graph keeps its own rules.",
        "link": "List merged events; tell why; split or join.",
        "actors": "Look up, list and lint who takes part.",
        "info": "Tell what the store holds and what made it.",
        "forget": "Take an article out of the store.",
        "backup": "Copy the store into a folder.",
        "restore": "Make a store of a backup.",
        "compact": "Merge the store's files; drop the needless, count anew.",
        "completion": "Print a script that completes kg's words.",
    }
)
"""Every command with its line in the overview; ``kg.cli.NAME`` holds it as ``command``."""


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are needed, so that ``kg --help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"kg.cli.{cmd_name}").command
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; for an unknown one the nearest is told."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(unknown("command", args[0], COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The overview, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; errors of kg and Ctrl-C end in one line."""
        tolerant(sys.stdout)
        tolerant(sys.stderr)
        try:
            return super().invoke(ctx)
        except click.MissingParameter as error:
            raise click.MissingParameter(
                f"{error.message}{_example(error.ctx)}", error.ctx, error.param, error.param_hint, error.param_type
            ) from error
        except KgError as error:
            if ctx.meta.get(VERBOSE_KEY):
                click.echo("".join(traceback.format_exception(error)), err=True)
            click.echo(escaped(f"Error: {error}"), err=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # the reader has left, which click ends without a word
            from kg.export.target import worded

            click.echo(escaped(f"Error: {error.filename or 'standard output'}: {worded(error)}"), err=True)
            if not error.filename:
                abandon(sys.stdout)
            ctx.exit(1)
        except KeyboardInterrupt:
            # 130 is what shells give a program that Ctrl-C ended.
            click.echo("\nInterrupted; what was finished is kept.", err=True)
            ctx.exit(130)


def _example(ctx: click.Context | None) -> str:
    """The first example of a command in its own help; empty where it has none."""
    if ctx is None:
        return ""
    lines = (line.strip() for line in (ctx.command.help or "").partition("Examples:\n")[2].splitlines())
    found = next((line for line in lines if line.startswith(f"kg {ctx.command.name} ")), "")
    return f"For example: {found}" if found else ""


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from kg import __version__

        click.echo(f"kg {__version__}")
        ctx.exit()


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
def main() -> None:
    """Find in news who did what to whom, when, and who says so; keep it as a graph; ask it.

    \b
    Begin with:
      kg build seeds/            read a folder of articles into the store kg-store
      kg query mediators         ask who mediated between whom
      kg draw -o graph.html      draw it, then open graph.html in a browser

    Results go to standard output, all else to standard error. The exit code is 0 when all went well, 1 when
    something failed, 2 when the command was asked wrongly. KG_STORE names the store where --store does not;
    NO_COLOR switches colours off. "kg COMMAND --help" tells more, with examples.
    """
