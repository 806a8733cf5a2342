"""When two actors stand for one party."""

from __future__ import annotations

import pytest

from kg.link.people import alike
from kg.model import Actor

KENYA = Actor(id="kenya", name="Kenya", kind="state", country="KEN", sector="GOV")
RUTO = Actor(id="ruto", name="William Ruto", kind="person", country="KEN", sector="GOV", part_of="kenya")
ARMY = Actor(id="kdf", name="Kenya Defence Forces", kind="organization", country="KEN", sector="MIL")
MINISTER = Actor(id="mudavadi", name="Musalia Mudavadi", kind="person", country="KEN", sector="GOV")
REBELS = Actor(id="group", name="Red Front", kind="group", country="KEN", sector="REB")
OTHERS = Actor(id="other", name="Blue Front", kind="group", country="KEN", sector="REB")
GUNMEN = Actor(id="x-1", name="gunmen", kind="collective")
VILLAGERS = Actor(id="x-2", name="villagers", kind="collective", country="KEN")
MINISTRY = Actor(id="x-3", name="foreign ministry", kind="organization")
UN = Actor(id="un", name="United Nations", kind="organization", sector="IGO")
GUTERRES = Actor(id="guterres", name="Antonio Guterres", kind="person", sector="IGO", part_of="un")
SOMALIA = Actor(id="somalia", name="Somalia", kind="state", country="SOM", sector="GOV")


@pytest.mark.parametrize(("a", "b"), [(KENYA, RUTO), (KENYA, ARMY), (UN, GUTERRES), (RUTO, ARMY), (VILLAGERS, KENYA)])
def test_who_acts_for_a_party_stands_for_it(a: Actor, b: Actor) -> None:
    assert alike(a, b) == alike(b, a) > 0.6


@pytest.mark.parametrize(
    ("a", "b"), [(RUTO, MINISTER), (REBELS, OTHERS), (KENYA, SOMALIA), (REBELS, KENYA), (UN, KENYA), (UN, GUNMEN)]
)
def test_two_parties_stay_two(a: Actor, b: Actor) -> None:
    assert alike(a, b) == alike(b, a) < 0.5


@pytest.mark.parametrize(("a", "b"), [(GUNMEN, REBELS), (MINISTRY, KENYA)])
def test_who_is_not_named_may_be_anybody(a: Actor, b: Actor) -> None:
    assert 0.2 < alike(a, b) < 0.6


def test_a_longer_form_of_an_unlisted_name_is_that_name() -> None:
    short = Actor(id="x-4", name="Petrov", kind="person")
    assert alike(short, Actor(id="x-5", name="Ivan Petrov", kind="person")) == 0.9
