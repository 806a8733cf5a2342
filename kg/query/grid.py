"""A plain text table for terminals: aligned, cut to a width, and with nothing that could move the cursor."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_GAP = "  "
_LEAST = 6
_JOINERS = "\u200c\u200d"
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def grid(columns: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None, right: Sequence[bool]) -> str:
    """The rows under their column names, each on one line.

    Args:
        columns: Names of the columns.
        rows: Cells; unsafe characters are escaped here.
        width: Columns of the terminal; None for as wide as it gets.
        right: For each column whether it is set to the right.

    >>> print(grid(["a", "n"], [["Qatar", "7"]], width=None, right=[False, True]))
    a      n
    -----  -
    Qatar  7
    """
    table = [[visible(cell) for cell in row] for row in [columns, *rows]]
    wanted = [max(columns_wide(row[i]) for row in table) for i in range(len(columns))]
    widths = wanted if width is None else fitted(wanted, width)
    table.insert(1, ["-" * w for w in widths])
    lines = (
        _GAP.join(_cell(cell, w, to_right) for cell, w, to_right in zip(row, widths, right, strict=True))
        for row in table
    )
    return "\n".join(line.rstrip() for line in lines)


def visible(text: str) -> str:
    """The text with control characters, line ends and marks of direction written as escapes.

    >>> visible("a\\x1b[2Jb\\u202ec")
    'a\\\\x1b[2Jb\\\\u202ec'
    """
    return "".join(_shown(c) for c in text)


def columns_wide(text: str) -> int:
    """How many columns of a terminal the text takes: two for wide characters, none for combining ones.

    >>> columns_wide("北京"), columns_wide("e\\u0301")
    (4, 1)
    """
    return sum(map(_columns, text))


def fitted(wanted: Sequence[int], width: int) -> list[int]:
    """Widths that together fit, taken from the widest columns first.

    >>> fitted([5, 40, 60], 59)
    [5, 25, 25]
    """
    room = width - len(_GAP) * (len(wanted) - 1)
    caps = range(_LEAST, min(max(wanted, default=0), room) + 1)
    cap = max((c for c in caps if sum(min(w, c) for w in wanted) <= room), default=_LEAST)
    widths = [min(w, cap) for w in wanted]
    left = room - sum(widths)
    for i, w in enumerate(wanted):
        if w > widths[i] and left > 0:
            widths[i] += 1
            left -= 1
    return widths


def _cell(text: str, width: int, right: bool) -> str:
    cut = _cut(text, width)
    pad = " " * (width - columns_wide(cut))
    return pad + cut if right else cut + pad


def _cut(text: str, width: int) -> str:
    if columns_wide(text) <= width:
        return text
    taken, kept = 0, []
    for c in text:
        taken += _columns(c)
        if taken > width - 1:
            break
        kept.append(c)
    return "".join(kept) + "…"


def _shown(c: str) -> str:
    if c in _SHORT:
        return _SHORT[c]
    if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c not in _JOINERS:
        return f"\\x{ord(c):02x}" if ord(c) < 0x100 else f"\\u{ord(c):04x}"
    return c


def _columns(c: str) -> int:
    if unicodedata.category(c) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1
