"""Lines sorted as bytes, in bounded memory: what is too much is sorted in parts, in files, which are then merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

HELD_BYTES = 64_000_000
"""How much text is sorted at once; in memory it takes some two and a half times that."""


def sorted_lines(pieces: Iterable[bytes], *, held_bytes: int = HELD_BYTES) -> Iterator[bytes]:
    """All lines of the pieces, each once, as ``LC_ALL=C sort -u`` has them.

    Args:
        pieces: Whole lines, each with its line feed, any number in a piece.
        held_bytes: Above that much text a file of the system's folder for such is written for each part.

    Raises:
        OSError: The disk refuses.

    >>> list(sorted_lines([b"b\\nc\\n", b"a\\nb\\n"]))
    [b'a\\n', b'b\\n', b'c\\n']
    """
    with ExitStack() as files:
        parts: list[IO[bytes]] = []
        held: set[bytes] = set()
        size = 0
        for piece in pieces:
            held.update(piece.splitlines(keepends=True))
            size += len(piece)
            if size > held_bytes:
                part = files.enter_context(tempfile.TemporaryFile())
                part.writelines(sorted(held))
                part.seek(0)
                parts.append(part)
                held, size = set(), 0
        last = sorted(held)
        del held
        yield from _each_once(heapq.merge(*parts, last)) if parts else last


def _each_once(lines: Iterable[bytes]) -> Iterator[bytes]:
    before = None
    for line in lines:
        if line != before:
            yield line
        before = line
