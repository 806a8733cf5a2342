"""Frames stand where they are sure; the heads add what no frame knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from kg.code.draft import Draft
from kg.code.join import joined, settled
from kg.code.learned.decide import Proposal
from kg.code.learned.labels import STATUSES
from kg.code.match import Match
from kg.code.notes import Notes
from kg.code.presented import Presented
from kg.lexicon.frames import Frame
from kg.model import Actor, Annotated, Factuality, Participant, Span, Tree

Parsed = Callable[..., Annotated]
# Kenya urged Somalia to withdraw and held talks
TEXT = (
    "Kenya|PROPN|nsubj|1 urged=urge|VERB|ROOT|1 Somalia|PROPN|dobj|1 to|PART|aux|4 withdraw|VERB|xcomp|1 "
    "and|CCONJ|cc|1 held=hold|VERB|conj|1 talks=talk|NOUN|dobj|6"
)
URGED, WITHDRAW, HELD, TALKS = 1, 4, 6, 7


def participant(name: str, role: str = "actor", sure: float = 1.0) -> Participant:
    return Participant(actor=Actor(id=name.lower(), name=name, kind="state"), role=role, confidence=sure)


KENYA, SOMALIA, UGANDA = (participant(n) for n in ("Kenya", "Somalia", "Uganda"))


def proposal(token: int, kind: str, status: str = "occurred", **more: Any) -> Proposal:
    return Proposal(token, kind, 0.9, more.pop("mode", None), {s: float(s == status) for s in STATUSES}, **more)


@pytest.fixture
def tree(parsed: Parsed) -> Tree:
    return Tree(parsed(TEXT))


@pytest.fixture
def draft(tree: Tree) -> Callable[..., Draft]:
    """Makes a draft of the frames: type, head, other words, participants."""

    def make(
        kind: str, head: int, *parts: int, actors: Any = (), recipients: Any = (), third: Any = (), **frame: Any
    ) -> Draft:
        match = Match(Frame(id=f"{kind.lower()}.x", type=kind, **frame), head, (head, *parts), head)
        return Draft(match, tree.annotated.sentences[0], list(actors), list(recipients), list(third))

    return make


@pytest.fixture
def join(tree: Tree) -> Callable[..., list[Draft]]:
    """Joins drafts with proposals; ``known``: matches that got no participants."""

    def made(
        drafts: list[Draft], proposals: list[Proposal], known: Sequence[Match] = (), notes: Notes | None = None
    ) -> list[Draft]:
        matches = [*(d.match for d in drafts), *known]
        return joined(tree, matches, drafts, proposals, tree.annotated.sentences[0], notes)

    return made


def rules(drafts: list[Draft]) -> list[str]:
    """The ids of the frames, in the order of the drafts."""
    return [d.match.frame.id for d in drafts]


# Participants and mode


def test_a_proposal_takes_the_structure_of_the_frame(draft: Any, join: Any) -> None:
    own = draft("CONSULT", TALKS, HELD, actors=[SOMALIA], mode="phone")
    proposed = proposal(HELD, "CONSULT", actors=(KENYA,), recipients=(UGANDA,))
    [found] = join([own], [proposed])
    assert (found.match, found.proposal) == (own.match, proposed)
    assert (found.actors, found.recipients) == ([SOMALIA], [UGANDA])


@pytest.mark.parametrize(("sure", "frames"), [(0.8, True), (0.79, False)])
def test_participants_of_the_frame_stand_where_it_is_sure(draft: Any, join: Any, sure: float, frames: bool) -> None:
    chad, togo = participant("Chad", sure=sure), participant("Togo", "recipient", sure)
    own = draft("REQUEST", URGED, actors=[chad], recipients=[togo])
    [found] = join([own], [proposal(URGED, "REQUEST", actors=(KENYA,), recipients=(SOMALIA,))])
    assert (found.actors, found.recipients) == (([chad], [togo]) if frames else ([KENYA], [SOMALIA]))


def test_one_unsure_participant_makes_its_side_unsure_and_no_other(draft: Any, join: Any) -> None:
    own = draft("REQUEST", URGED, actors=[UGANDA, participant("Chad", sure=0.5)], recipients=[SOMALIA])
    [found] = join([own], [proposal(URGED, "REQUEST", actors=(KENYA,), recipients=(participant("Togo"),))])
    assert (found.actors, found.recipients) == ([KENYA], [SOMALIA])


def test_participants_that_the_heads_miss_are_those_of_the_frame(draft: Any, join: Any) -> None:
    chad, togo = participant("Chad", sure=0.5), participant("Togo", "recipient", 0.5)
    own = draft("REQUEST", URGED, actors=[chad], recipients=[togo])
    [found] = join([own], [proposal(URGED, "REQUEST")])
    assert (found.actors, found.recipients) == ([chad], [togo])


def test_who_acts_is_no_recipient(draft: Any, join: Any) -> None:
    own = draft("REQUEST", URGED, actors=[participant("Uganda", sure=0.5)], recipients=[KENYA, SOMALIA])
    [found] = join([own], [proposal(URGED, "REQUEST", actors=(KENYA,))])
    assert (found.actors, found.recipients) == ([KENYA], [SOMALIA])


@pytest.mark.parametrize(("sure", "who"), [(0.39, "Chad"), (0.4, "Kenya")])
def test_participants_that_the_heads_hardly_see_do_not_stand_against_the_frames(
    draft: Any, join: Any, sure: float, who: str
) -> None:
    own = draft("REQUEST", URGED, actors=[participant("Chad", sure=0.5)])
    [found] = join([own], [proposal(URGED, "REQUEST", actors=(participant("Kenya", sure=sure),))])
    assert [p.actor.name for p in found.actors] == [who]


def of_kenya(name: str, mention: Span | None) -> Participant:
    """Somebody of Kenya."""
    return Participant(actor=Actor(id=name, name=name, kind="person", country="KEN"), role="recipient", mention=mention)


@pytest.mark.parametrize(("mention", "who"), [(None, "Togo"), (Span(0, 5), "army")])
def test_whoever_is_only_implied_is_not_of_the_actors_own_side(
    draft: Any, join: Any, mention: Span | None, who: str
) -> None:
    own = draft(
        "REQUEST", URGED, actors=[of_kenya("president", Span(0, 5))], recipients=[participant("Togo", sure=0.5)]
    )
    [found] = join([own], [proposal(URGED, "REQUEST", recipients=(of_kenya("army", mention),))])
    assert [p.actor.name for p in found.recipients] == [who]


def test_one_act_does_not_befall_the_other_side_and_ones_own(draft: Any, join: Any) -> None:
    own = draft("ASSAULT", URGED, actors=[of_kenya("president", None)], recipients=[of_kenya("army", None), SOMALIA])
    [found] = join([own], [proposal(URGED, "ASSAULT")])
    assert found.recipients == [SOMALIA]
    alone = draft("ASSAULT", URGED, actors=[of_kenya("president", None)], recipients=[of_kenya("army", None)])
    [found] = join([alone], [proposal(URGED, "ASSAULT")])
    assert [p.actor.name for p in found.recipients] == ["army"]


def test_a_third_party_of_the_heads_is_taken_where_the_frame_has_none(draft: Any, join: Any) -> None:
    chad, togo = participant("Chad", "mediator"), participant("Togo", "mediator")
    proposed = proposal(TALKS, "CONSULT", third=(togo,))
    [fresh] = join([draft("CONSULT", TALKS)], [proposed])
    assert fresh.third == [togo]
    [own] = join([draft("CONSULT", TALKS, third=[chad])], [proposed])
    assert own.third == [chad]


def test_the_mode_is_that_of_the_heads_where_the_frame_has_none(draft: Any, join: Any) -> None:
    [found] = join([draft("CONSULT", TALKS, HELD)], [proposal(TALKS, "CONSULT", mode="phone")])
    assert (found.match.frame.id, found.match.frame.mode, found.match.frame.cameo) == ("consult.x", "phone", "041")


@pytest.mark.parametrize("mode", ["phone", None])
def test_a_mode_of_the_frame_stands(draft: Any, join: Any, mode: str | None) -> None:
    own = draft("CONSULT", TALKS, HELD, mode="visit", cameo="042")
    [found] = join([own], [proposal(TALKS, "CONSULT", mode=mode)])
    assert (found.match.frame.mode, found.match.frame.cameo) == ("visit", "042")


# Triggers that no frame knows


def test_a_trigger_that_no_frame_knows_becomes_an_event(join: Any) -> None:
    [found] = join([], [proposal(URGED, "REQUEST", actors=(KENYA,), recipients=(SOMALIA,))])
    assert (found.match.frame.id, found.match.carrier) == ("trained.request", URGED)
    assert (found.actors, found.recipients) == ([KENYA], [SOMALIA])


def test_a_noun_that_no_frame_knows_has_no_carrier(join: Any) -> None:
    [found] = join([], [proposal(TALKS, "CONSULT")])
    assert found.match.carrier is None


def test_a_frame_that_found_no_participants_gives_its_words_and_the_heads_the_rest(draft: Any, join: Any) -> None:
    known = draft("CONSULT", TALKS, HELD, actors=[SOMALIA]).match
    proposed = proposal(HELD, "CONSULT", mode="phone", actors=(KENYA,))
    [found] = join([], [proposed], known=[known])
    assert (found.match.head, found.match.parts, found.match.frame.id) == (TALKS, (TALKS, HELD), "consult.x")
    assert (found.match.frame.mode, found.actors, found.proposal) == ("phone", [KENYA], proposed)


def test_a_frame_of_another_type_or_of_a_change_does_not_give_its_words(draft: Any, join: Any) -> None:
    other, change = draft("AGREE", TALKS).match, draft("CONSULT", TALKS, change="end").match
    [found] = join([], [proposal(TALKS, "CONSULT")], known=[other, change])
    assert (found.match.frame.id, found.match.parts) == ("trained.consult", (TALKS,))


def test_words_of_a_deal_open_it_of_whatever_type_the_heads_take_them_to_be(draft: Any, join: Any) -> None:
    deal = draft("AGREE", TALKS, agreement="ceasefire").match
    [found] = join([], [proposal(TALKS, "RETREAT")], known=[deal])
    assert (found.match.frame.type, found.match.frame.agreement) == ("RETREAT", "ceasefire")
    [other] = join([], [proposal(URGED, "RETREAT")], known=[deal])
    assert other.match.frame.agreement is None


# One event, or two


def test_another_type_at_the_words_of_a_frame_takes_its_place(draft: Any, join: Any) -> None:
    assert rules(join([draft("CONSULT", URGED)], [proposal(URGED, "REQUEST")])) == ["trained.request"]


def test_another_type_at_another_word_leaves_the_frame(draft: Any, join: Any) -> None:
    found = join([draft("CONSULT", TALKS, HELD)], [proposal(URGED, "REQUEST")])
    assert rules(found) == ["trained.request", "consult.x"]


def test_another_word_of_an_event_is_no_second_event(draft: Any, join: Any) -> None:
    own, two = draft("ASSAULT", TALKS, HELD), [proposal(HELD, "ASSAULT"), proposal(TALKS, "ASSAULT")]
    [found] = join([own], two)
    assert (found.match.frame.id, found.proposal) == ("assault.x", two[0])


def test_another_word_of_an_event_that_the_heads_found_is_no_second_event(draft: Any, join: Any) -> None:
    known = draft("ASSAULT", TALKS, HELD).match
    found = join([], [proposal(HELD, "ASSAULT"), proposal(TALKS, "ASSAULT")], known=[known])
    assert rules(found) == ["assault.x"]


def test_the_same_type_at_a_word_of_its_own_is_a_second_event(join: Any) -> None:
    found = join([], [proposal(URGED, "ASSAULT", actors=(KENYA,)), proposal(HELD, "ASSAULT", actors=(KENYA,))])
    assert [d.match.head for d in found] == [URGED, HELD]


def test_the_same_talks_told_again_are_no_second_event(join: Any) -> None:
    first = proposal(URGED, "CONSULT", actors=(KENYA,), recipients=(SOMALIA,))
    [found] = join([], [first, proposal(TALKS, "CONSULT", actors=(SOMALIA,))])
    assert (found.match.head, found.proposal) == (URGED, first)


def test_the_same_country_has_the_same_talks(join: Any) -> None:
    president = Participant(actor=Actor(id="p", name="P", kind="person", country="KEN"), role="actor")
    kenya = Participant(actor=Actor(id="k", name="Kenya", kind="state", country="KEN"), role="actor")
    found = join([], [proposal(URGED, "CONSULT", actors=(kenya,)), proposal(TALKS, "CONSULT", actors=(president,))])
    assert [d.match.head for d in found] == [URGED]


def test_talks_with_somebody_else_are_other_talks(join: Any) -> None:
    first = proposal(URGED, "CONSULT", actors=(KENYA,), recipients=(SOMALIA,))
    found = join([], [first, proposal(TALKS, "CONSULT", actors=(KENYA,), recipients=(UGANDA,))])
    assert [d.match.head for d in found] == [URGED, TALKS]


def test_a_coordinated_trigger_is_not_the_frames_own(draft: Any, join: Any) -> None:
    [own, fresh] = join([draft("REQUEST", URGED)], [proposal(HELD, "REQUEST")])
    assert (own.match.frame.id, own.proposal) == ("request.x", None)
    assert (fresh.match.frame.id, fresh.match.head) == ("trained.request", HELD)


def test_what_became_of_a_deal_is_told_by_the_frame_alone(draft: Any, join: Any) -> None:
    own, notes = draft("AGREE", TALKS, HELD, change="extended"), Notes()
    assert join([own], [proposal(TALKS, "CONSULT"), proposal(HELD, "ASSAULT")], notes=notes) == [own]
    assert (own.proposal, notes.frames) == (None, [])


def test_what_only_the_frames_found_stays_as_it_is(draft: Any, join: Any) -> None:
    own = draft("CONSULT", TALKS, HELD, actors=[KENYA])
    assert join([own], []) == [own]
    assert own.proposal is None


def test_what_plover_does_not_code_is_kept_even_at_the_words_of_a_proposal(draft: Any, join: Any) -> None:
    own = draft("Conflict", TALKS)
    assert join([own], []) == [own]
    assert rules(join([own], [proposal(TALKS, "CONSULT")])) == ["conflict.x", "trained.consult"]


def test_what_an_act_is_about_is_kept(draft: Any, join: Any) -> None:
    found = join([draft("RETREAT", WITHDRAW)], [proposal(URGED, "REQUEST")])
    assert rules(found) == ["trained.request", "retreat.x"]


def test_what_an_act_is_about_may_be_of_the_heads(draft: Any, join: Any) -> None:
    found = join([draft("RETREAT", WITHDRAW)], [proposal(URGED, "REQUEST"), proposal(WITHDRAW, "ASSAULT")])
    assert rules(found) == ["trained.request", "trained.assault"]


def test_planned_talks_are_kept_as_talks_under_the_act_of_planning(draft: Any, join: Any) -> None:
    [found] = join([draft("CONSULT", TALKS, HELD)], [proposal(TALKS, "AGREE", "future", actors=(KENYA,))])
    assert (found.match.frame.type, found.actors) == ("CONSULT", [KENYA])


def test_the_mode_of_planning_is_not_that_of_the_talks(draft: Any, join: Any) -> None:
    [found] = join([draft("CONSULT", TALKS, HELD)], [proposal(TALKS, "AGREE", "future", mode="meet")])
    assert found.match.frame.mode is None


def test_talks_that_took_place_are_no_plan_but_stay_beside_the_agreement(draft: Any, join: Any) -> None:
    own = draft("CONSULT", TALKS, HELD)
    found = join([own], [proposal(TALKS, "AGREE")])
    assert rules(found) == ["consult.x", "trained.agree"]
    assert own.proposal is None


def test_drafts_come_in_the_order_of_the_text(draft: Any, join: Any) -> None:
    found = join([draft("CONSULT", TALKS), draft("REQUEST", URGED)], [proposal(WITHDRAW, "RETREAT")])
    assert [d.match.head for d in found] == [URGED, WITHDRAW, TALKS]


def test_only_what_the_heads_overrule_is_noted_as_dropped(draft: Any, join: Any) -> None:
    notes = Notes()
    drafts = [draft("CONSULT", TALKS, HELD), draft("ACCUSE", URGED), draft("RETREAT", WITHDRAW)]
    left = join(drafts, [proposal(URGED, "REQUEST"), proposal(HELD, "CONSULT")], notes=notes)
    assert rules(left) == ["trained.request", "retreat.x", "consult.x"]
    [dropped] = notes.frames
    assert (dropped.token, dropped.kind, dropped.frame) == (URGED, "ACCUSE", "accuse.x")
    assert dropped.why == "the heads see REQUEST here"


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
