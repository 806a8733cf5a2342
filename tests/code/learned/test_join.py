"""The heads decide, the frames add structure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.code.draft import Draft
from kg.code.join import joined, settled
from kg.code.learned.decide import Proposal
from kg.code.learned.labels import STATUSES
from kg.code.match import Match
from kg.code.presented import Presented
from kg.lexicon.frames import Frame
from kg.model import Actor, Annotated, Factuality, Participant, Tree

Parsed = Callable[..., Annotated]
# Kenya urged Somalia to withdraw and held talks
TEXT = (
    "Kenya|PROPN|nsubj|1 urged=urge|VERB|ROOT|1 Somalia|PROPN|dobj|1 to|PART|aux|4 withdraw|VERB|xcomp|1 "
    "and|CCONJ|cc|1 held=hold|VERB|conj|1 talks=talk|NOUN|dobj|6"
)
URGED, WITHDRAW, HELD, TALKS = 1, 4, 6, 7


def participant(name: str, role: str = "actor") -> Participant:
    return Participant(actor=Actor(id=name.lower(), name=name, kind="state"), role=role)


KENYA, SOMALIA, UGANDA = (participant(n) for n in ("Kenya", "Somalia", "Uganda"))


def proposal(token: int, kind: str, status: str = "occurred", **more: Any) -> Proposal:
    return Proposal(token, kind, 0.9, more.pop("mode", None), {s: float(s == status) for s in STATUSES}, **more)


@pytest.fixture
def tree(parsed: Parsed) -> Tree:
    return Tree(parsed(TEXT))


@pytest.fixture
def draft(tree: Tree) -> Callable[..., Draft]:
    """Makes a draft of the frames: type, head, other words, participants."""

    def make(kind: str, head: int, *parts: int, actors: Any = (), recipients: Any = (), **frame: Any) -> Draft:
        match = Match(Frame(id=f"{kind.lower()}.x", type=kind, **frame), head, (head, *parts), head)
        return Draft(match, tree.annotated.sentences[0], list(actors), list(recipients), [])

    return make


@pytest.fixture
def join(tree: Tree) -> Callable[[list[Draft], list[Proposal]], list[Draft]]:
    return lambda drafts, proposals: joined(tree, drafts, proposals, tree.annotated.sentences[0])


def test_a_proposal_takes_the_structure_of_the_frame(draft: Any, join: Any) -> None:
    own = draft("CONSULT", TALKS, HELD, actors=[SOMALIA], instrument="phone")
    proposed = proposal(HELD, "CONSULT", actors=(KENYA,))
    [found] = join([own], [proposed])
    assert (found.match, found.proposal, found.actors) == (own.match, proposed, [KENYA])


def test_the_mode_is_that_of_the_heads(draft: Any, join: Any) -> None:
    [found] = join([draft("CONSULT", TALKS, HELD)], [proposal(TALKS, "CONSULT", mode="phone")])
    assert (found.match.frame.id, found.match.frame.mode, found.match.frame.cameo) == ("consult.x", "phone", "041")


def test_participants_that_the_heads_miss_are_those_of_the_frame(draft: Any, join: Any) -> None:
    own = draft("REQUEST", URGED, actors=[UGANDA], recipients=[KENYA, SOMALIA])
    [found] = join([own], [proposal(URGED, "REQUEST", actors=(KENYA,))])
    assert (found.actors, found.recipients) == ([KENYA], [SOMALIA])


def test_a_reciprocal_event_has_the_recipients_of_the_heads_alone(draft: Any, join: Any) -> None:
    own = draft("AGREE", URGED, actors=[KENYA], recipients=[SOMALIA], reciprocal=True)
    [found] = join([own], [proposal(URGED, "AGREE", actors=(KENYA,))])
    assert found.recipients == []


def test_a_trigger_that_no_frame_knows_becomes_an_event(join: Any) -> None:
    [found] = join([], [proposal(URGED, "REQUEST", actors=(KENYA,), recipients=(SOMALIA,))])
    assert (found.match.frame.id, found.match.carrier, found.actors) == ("trained.request", URGED, [KENYA])


def test_a_noun_that_no_frame_knows_has_no_carrier(join: Any) -> None:
    [found] = join([], [proposal(TALKS, "CONSULT")])
    assert found.match.carrier is None


def test_another_type_is_another_event(draft: Any, join: Any) -> None:
    [found] = join([draft("CONSULT", URGED)], [proposal(URGED, "REQUEST")])
    assert found.match.frame.id == "trained.request"


def test_one_draft_serves_one_proposal(draft: Any, join: Any) -> None:
    found = join([draft("CONSULT", TALKS, HELD)], [proposal(HELD, "CONSULT"), proposal(TALKS, "CONSULT")])
    assert sorted(d.match.frame.id for d in found) == ["consult.x", "trained.consult"]


def test_a_coordinated_trigger_is_not_the_frames_own(draft: Any, join: Any) -> None:
    found = join([draft("REQUEST", URGED)], [proposal(HELD, "REQUEST")])
    assert [d.match.frame.id for d in found] == ["trained.request"]


def test_what_only_the_frames_found_is_dropped(draft: Any, join: Any) -> None:
    assert join([draft("CONSULT", TALKS, HELD)], []) == []


def test_what_plover_does_not_code_is_kept(draft: Any, join: Any) -> None:
    own = draft("Conflict", TALKS)
    assert join([own], []) == [own]


def test_what_an_act_is_about_is_kept(draft: Any, join: Any) -> None:
    own = draft("RETREAT", WITHDRAW)
    found = join([own], [proposal(URGED, "REQUEST")])
    assert [d.match.frame.id for d in found] == ["trained.request", "retreat.x"]


def test_the_heads_word_is_no_content_of_itself(draft: Any, join: Any) -> None:
    found = join([draft("RETREAT", WITHDRAW)], [proposal(URGED, "REQUEST"), proposal(WITHDRAW, "ASSAULT")])
    assert [d.match.frame.id for d in found] == ["trained.request", "trained.assault"]


def test_planned_talks_are_kept_as_talks_under_the_act_of_planning(draft: Any, join: Any) -> None:
    [found] = join([draft("CONSULT", TALKS, HELD)], [proposal(TALKS, "AGREE", "future", actors=(KENYA,))])
    assert (found.match.frame.type, found.actors) == ("CONSULT", [KENYA])


def test_talks_that_took_place_are_no_plan(draft: Any, join: Any) -> None:
    [found] = join([draft("CONSULT", TALKS, HELD)], [proposal(TALKS, "AGREE")])
    assert found.match.frame.type == "AGREE"


@pytest.mark.parametrize(
    ("how", "status", "factuality", "positive"),
    [
        (Presented(), "negated", "Asserted", False),
        (Presented(), "future", "Scheduled", True),
        (Presented(Factuality.PROMISED), "future", "Promised", True),
        (Presented(), "hypothetical", "Conditional", True),
        (Presented(Factuality.PROPOSED), "hypothetical", "Proposed", True),
        (Presented(Factuality.PRESUPPOSED), "occurred", "Presupposed", True),
        (Presented(Factuality.CONDITIONAL), "historical", "Asserted", True),
        (Presented(positive=False), "ongoing", "Asserted", True),
    ],
)
def test_the_heads_have_a_say_in_the_status(how: Presented, status: str, factuality: str, positive: bool) -> None:
    found = settled(how, proposal(0, "AID", status))
    assert (found.factuality, found.positive) == (factuality, positive)


def test_heads_that_are_unsure_leave_the_clause_as_it_is() -> None:
    how = Presented(Factuality.CONDITIONAL)
    unsure = Proposal(0, "AID", 0.9, None, {s: 0.4 if s == "occurred" else 0.12 for s in STATUSES})
    assert settled(how, unsure) is how


def test_without_a_proposal_the_clause_decides() -> None:
    how = Presented(Factuality.DESIRED)
    assert settled(how, None) is how
