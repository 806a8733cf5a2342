"""``kg completion``: completion for a shell."""

from __future__ import annotations

import click

from kg.cli.options import Shared, shared
from kg.errors import UsageError, unknown

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", metavar="bash|zsh|fish")
@shared
def command(given: Shared, shell: str) -> None:  # noqa: ARG001 - every command takes the shared options
    """Print a script that completes kg's words.

    Commands, options, the names of questions and of formats are completed.

    \b
    Put one of these where your shell starts:
      bash   eval "$(kg completion bash)"        in ~/.bashrc
      zsh    eval "$(kg completion zsh)"         in ~/.zshrc
      fish   kg completion fish | source         in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    from kg.cli.group import main

    made = get_completion_class(shell) if shell in SHELLS else None
    if made is None:
        raise UsageError(unknown("shell", shell, SHELLS))
    click.echo(made(main, {}, "kg", "_KG_COMPLETE").source())
