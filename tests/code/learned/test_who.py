"""Whom a mention means to the trained coder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.code.learned.features import PairFeatures
from kg.code.learned.scene import View
from kg.code.learned.who import Who
from kg.model import Actor, Annotated, Link, Place, unlisted

Parsed = Callable[..., Annotated]
TEXT = (
    "Kenya|PROPN|nsubj|1|GPE left=leave|VERB|ROOT|1",
    "Somalia|PROPN|nsubj|1|GPE said=say|VERB|ROOT|1",
    "elite|ADJ|amod|1 troops=troop|NOUN|nsubj|2 told=tell|VERB|ROOT|2 them|PRON|dobj|2||PRP",
    "the|DET|det|1 country|NOUN|nsubj|2 waited=wait|VERB|ROOT|2",
)
KENYA = Actor(id="kenya", name="Kenya", kind="state", country="KEN", sector="GOV")
SOMALIA = Actor(id="somalia", name="Somalia", kind="state", country="SOM", sector="GOV")
TROOPS, THEM, COUNTRY = 5, 7, 9


@pytest.fixture
def at(parsed: Parsed, link: Callable[..., Link], told_net: Any) -> Callable[..., list[tuple[Actor, float]]]:
    """The actors of the mention at a token, given owners by word and the mention's own link."""

    def found(head: int, owners: dict[str, str] | None = None, **own: Any) -> list[tuple[Actor, float]]:
        annotated = parsed(*TEXT)
        links = [link(annotated, 0, KENYA), link(annotated, 2, SOMALIA)]
        if own:
            links.append(link(annotated, head, *own.pop("actors", ()), **own))
        net = told_net({}, owners=owners)
        view = View(annotated, links, ())
        who = Who(net, view, PairFeatures(view), net.vectors(annotated))
        mention = next(m for m in view.mentions if m.head == head)
        assert who.at(mention) is who.at(mention)
        return who.at(mention)

    return found


def test_a_name_means_what_the_resolver_found(at: Any) -> None:
    assert at(0, {"Kenya": "Somalia"}) == [(KENYA, 1.0)]


def test_a_pronoun_means_its_antecedent(at: Any) -> None:
    assert at(THEM, {"them": "Somalia"}) == [(SOMALIA, 1.0)]


def test_a_pronoun_without_one_means_nobody(at: Any) -> None:
    assert at(THEM) == []


def test_a_noun_is_a_body_of_its_owner(at: Any) -> None:
    [(troops, sure)] = at(TROOPS, {"troops": "Kenya"})
    assert (troops.name, troops.kind, troops.country, troops.part_of) == ("elite troops", "collective", "KEN", "kenya")
    assert sure == 1.0


def test_a_noun_without_an_owner_is_a_body_of_its_own(at: Any) -> None:
    [(troops, sure)] = at(TROOPS)
    assert (troops.name, troops.country, sure) == ("elite troops", None, 0.5)


def test_a_noun_that_stands_for_a_state_is_the_state(at: Any) -> None:
    assert at(COUNTRY, {"country": "Kenya"}) == [(KENYA, 1.0)]


def test_the_owner_head_corrects_the_resolver(at: Any) -> None:
    theirs = unlisted("collective", "troops", country="SOM", sector="MIL", part_of="somalia")
    [(troops, _)] = at(TROOPS, {"troops": "Kenya"}, actors=(theirs,), rule="nominal")
    assert (troops.country, troops.sector, troops.part_of) == ("KEN", "MIL", "kenya")


def test_the_owner_head_makes_the_resolver_surer(at: Any) -> None:
    theirs = unlisted("collective", "troops", country="SOM", part_of="somalia")
    assert at(TROOPS, {"troops": "Somalia"}, actors=(theirs,), rule="nominal", sure=0.4) == [(theirs, 1.0)]


def test_a_resolver_that_the_head_does_not_believe_is_less_sure(at: Any) -> None:
    theirs = unlisted("collective", "troops", country="SOM", part_of="somalia")
    owners = {"troops": ("Kenya", 0.3)}
    assert at(TROOPS, owners, actors=(theirs,), rule="nominal", sure=0.9) == [(theirs, 0.5)]


def test_several_stay_several(at: Any) -> None:
    assert at(THEM, {"them": "Kenya"}, actors=(KENYA, SOMALIA), rule="plural") == [(KENYA, 1.0), (SOMALIA, 1.0)]


def test_an_office_known_by_person_becomes_the_owner(at: Any) -> None:
    person = Actor(id="ruto", name="William Ruto", kind="person", country="SOM")
    assert at(TROOPS, {"troops": "Kenya"}, actors=(person,), rule="nominal") == [(KENYA, 1.0)]


def test_a_place_stands_for_its_state(at: Any) -> None:
    city = Place(id="goma", name="Goma", kind="city", country="COD")
    [(actor, sure)] = at(TROOPS, place=city)
    assert (actor.country, actor.kind, sure) == ("COD", "state", 0.6)


def test_without_any_name_the_resolver_decides(parsed: Parsed, told_net: Any) -> None:
    annotated = parsed(TEXT[2])
    view, net = View(annotated, (), ()), told_net({})
    who = Who(net, view, PairFeatures(view), net.vectors(annotated))
    assert [a.name for a, _ in who.at(view.mentions[0])] == ["elite troops"]


def test_an_implied_side_is_a_state_or_the_body_itself(
    parsed: Parsed, link: Callable[..., Link], told_net: Any
) -> None:
    annotated = parsed(*TEXT)
    body = Actor(id="x-body", name="The Body", kind="organization")
    view, net = View(annotated, [link(annotated, 0, body)], ()), told_net({})
    who = Who(net, view, PairFeatures(view), net.vectors(annotated))
    mention = view.mentions[0]
    state, own = who.side(mention, "KEN"), who.side(mention, "x-body")
    assert state is not None
    assert (state.kind, state.country) == ("state", "KEN")
    assert own == body
    assert who.side(mention, "x-other") is None
