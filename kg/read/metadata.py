"""What is said about an article from outside its text, checked and made into a record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kg.errors import InputError
from kg.model import Article
from kg.read.decode import check_characters, check_text
from kg.read.source import shown

KEYS = ("id", "title", "date", "publisher", "dateline", "url", "language", "reference", "license")
"""Keys that metadata may have, whatever their source; others are ignored."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", re.ASCII | re.DOTALL)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Fields:
    """Metadata as found, with the place of each key for messages."""

    where: str
    """Such as ``news.jsonl:7`` or ``a.txt``."""
    values: Mapping[str, object] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    """Where a key stands, if that is known more exactly."""

    def place(self, key: str) -> str:
        """Where the key stands, as exactly as known."""
        return self.places.get(key, self.where)

    def under(self, other: Fields) -> Fields:
        """Both together; where both have a key, ``other`` holds."""
        extra = dict.fromkeys(other.values, other.where) | dict(other.places)
        return Fields(self.where, {**self.values, **other.values}, {**self.places, **extra})

    def string(self, key: str) -> str | None:
        """The value of ``key`` without outer blanks; None where it is missing, null or blank.

        Raises:
            InputError: The value is not a string.
        """
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise InputError(f"{self.place(key)}: {key!r} is {shown(value)}; a string is needed")
        check_characters(value, self.place(key), key)
        return value.strip() or None


def to_article(fields: Fields, text: str, *, default_id: str) -> Article:
    """The article with this text and metadata.

    >>> to_article(Fields("a.txt", {"date": "2015-07-14"}), "A deal.", default_id="a").published
    datetime.date(2015, 7, 14)

    Raises:
        InputError: The text or a value is not what it should be.
    """
    check_text(text, fields.where)
    return Article(
        id=_id(fields) or _checked_default(default_id, fields.where),
        text=text,
        published=_day(fields),
        title=fields.string("title"),
        publisher=fields.string("publisher"),
        url=_matching(fields, "url", _URL, "an absolute URL such as https://example.org/a"),
        dateline=fields.string("dateline"),
        language=_matching(fields, "language", _LANGUAGE, "a BCP 47 tag such as en or pt-BR") or "en",
        reference=fields.string("reference"),
        license=fields.string("license"),
    )


def _id(fields: Fields) -> str | None:
    value = fields.values.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return fields.string("id")


def _checked_default(value: str, where: str) -> str:
    check_characters(value, where, "id")
    return value


def _day(fields: Fields) -> date | None:
    value = fields.values.get("date")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = fields.string("date")
    if text is None:
        return None
    wrong = f"{fields.place('date')}: {shown(text)} is not a date; YYYY-MM-DD is needed, such as 2015-07-14"
    if not _DAY.fullmatch(text):
        raise InputError(wrong)
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise InputError(wrong.replace("is not a date", "is a date that does not exist")) from error


def _matching(fields: Fields, key: str, pattern: re.Pattern[str], right: str) -> str | None:
    value = fields.string(key)
    if value is not None and not pattern.fullmatch(value):
        raise InputError(f"{fields.place(key)}: {key!r} is {shown(value)}; {right} is needed")
    return value
