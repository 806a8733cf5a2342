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


def read_stdin(source: Source) -> Iterator[Item]:
    """Give the articles of a stream whose form only its first character that is not blank tells.

    Raises:
        InputError: The stream is empty, binary or too long for one text.
    """
    with source.open() as stream:
        head = b""
        while len(head) <= MAX_TEXT_CHARS and not _bare(head):
            line = stream.readline(MAX_TEXT_CHARS)
            if not line:
                break
            head += line
        whole = replace(source, stream=cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream))))
        yield from read_json_lines(whole) if _bare(head).startswith(b"{") else read_text(whole)


def _bare(head: bytes) -> bytes:
    return head.removeprefix(codecs.BOM_UTF8).lstrip()


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
