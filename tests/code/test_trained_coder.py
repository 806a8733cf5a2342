"""The heads and the frames as one coder; the heads here say what they are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from kg.annotate import annotate
from kg.code.coder import TrainedCoder
from kg.code.learned.decide import Bars
from kg.code.learned.labels import STATUSES, TYPES
from kg.model import Annotated, Article, Event
from kg.resolve import resolve

DAY = date(2024, 5, 15)


class ToldNet:
    """Finds the triggers that it is told, with the nouns that it is told as actor or recipient."""

    calibration: dict[str, float] = {}  # noqa: RUF012
    bars: dict[str, float] = {}  # noqa: RUF012

    def __init__(self, triggers: dict[str, tuple[str, str]], roles: dict[str, int]) -> None:
        self.triggers, self.part = triggers, roles
        self.words: list[str] = []

    def vectors(self, annotated: Annotated) -> Any:
        self.words = [t.text for t in annotated.tokens]
        return np.arange(len(self.words), dtype=np.float32)[:, None]

    def types(self, h: Any, rows: Any) -> Any:
        return np.array([[0.9 * (self.triggers.get(w, ("", ""))[0] == t) for t in TYPES] for w in self.words])

    def modes(self, h: Any, kind: str, row: Any) -> dict[str | None, float]:
        return {None: 1.0}

    def statuses(self, h: Any, row: Any) -> dict[str, float]:
        told = self.triggers[self.words[int(h[0])]][1]
        return {s: float(s == told) for s in STATUSES}

    def roles(self, h: Any, tokens: Any, kinds: Any, others: Sequence[int], rows: Any, alone: Any) -> Any:
        return np.array([[0.9 * (self.part.get(self.words[o]) == role) for role in range(3)] for o in others])

    def owners(self, h: Any, tokens: Any, others: Sequence[Sequence[int]], rows: Any, alone: Any) -> Any:
        return [np.array([0.0] * len(few) + [1.0]) for few in others]

    times = None


Code = Callable[..., tuple[Event, ...]]


@pytest.fixture(scope="session")
def code() -> Code:
    """Code a text with heads that are told triggers and roles."""

    def coded(
        text: str, triggers: dict[str, tuple[str, str]], roles: dict[str, int], **options: Any
    ) -> tuple[Event, ...]:
        net: Any = ToldNet(triggers, roles)
        net.times = lambda h, tokens, kinds, others, rows: net.owners(h, tokens, others, rows, None)
        [annotated] = annotate([Article(id="told", text=text, published=DAY)])
        events, _ = TrainedCoder(net, bars=Bars(), **options)(annotated, resolve(annotated))
        return tuple(e for e in events if e.is_plover)

    return coded


def sides(event: Event) -> tuple[list[str | None], list[str | None]]:
    return [p.actor.country for p in event.actors], [p.actor.country for p in event.recipients]


def test_a_trigger_that_frames_know_keeps_their_rule(code: Code) -> None:
    [event] = code(
        "Kenya attacked Somalia near the border.", {"attacked": ("ASSAULT", "occurred")}, {"Kenya": 0, "Somalia": 1}
    )
    assert (event.type, *sides(event)) == ("ASSAULT", ["KEN"], ["SOM"])
    assert not event.mentions[0].rule.startswith("trained.")
    assert event.confidence == 0.9


def test_without_structure_the_frames_code_nothing(code: Code) -> None:
    [event] = code(
        "Kenya attacked Somalia near the border.",
        {"attacked": ("ASSAULT", "occurred")},
        {"Kenya": 0, "Somalia": 1},
        structure=False,
    )
    assert (event.mentions[0].rule, *sides(event)) == ("trained.assault", ["KEN"], ["SOM"])


def test_what_only_the_frames_see_is_an_event_of_which_the_heads_are_not_sure(code: Code) -> None:
    text = "Kenya attacked Somalia near the border."
    [event] = code(text, {}, {})
    assert (event.type, *sides(event)) == ("ASSAULT", ["KEN"], ["SOM"])
    assert (event.mentions[0].rule, event.confidence) == ("assault.attack", 0.0)
    assert code(text, {}, {}, structure=False) == ()


def test_where_the_heads_see_another_type_the_frame_gives_no_event(code: Code) -> None:
    [event] = code("Kenya attacked Somalia near the border.", {"attacked": ("ACCUSE", "occurred")}, {"Kenya": 0})
    assert (event.type, event.mentions[0].rule, sides(event)[0]) == ("ACCUSE", "trained.accuse", ["KEN"])


def test_another_word_of_an_event_gives_no_second_one(code: Code) -> None:
    both = {"held": ("CONSULT", "occurred"), "talks": ("CONSULT", "occurred")}
    [event] = code("Kenya held talks with Somalia on Monday.", both, {"Kenya": 0, "Somalia": 1})
    assert (event.type, sides(event)[0][:1], event.confidence) == ("CONSULT", ["KEN"], 0.9)


def test_the_status_is_that_of_the_heads(code: Code) -> None:
    [event] = code(
        "The army of Kenya attacked Somalia.", {"attacked": ("ASSAULT", "ongoing")}, {"Kenya": 0, "Somalia": 1}
    )
    assert event.status == "Ongoing"
    [past] = code("The army of Kenya attacked Somalia.", {"attacked": ("ASSAULT", "historical")}, {"Kenya": 0})
    assert past.mentions[0].background


def test_an_article_that_is_not_about_politics_gives_nothing(code: Code) -> None:
    text = (
        "Kenya attacked from the first whistle and beat Somalia 3-1 in the stadium of Nairobi on Saturday. "
        "The striker headed a corner past the goalkeeper before half-time, and the coach praised his young defenders. "
        "The referee blew for offside and the fans sang. The home team scored twice from penalties after the break. "
        "The coach said that the players had trained hard all season and hoped to win the league title and the cup. "
        "The midfielder, who joined the club last summer, was injured and left the pitch on a stretcher. "
        "The tournament goes on next week with a quarter-final, and tickets for the match are sold out."
    )
    assert code(text, {"attacked": ("ASSAULT", "occurred")}, {}) == ()


def test_a_toll_and_the_attack_that_it_came_of_are_one(code: Code) -> None:
    text = "The army said that forty Somali soldiers were killed as a result of Kenyan air strikes."
    seen = {"killed": ("ASSAULT", "occurred"), "strikes": ("ASSAULT", "occurred")}
    [event] = code(text, seen, {"soldiers": 1, "Kenyan": 0})
    assert (event.mentions[0].trigger.split()[-1], event.mode) == ("killed", "aerial")
    assert sides(event) == (["KEN"], ["SOM"])


def test_an_attack_beside_a_toll_stays_another(code: Code) -> None:
    text = "Forty Somali soldiers were killed by Ethiopia, and Kenya launched air strikes on Somalia."
    seen = {"killed": ("ASSAULT", "occurred"), "strikes": ("ASSAULT", "occurred")}
    assert len(code(text, seen, {"soldiers": 1, "Kenya": 0, "Somalia": 1})) == 2


def test_who_says_what_his_side_will_do_promises_it(code: Code) -> None:
    text = "Kenyan President William Ruto said that Kenya will send food aid to Somalia."
    told = code(text, {"send": ("AGREE", "future")}, {"Kenya": 0, "Somalia": 1})
    [promise] = [e for e in told if e.type == "AGREE"]
    [aid] = [e for e in told if e.type == "AID"]
    assert (promise.mentions[0].trigger, promise.status, aid.status) == ("said", "Occurred", "Expected")
    assert sides(promise) == (["KEN"], ["SOM"])
    assert promise.content == (aid.key,)


def test_who_says_what_another_will_do_promises_nothing(code: Code) -> None:
    text = "Ugandan President Yoweri Museveni said that Kenya will send food aid to Somalia."
    told = code(text, {"send": ("AGREE", "future")}, {"Kenya": 0, "Somalia": 1})
    assert [e.type for e in told] == ["AID"]
