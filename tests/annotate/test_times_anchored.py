"""Times that count from an event, or from the time told before."""

from __future__ import annotations

from datetime import date

import pytest

from kg.annotate.times import anchored, time_expressions
from tests.annotate.friday import FRIDAY, found


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("a day earlier", "2022-03-30"),
        ("two days later", "2022-04-02"),
        ("the next day", "2022-04-01"),
        ("the previous day", "2022-03-30"),
        ("the following month", "2022-04"),
        ("the previous year", "2021"),
        ("the day before", "2022-03-30"),
        ("a month earlier", "2022-02~"),
        ("six hours later", "2022-03-31~"),
        ("the following week", "2022-04-04/2022-04-10"),
        ("two weeks after", "2022-03-17~"),
    ],
)
def test_what_counts_from_an_event_is_resolved_by_its_anchor(text: str, edtf: str) -> None:
    [one] = time_expressions(f"He left {text}" + (" the vote." if text.endswith("after") else "."), FRIDAY)
    then = anchored(one, date(2022, 3, 31))
    assert (then.when.edtf, then.when.resolution) == (edtf, "ResolvedFromEvent")


def test_anchoring_leaves_other_expressions_as_they_are() -> None:
    [one] = time_expressions("He left on Monday.", FRIDAY)
    assert anchored(one, date(2020, 1, 1)) == one


def test_a_day_after_dates_the_clause_behind_it_from_the_day_that_the_sentence_names() -> None:
    text = "Rebels withdrew on Tuesday, a day after the president resigned."
    one, two = time_expressions(text, FRIDAY)
    assert (one.when.edtf, two.when.edtf, two.when.resolution) == (
        "2023-12-19",
        "2023-12-18",
        "ResolvedFromEvent",
    )


@pytest.mark.parametrize(
    ("text", "edtfs"),
    [
        ("Envoys met on Tuesday. A day earlier the border had been shut.", ["2023-12-19", "2023-12-18"]),
        ("The treaty was signed on June 3, 2011; the king died two days later.", ["2011-06-03", "2011-06-05"]),
        ("The port fell on May 2, 2020. The next day the mayor fled.", ["2020-05-02", "2020-05-03"]),
        ("Shots rang out on Monday. That night, hundreds fled.", ["2023-12-18", "2023-12-18"]),
        ("The king came on Monday and left the same evening.", ["2023-12-18", "2023-12-18"]),
        ("The shah fell in March 1998, and the army took over that December.", ["1998-03", "1998-12"]),
        ("Ties were cut in 1970 and mended the next January.", ["1970", "1971-01"]),
        ("The truce came in May 2010 and broke four months later.", ["2010-05", "2010-09~"]),
        ("They agreed on December 12. The previous Friday the talks had failed.", ["2023-12-12", "2023-12-08"]),
        ("They agreed on December 12. The following Monday the guns fell silent.", ["2023-12-12", "2023-12-18"]),
        ("Hours after the verdict on Monday, crowds gathered.", ["2023-12-18~", "2023-12-18"]),
        ("The bank closed on Monday, hours after its chief was held.", ["2023-12-18", "2023-12-18~"]),
        ("The ministers met on Thursday, the morning after the bridge fell.", ["2023-12-21", "2023-12-20"]),
        ("Envoys met on Monday. It came a day after aides said that a truce would begin Dec. 30.", ["2023-12-18", "2023-12-17", "2023-12-30"]),
        ("The guards struck a day after the vote on Monday.", ["2023-12-19", "2023-12-18"]),
        ("He spoke on Tuesday and, later in the day, flew to Oslo.", ["2023-12-19", "2023-12-19"]),
        ("Dockers struck for a third day on Thursday.", ["2023-12-19/2023-12-21", "2023-12-21"]),
        ("The king wound up a four-day visit on Thursday.", ["2023-12-18/2023-12-21", "2023-12-21"]),
        ("Talks are due on Wednesday. A day earlier, the rebels had walked out.", ["2023-12-27", "2023-12-21"]),
    ],
)  # fmt: skip
def test_what_counts_from_an_event_counts_from_the_time_told_before(text: str, edtfs: list[str]) -> None:
    assert [e for _, e in found(text)] == edtfs


@pytest.mark.parametrize(
    ("text", "edtf", "resolution"),
    [
        ("He had left two days earlier.", "2023-12-20", "ResolvedFromPublicationDate"),
        ("The ruling came a week after the king died.", "2023-12-15~", "ResolvedFromPublicationDate"),
        ("He left two days later.", "XXXX-XX-XX", "Unresolved"),
        ("He left the next January.", "XXXX-XX-XX", "Unresolved"),
    ],
)
def test_with_no_time_told_before_only_what_goes_back_counts_from_the_publication(
    text: str, edtf: str, resolution: str
) -> None:
    [one] = time_expressions(text, FRIDAY)
    assert (one.when.edtf, one.when.resolution) == (edtf, resolution)


@pytest.mark.parametrize(
    "text",
    [
        "He said that Monday was a holiday.",
        "They agreed that March suited all.",
        "The ten-day truce held.",
        "It changed almost overnight.",
        "The Christmas Island camp was shut.",
        "He hid for the second time.",
    ],
)
def test_words_that_only_look_like_a_time_told_count_from_none(text: str) -> None:
    assert all(e.when.resolution != "ResolvedFromEvent" for e in time_expressions(text, FRIDAY))
    assert not [e for e in time_expressions(text, FRIDAY) if e.kind in ("during", "duration")]
