"""Days, months and years as people write them."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import MAXYEAR, date

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def day_range(text: str) -> tuple[date, date]:
    """The first and the last day of the day, month or year that a text names.

    Raises:
        ValueError: The text names none; the message says what would.

    >>> day_range("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    match = _DAY.fullmatch(text)
    if not match:
        raise ValueError("write YYYY-MM-DD, YYYY-MM or YYYY, such as 2023-12-22")
    year, month, number = (None if part is None else int(part) for part in match.groups())
    if not year or year > MAXYEAR:
        raise ValueError("years count from 0001")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise ValueError("months are 01 to 12")
    length = monthrange(year, month)[1]
    if number is None:
        return date(year, month, 1), date(year, month, length)
    if not 1 <= number <= length:
        raise ValueError(f"{month_name[month]} {year} has {length} days")
    return date(year, month, number), date(year, month, number)
