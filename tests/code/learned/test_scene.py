"""What the trained coder looks at: mentions, paths, times, the frames' events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kg.code.learned.scene import Mention, View
from kg.model import Actor, Annotated, Event, EventMention, Link, Place, Span, Status

Parsed = Callable[..., Annotated]
ATTACK = "Kenyan=kenyan|ADJ|amod|1 troops=troop|NOUN|nsubj|2 attacked=attack|VERB|ROOT|2||VBD Somalia|PROPN|dobj|2|GPE"
AFTER = "They|PRON|nsubj|1 left=leave|VERB|ROOT|1 on|ADP|prep|1 Monday|PROPN|pobj|2|DATE"
KENYA = Actor(id="kenya", name="Kenya", kind="state", country="KEN")
SOMALIA = Actor(id="somalia", name="Somalia", kind="state", country="SOM")
UN = Actor(id="un", name="United Nations", kind="organization")


def test_a_noun_that_nobody_resolved_is_a_mention(parsed: Parsed, link: Callable[..., Link]) -> None:
    annotated = parsed(ATTACK)
    view = View(annotated, [link(annotated, 3, SOMALIA)], ())
    assert [(m.head, m.link is not None) for m in view.mentions] == [(1, False), (3, True)]


def test_words_inside_a_link_are_no_mentions_of_their_own(parsed: Parsed, link: Callable[..., Link]) -> None:
    annotated = parsed(ATTACK)
    whole = link(annotated, 0, KENYA, span=Span(0, 13))
    assert [m.head for m in View(annotated, [whole], ()).mentions] == [0, 3]


def test_of_two_links_at_one_token_the_one_with_actors_counts(parsed: Parsed, link: Callable[..., Link]) -> None:
    annotated = parsed(ATTACK)
    links = [link(annotated, 3, rule="first", span=Span(0, 33)), link(annotated, 3, SOMALIA)]
    assert next(m for m in View(annotated, links, ()).mentions if m.head == 3).link == links[1]


def test_days_and_figures_are_no_mentions(parsed: Parsed) -> None:
    assert [m.head for m in View(parsed(AFTER), (), ()).mentions] == [0]


@pytest.mark.parametrize(
    ("actors", "place", "sides"),
    [
        ((KENYA, KENYA, SOMALIA), None, ("KEN", "SOM")),
        ((UN,), None, ("un",)),
        ((), Place(id="goma", name="Goma", kind="city", country="COD"), ("COD",)),
        ((), Place(id="sea", name="Red Sea", kind="water"), ()),
    ],
)
def test_a_mention_stands_for_countries_or_bodies(actors: Any, place: Any, sides: tuple[str, ...]) -> None:
    assert Mention(0, 0, Link(span=Span(0, 1), head=0, actors=actors, place=place)).sides == sides


def test_a_mention_without_a_link_stands_for_nobody() -> None:
    assert Mention(0, 0).sides == ()
    assert not Mention(0, 0).named


@pytest.mark.parametrize(("rule", "named"), [("name", True), ("demonym", True), ("pronoun", False), ("nominal", False)])
def test_names_are_named(rule: str, named: bool) -> None:
    assert Mention(0, 0, Link(span=Span(0, 1), head=0, actors=(KENYA,), rule=rule)).named is named


@pytest.mark.parametrize(
    ("a", "b", "path"),
    [(2, 3, "dobj"), (1, 3, "^nsubj>dobj"), (0, 2, "^amod>^nsubj"), (2, 2, ""), (2, 5, "apart")],
)
def test_a_path_goes_up_and_down_the_parse(parsed: Parsed, a: int, b: int, path: str) -> None:
    assert View(parsed(ATTACK, AFTER), (), ()).path(a, b) == path


def test_a_path_tells_prepositions_by_their_word(parsed: Parsed) -> None:
    assert View(parsed(AFTER), (), ()).path(1, 3) == "prep:on>pobj"


def test_a_long_path_is_far(parsed: Parsed) -> None:
    annotated = parsed("a|NOUN|ROOT|0 " + " ".join(f"b|NOUN|nmod|{n}" for n in range(9)))
    assert View(annotated, (), ()).path(0, 9) == "far"


def test_times_near_are_those_of_the_sentence_and_three_before(parsed: Parsed) -> None:
    days = [("Monday", date(2024, 5, 13))]
    view = View(parsed(AFTER, ATTACK, ATTACK, ATTACK, ATTACK, times=days), (), ())
    assert [(t.number, t.head, t.sentence) for t in view.times] == [(0, 3, 0)]
    assert [len(view.times_near(view.annotated.sentences[n].first)) for n in range(5)] == [1, 1, 1, 1, 0]


def test_a_time_of_a_later_sentence_is_not_near(parsed: Parsed) -> None:
    view = View(parsed(ATTACK, AFTER, times=[("Monday", date(2024, 5, 13))]), (), ())
    assert view.times_near(2) == []


def test_the_frames_events_stand_at_the_words_of_their_triggers(parsed: Parsed) -> None:
    annotated = parsed(ATTACK)
    span = Span(annotated.tokens[1].span.start, annotated.tokens[2].span.end)
    mention = EventMention(article="a", span=Span(0, 5), quote="", sentence=1, trigger="", trigger_span=span)
    event = Event(key="k", type="ASSAULT", label="", status=Status.OCCURRED, mentions=(mention,))
    assert View(annotated, (), [event]).frames == {1: [event], 2: [event]}
