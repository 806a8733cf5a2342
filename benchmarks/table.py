"""Figures of one or more coders as one table of plain text, a column a coder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Figures = Mapping[str, Any]


def table(found: Mapping[str, Figures]) -> str:
    """The table of some coders' figures by name, on the same articles; shares go from 0 to 1.

    Brackets hold the 95% interval, parentheses the number of events that a share is of.
    """
    columns = [dict(_cells(figures)) for figures in found.values()]
    longest = sorted(columns, key=len, reverse=True)
    labels = list(dict.fromkeys(label for column in longest for label in column))
    rows = [["", *found], *([label, *(column.get(label, "") for column in columns)] for label in labels)]
    return aligned(rows)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as lines, each column as wide as its widest cell."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def share(value: float | None, of: int | None = None) -> str:
    """A share with the number that it is of.

    >>> share(0.5, 4), share(None)
    ('0.50 (4)', '-')
    """
    told = "-" if value is None else f"{value:.2f}"
    return told if of is None else f"{told} ({of})"


def interval(figure: Sequence[float]) -> str:
    """A figure with its interval.

    >>> interval([0.5, 0.41, 0.6])
    '0.500 [0.41, 0.60]'
    """
    value, low, high = figure
    return f"{value:.3f} [{low:.2f}, {high:.2f}]"


def _cells(figures: Figures) -> Iterator[tuple[str, str]]:
    """Labels and cells of one column, in the order of the table."""
    for level, row in figures["levels"].items():
        for name in ("P", "R", "F1"):
            yield f"{level} {name}", interval(row[name])
    if "gain" in figures:
        for level, gained in figures["gain"].items():
            yield f"{level} F1, above frames", interval(gained)
    for name, (value, of) in figures["matched"].items():
        yield name, share(value, of)
    alarms = figures["false alarms"]
    yield "traps hit", f"{alarms['traps hit']} of {alarms['traps']}"
    yield "events in empty articles", f"{alarms['events in empty articles']} in {alarms['empty articles']}"
    for part, shown in (("by type", ("P", "R", "F1")), ("by status", ("where", "who", "status"))):
        yield f"{part}: {' '.join(shown)}", ""
        yield from _rows(figures[part], shown)
    yield "by construction: where who", ""
    yield from _rows(figures["by construction"], ("where", "who"))
    yield "confidence: mean, share right", ""
    for row in figures["reliability"]["bins"]:
        cell = f"{share(row['confidence'])} {share(row['right'])} ({row['n']})" if row["n"] else "-"
        yield f"  {row['from']:.1f} to {row['to']:.1f}", cell
    yield "calibration error", share(figures["reliability"]["error"])


def _rows(rows: Mapping[str, Mapping[str, Any]], shown: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, row in rows.items():
        yield f"  {name}", " ".join(f"{share(row[key]):>4}" for key in shown) + f" ({row['n']})"
