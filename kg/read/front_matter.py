"""The block of ``key: value`` lines that may stand before a text."""

from __future__ import annotations

import re

from kg.errors import InputError
from kg.read.metadata import KEYS, Fields
from kg.read.source import shown

MAX_LINES = 100
"""Lines after the first in which the closing ``---`` must stand."""

_FENCE = "---"
_PAIR = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*))?", re.DOTALL)


def cut(text: str, where: str) -> tuple[Fields, str]:
    """The metadata of a leading block between two ``---`` lines, and the text after it.

    A text that does not begin with such a block comes back whole. Values are taken as they stand,
    without outer quotes; lines that begin with ``#`` are comments. Indented lines and list items
    below a key that kg does not know are passed over with it.

    >>> fields, rest = cut("---\\ntitle: A visit\\n---\\nShe came.", "a.txt")
    >>> fields.values, rest
    ({'title': 'A visit'}, 'She came.')

    Raises:
        InputError: The block is not closed, or a line of it is no ``key: value``.
    """
    lines = _first_lines(text)
    if not lines or lines[0].rstrip() != _FENCE:
        return Fields(where), text
    close = next((i for i, line in enumerate(lines) if i and line.rstrip() == _FENCE), None)
    if close is None:
        if len(lines) > 1 and _key(lines[1]) in KEYS:
            raise InputError(f"{where}:1: front matter that is not closed; end it with a line of '---'")
        return Fields(where), text
    values, places = _pairs(lines[1:close], where)
    return Fields(where, values, places), text[sum(map(len, lines[: close + 1])) :]


def _first_lines(text: str) -> list[str]:
    lines: list[str] = []
    at = 0
    while at < len(text) and len(lines) <= MAX_LINES:
        end = text.find("\n", at) + 1 or len(text)
        lines.append(text[at:end])
        at = end
    return lines


def _key(line: str) -> str | None:
    match = _PAIR.fullmatch(line.rstrip())
    return match[1] if match else None


def _pairs(lines: list[str], where: str) -> tuple[dict[str, object], dict[str, str]]:
    values: dict[str, object] = {}
    places: dict[str, str] = {}
    above = None
    for number, raw in enumerate(lines, start=2):
        line = raw.rstrip()
        if not line or line.startswith("#"):
            continue
        match = _PAIR.fullmatch(line)
        if match:
            above = match[1]
            if above in values and above in KEYS:
                raise InputError(f"{where}:{number}: {above!r} for the second time; once is enough")
            values[above] = _unquoted((match[2] or "").strip())
            places[above] = f"{where}:{number}"
        elif above is None or above in KEYS or not line.startswith((" ", "\t", "-")):
            raise InputError(f"{where}:{number}: {shown(line)} in the front matter; 'key: value' is needed")
    return values, places


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
