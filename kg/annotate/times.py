"""Time expressions of English news, resolved against the publication date.

Rules where English is ambiguous:

- A weekday is the latest one up to the publication day; that day's own name means the day itself.
- A date without a year is the latest one up to the publication day, unless it lies at most 90 days ahead.
- A future cue ahead in the clause ("will", "due", "next") turns both to the next one, and so does "for" or
  "from" in front of a weekday; "until", "by", "through" and "before" take the next weekday, and of a date the
  one that is nearer.
- "Early", "mid" and "late" cut a month at its 10th and 20th day, and longer times in thirds.
- A week runs from Monday; seasons are meteorological, of the northern hemisphere.
- "A day earlier", "that night" and "the next January" count from the time told before, else, where they do
  not lie after it, from the publication day.
- "A day after the vote" dates the vote, from the nearest day that the sentence names; "a day after the vote on
  Monday" is a Tuesday.
- "For a third day" and a "two-day visit" that is over run up to the day that the sentence names.
- A date at the head of a line of a chronology takes the year of the line or heading above it.
- Other durations ("for three days") and recurring times ("every Friday") are left out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.annotate.counting import Toward
from kg.annotate.readings import Open, Reading, Weekday, from_event, kind
from kg.annotate.resolving import Frame, resolve
from kg.annotate.time_anchors import Anchor, anchor_of, counts_back, flip
from kg.annotate.time_chronology import dated_by_headings
from kg.annotate.time_company import compose
from kg.annotate.time_context import foreseen, future_ahead
from kg.annotate.time_rules import Point
from kg.model import Span, TimeExpression


def time_expressions(text: str, published: date | None) -> tuple[TimeExpression, ...]:
    """The time expressions of a text, in order and without overlap.

    Args:
        text: English text.
        published: None leaves all that is relative to it unresolved.

    >>> [found] = time_expressions("They met on October 7 in Doha.", date(2023, 12, 22))
    >>> found.when.edtf, found.when.expression
    ('2023-10-07', 'on October 7')
    """
    points = dated_by_headings(text, compose(text))
    found = [_expression(text, point, published) for point in points]
    counts = [counts_back(point.reading) for point in points]
    for number, point in enumerate(points):
        anchor = anchor_of(text, point.reading, found, number, published=published, counts_back=counts)
        if anchor is not None:
            found[number] = _counted(found[number], point.reading, anchor, published)
    return tuple(found)


def anchored(expression: TimeExpression, anchor: date) -> TimeExpression:
    """An expression that counts from an event told before, resolved against that event's day.

    Expressions that do not count from an event come back as they are.

    >>> [found] = time_expressions("He had left two days earlier.", date(2023, 12, 22))
    >>> found.when.edtf, anchored(found, date(2023, 12, 1)).when.edtf
    ('2023-12-20', '2023-11-29')
    """
    reading = _read(expression)
    if reading is None or not from_event(reading):
        return expression
    return _counted(expression, reading, Anchor(anchor), None)


def _read(expression: TimeExpression) -> Reading | None:
    found = compose(expression.when.expression or "", alone=True)
    return found[0].reading if found else None


def _counted(expression: TimeExpression, reading: Reading, anchor: Anchor, published: date | None) -> TimeExpression:
    when = resolve(flip(reading) if anchor.flipped else reading, Frame(published, "past", anchor.day))
    if anchor.is_publication and when.begin is not None:
        when = replace(when, resolution="ResolvedFromPublicationDate")
    return replace(expression, when=replace(when, expression=expression.when.expression))


def _toward(text: str, point: Point) -> Toward:
    if future_ahead(text, point.start):
        return "future"
    match point.reading:
        case Weekday() if foreseen(text, point.start, point.end):
            return "future"
        case Open("from" | "until", Weekday()):
            return "future"
        case Open("until" | "before"):
            return "near"
        case _:
            return "past"


def _expression(text: str, point: Point, published: date | None) -> TimeExpression:
    span = Span(point.start, point.end)
    when = replace(resolve(point.reading, Frame(published, _toward(text, point))), expression=span.of(text))
    return TimeExpression(span, when, kind(point.reading))
