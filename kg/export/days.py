"""The first and last day of a date in the Extended Date/Time Format, cut to what is known."""

from __future__ import annotations

import re

_DAY = re.compile(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def known_days(edtf: str | None) -> tuple[str | None, str | None]:
    """Begin and end: a day, a month or a year, None where unknown or open; one date alone has no end.

    >>> known_days("2023-11-24/2023-12-01"), known_days("../1948-05"), known_days("2023-12-22~")
    (('2023-11-24', '2023-12-01'), (None, '1948-05'), ('2023-12-22', None))
    >>> known_days("XXXX-10-07"), known_days("2023-21"), known_days(None)
    ((None, None), ('2023', None), (None, None))
    """
    begin, _, end = (edtf or "").partition("/")
    return _known(begin), _known(end)


def _known(date: str) -> str | None:
    match = _DAY.fullmatch(date.strip("~?% "))
    if match is None:
        return None
    year, month, day = match.groups()
    # Months above 12 are EDTF's seasons.
    if month is None or not 1 <= int(month) <= 12:
        return year
    return f"{year}-{month}" if day is None else f"{year}-{month}-{day}"
