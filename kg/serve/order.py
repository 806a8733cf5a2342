"""A page of events out of a summary, without a look at the graph: in order of their first day, undated ones first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kg.query.counted import in_time, of_country
from kg.query.values import Terms

if TYPE_CHECKING:
    from kg.store.summary import Summary

ORDERED: Final = frozenset({"country", "type", "status", "since", "until"})
"""The filters of events that a summary knows."""


def ordered_page(
    summary: Summary, values: Mapping[str, Terms], limit: int, offset: int
) -> tuple[list[str], int] | None:
    """The IRIs of some of the events that pass the filters, and how many do; None for a filter that it does not know.

    Args:
        summary: Of the store as it is.
        values: The terms of the filters given.
        limit: How many at most.
        offset: How many to leave out.
    """
    import numpy as np

    from kg.store.summing import distinct

    if not values.keys() <= ORDERED:
        return None
    columns = summary.columns
    event, begin = columns["event"], columns["begin"]
    mask = in_time(begin, columns["end"], values) & of_country(summary, event, values)
    for name, words in (("type", summary.types), ("status", summary.statuses)):
        for given in values.get(name, ()):
            mask &= columns[name] == (words.index(given.value) if given.value in words else len(words))
    found = distinct(begin[mask], event[mask])[1]
    page = dict.fromkeys(found[offset : offset + limit].tolist())
    return [summary.event(number) for number in page], len(np.unique(found))
