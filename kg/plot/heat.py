"""Who acts on whom as a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analyse import Dyad, Dyads
from kg.errors import UsageError
from kg.plot.colours import RULE, ink_on, stance_of_score, tone
from kg.plot.figure import Figure, drawn, nothing, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

MOST = 30


def dyads(dyads: Dyads, *, top: int = 12, title: str | None = None) -> Figure:
    """A row for each one who acts, a column for each one acted upon: mean PLOVER score, and number of events below it.

    Blue is cooperation, orange conflict, and the stronger the further from 0; cells of conflict (below -1) are hatched
    too. A cell without a number holds events without a score, an empty one none.

    Args:
        dyads: What ``kg.analyse.dyads`` gave.
        top: How many units are shown, those with most events first; 2 to 30.
        title: Above the figure; None: that of the analysis.

    Raises:
        UsageError: ``top`` is out of its range.
        ModelMissing: matplotlib is not installed.

    >>> dyads(Dyads(found=(), by="country")).title
    'Who acts on whom'
    """
    if not 2 <= top <= MOST:
        raise UsageError(f"top: {top} does not fit on a page; give 2 to {MOST}")
    units = dyads.foremost(top)

    def paint(canvas: Canvas) -> None:
        if not units:
            nothing(canvas, "no event between two")
            return
        axes = canvas.subplots()
        place = {unit: i for i, unit in enumerate(units)}
        for dyad in dyads.found:
            if dyad.actor in place and dyad.recipient in place:
                _cell(axes, place[dyad.recipient], place[dyad.actor], dyad)
        for i in range(len(units)):
            axes.plot([i + 0.15, i + 0.85], [i + 0.85, i + 0.15], color="#aaaaaa", linewidth=0.6)
        axes.set_xlim(0, len(units))
        axes.set_ylim(len(units), 0)
        axes.set_aspect("equal")
        names = [shown(unit.label, 24) for unit in units]
        ticks = [i + 0.5 for i in range(len(units))]
        axes.set_xticks(ticks, names, rotation=45, ha="right", rotation_mode="anchor")
        axes.set_yticks(ticks, names)
        axes.tick_params(length=0)
        axes.set_xlabel("acted upon")
        axes.set_ylabel("who acts")

    height = 1.8 + 0.36 * max(len(units), 2)
    return drawn(dyads.title if title is None else title, min(height, 6.6), paint)


def _cell(axes: Axes, column: int, row: int, dyad: Dyad) -> None:
    from matplotlib.patches import Rectangle

    colour = "#eeeeee" if dyad.score is None else tone(dyad.score)
    hostile = dyad.score is not None and stance_of_score(dyad.score) == "conflict"
    axes.add_patch(Rectangle((column, row), 1, 1, facecolor=colour, edgecolor=RULE, linewidth=0.5))
    if hostile:
        # In a strip of its own, so that it does not cross the numbers.
        axes.add_patch(
            Rectangle((column, row + 0.8), 1, 0.2, facecolor=colour, hatch="//////", edgecolor="white", linewidth=0)
        )
    ink = ink_on(colour)
    score = "" if dyad.score is None else _signed(dyad.score)
    axes.text(column + 0.5, row + 0.36, score, ha="center", va="center", color=ink, fontsize=6.5)
    axes.text(column + 0.5, row + 0.64, f"{dyad.events}", ha="center", va="center", color=ink, fontsize=5)


def _signed(score: float) -> str:
    """With a sign, and nothing that rounds to zero has one."""
    score = round(score, 1)
    return f"{score:+.1f}".replace("-", "\u2212") if score else "0"
