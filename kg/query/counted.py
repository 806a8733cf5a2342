"""Counts over everything, by month, type or dyad, from a store's summary; the same rows as the question gives.

What a question means stands in its ``.rq`` file. Where a store keeps no summary of its state, that is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kg.model import Answer, Term
from kg.vocab.names import local_name
from kg.vocab.namespaces import DK, XSD
from kg.vocab.stance import HAPPENED

if TYPE_CHECKING:
    from kg.query.values import Terms
    from kg.store.columns import Column
    from kg.store.summary import Summary

Values = Mapping[str, "Terms"]
Outcomes = tuple[str, int, int, int, int]
"""A word with the number of events in all, of those that happened, are expected and are denied; the rest is open."""


@runtime_checkable
class Summarised(Protocol):
    """A store that may keep a summary."""

    def summary(self) -> Summary | None:
        """The summary of the store as it is now; None where it keeps none."""
        ...


def in_time(begin: Column, end: Column, values: Values) -> Column:
    """Which rows end on ``since`` or later and begin on ``until`` or earlier; all where neither is given."""
    import numpy as np

    mask = np.ones(len(begin), bool)
    for given in values.get("since", ()):
        last = np.where(end > 0, end, begin)
        mask &= last >= _day(given.value)
    for given in values.get("until", ()):
        first = np.where(begin > 0, begin, end)
        mask &= (first > 0) & (first <= _day(given.value))
    return mask


def of_country(summary: Summary, events: Column, values: Values) -> Column:
    """Which of these events one of the ``country`` given takes part in; all where it is not given."""
    import numpy as np

    wanted = _country(summary, values)
    if wanted is None:
        return np.ones(len(events), bool)
    among = np.zeros(len(summary.columns["iri_ends"]), bool)
    among[summary.columns["party_event"][summary.columns["party"] == wanted]] = True
    return among[events]


def _months(summary: Summary, values: Values) -> Answer:
    """``months``: rows of month and event, by what became of them."""
    import numpy as np

    begin, end = summary.columns["begin"], summary.columns["end"]
    first = np.where(begin > 0, begin, end)
    days = np.unique(first[first > 0])
    months = sorted({date.fromordinal(day).isoformat()[:7] for day in days.tolist()})
    place = {month: n for n, month in enumerate(months)}
    by_day = np.array([place[date.fromordinal(day).isoformat()[:7]] for day in days.tolist()] or [0])
    of = np.where(first > 0, by_day[np.searchsorted(days, first).clip(max=len(by_day) - 1)], -1)
    rows = _by_outcome(summary, values, of, months)
    return _answer(("month", *_OUTCOMES), rows)


def _types(summary: Summary, values: Values) -> Answer:
    """``types``: the same by type, most events first."""
    import numpy as np

    codes = sorted({local_name(iri) for iri in summary.types})
    by_type = np.array([codes.index(local_name(iri)) for iri in summary.types] + [-1])  # the last is for -1: none
    rows = _by_outcome(summary, values, by_type[summary.columns["type"]], codes)
    rows.sort(key=lambda row: (-row[1], row[0]))
    return _answer(("code", *_OUTCOMES), rows)


_OUTCOMES = ("events", "happened", "expected", "denied")


def _by_outcome(summary: Summary, values: Values, of: Column, words: Sequence[str]) -> list[Outcomes]:
    """For each word with events how many there are, and how many of them happened, are expected and are denied.

    Args:
        summary: The columns.
        values: The terms of the parameters.
        of: For each row of an event the place of its word, -1 for none.
        words: The words.
    """
    import numpy as np

    from kg.store.summing import distinct

    columns = summary.columns
    outcome = np.array([*map(_outcome, summary.statuses), 3])
    mask = (of >= 0) & (columns["status"] >= 0) & in_time(columns["begin"], columns["end"], values)
    mask &= of_country(summary, columns["event"], values)
    _, word, became = distinct(columns["event"][mask], of[mask], outcome[columns["status"][mask]])
    table = np.bincount(word * 4 + became, minlength=4 * len(words)).reshape(-1, 4).tolist()
    return [
        (name, happened + expected + denied + unsure, happened, expected, denied)
        for name, (happened, expected, denied, unsure) in zip(words, table, strict=True)
        if happened + expected + denied + unsure
    ]


def _outcome(status: str) -> int:
    """0 for what happened, 1 for what is expected, 2 for what is denied, 3 for what is open."""
    if status in {DK + name for name in HAPPENED}:
        return 0
    return {DK + "Expected": 1, DK + "NotOccurred": 2}.get(status, 3)


def _dyads(summary: Summary, values: Values) -> Answer:
    """``dyads``: what happened between each two countries, most events first."""
    import numpy as np

    from kg.store.summing import distinct

    event, by, to, plover, goldstein, begin, end = (
        summary.columns[f"dyad_{name}"] for name in ("event", "from", "to", "plover", "goldstein", "begin", "end")
    )
    mask = in_time(begin, end, values)
    if (wanted := _country(summary, values)) is not None:
        mask &= (by == wanted) | (to == wanted)
    size = len(summary.countries)
    pair = by[mask].astype(np.int64) * size + to[mask]
    pair, event, plover, goldstein = distinct(pair, event[mask], plover[mask], goldstein[mask])
    events = np.bincount(distinct(pair, event)[0], minlength=size * size)
    means = [_means(pair, scores, size * size) for scores in (plover, goldstein)]
    codes = summary.countries
    # The codes are in order, so that sorting by number alone keeps those of equal number in it.
    found = sorted(np.flatnonzero(events).tolist(), key=lambda n: -int(events[n]))
    rows = [(codes[n // size], codes[n % size], int(events[n]), *(mean.get(n) for mean in means)) for n in found]
    return _answer(("from", "to", "events", "plover", "goldstein"), rows)


def _means(groups: Column, scores: Column, size: int) -> dict[int, str]:
    """The mean of each group's scores, of hundredths as units, rounded as SPARQL's ROUND does to two places."""
    import numpy as np

    from kg.store.summary import NO_SCORE

    known = scores != NO_SCORE
    count = np.bincount(groups[known], minlength=size)
    total = np.zeros(size, np.int64)
    np.add.at(total, groups[known], scores[known].astype(np.int64))
    found = np.flatnonzero(count)
    # Half up, also below zero: the floor of twice the mean and one, halved.
    rounded = (2 * total[found] + count[found]) // (2 * count[found])
    return {n: _decimal(mean) for n, mean in zip(found.tolist(), rounded.tolist(), strict=True)}


def _decimal(hundredths: int) -> str:
    """Hundredths as xsd:decimal is written.

    >>> _decimal(-250), _decimal(5), _decimal(-900)
    ('-2.5', '0.05', '-9')
    """
    whole, part = divmod(abs(hundredths), 100)
    text = f"{whole}.{part:02}".rstrip("0").rstrip(".")
    return f"-{text}" if hundredths < 0 else text


def _country(summary: Summary, values: Values) -> int | None:
    """The number of the country given, -2 for one that the store does not have; None where none is given."""
    for given in values.get("country", ()):
        return summary.countries.index(given.value) if given.value in summary.countries else -2
    return None


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _answer(columns: Sequence[str], rows: Sequence[tuple[str | int | None, ...]]) -> Answer:
    decimals = {columns.index(name) for name in ("plover", "goldstein") if name in columns}
    return Answer(
        "select", tuple(columns), tuple(tuple(_term(v, n in decimals) for n, v in enumerate(row)) for row in rows)
    )


def _term(value: str | int | None, decimal: bool) -> Term | None:
    if value is None:
        return None
    if isinstance(value, int):
        return Term("literal", str(value), XSD + "integer")
    return Term("literal", value, XSD + "decimal" if decimal else None)


COUNTED: Mapping[str, Callable[[Summary, Values], Answer]] = MappingProxyType(
    {"months": _months, "types": _types, "dyads": _dyads}
)
"""Every question that a summary answers, with the function that does."""
