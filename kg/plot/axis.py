"""An axis of days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis


def number_of(day: date) -> float:
    """A day as a position on the axis."""
    return float(_dates().date2num(day))


def dated_axis(axes: Axes, first: date, last: date, *, period: int) -> None:
    """Let the axis run from the first to the last day with a margin, with dates that fit beneath it.

    Args:
        axes: What to set.
        first: The first day shown.
        last: The last day shown.
        period: Days in a unit of what is shown, so that a single one does not get an axis of hours.
    """
    dates = _dates()
    begin, end = number_of(first), number_of(last)
    margin = max((end - begin) * 0.02, period if end - begin <= period else 2, 2)
    locator = dates.AutoDateLocator(minticks=3, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    # Day 1 of year 1 is where dates begin.
    axes.set_xlim(max(begin - margin, number_of(date.min)), min(end + margin, number_of(date.max)))


def whole_numbers(axis: Axis) -> None:
    """Let the axis, which counts, have no fractions beneath it."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def _dates() -> Any:
    """matplotlib's dates, which have no types."""
    from matplotlib import dates

    return dates
