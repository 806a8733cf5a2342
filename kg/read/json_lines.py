"""JSON lines: one article a line, read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import InputError
from kg.read.decode import check_binary, decode
from kg.read.json_record import found
from kg.read.source import MAX_TEXT_CHARS, Item, Source

MAX_LINE_BYTES = 12 * MAX_TEXT_CHARS + 64_000
"""No text within the cap needs more: an escaped surrogate pair is twelve bytes."""

_CHUNK = 1 << 20


def read_json_lines(source: Source) -> Iterator[Item]:
    """Give the article, or the problem, of each line that is not blank.

    Lines end at a line feed only; U+2028 and the like may stand in a string.

    Raises:
        InputError: The file is missing, unreadable, empty or binary.
    """
    empty = True
    with source.open() as stream:
        for number, line in _lines(stream):
            if line and (number == 1 or not _utf8(line)):
                # In a binary file each line would be a problem, so the first NUL ends it; in one of
                # text in another encoding, or with a stray NUL, the other lines are still read.
                check_binary(line, source.name)
            if line is None or line.strip():
                empty = False
                yield _item(line, source, number)
    if empty:
        raise InputError(f"{source.name}: the file is empty; one JSON object a line is needed")


def _utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number; None for one over the limit, which is never held whole."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) <= MAX_LINE_BYTES:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_CHUNK)
        yield number, None


def _item(line: bytes | None, source: Source, number: int) -> Item:
    where = f"{source.name}:{number}"
    try:
        if line is None:
            raise InputError(f"{where}: a line of more than {MAX_LINE_BYTES:,} bytes; split the text")
        return found(_parsed(decode(line.rstrip(b"\r\n"), where, line=None), where), where, f"{source.stem}-{number}")
    except InputError as error:
        return error


def _parsed(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{where}: not JSON at column {error.colno}: {error.msg}; one JSON object a line is needed"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: JSON nested too deep, or a number too long; an object is needed") from error
