"""What a reader is given and what it gives back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from kg.errors import InputError
from kg.model import Article

MAX_TEXT_CHARS = 2_000_000
"""Code points that one article's text may have."""
MAX_FILE_BYTES = 200_000_000
"""Bytes of a file that is read whole and may hold many articles."""
MAX_PAGE_BYTES = 20_000_000
"""Bytes of one HTML page."""

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input where ``path`` is ``-``.

    >>> Source(Path("news/a.txt")).name
    'news/a.txt'
    """

    path: Path
    stream: BinaryIO | None = None
    """Set where the bytes do not come from the file at ``path``."""

    @property
    def name(self) -> str:
        """How messages call the source, always on one line."""
        if self.path == STDIN:
            return "<stdin>"
        text = str(self.path)
        return text if text.isprintable() else repr(text)

    @property
    def stem(self) -> str:
        """The file's name without its last suffix, the default id of its article."""
        return "stdin" if self.path == STDIN else self.path.stem

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The bytes as a stream; a file is closed on leaving the context, standard input is not.

        Raises:
            InputError: The file is missing, unreadable or not a regular file.
        """
        if self.stream is not None:
            return nullcontext(self.stream)
        if self.path == STDIN:
            return nullcontext(sys.stdin.buffer)
        try:
            # A named pipe or device would block or never end.
            if self.path.exists() and not self.path.is_file():
                raise InputError(f"{self.name}: not a regular file; give a file or a folder")
            return self.path.open("rb")
        except OSError as error:
            raise unreadable(self.name, error) from error


@dataclass(frozen=True, slots=True)
class Found:
    """An article and where it was found, such as ``news.jsonl:7``."""

    where: str
    article: Article


Item: TypeAlias = Found | InputError
"""What a reader yields: an article, or the problem that stands in an article's place."""

Reader: TypeAlias = Callable[[Source], Iterator[Item]]
"""Reads one source; it yields problems that end one article and raises those that end the source."""


def unreadable(name: str, error: OSError) -> InputError:
    """The message for a file or folder that the operating system does not hand over."""
    if isinstance(error, FileNotFoundError):
        return InputError(f"{name}: no such file or folder; check the path")
    if isinstance(error, PermissionError):
        return InputError(f"{name}: no permission to read it; allow it with chmod")
    return InputError(f"{name}: cannot be read: {error.strerror or error}")


def shown(value: object) -> str:
    """A value as a message quotes it: on one line, cut at 60 characters.

    >>> shown("2024-02-30")
    "'2024-02-30'"
    """
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    text = ascii(value[:70]) if isinstance(value, str) else ascii(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
