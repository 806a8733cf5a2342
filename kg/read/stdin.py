"""Standard input: JSON lines if it begins like an object, else one text."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from kg.read.json_lines import read_json_lines
from kg.read.plain_text import read_text
from kg.read.source import MAX_TEXT_CHARS, Item, Source

MAX_BLANK_LINES = 10_000
"""Lines that are looked at to tell the form; after more blank ones it is taken as text."""


def read_stdin(source: Source) -> Iterator[Item]:
    """Give the articles of a stream whose form only its first character that is not blank tells.

    Raises:
        InputError: The stream is empty, binary or too long for one text.
    """
    with source.open() as stream:
        head, first = _head(stream)
        whole = replace(source, stream=cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream))))
        yield from read_json_lines(whole) if first.startswith(b"{") else read_text(whole)


def _head(stream: BinaryIO) -> tuple[bytes, bytes]:
    """The lines through the first that is not blank, and that line without outer blanks."""
    lines: list[bytes] = []
    first = b""
    # By lines, so that a producer that waits for an answer to its first one is not kept waiting.
    while not first and len(lines) < MAX_BLANK_LINES and (line := stream.readline(MAX_TEXT_CHARS)):
        first = line.removeprefix(codecs.BOM_UTF8).strip()
        lines.append(line)
    return b"".join(lines), first


class _Rejoined(io.RawIOBase):
    """The bytes that were read to look at them, then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed has a private type here
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
