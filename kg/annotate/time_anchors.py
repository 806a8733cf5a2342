"""The time from which "a day earlier", "that night" and "two days after the vote" count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.annotate.readings import Offset, Open, Part, Period, Reading, Run, Told, Weekday
from kg.model import TimeExpression

_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+[A-Z\"“]|\n[^\S\n]*\n")
_CLAUSE = re.compile(r"\b(?:that|which|who|would|will)\b")
_REACH = 400
"""Code points in which the end of a sentence is looked for."""
_WEEKS = ("week", "fortnight", "weekend")
_FITTING = {**dict.fromkeys(("hour", "day", *_WEEKS), ("Day",)), "month": ("Day", "Month")}
"""For each unit the precisions from which it can be counted; longer ones can from all but decades."""

Counting = Offset | Period | Told | Run


_NEXT = 2
"""Code points to a time that stands right behind: for a third day on Friday."""
_LATEST = 12
"""Expressions ahead among which the one to count from is looked for."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day to count from; ``flipped`` where what is told lies after it, not before."""

    day: date
    flipped: bool = False
    is_publication: bool = False


def counting(reading: Reading) -> Counting | None:
    """The part of a reading that counts from an event, or None.

    >>> counting(Open("since", Offset(-1, "day", event=True))).count
    -1
    """
    match reading:
        case Part(_, inner) | Open(_, inner):
            return counting(inner)
        case Offset() | Period() if reading.event:
            return reading
        case Told() | Run():
            return reading
        case _:
            return None


def counts_back(reading: Reading) -> bool:
    """Whether a reading goes back from an event: a day earlier.

    >>> counts_back(Offset(-1, "day", event=True))
    True
    """
    core = counting(reading)
    return isinstance(core, Offset | Run) and core.count <= 0


def anchor_of(
    text: str,
    reading: Reading,
    told: Sequence[TimeExpression],
    number: int,
    *,
    published: date | None,
    counts_back: Sequence[bool],
) -> Anchor | None:
    """What an expression counts from: a time of its own sentence, one told before, or the publication.

    Nothing follows from the publication itself: "two days later" stays open where no day is told before.

    Args:
        text: the text.
        reading: what the expression says.
        told: the expressions of the text in order, resolved where that is possible yet.
        number: the place of the expression among them.
        published: the day of publication, or None.
        counts_back: for each expression whether it goes back from an event; of two such, none counts from the other.
    """
    core = counting(reading)
    if core is None:
        return None
    here, behind = told[number], told[number + 1 : number + 2]
    before = None
    for other in range(number - 1, max(-1, number - 1 - _LATEST), -1):
        if _serves(core, told[other], published) and not (counts_back[number] and counts_back[other]):
            before = told[other]
            break
    if _ties_to_sentence(core) and behind and _serves(core, behind[0], None) and not _apart(text, here, behind[0]):
        near = behind[0].span.start - here.span.end <= _NEXT
        alone = near or before is None or not _one_sentence(text, before, here)
        if alone and _one_sentence(text, here, behind[0]):
            joined = "," not in text[here.span.end : behind[0].span.start]
            return Anchor(_day(core, behind[0]), flipped=joined and isinstance(core, Offset))
    if before is not None:
        return Anchor(_day(core, before))
    return Anchor(published, is_publication=True) if published is not None and not _forward(core) else None


def flip(reading: Reading) -> Reading:
    """The same count to the other side: "a day after the vote on Monday" is a Tuesday.

    >>> flip(Offset(-1, "day", event=True)).count
    1
    """
    return replace(reading, count=-reading.count) if isinstance(reading, Offset) else reading


def _serves(core: Counting, told: TimeExpression, published: date | None) -> bool:
    """Whether a time is known as exactly as the count needs it, and is no plan where the count goes back."""
    when = told.when
    if when.begin is None or told.kind == "during":
        return False
    if published is not None and when.begin > published and counts_back(core):
        return False
    unit = ("year", "day")[isinstance(core.of, Weekday)] if isinstance(core, Told) else core.unit
    if when.precision == "Interval":
        return unit in _WEEKS and when.end is not None and (when.end - when.begin).days < 8
    return when.precision in _FITTING.get(unit, ("Day", "Month", "Season", "Year"))


def _day(core: Counting, told: TimeExpression) -> date:
    """The last day of what was told for what follows it, its first day for all else."""
    begin, end = told.when.begin or date.min, told.when.end
    follows = isinstance(core, Told) and core.which == "next"
    return end if follows and end is not None else begin


def _ties_to_sentence(core: Counting) -> bool:
    return isinstance(core, Run) or (isinstance(core, Offset) and core.clause)


def _forward(core: Counting) -> bool:
    match core:
        case Told(which, _):
            return which != "previous"
        case Offset(count=count) | Run(count=count):
            return count > 0
        case Period(step=step):
            return (step or 0) > 0


def _apart(text: str, first: TimeExpression, last: TimeExpression) -> bool:
    """Whether the second time belongs to a clause of its own: "that a truce would begin on Monday"."""
    return bool(_CLAUSE.search(text[first.span.end : last.span.start][:_REACH]))


def _one_sentence(text: str, first: TimeExpression, last: TimeExpression) -> bool:
    return not _SENTENCE_END.search(text[first.span.end : last.span.start + 1][:_REACH])
