"""Time expressions of English news, resolved against the publication date.

Rules where English is ambiguous:

- A weekday is the latest one up to the publication day; that day's own name means the day itself.
- A date without a year is the latest one up to the publication day, unless it lies at most seven days ahead.
- A future cue ahead in the clause ("will", "due", "next") turns both to the next one; "until", "by",
  "through" and "before" take the next weekday, and of a date the one that is nearer.
- "Early", "mid" and "late" cut a month at its 10th and 20th day, and longer times in thirds.
- A week runs from Monday; seasons are meteorological, of the northern hemisphere.
- "A day after the vote" dates the vote, from the nearest day that the sentence names.
- Durations ("for three days"), recurring times ("every Friday") and "the same day" are left out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kg.annotate.counting import Toward
from kg.annotate.readings import Reading, Weekday, from_event, kind
from kg.annotate.resolving import Frame, resolve
from kg.annotate.time_company import compose
from kg.annotate.time_context import future_ahead
from kg.annotate.time_rules import Point
from kg.model import Span, TimeExpression

_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+[A-Z\"“]|\n[^\S\n]*\n")


def time_expressions(text: str, published: date | None) -> tuple[TimeExpression, ...]:
    """The time expressions of a text, in order and without overlap.

    Args:
        text: English text.
        published: None leaves all that is relative to it unresolved.

    >>> [found] = time_expressions("They met on October 7 in Doha.", date(2023, 12, 22))
    >>> found.when.edtf, found.when.expression
    ('2023-10-07', 'on October 7')
    """
    found = compose(text)
    expressions = [_expression(text, point, published, _toward(text, point)) for point in found]
    for number, point in enumerate(found):
        if getattr(point.reading, "clause", False):
            expressions[number] = _from_sentence(text, expressions, number)
    return tuple(expressions)


def anchored(expression: TimeExpression, anchor: date) -> TimeExpression:
    """An expression that counts from an event told before, resolved against that event's day.

    Expressions that do not count from an event come back as they are.

    >>> [found] = time_expressions("He had left two days earlier.", date(2023, 12, 22))
    >>> found.when.resolution, anchored(found, date(2023, 12, 1)).when.edtf
    ('Unresolved', '2023-11-29')
    """
    reading = _read(expression)
    if reading is None or not from_event(reading):
        return expression
    return _again(expression, Frame(None, "past", anchor))


def _read(expression: TimeExpression) -> Reading | None:
    found = compose(expression.when.expression or "", alone=True)
    return found[0].reading if found else None


def _again(expression: TimeExpression, frame: Frame) -> TimeExpression:
    reading = _read(expression)
    if reading is None:
        return expression
    when = replace(resolve(reading, frame), expression=expression.when.expression)
    return replace(expression, when=when)


def _from_sentence(text: str, expressions: list[TimeExpression], number: int) -> TimeExpression:
    """An expression such as "a day after" resolved from the nearest day that its sentence names."""
    here = expressions[number]
    for other in (*reversed(expressions[max(0, number - 2) : number]), *expressions[number + 1 : number + 2]):
        between = text[min(here.span.end, other.span.end) : max(here.span.start, other.span.start) + 1]
        day = other.when.begin
        if day is not None and other.when.precision == "Day" and not _SENTENCE_END.search(between[:400]):
            return anchored(here, day)
    return here


def _toward(text: str, point: Point) -> Toward:
    if future_ahead(text, point.start):
        return "future"
    if kind(point.reading) != "until":
        return "past"
    inner = getattr(point.reading, "of", None)
    return "future" if isinstance(inner, Weekday) else "near"


def _expression(text: str, point: Point, published: date | None, toward: Toward) -> TimeExpression:
    span = Span(point.start, point.end)
    when = replace(resolve(point.reading, Frame(published, toward)), expression=span.of(text))
    return TimeExpression(span, when, kind(point.reading))
