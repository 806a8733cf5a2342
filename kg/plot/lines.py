"""The conflict-cooperation line of a dyad."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from kg.analyse import Month, Trend
from kg.plot.axis import dated_axis, number_of
from kg.plot.colours import INK, LOOKS, RULE, STANCES, stance_of_score
from kg.plot.figure import Figure, drawn, nothing, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


def trend(trend: Trend, *, title: str | None = None) -> Figure:
    """The monthly score of a dyad as marks, larger for more events, with the level and where it changes.

    Circles are cooperation, squares conflict, diamonds neutral; neighbouring months are joined. The thick line is the
    level, dashed lines are the changes.

    Args:
        trend: What ``kg.analyse.trend`` gave.
        title: Above the figure; None: the names of the two.

    Raises:
        ModelMissing: matplotlib is not installed.

    >>> from kg.analyse import Unit
    >>> a, b = Unit("EGY", "Egypt"), Unit("ISR", "Israel")
    >>> trend(Trend(a=a, b=b, months=(), changes=(), undated=0, by="country")).title
    'Egypt and Israel'
    """

    def paint(canvas: Canvas) -> None:
        if not trend.months:
            nothing(canvas, "no dated event between the two")
            return
        axes = canvas.subplots()
        axes.axhline(0, color=INK, linewidth=0.5)
        _levels(axes, trend)
        _marks(axes, trend.months)
        axes.set_ylim(-10.5, 10.5)
        axes.set_ylabel("mean PLOVER score\nconflict      cooperation")
        axes.grid(axis="y", color=RULE, linewidth=0.5)
        dated_axis(axes, trend.months[0].month, trend.months[-1].month, period=45)
        canvas.legend(loc="outside right upper")

    return drawn(f"{shown(trend.a.label)} and {shown(trend.b.label)}" if title is None else title, 2.8, paint)


def _marks(axes: Axes, months: tuple[Month, ...]) -> None:
    for _, run in groupby(enumerate(months), key=lambda item: _ordinal(item[1].month) - item[0]):
        joined = [month for _, month in run]
        axes.plot(
            [number_of(m.month) for m in joined], [m.score for m in joined], color="#8a8a8a", linewidth=0.7, zorder=2
        )
    for stance in STANCES:
        look = LOOKS[stance]
        some = [m for m in months if stance_of_score(m.score) == stance]
        if some:
            axes.scatter(
                [number_of(m.month) for m in some], [m.score for m in some],
                [12 + 6 * min(m.events, 20) for m in some],
                marker=look.mark, color=look.colour, edgecolor="white", linewidth=0.4, zorder=3, label=stance,
            )  # fmt: skip


def _levels(axes: Axes, trend: Trend) -> None:
    changes = {c.month for c in trend.changes}
    starts = [i for i, m in enumerate(trend.months) if i == 0 or m.month in changes]
    for start, end in zip(starts, [*starts[1:], len(trend.months)], strict=True):
        part = trend.months[start:end]
        days = [number_of(part[0].month), number_of(part[-1].month)]
        axes.plot(
            days, [part[0].level] * 2, color=INK, linewidth=2, solid_capstyle="butt",
            label="level" if start == 0 else None,
        )  # fmt: skip
    for change in trend.changes:
        day = number_of(change.month)
        axes.axvline(day, color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
        axes.annotate(
            f"{change.month:%Y-%m}", (day, 10.3), xytext=(2, 0), textcoords="offset points", va="top", fontsize=7
        )


def _ordinal(month: date) -> int:
    return month.year * 12 + month.month
