"""Mediators in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analyse import Mediators
from kg.errors import UsageError
from kg.plot.axis import whole_numbers
from kg.plot.colours import INK, LOOKS, RULE
from kg.plot.figure import Figure, drawn, nothing, shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

MOST = 40


def mediators(mediators: Mediators, *, top: int = 15, title: str | None = None) -> Figure:
    """Bars for the number of mediations, and beside them dots for betweenness, most mediations on top.

    Args:
        mediators: What ``kg.analyse.mediators`` gave.
        top: How many are shown, 1 to 40.
        title: Above the figure; None: that of the analysis.

    Raises:
        UsageError: ``top`` is out of its range.
        ModelMissing: matplotlib is not installed.

    >>> mediators(Mediators(found=(), events=0, by="country")).title
    'Mediators'
    """
    if not 1 <= top <= MOST:
        raise UsageError(f"top: {top} does not fit on a page; give 1 to {MOST}")
    found = mediators.found[:top]

    def paint(canvas: Canvas) -> None:
        if not found:
            nothing(canvas, "no mediated event")
            return
        counts, shares = canvas.subplots(1, 2, sharey=True, width_ratios=[3, 2])
        places = list(range(len(found)))
        numbers = [m.mediations for m in found]
        bars = counts.barh(places, numbers, height=0.7, color=LOOKS["cooperation"].fill)
        counts.bar_label(bars, [str(n) for n in numbers], padding=2, color=INK)
        counts.set_yticks(places, [shown(m.unit.label) for m in found])
        counts.invert_yaxis()
        counts.set_xlim(0, max(numbers) * 1.12)
        whole_numbers(counts.xaxis)
        counts.set_xlabel("mediated events")
        shares.hlines(places, 0, [m.betweenness for m in found], color=RULE, linewidth=1)
        shares.plot([m.betweenness for m in found], places, "o", color=INK, markersize=4, clip_on=False)
        shares.set_xlim(0, max([m.betweenness for m in found] + [0.05]) * 1.1)
        shares.set_xlabel("betweenness (0 to 1)")
        for axes in (counts, shares):
            axes.grid(axis="x", color=RULE, linewidth=0.5)
            axes.tick_params(axis="y", length=0)

    return drawn(mediators.title if title is None else title, 1.0 + 0.22 * max(len(found), 3), paint)
