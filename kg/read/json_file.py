"""A JSON document: one article, or a list of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kg.errors import InputError
from kg.read.decode import decode, read_bytes
from kg.read.json_record import found
from kg.read.source import MAX_FILE_BYTES, Item, Source

_BLANK = re.compile(r"[ \t\r\n]*")


def read_json(source: Source) -> Iterator[Item]:
    """Give the article of an object, or those of a list, each with the line where it begins.

    The list is read item by item, so that the articles before a fault in the JSON are not lost.

    Raises:
        InputError: The file is not JSON, or missing, unreadable, empty, binary or too large.
    """
    text = decode(read_bytes(source, limit=MAX_FILE_BYTES), source.name)
    listed = text.startswith("[", _skip(text, 0))
    number = 0
    for number, (line, value) in enumerate(_listed(text, source) if listed else _alone(text, source), start=1):
        try:
            yield found(value, f"{source.name}:{line}", f"{source.stem}-{number}" if listed else source.stem)
        except InputError as error:
            yield error
    if not number:
        raise InputError(f"{source.name}: the list is empty; an article is needed")


def _alone(text: str, source: Source) -> Iterator[tuple[int, object]]:
    """The one value of the text with the line where it begins."""
    start = _skip(text, 0)
    value, end = _value(text, start, source)
    _check_end(text, end, source)
    yield text.count("\n", 0, start) + 1, value


def _listed(text: str, source: Source) -> Iterator[tuple[int, object]]:
    """Each item of the text's list with the line where it begins."""
    line, counted = 1, 0
    at = _skip(text, _skip(text, 0) + 1)
    if text.startswith("]", at):
        return _check_end(text, at + 1, source)
    while True:
        line, counted = line + text.count("\n", counted, at), at
        value, at = _value(text, at, source)
        yield line, value
        at = _skip(text, at)
        if text.startswith("]", at):
            return _check_end(text, at + 1, source)
        if not text.startswith(",", at):
            raise _fault(text, at, source, "expecting ',' or ']'")
        at = _skip(text, at + 1)


def _check_end(text: str, at: int, source: Source) -> None:
    at = _skip(text, at)
    if at < len(text):
        raise _fault(text, at, source, "more than one value; for one a line name the file .jsonl")


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int, source: Source) -> tuple[object, int]:
    try:
        value, end = json.JSONDecoder().raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _fault(text, error.pos, source, error.msg) from error
    except (ValueError, RecursionError) as error:
        raise _fault(text, at, source, "nested too deep, or a number too long") from error
    return value, end


def _fault(text: str, at: int, source: Source, what: str) -> InputError:
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return InputError(f"{source.name}:{line}: not JSON at column {column}: {what}")
