"""Any text at all gives valid times, and soon: what holds whatever is read."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.resolving import AHEAD_DAYS, RECENT_DAYS
from kg.annotate.times import anchored, time_expressions
from tests.annotate.friday import FRIDAY

PIECES = st.sampled_from([
    "on", "in", "May", "March", "Friday", "next", "last", "the", "end of", "of", "2014", "1999", "3", "31", "Feb.", "29", ",", ".", " to ",
    "-", "since", "until", "by", "from", "between", "and", "early", "mid-", "week", "year", "a", "two", "days", "ago", "later", "will",
    "1990s", "summer", "weekend", "coming", "recent", "\n", "'s", "quarter", "first", "today", "the day", "before", "after", "2023-11-24", "month",
])  # fmt: skip


NEWS = st.lists(PIECES, max_size=25).map(" ".join)


DATES = st.none() | st.dates(min_value=date(1, 1, 1))


EDTF = re.compile(r"(\.\.|[\dX]{3,4}(-[\dX]{2}){0,2}~?)?(/(\.\.|[\dX]{3,4}(-[\dX]{2}){0,2}~?)?)?")


@settings(max_examples=300, deadline=None)
@given(NEWS | st.text(max_size=200), DATES)
def test_any_text_gives_valid_times_whose_spans_match(text: str, published: date | None) -> None:
    end = 0
    for one in time_expressions(text, published):
        when = one.when
        assert one.span.start >= end
        end = one.span.end
        assert one.span.of(text) == when.expression
        assert EDTF.fullmatch(when.edtf)
        assert when.begin is None or when.end is None or when.begin <= when.end
        assert one.kind in {"at", "since", "until", "during"}
        assert anchored(one, date(2020, 2, 29)).span == one.span


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [
            "on Friday",
            "on May 3",
            "in May",
            "last week",
            "three days ago",
            "last June",
            "on February 29",
            "in the summer",
        ]
    ),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)),
)
def test_a_time_of_the_past_never_begins_after_the_publication(words: str, published: date) -> None:
    [one] = time_expressions(f"They met {words}.", published)
    # A day of a month may lie some weeks ahead: the documented exception.
    slack = timedelta(days=AHEAD_DAYS) if " 3" in words or "29" in words else timedelta()
    assert one.when.begin is not None
    assert one.when.begin <= published + slack
    if words not in ("last week", "three days ago", "last June"):
        [coming] = time_expressions(f"They will meet {words}.", published)
        assert coming.when.end is not None
        # A day of a month that has just been is no plan: the other documented exception.
        assert coming.when.end >= published - (timedelta(days=RECENT_DAYS) if slack else timedelta())


@pytest.mark.parametrize(
    "unit",
    [
        "May ",
        "on ",
        "2014 ",
        "the ",
        " ",
        "\n",
        "1",
        "a day after ",
        "on May 3 ",
        "since ",
        "1,",
        "Friday ",
        "Xy May ",
        "in 2014-",
        "19",
        "-",
    ],
)
def test_hostile_repeats_are_read_in_seconds(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    begun = time.perf_counter()
    time_expressions(text, FRIDAY)
    assert time.perf_counter() - begun < 30


@pytest.mark.parametrize(
    "text",
    [
        "on May 3, 2021", "in May 2021", "in 1947", "in the 1990s", "in the summer of 2014", "in Q1 2023", "in early May", "last week",
        "since October 7", "since early May", "until May", "by the end of the year", "from 2003 to 2011", "in recent weeks", "in the coming days",
        "two weeks ago", "in early autumn 2014",
    ],
)  # fmt: skip
def test_another_reader_of_edtf_agrees_that_it_is_valid(text: str) -> None:
    parser = pytest.importorskip("edtf")
    [one] = time_expressions(f"He came {text}.", FRIDAY)
    assert str(parser.parse_edtf(one.when.edtf)) == one.when.edtf
