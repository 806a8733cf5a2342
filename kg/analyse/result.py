"""What every analysis gives: rows under column names, and notes on how to read them."""

from __future__ import annotations

import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

Cell = str | int | float | None
SHOWN_ROWS = 50
"""How many rows a notebook shows."""


class Result(ABC):
    """The outcome of an analysis; how it is shown and written is the same for all."""

    __slots__ = ()

    @property
    @abstractmethod
    def title(self) -> str:
        """One line that says what this is."""

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, which are there also without rows."""

    @abstractmethod
    def rows(self) -> list[dict[str, Cell]]:
        """One mapping from column to value for each row; ``pandas.DataFrame`` takes it as it is."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that belong beside the table: what was left out, figures for the whole."""
        return ()

    def to_csv(self, path: str | Path | None = None) -> str:
        """The rows as CSV with a header; written to ``path`` too where it is given, in UTF-8.

        A text that a spreadsheet would take for a formula gets an apostrophe before it.

        Raises:
            OSError: The file cannot be written.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([_harmless(row[c]) for c in self.columns] for row in self.rows())
        found = text.getvalue()
        if path is not None:
            Path(path).write_bytes(found.encode("utf-8", "backslashreplace"))
        return found

    def to_json(self) -> str:
        """One object with ``title``, ``rows`` and ``notes``."""
        told = {"title": self.title, "rows": self.rows(), "notes": list(self.notes)}
        return json.dumps(told, ensure_ascii=True, indent=1) + "\n"

    def to_text(self, width: int | None = None) -> str:
        """A plain table for ``width`` columns of a terminal, or as wide as it gets, with the notes below."""
        from kg.query.grid import grid, visible

        rows = self.rows()
        right = [any(isinstance(row[c], int | float) for row in rows) for c in self.columns]
        cells = [[_plain(row[c]) for c in self.columns] for row in rows]
        count = f"{len(rows) or 'no'} row{'' if len(rows) == 1 else 's'}"
        lines = [visible(self.title), "", grid(self.columns, cells, width=width, right=right), count]
        lines += ["", *map(visible, self.notes)] if self.notes else []
        return "\n".join(lines) + "\n"

    def _repr_html_(self) -> str:
        rows = self.rows()
        body = [_html_row("td", [_plain(row[c]) for c in self.columns]) for row in rows[:SHOWN_ROWS]]
        more = f"<p>… and {len(rows) - SHOWN_ROWS:,} more rows</p>" if len(rows) > SHOWN_ROWS else ""
        notes = "".join(f"<p>{_safe(note)}</p>" for note in self.notes)
        head = f"<caption style='text-align:left'>{_safe(self.title)}</caption>{_html_row('th', self.columns)}"
        return f"<table>{head}{''.join(body)}</table>{more}{notes}"


def rounded(value: float | None, digits: int = 3) -> float | None:
    """The value without the noise of its last digits, and without a negative zero.

    >>> rounded(-0.00001), rounded(2 / 3), rounded(None)
    (0.0, 0.667, None)
    """
    return None if value is None else round(value, digits) + 0.0


def plural(number: int, noun: str) -> str:
    """A number with its noun.

    >>> plural(1, "event"), plural(1200, "event")
    ('1 event', '1,200 events')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def as_rows(columns: Sequence[str], values: Sequence[Sequence[Cell]]) -> list[dict[str, Cell]]:
    """Rows from tuples in the order of the columns."""
    return [dict(zip(columns, row, strict=True)) for row in values]


def _html_row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag} style='text-align:left'>{_safe(c)}</{tag}>" for c in cells) + "</tr>"


def _safe(text: str) -> str:
    from kg.query.grid import visible

    return escape(visible(text))


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _harmless(value: Cell) -> Cell:
    if isinstance(value, str):
        return "'" + value if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
    return "" if value is None else value


_NOTES: Mapping[str, str] = {
    "country": "Actors stand for their countries; rebels, the opposition and bodies without a country for themselves.",
    "actor": "Every actor stands for itself.",
}


def unit_note(by: str) -> str:
    """What a row is about, in a sentence."""
    return _NOTES[by]
