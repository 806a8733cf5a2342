"""Events over time as stacked bars."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kg.analyse import Activity
from kg.plot.axis import dated_axis, number_of, whole_numbers
from kg.plot.colours import INK, LOOKS, RULE, STANCES
from kg.plot.figure import Figure, drawn, nothing

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_DAYS = {"day": 1, "week": 7, "month": 28, "year": 365}


def timeline(activity: Activity, *, title: str | None = None) -> Figure:
    """The number of events in each period, stacked by stance: cooperation below, conflict (hatched) on top.

    Args:
        activity: What ``kg.analyse.activity`` gave.
        title: Above the figure; None: that of the analysis.

    Raises:
        ModelMissing: matplotlib is not installed.

    >>> timeline(Activity(periods=(), per="month", undated=0)).title
    'Events by month'
    """

    def paint(canvas: Canvas) -> None:
        if not activity.periods:
            nothing(canvas, "no dated event")
            return
        axes = canvas.subplots()
        starts = [number_of(p.start) for p in activity.periods]
        width = _DAYS[activity.per]
        bottom = [0] * len(starts)
        for stance in STANCES:
            heights = [int(getattr(p, stance)) for p in activity.periods]
            look = LOOKS[stance]
            axes.bar(
                starts, heights, width, bottom, align="edge",
                color=look.fill, hatch=look.hatch, edgecolor="white", linewidth=0, label=stance,
            )  # fmt: skip
            bottom = [b + h for b, h in zip(bottom, heights, strict=True)]
        # An outline that is as wide as a pen, so that a day in twenty years can be seen.
        axes.bar(starts, bottom, width, align="edge", fill=False, edgecolor=INK, linewidth=0.5)
        axes.set_ylabel("events")
        axes.set_ylim(0, max(bottom) * 1.08)
        whole_numbers(axes.yaxis)
        axes.grid(axis="y", color=RULE, linewidth=0.5)
        dated_axis(
            axes, activity.periods[0].start, activity.periods[-1].start + timedelta(days=width), period=max(width, 4)
        )
        handles, labels = axes.get_legend_handles_labels()
        canvas.legend(handles[::-1], labels[::-1], loc="outside right upper")
        if activity.undated:
            axes.set_xlabel(activity.notes[0])

    return drawn(activity.title if title is None else title, 2.6, paint)
