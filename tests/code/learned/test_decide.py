"""From scores to proposals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from kg.code.learned.decide import Bars, Decider, Proposal, peaks
from kg.code.learned.labels import TYPES
from kg.code.learned.scene import View
from kg.code.notes import Notes
from kg.model import Actor, Annotated, Event, EventMention, Link, Span, Status

Parsed = Callable[..., Annotated]
TALKS = "Kenya|PROPN|nsubj|1|GPE held=hold|VERB|ROOT|1||VBD talks=talk|NOUN|dobj|1 and|CCONJ|cc|1 attacked=attack|VERB|conj|1||VBD"
ATTACK = "Kenya|PROPN|nsubj|1|GPE attacked=attack|VERB|ROOT|1||VBD troops=troop|NOUN|dobj|1 on|ADP|prep|1 Monday|PROPN|pobj|3|DATE"
BEFORE = "Somalia|PROPN|nsubj|1|GPE waited=wait|VERB|ROOT|1||VBD"
KENYA = Actor(id="kenya", name="Kenya", kind="state", country="KEN")
SOMALIA = Actor(id="somalia", name="Somalia", kind="state", country="SOM")


def scores(words: int, *told: tuple[int, str, float]) -> Any:
    """A table of scores with these in it."""
    table = np.zeros((words, len(TYPES)), dtype=np.float32)
    for i, kind, score in told:
        table[i, TYPES.index(kind)] = score
    return table


BARS = Bars(trigger=0.5, framed=0.2)


def found(view: View, *told: tuple[int, str, float], bars: Bars = BARS, notes: Notes | None = None) -> Any:
    """Token and type of the triggers."""
    return [(i, kind) for i, kind, _ in peaks(view, scores(len(view.tokens), *told), bars, notes)]


def framed(annotated: Annotated, first: int, last: int, kind: str) -> Event:
    """An event that the frames found at some tokens, both included."""
    trigger = Span(annotated.tokens[first].span.start, annotated.tokens[last].span.end)
    mention = EventMention(
        article="0",
        span=trigger,
        quote="",
        sentence=1,
        trigger=trigger.of(annotated.article.text),
        trigger_span=trigger,
    )
    return Event(key="0", type=kind, label="", status=Status.OCCURRED, mentions=(mention,))


def test_the_words_of_one_trigger_give_one_event(parsed: Parsed) -> None:
    view = View(parsed(TALKS), (), ())
    assert found(view, (1, "CONSULT", 0.7), (2, "CONSULT", 0.9)) == [(2, "CONSULT")]


def test_coordinated_triggers_stay_apart(parsed: Parsed) -> None:
    view = View(parsed(TALKS), (), ())
    assert found(view, (1, "ASSAULT", 0.7), (4, "ASSAULT", 0.9)) == [(1, "ASSAULT"), (4, "ASSAULT")]


def test_the_surer_word_of_a_trigger_is_taken(parsed: Parsed) -> None:
    view = View(parsed(TALKS), (), ())
    assert found(view, (1, "CONSULT", 0.9), (2, "CONSULT", 0.7)) == [(1, "CONSULT")]


def test_words_that_do_not_hang_on_each_other_stay_apart(parsed: Parsed) -> None:
    view = View(parsed(TALKS), (), ())
    assert found(view, (2, "CONSULT", 0.9), (4, "CONSULT", 0.7)) == [(2, "CONSULT"), (4, "CONSULT")]


def test_one_word_may_be_two_kinds_of_event(parsed: Parsed) -> None:
    view = View(parsed(TALKS), (), ())
    assert found(view, (1, "CONSULT", 0.7), (2, "AGREE", 0.6)) == [(1, "CONSULT"), (2, "AGREE")]


def test_what_is_below_the_bar_is_no_trigger(parsed: Parsed) -> None:
    view = View(parsed(TALKS), (), ())
    assert found(view, (1, "CONSULT", 0.4)) == []
    assert found(view, (1, "CONSULT", 0.4), bars=Bars(trigger=0.4, framed=0.2)) == [(1, "CONSULT")]


def test_a_trigger_that_a_frame_of_its_type_knows_has_a_bar_of_its_own(parsed: Parsed) -> None:
    annotated = parsed(TALKS)
    view = View(annotated, (), (framed(annotated, 2, 2, "CONSULT"),))
    assert found(view, (2, "CONSULT", 0.3)) == [(2, "CONSULT")]
    assert found(view, (2, "CONSULT", 0.1)) == []
    assert found(view, (2, "AGREE", 0.3)) == []
    assert found(view, (1, "CONSULT", 0.3)) == []


def test_a_frame_never_raises_the_bar(parsed: Parsed) -> None:
    annotated = parsed(TALKS)
    view = View(annotated, (), (framed(annotated, 2, 2, "CONSULT"),))
    assert found(view, (2, "CONSULT", 0.55), bars=Bars(trigger=0.5, framed=0.6)) == [(2, "CONSULT")]


def test_the_words_of_one_frame_give_one_event_though_they_do_not_hang_on_each_other(parsed: Parsed) -> None:
    annotated = parsed(TALKS)
    whole = framed(annotated, 2, 4, "CONSULT")
    told = ((2, "CONSULT", 0.9), (4, "CONSULT", 0.7))
    assert found(View(annotated, (), (whole,)), *told) == [(2, "CONSULT")]
    apart = (framed(annotated, 2, 2, "CONSULT"), framed(annotated, 4, 4, "CONSULT"))
    assert found(View(annotated, (), apart), *told) == [(2, "CONSULT"), (4, "CONSULT")]


def test_a_trigger_taken_by_the_bar_of_frames_is_not_noted_as_passed_over(parsed: Parsed) -> None:
    annotated = parsed(TALKS)
    view, notes = View(annotated, (), (framed(annotated, 2, 2, "CONSULT"),)), Notes()
    found(view, (2, "CONSULT", 0.3), (4, "ASSAULT", 0.3), notes=notes)
    assert [(p.token, p.kind, p.why) for p in notes.triggers] == [(4, "ASSAULT", "below 0.5")]


def decided(net: Any, annotated: Annotated, links: list[Link]) -> Proposal:
    """The only proposal."""
    [proposal] = Decider(net, View(annotated, links, ()), Bars()).proposals()
    return proposal


@pytest.fixture
def attack(parsed: Parsed, link: Callable[..., Link]) -> tuple[Annotated, list[Link]]:
    annotated = parsed(BEFORE, ATTACK, times=[("Monday", date(2024, 5, 13))])
    return annotated, [link(annotated, 0, SOMALIA), link(annotated, 2, KENYA)]


def test_a_proposal_has_type_mode_status_sides_and_day(told_net: Any, attack: tuple[Annotated, list[Link]]) -> None:
    net = told_net(
        {"attacked": ("ASSAULT", 0.8)},
        roles={"Kenya": "actor"},
        dates={"attacked": "Monday"},
        mode="beat",
        status="ongoing",
    )
    proposal = decided(net, *attack)
    assert (proposal.token, proposal.kind, proposal.mode, proposal.status) == (3, "ASSAULT", "beat", "ongoing")
    assert proposal.score == pytest.approx(0.8)
    assert [p.actor for p in proposal.actors] == [KENYA]
    assert (proposal.recipients, proposal.third) == ((), ())
    assert proposal.when is attack[0].times[0]


def test_an_event_may_have_no_day(told_net: Any, attack: tuple[Annotated, list[Link]]) -> None:
    assert decided(told_net({"attacked": ("ASSAULT", 0.8)}), *attack).when is None


def test_a_noun_with_an_owner_takes_part_as_the_owners_people(told_net: Any, attack: Any) -> None:
    net = told_net({"attacked": ("ASSAULT", 0.8)}, roles={"troops": "recipient"}, owners={"troops": "Somalia"})
    [troops] = decided(net, *attack).recipients
    assert (troops.actor.country, troops.actor.part_of, troops.role) == ("SOM", "somalia", "recipient")
    assert troops.mention == attack[0].tokens[4].span


@pytest.mark.parametrize(("score", "sure"), [(0.7, 0.49), (0.3, 0.3)])
def test_a_side_that_only_another_sentence_names_is_implied_and_less_sure_than_not(
    told_net: Any, attack: Any, score: float, sure: float
) -> None:
    net = told_net({"attacked": ("ASSAULT", 0.8)}, roles={"Kenya": "actor", "Somalia": ("recipient", score)})
    [somalia] = decided(net, *attack).recipients
    assert (somalia.actor.country, somalia.mention, somalia.confidence) == ("SOM", None, sure)


def test_a_side_is_not_implied_twice(told_net: Any, parsed: Parsed, link: Callable[..., Link]) -> None:
    annotated = parsed("Kenya|PROPN|nsubj|1|GPE waited=wait|VERB|ROOT|1||VBD", ATTACK)
    links = [link(annotated, 0, KENYA), link(annotated, 2, KENYA)]
    net = told_net({"attacked": ("ASSAULT", 0.8)}, roles={"Kenya": "actor"})
    assert decided(net, annotated, links).recipients == ()


@pytest.mark.parametrize(("key", "implied"), [("hezbollan", True), ("x-0123456789abcdef", False)])
def test_a_body_without_a_country_may_be_implied_if_a_table_lists_it(
    told_net: Any, parsed: Parsed, link: Callable[..., Link], key: str, implied: bool
) -> None:
    annotated = parsed("Hezbollan|PROPN|nsubj|1|ORG waited=wait|VERB|ROOT|1||VBD", ATTACK)
    body = Actor(id=key, name="Hezbollan", kind="group")
    links = [link(annotated, 0, body), link(annotated, 2, KENYA)]
    net = told_net({"attacked": ("ASSAULT", 0.8)}, roles={"Kenya": "actor", "Hezbollan": ("recipient", 0.7)})
    assert [p.actor for p in decided(net, annotated, links).recipients] == [body] * implied


def test_a_third_party_is_a_mediator(told_net: Any, attack: tuple[Annotated, list[Link]]) -> None:
    net = told_net({"attacked": ("ASSAULT", 0.8)}, roles={"Kenya": "third"})
    assert [(p.actor, p.role) for p in decided(net, *attack).third] == [(KENYA, "mediator")]


def test_without_mentions_nobody_takes_part(told_net: Any, parsed: Parsed) -> None:
    proposal = decided(told_net({"raining": ("ASSAULT", 0.8)}), parsed("raining=rain|VERB|ROOT|0||VBG"), [])
    assert (proposal.actors, proposal.recipients, proposal.third) == ((), (), ())


def test_bars_decide_what_is_taken(told_net: Any, attack: tuple[Annotated, list[Link]]) -> None:
    annotated, links = attack
    net = told_net({"attacked": ("ASSAULT", 0.3)})
    assert Decider(net, View(annotated, links, ()), Bars()).proposals() == []
    assert len(Decider(net, View(annotated, links, ()), Bars(trigger=0.2)).proposals()) == 1
