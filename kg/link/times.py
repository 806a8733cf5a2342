"""When two reports place their event: do the days fit?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.link.part import Part
from kg.model import Event, Status, When

SLACK_DAYS = 1
"""Time zones, and nights that one report gives to the day before."""
FRESH_DAYS = 14
"""News without a date of its own is rarely older than this many days."""

_EXACT_DAYS = 3
"""A time of at most so many days may be a day off."""
_YEARLESS = re.compile(r"XXXX-(\d\d)-(\d\d)")
_LEAP = 4
"""A year that has every day of the calendar, for days without a year."""

_LAGS = ((1, 0.8), (2, 0.6), (3, 0.4), (5, 0.1), (7, -0.2), (14, -0.6))
"""What so many days between an event and an undated report of it are worth; beyond them -1."""
_GAPS = ((0, 0.7), (1, 0.6), (2, 0.4), (3, 0.1), (5, -0.2), (7, -0.5))
"""What so many days between two undated reports are worth; beyond them -1."""
_PLANS = ((3, 0.7), (7, 0.5), (14, 0.2), (30, 0.0))
"""The same for two that look ahead: a plan is told again for weeks; beyond them -0.5."""
_WIDTHS = ((3, 0.8), (8, 0.6), (31, 0.4), (366, 0.1))
"""What it is worth that a day lies in a time of so many days; beyond them -0.2."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which an event may lie.

    kind: told (the text dates it), recent (on or before the report), ahead (not yet, and without a date),
    yearless (the text gives a day without its year).
    """

    kind: str
    begin: date
    end: date
    about: bool = False
    """Whether the time is only near that of another event."""

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.end - self.begin).days + 1


def window_of(event: Event, published: date | None) -> Window | None:
    """The days of an event, from its own time or from the day of its report; None where nothing is known."""
    when = event.when
    if when is not None and when.begin is not None:
        return Window("told", when.begin, max(when.begin, when.end or _open_end(when, published)), "~" in when.edtf)
    if when is not None and when.end is not None:
        return Window("recent", _before(when.end, FRESH_DAYS), when.end)
    if when is not None and (found := _YEARLESS.fullmatch(when.edtf)):
        day = date(_LEAP, int(found[1]), int(found[2]))
        return Window("yearless", day, day)
    if published is None:
        return None
    if event.status in (Status.EXPECTED, Status.HYPOTHETICAL):
        return Window("ahead", published, published + timedelta(days=FRESH_DAYS))
    if event.status is Status.NOT_OCCURRED:
        return Window("recent", _before(published, FRESH_DAYS), published)
    return None


def _open_end(when: When, published: date | None) -> date:
    """The last day of a time that goes on: the day of the report, where that is known."""
    begin = when.begin or date.min
    return max(begin, published) if published and "/" in when.edtf else begin


def _before(day: date, days: int) -> date:
    return day - timedelta(days=min(days, (day - date.min).days))


def times(a: Window | None, b: Window | None, *, lasting: bool = False) -> Part:
    """Whether two times fit; a day that another report excludes is a veto.

    Args:
        a: The days of one report.
        b: The days of the other.
        lasting: Whether what they tell takes days, such as a visit: one report may give its first, one its last.
    """
    if a is None or b is None:
        return Part("time", 0.0, "one of them has no date")
    if "yearless" in (a.kind, b.kind):
        return _yearless(a, b)
    if a.kind == b.kind == "told":
        return _told(a, b, lasting)
    if "told" in (a.kind, b.kind):
        known, other = (a, b) if a.kind == "told" else (b, a)
        return _ahead(known, other) if other.kind == "ahead" else _recent(known, other)
    if a.kind != b.kind:
        return Part("time", 0.0, "one looks back, one ahead")
    if a.kind == "ahead":
        apart = abs((a.begin - b.begin).days)
        return Part("time", _worth(apart, _PLANS, -0.5), f"both look ahead without a date, {_days(apart)}")
    apart = abs((a.end - b.end).days)
    return Part("time", _worth(apart, _GAPS), f"neither has a date, reported {_days(apart)}")


def _told(a: Window, b: Window, lasting: bool) -> Part:
    a, b = sorted((a, b), key=lambda window: (window.begin, window.end))
    gap = max((b.begin - a.end).days, 0)
    if gap > _slack(a, b, lasting):
        return Part("time", -1.0, f"{_span(a)} and {_span(b)}, {gap} days apart", veto=True)
    wider = max(a.days, b.days)
    if wider == 1:
        words = f"the same day, {a.begin}" if gap == 0 else f"{a.begin} and {b.begin}, {_days(gap)}"
        return Part("time", 1.0 if gap == 0 else 0.3 if gap == 1 else 0.0, words)
    return Part("time", _width(wider) - 0.3 * (gap > 0), f"{_span(a)} fits {_span(b)}")


def _slack(a: Window, b: Window, lasting: bool) -> int:
    """Days that may lie between two times: none where one is a whole month or year, which have clear ends."""
    if max(a.days, b.days) > _EXACT_DAYS:
        return 0
    return SLACK_DAYS + (2 if a.about or b.about or lasting else 0)


def _recent(known: Window, other: Window) -> Part:
    lag = (other.end - known.end).days
    if lag < 0 and known.days > 1 and other.end >= known.begin:
        return Part("time", min(0.3, _width(known.days)), f"{_span(known)}, reported within it")
    if lag < -SLACK_DAYS:
        words = f"{_span(known)} is later than the report of {other.end}"
        return Part("time", -1.0, words, veto=True)
    value = min(_worth(max(lag, 0), _LAGS), _width(known.days) if known.days > 1 else 1.0)
    return Part("time", value, f"{_span(known)}, and a report on or after it by {_lag(lag)}")


def _yearless(a: Window, b: Window) -> Part:
    if any(w.kind not in ("told", "yearless") or w.days > 1 for w in (a, b)):
        return Part("time", 0.0, "one of them has no year")
    same = (a.begin.month, a.begin.day) == (b.begin.month, b.begin.day)
    days = " and ".join(f"{w.begin:%m-%d}" for w in (a, b))
    return Part("time", 0.3 if same else -1.0, f"{days}, a year is not told", veto=not same)


def _ahead(known: Window, other: Window) -> Part:
    ahead = (known.begin - other.begin).days
    if ahead < -SLACK_DAYS:
        return Part("time", -0.6, f"{_span(known)} was past when the other report looked ahead")
    return Part("time", 0.4 if ahead <= FRESH_DAYS else 0.0, f"{_span(known)}, {_days(ahead)} after the other report")


def _worth(days: int, table: Sequence[tuple[int, float]], beyond: float = -1.0) -> float:
    return next((value for most, value in table if days <= most), beyond)


def _width(days: int) -> float:
    return _worth(days, _WIDTHS, -0.2)


def _span(window: Window) -> str:
    return str(window.begin) if window.days == 1 else f"{window.begin} to {window.end}"


def _days(number: int) -> str:
    return "on the same day" if number == 0 else "a day apart" if number == 1 else f"{number} days apart"


def _lag(number: int) -> str:
    return "a day" if number == 1 else f"{max(number, 0)} days"
