"""How likely an event is right."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.code.draft import Draft
from kg.code.learned.decide import Proposal
from kg.code.match import Match
from kg.code.sure import NAMES, confidence, evidence
from kg.lexicon.frames import Frame
from kg.model import Actor, Participant, Sentence, Span

KENYA = Actor(id="kenya", name="Kenya", kind="state")
WEIGHTS = dict(zip(NAMES, (0.2, 0.7, 0.4, 0.3, -0.5, -0.2, -0.6, 0.5, -0.3), strict=True))
SHARES = st.floats(0, 1)


def draft(
    score: float,
    actor: float | None = None,
    *,
    frame: str = "trained.aid",
    mention: Span | None = None,
    proposed: float | None = 0.5,
) -> Draft:
    """An event with the heads' score at the best of its words, and the score of its proposal if there is one."""
    who = [] if actor is None else [Participant(actor=KENYA, mention=mention, confidence=actor)]
    made = Draft(Match(Frame(id=frame, type="AID"), 0, (0,)), Sentence(1, Span(0, 1), 0, 1), who, [], [])
    made.score = score
    if proposed is not None:
        made.proposal = Proposal(0, "AID", proposed, None, {"occurred": 1.0})
    return made


@given(SHARES, SHARES, SHARES)
def test_a_surer_trigger_makes_a_surer_event(a: float, b: float, actor: float) -> None:
    low, high = sorted((a, b))
    assert confidence(draft(low, actor), WEIGHTS) <= confidence(draft(high, actor), WEIGHTS)


@given(SHARES, st.one_of(st.none(), SHARES), st.lists(st.floats(-50, 50), min_size=len(NAMES), max_size=len(NAMES)))
def test_a_confidence_is_a_probability(score: float, actor: float | None, weights: list[float]) -> None:
    assert 0 <= confidence(draft(score, actor), dict(zip(NAMES, weights, strict=True))) <= 1


def test_without_weights_the_trigger_speaks_for_the_event() -> None:
    assert confidence(draft(0.1234), {}) == 0.123
    assert confidence(draft(0.1234, proposed=None), {}) == 0.123


def test_an_event_that_the_heads_did_not_propose_is_as_sure_as_its_weight_says() -> None:
    proposed, unproposed = draft(0.4, 0.9), draft(0.4, 0.9, proposed=None)
    assert confidence(unproposed, WEIGHTS) < confidence(proposed, WEIGHTS)
    assert confidence(unproposed, {**WEIGHTS, "unproposed": 0.0}) == confidence(proposed, WEIGHTS)


def test_the_score_is_that_at_the_best_word_and_not_the_proposals() -> None:
    assert evidence(draft(0.9, proposed=0.3)) == evidence(draft(0.9, proposed=0.6))
    assert evidence(draft(0.9, proposed=0.3)) != evidence(draft(0.6, proposed=0.3))


@pytest.mark.parametrize(
    ("made", "facts"),
    [
        (draft(0.5), {"no actor": 1.0, "no recipient": 1.0, "implied": 0.0, "framed": 0.0, "unproposed": 0.0}),
        (draft(0.5, 0.9), {"no actor": 0.0, "implied": 1.0}),
        (draft(0.5, 0.9, mention=Span(0, 1)), {"implied": 0.0}),
        (draft(0.5, frame="aid.give"), {"framed": 1.0, "trigger": 0.0, "unproposed": 0.0}),
        (draft(0.5, frame="aid.give", proposed=None), {"framed": 1.0, "unproposed": 1.0}),
    ],
)
def test_the_evidence_has_a_column_a_fact(made: Draft, facts: dict[str, Any]) -> None:
    found = dict(zip(NAMES, evidence(made), strict=True))
    assert {name: found[name] for name in facts} == facts
