"""kg.annotate.times and the modules it is made of."""

from __future__ import annotations

from datetime import date

import pytest

from kg.annotate.readings import Day, Offset, Range, Year, dated, from_event, kind
from kg.annotate.resolving import Frame, resolve
from kg.annotate.times import time_expressions
from tests.annotate.friday import FRIDAY, days, found


@pytest.mark.parametrize(
    ("text", "expression", "edtf"),
    [
        ("The pact was signed on November 24, 2023.", "on November 24, 2023", "2023-11-24"),
        ("The pact was signed on 24 November 2023 in Oslo.", "on 24 November 2023", "2023-11-24"),
        ("It took effect on the 7th of October.", "on the 7th of October", "2023-10-07"),
        ("Envoys met Aug. 13 in Geneva.", "Aug. 13", "2023-08-13"),
        ("Envoys met on Sept 3rd, 2021, in Geneva.", "on Sept 3rd, 2021", "2021-09-03"),
        ("Published 2023-11-24 by the ministry.", "2023-11-24", "2023-11-24"),
        ("Dated 24.11.2023 in Vienna.", "24.11.2023", "2023-11-24"),
        ("Dated 11/24/2023 in Boston.", "11/24/2023", "2023-11-24"),
        ("1990, Sept 9 - the president is captured.", "1990, Sept 9", "1990-09-09"),
        ("MOSCOW, DECEMBER 20. The sides met.", "DECEMBER 20", "2023-12-20"),
        ("Friday, November 24 was calm.", "Friday, November 24", "2023-11-24"),
        ("Talks on Sunday (December 17) failed.", "on Sunday (December 17)", "2023-12-17"),
        ("Guns fell silent on Christmas Eve, 2014.", "on Christmas Eve, 2014", "2014-12-24"),
        ("They broke ties in January 2016.", "in January 2016", "2016-01"),
        ("They broke ties in Jan. 2016.", "in Jan. 2016", "2016-01"),
        ("They broke ties in August.", "in August", "2023-08"),
        ("They broke ties last October.", "last October", "2023-10"),
        ("They meet again next May.", "next May", "2024-05"),
        ("He was held in June last year.", "in June last year", "2022-06"),
        ("He was held on June 3 last year.", "on June 3 last year", "2022-06-03"),
        ("They stayed away from the Nov. 29 polls.", "Nov. 29", "2023-11-29"),
        ("He has been ill since last June.", "since last June", "2023-06/.."),
        ("They met this March.", "this March", "2023-03"),
        ("The plan was adopted in 1947.", "in 1947", "1947"),
        ("It was quiet in the 1990s.", "in the 1990s", "199X"),
        ("It was quiet in the '80s.", "in the '80s", "198X"),
        ("It was quiet in the nineties.", "in the nineties", "199X"),
        ("It froze in the autumn of 2014.", "in the autumn of 2014", "2014-23"),
        ("The army withdrew last summer.", "last summer", "2023-22"),
        ("The army moved in the spring.", "in the spring", "2023-21"),
        ("Trade fell in the first quarter of 2023.", "in the first quarter of 2023", "2023-33"),
        ("Trade fell in Q4 2022.", "in Q4 2022", "2022-36"),
        ("He came in early May.", "in early May", "2023-05~"),
        ("He came in mid-2014.", "in mid-2014", "2014~"),
        ("He said on Friday that it was over.", "on Friday", "2023-12-22"),
        ("He said Thursday that it was over.", "Thursday", "2023-12-21"),
        ("He left last Friday.", "last Friday", "2023-12-15"),
        ("The summit is next Tuesday.", "next Tuesday", "2023-12-26"),
        ("He spoke this Thursday.", "this Thursday", "2023-12-21"),
        ("They met early Monday morning.", "early Monday morning", "2023-12-18"),
        ("They met on Friday of last week.", "on Friday of last week", "2023-12-15"),
        ("Thursday's vote was close.", "Thursday", "2023-12-21"),
        ("They voted today.", "today", "2023-12-22"),
        ("They voted the day before yesterday.", "the day before yesterday", "2023-12-20"),
        ("They vote tomorrow.", "tomorrow", "2023-12-23"),
        ("Drones fell overnight.", "overnight", "2023-12-21/2023-12-22"),
        ("He fled a fortnight ago.", "a fortnight ago", "2023-12-08~"),
        ("He fled three years ago this month.", "three years ago this month", "2020-12~"),
        ("Guns fell silent before Christmas.", "before Christmas", "../2023-12-24"),
        ("A decision comes in the new year.", "in the new year", "2024"),
        ("They moved in the last week of April.", "in the last week of April", "2023-04-24~/2023-04-30~"),
        ("It fell in the first half of 2020.", "in the first half of 2020", "2020-01-01/2020-06-30"),
        ("Envoys met on Wednesday 13 December.", "on Wednesday 13 December", "2023-12-13"),
        ("Shots were heard last night.", "last night", "2023-12-21"),
        ("He fled three days ago.", "three days ago", "2023-12-19"),
        ("He fled two weeks ago.", "two weeks ago", "2023-12-08~"),
        ("He fled two months ago.", "two months ago", "2023-10~"),
        ("He fled a year ago.", "a year ago", "2022~"),
        ("He fled two decades ago.", "two decades ago", "200X~"),
        ("It was agreed last week.", "last week", "2023-12-11/2023-12-17"),
        ("It was agreed the week before last.", "the week before last", "2023-12-04/2023-12-10"),
        ("It was agreed last month.", "last month", "2023-11"),
        ("It was agreed last year.", "last year", "2022"),
        ("It was agreed last quarter.", "last quarter", "2023-35"),
        ("It was agreed in the last decade.", "in the last decade", "2013-12-22/2023-12-22"),
        ("It starts next month.", "next month", "2024-01"),
        ("It was agreed earlier this month.", "earlier this month", "2023-12-01/2023-12-22"),
        ("It starts later this year.", "later this year", "2023-12-22/2023-12-31"),
        ("They fought over the weekend.", "over the weekend", "2023-12-16/2023-12-17"),
        ("They fought last weekend.", "last weekend", "2023-12-16/2023-12-17"),
        ("They race this weekend.", "this weekend", "2023-12-23/2023-12-24"),
        ("They race next weekend.", "next weekend", "2023-12-23/2023-12-24"),
        ("Nine died in the past 24 hours.", "in the past 24 hours", "2023-12-21/2023-12-22"),
        ("Elections come in the next two weeks.", "in the next two weeks", "2023-12-22/2024-01-05"),
        ("Ties have warmed in recent weeks.", "in recent weeks", "/2023-12-22"),
        ("More aid comes in the coming days.", "in the coming days", "2023-12-22/"),
        ("It was a failed 2016 putsch that cost him.", "2016", "2016"),
        ("A 1992 pact ended the revolt.", "1992", "1992"),
    ],
)  # fmt: skip
def test_an_expression_is_found_and_resolved(text: str, expression: str, edtf: str) -> None:
    assert found(text) == [(expression, edtf)]


@pytest.mark.parametrize(
    ("text", "which", "edtf"),
    [
        ("It has been calm since March.", "since", "2023-03/.."),
        ("It has been calm since 2014.", "since", "2014/.."),
        ("It has been calm since October 7.", "since", "2023-10-07/.."),
        ("It has been calm since early May.", "since", "2023-05~/.."),
        ("It has been calm since last week.", "since", "2023-12-11/.."),
        ("It was calm before 2014.", "until", "../2013-12-31"),
        ("It was calm after May 5, 2023.", "since", "2023-05-06/.."),
        ("The truce holds until May.", "until", "../2024-05"),
        ("The office stays shut through Dec. 1.", "until", "../2023-12-01"),
        ("They must leave by Monday.", "until", "../2023-12-25"),
        ("They must leave by the end of the year.", "until", "../2023~"),
        ("They must leave before the end of May 2024.", "until", "../2024-05~"),
        ("He ruled from 2003 to 2011.", "during", "2003/2011"),
        ("He ruled between 2015 and 2018.", "during", "2015/2018"),
        ("He ruled from July to September.", "during", "2023-07/2023-09"),
        ("They met from May 3 to May 5.", "during", "2023-05-03/2023-05-05"),
        ("They met May 3-5.", "during", "2023-05-03/2023-05-05"),
        ("They met from 3 to 5 May 2022.", "during", "2022-05-03/2022-05-05"),
        ("They met on Wednesday and Thursday.", "during", "2023-12-20/2023-12-21"),
        ("They fought from May 2022 to June.", "during", "2022-05/2022-06"),
        ("The budget was cut in 2014-15.", "during", "2014/2015"),
    ],
)
def test_the_kind_says_how_the_time_bears_on_the_event(text: str, which: str, edtf: str) -> None:
    assert [(e.kind, e.when.edtf) for e in time_expressions(text, FRIDAY)] == [(which, edtf)]


@pytest.mark.parametrize(
    "text",
    [
        "Talks may resume, he said.",
        "Theresa May met Macron; a letter from Berlin to May was read.",
        "Protesters march on the palace.",
        "Resolution 1701 (2006) is binding.",
        "The resolution 2015 was adopted.",
        "Israel must return to the 1967 borders.",
        "The 2015 nuclear deal is dead.",
        "The attacks of 9/11 changed that.",
        "The Second World War was long.",
        "He is a 45-year-old aged 1,947 miles from home.",
        "Black Friday sales rose, Bloody Sunday was recalled and every Friday they pray.",
        "USA Today and Russia Today reported it.",
        "The hotel has 1999 rooms.",
        "An army of 2000 men stood by.",
        "It has been so since the fall of Kabul.",
        "It was dated 7/10/2023.",
        "The club won 2-1 in the fourth quarter.",
        "It fell on February 30.",
        "It fell on February 29, 2023.",
        "They talked for three days.",
        "The week of talks and the year of hope.",
        "The plan costs $2024 and 2015.5 points.",
    ],
)
def test_words_that_are_no_time_give_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("in early May", "2023-05-01", "2023-05-10"),
        ("in mid-May", "2023-05-11", "2023-05-20"),
        ("in late February 2024", "2024-02-21", "2024-02-29"),
        ("in early 2014", "2014-01-01", "2014-04-30"),
        ("in mid-2014", "2014-05-01", "2014-08-31"),
        ("in late 2014", "2014-09-01", "2014-12-31"),
        ("in the early 1990s", "1990-01-01", "1993-12-31"),
        ("in the late 1990s", "1997-01-01", "1999-12-31"),
        ("at the start of 2014", "2014-01-01", "2014-01-31"),
        ("at the end of 2014", "2014-12-01", "2014-12-31"),
        ("at the end of May", "2023-05-22", "2023-05-31"),
        ("early last week", "2023-12-11", "2023-12-12"),
        ("at the end of last week", "2023-12-16", "2023-12-17"),
        ("in late autumn 2014", "2014-11-01", "2014-11-30"),
        ("in the winter of 2014", "2014-12-01", "2015-02-28"),
    ],
)
def test_a_part_covers_the_sensible_days(text: str, begin: str, end: str) -> None:
    assert days(f"He came {text}.") == (begin, end)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They will meet on Monday in Paris.", "2023-12-25"),
        ("The sides are to meet on October 7.", "2024-10-07"),
        ("A visit is planned for June 3.", "2024-06-03"),
        ("The council may vote on Thursday.", "2023-12-28"),
        ("He will resign, he said on Monday.", "2023-12-18"),
        ("They would have met on Monday.", "2023-12-18"),
        ("They will meet, aides said on Monday.", "2023-12-18"),
        ("The vote is on December 24.", "2023-12-24"),
        ("He had until Tuesday.", "../2023-12-26"),
        ("The ban ran until December 20.", "../2023-12-20"),
        ("The lower house is to hear the finance minister of the caretaker government on Tuesday.", "2023-12-26"),
        ("The levy will rise to 12.5 percent on February 6.", "2024-02-06"),
        ("A rally is called for Sunday.", "2023-12-24"),
        ("Pilots strike from Monday.", "2023-12-25/.."),
        ("Unions plan a “march of hope” on Sunday.", "2023-12-24"),
        ("Rebels will free the three men they seized near the northern border post of Kana in June.", "2023-06"),
        ("He must pay for the raid on December 1.", "2023-12-01"),
        ("Thanks for Monday's help.", "2023-12-18"),
        ("Talks on Sunday will cover trade.", "2023-12-24"),
        ("Ten died in a January raid.", "2023-01"),
        ("The house approved the plan Tuesday.", "2023-12-19"),
    ],
)  # fmt: skip
def test_a_future_cue_in_the_clause_turns_to_the_next_date(text: str, edtf: str) -> None:
    assert [e for _, e in found(text)] == [edtf]


def test_without_a_publication_date_no_year_is_invented() -> None:
    text = "On October 7 and in May he left; on Friday, last week, last month, last year; in 1947."
    assert [e for _, e in found(text, None)] == [
        "XXXX-10-07", "XXXX-05", "XXXX-XX-XX", "XXXX-XX-XX", "XXXX-XX", "XXXX", "1947",
    ]  # fmt: skip
    resolutions = {e.when.resolution for e in time_expressions(text, None)}
    assert resolutions == {"Unresolved", "Explicit"}


@pytest.mark.parametrize(
    ("text", "resolution", "precision"),
    [
        ("on May 3, 2021", "Explicit", "Day"),
        ("on May 3", "ResolvedFromPublicationDate", "Day"),
        ("in May", "ResolvedFromPublicationDate", "Month"),
        ("in 1947", "Explicit", "Year"),
        ("last week", "ResolvedFromPublicationDate", "Interval"),
        ("in the 1990s", "Explicit", "Decade"),
        ("in the summer of 2014", "Explicit", "Season"),
        ("in late autumn 2014", "Explicit", "Season"),
        ("two days later", "Unresolved", "Unknown"),
        ("from May to July 2021", "Explicit", "Interval"),
    ],
)
def test_resolution_and_precision_are_filled(text: str, resolution: str, precision: str) -> None:
    [one] = time_expressions(text, FRIDAY)
    assert (one.when.resolution, one.when.precision) == (resolution, precision)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on Monday", "2023-12-25"),
        ("on Friday", "2023-12-22"),
        ("on October 7", "2024-10-07"),
        ("in May", "2024-05"),
        ("in December", "2023-12"),
        ("in the summer", "2024-22"),
        ("on February 29", "2024-02-29"),
        ("this Thursday", "2023-12-28"),
        ("over the weekend", "2023-12-23/2023-12-24"),
        ("from May 3 to May 5", "2024-05-03/2024-05-05"),
        ("yesterday", "2023-12-21"),
        ("in 1947", "1947"),
    ],
)
def test_after_a_future_cue_it_is_the_next_such_time(text: str, edtf: str) -> None:
    [one] = time_expressions(f"They will meet {text}.", FRIDAY)
    assert (one.when.edtf, one.when.expression) == (edtf, text)


def test_dates_of_a_chronology_take_the_year_above_them() -> None:
    text = "2006\nSept 27 - Four officers are held.\nOct 2 - They are freed.\n1996 - The war ends.\n2001, May - Bans start."
    assert [e for _, e in found(text)] == ["2006-09-27", "2006-10-02", "1996", "2001-05"]


def test_a_range_dates_its_undated_side() -> None:
    [one] = time_expressions("It ran from November 3 to February 5, 2020.", FRIDAY)
    assert (one.when.begin, one.when.end) == (date(2019, 11, 3), date(2020, 2, 5))


def test_a_time_may_be_broken_over_two_lines_but_not_over_two_paragraphs() -> None:
    assert found("on November\n24, 2020") == [("on November\n24, 2020", "2020-11-24")]
    assert found("It ended in May\n\n2020 came.")[0] == ("in May", "2023-05")


def test_several_expressions_come_in_text_order() -> None:
    text = "On May 3 and in June, since 2014 or in March and April, he met them on Friday."
    spans = [e.span for e in time_expressions(text, FRIDAY)]
    assert spans == sorted(spans)
    assert [s.of(text) for s in spans] == [
        "On May 3",
        "in June",
        "since 2014",
        "in March",
        "April",
        "on Friday",
    ]


def test_readings_tell_their_kind_and_whether_they_need_a_date() -> None:
    whole = Range(Year(2003), Offset(-1, "day", event=True))
    assert (kind(whole), dated(whole), from_event(whole)) == ("during", True, True)


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_ends_of_the_calendar_leave_times_unresolved(published: date) -> None:
    text = "two decades ago, next year, last week, over the weekend, on Friday, on May 3, in the next two years"
    assert all(e.when.edtf for e in time_expressions(text, published))
    assert resolve(Offset(-20, "year"), Frame(date.min)).resolution == "Unresolved"


def test_a_date_already_past_is_the_latest_one() -> None:
    assert resolve(Day(10, 7), Frame(date(2023, 10, 6))).edtf == "2023-10-07"
    assert resolve(Day(10, 7), Frame(date(2023, 6, 1))).edtf == "2022-10-07"


def test_years_that_run_backwards_are_no_range() -> None:
    assert [e.kind for e in time_expressions("from 2018 to the 1990s", FRIDAY)] == ["since", "at"]
