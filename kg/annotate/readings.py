"""What a time expression says by itself, before any date is known to resolve it against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month: November 24, with its year and weekday where they are said."""

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A month, with its year or "last", "this", "next"."""

    month: int
    year: int | None = None
    which: str | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """A season or a quarter: EDTF's code and the first of its three months."""

    code: int
    first: int
    year: int | None = None
    which: str | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year of four digits."""

    year: int


@dataclass(frozen=True, slots=True)
class Decade:
    """The ten years from ``first``."""

    first: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 0 for Monday; ``week`` counts weeks from this one in "Friday of last week"."""

    weekday: int
    which: str | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """A number of units from the publication, or from an event told before (``event``)."""

    count: int
    unit: str
    event: bool = False
    clause: bool = False
    """Said of what follows: "a day after the vote" dates the vote, from what the sentence tells."""


@dataclass(frozen=True, slots=True)
class Period:
    """A whole calendar unit: last week (-1), this month (0), next year (1)."""

    unit: str
    step: int | None
    event: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A weekday, month or season that counts from an event: the next January, the previous Friday, that summer."""

    which: str
    of: Weekday | Month | Season


@dataclass(frozen=True, slots=True)
class Run:
    """Days or longer that end with a time told: for a third day (-2), a two-week visit that ended (-2, week)."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The past 24 hours (-24, hour), the next two weeks (2, week)."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Vague:
    """In recent weeks (-1), in the coming days (1)."""

    sign: int


@dataclass(frozen=True, slots=True)
class Part:
    """Early, mid, late, start, finish, earlier or later in a longer time."""

    part: str
    of: Reading


@dataclass(frozen=True, slots=True)
class InYear:
    """A time in a year counted from the publication's: June last year (-1)."""

    step: int
    of: Day | Month | Season


@dataclass(frozen=True, slots=True)
class Range:
    """From one time to another."""

    first: Reading
    last: Reading


@dataclass(frozen=True, slots=True)
class Open:
    """Since, from or until a time, which they take in; before or after one, which they do not."""

    kind: str
    of: Reading


Simple = Day | Month | Season | Year | Decade | Weekday | Offset | Period | Told | Run | Stretch | Vague
Reading = Simple | InYear | Part | Range | Open


def kind(reading: Reading) -> str:
    """How the expression bears on an event: at, since, until or during.

    >>> kind(Open("since", Year(2014)))
    'since'
    """
    match reading:
        case Open(which, _):
            return {"before": "until", "after": "since", "from": "since"}.get(which, which)
        case Range() | Stretch() | Vague() | Run():
            return "during"
        case _:
            return "at"


def dated(reading: Reading) -> bool:
    """Whether the expression itself names its year, so that no other date is needed.

    >>> dated(Day(10, 7)), dated(Day(10, 7, 2023))
    (False, True)
    """
    match reading:
        case Year() | Decade():
            return True
        case Day(year=year) | Month(year=year) | Season(year=year):
            return year is not None
        case Part(_, inner) | Open(_, inner):
            return dated(inner)
        case Range(first, last):
            return dated(first) or dated(last)
        case _:
            return False


def from_event(reading: Reading) -> bool:
    """Whether the expression counts from an event told before: a day earlier, the next month.

    >>> from_event(Offset(-1, "day", event=True))
    True
    """
    match reading:
        case Told() | Run():
            return True
        case Offset(event=event) | Period(event=event):
            return event
        case Part(_, inner) | Open(_, inner):
            return from_event(inner)
        case Range(first, last):
            return from_event(first) or from_event(last)
        case _:
            return False
