"""Text for the terminal: nothing in it can move the cursor, and no encoding stops it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from typing import TextIO

import click


def escaped(text: str) -> str:
    r"""The text with control characters of other people's words as escapes; line breaks stay.

    >>> escaped("a\x1b[2Jb\nc")
    'a\\x1b[2Jb\nc'
    """
    from kg.query.grid import visible

    return "\n".join(visible(line) for line in text.split("\n"))


def tolerant(stream: TextIO) -> None:
    """Let a stream write characters that its encoding lacks as escapes, instead of stopping there."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def abandon(stream: TextIO) -> None:
    """Let go what a stream could not write; Python would try it again at its end, and tell of it in its own way."""
    with contextlib.suppress(OSError):
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


def heading(text: str) -> str:
    """The text in bold; plain where NO_COLOR is set, and click strips it where nobody looks.

    >>> heading("articles") in ("articles", "\\x1b[1marticles\\x1b[0m")
    True
    """
    return text if os.environ.get("NO_COLOR") else click.style(text, bold=True)


def width() -> int | None:
    """Columns of the terminal; None where the output goes elsewhere, so that nothing is cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "article"), counted(24820, "quad"), counted(2, "query", "queries")
    ('1 article', '24,820 quads', '2 queries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def me() -> str:
    """How this program was called, for commands that a reader can copy."""
    called = sys.argv[0]
    if not called.endswith("kg") or shutil.which("kg"):
        return "kg"
    return os.path.relpath(called)
