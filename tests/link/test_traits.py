"""Place, mode, figures and words of two reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.link import Report
from kg.link.traits import figures, mode, place, words
from kg.model import Place, Quantity

CITY = Place(id="eldoret", name="Eldoret", kind="city", country="KEN", within="rift-valley")
TOWN = Place(id="x-1", name="Kitale", kind="city", country="KEN")
REGION = Place(id="rift-valley", name="Rift Valley", kind="region", country="KEN")
COUNTRY = Place(id="kenya", name="Kenya", kind="country", country="KEN")
ABROAD = Place(id="mogadishu", name="Mogadishu", kind="city", country="SOM")


@pytest.mark.parametrize(
    ("one", "other", "kind", "veto"),
    [
        (CITY, TOWN, "ASSAULT", True),
        (CITY, ABROAD, "ASSAULT", True),
        (CITY, TOWN, "AGREE", False),
        (CITY, REGION, "ASSAULT", False),
        (CITY, COUNTRY, "ASSAULT", False),
        (TOWN, REGION, "ASSAULT", False),
    ],
)
def test_two_towns_make_two_deeds(report, one, other, kind, veto):
    first, second = report("a", kind=kind, place=one), report("b", kind=kind, place=other)
    assert place(first, second).veto is place(second, first).veto is veto


def test_a_town_is_worth_more_than_its_region_and_that_more_than_nothing(report):
    values = [place(report("a", place=CITY), report("b", place=p)).value for p in (CITY, REGION, None)]
    assert values == [1.0, 0.4, 0.0]


@pytest.mark.parametrize(
    ("one", "other", "value", "veto"),
    [("aerial", "aerial", 0.2, False), ("aerial", None, 0.0, False), ("aerial", "drone", -1.0, False),
     ("aerial", "abduct", -1.0, True)],
)  # fmt: skip
def test_modes_that_reporters_confuse_are_no_veto(report, one, other, value, veto):
    found = mode(report("a", mode=one), report("b", mode=other))
    assert (found.value, found.veto) == (value, veto)


@pytest.mark.parametrize(("low", "high", "value"), [(17, 17, 1.0), (11, 15, 0.5), (11, 25, 0.0), (3, 45, -1.0)])
def test_tolls_may_differ_but_not_by_far(report, low, high, value):
    first = report("a", quantities=(Quantity(kind="Killed", value=low),))
    second = report("b", quantities=(Quantity(kind="Killed", value=high), Quantity(kind="Wounded", value=low)))
    assert figures(first, second).value == figures(second, first).value == value


def test_at_least_leaves_room_above(report):
    first = report("a", quantities=(Quantity(kind="Killed", value=11, approximation="AtLeast"),))
    assert figures(first, report("b", quantities=(Quantity(kind="Killed", value=30),))).value == 0.4


def test_words_count_by_how_they_begin_and_without_who_takes_part(report):
    def told(name: str, quote: str):
        event = report(name)
        return Report.of(replace(event, mentions=(replace(event.mentions[0], quote=quote),)))

    one = told("a", "On Monday Ken expelled three diplomats over the embassy leak in Lamu, said the minister.")
    same = told("b", "Som saw its diplomats thrown out; the expulsion over an embassy leak shook Lamu.")
    other = told("c", "The president of Ken spoke on Monday of harvests and prices.")
    assert words(one, same).value > 0.5
    assert words(one, same).words == "shared: diplomats, embassy, lamu, leak"
    assert words(one, other).value < 0.1
