"""What the page is told to show, made from a small store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.draw.choose import Choice
from kg.draw.compose import foremost
from kg.draw.draw import picture
from kg.draw.picture import ActorNode, Hub, Party, Picture, PictureEvent
from kg.errors import UsageError
from kg.store import Store
from kg.vocab.names import local_name


def event(shown: Picture, name: str) -> PictureEvent:
    return next(e for e in shown.events if local_name(e.id) == name)


def names(shown: Picture) -> set[str]:
    return {local_name(e.id) for e in shown.events}


def test_every_event_of_the_store_is_shown_with_type_time_and_parties(store: Store) -> None:
    shown = picture(store)
    call = event(shown, "call")
    assert names(shown) == {"call", "visit", "strike", "talks", "pact", "plea", "speech", "nothing"}
    assert call.kind_words == "consult (meets or talks), phone"
    assert (call.when_words, call.begin, call.end) == ("1 March 2024", date(2024, 3, 1), None)
    assert [(p.role, local_name(p.actor)) for p in call.parties] == [("actor", "ada"), ("recipient", "bland")]
    assert call.codes == ("PLOVER CONSULT-phone", "CAMEO 041")


def test_an_invitation_is_told_as_not_yet_happened_and_never_drawn_as_done(store: Store) -> None:
    shown = picture(store)
    visit = event(shown, "visit")
    assert visit.status_words == "invited, not yet visited"
    assert not visit.done
    lines = [e for e in shown.edges if visit.id in e.events]
    assert [line.done for line in lines] == [False]
    assert lines[0].events == (visit.id,)


def test_an_event_that_some_deny_is_told_as_happened_and_denied(store: Store) -> None:
    assert event(picture(store), "strike").status_words == "happened, denied by some"


def test_a_denied_event_is_not_done(store: Store) -> None:
    nothing = event(picture(store), "nothing")
    assert (nothing.done, nothing.status_words) == (False, "did not happen")


def test_a_day_that_does_not_exist_gives_no_date(store: Store) -> None:
    assert event(picture(store), "nothing").begin is None


def test_a_mediated_event_is_one_hub_and_no_line_between_pairs(store: Store) -> None:
    shown = picture(store)
    talks = event(shown, "talks")
    assert not [e for e in shown.edges if talks.id in e.events]
    [hub] = [h for h in shown.hubs if talks.id in h.events]
    assert [(p.role, local_name(p.actor)) for p in hub.parties] == [
        ("actor", "aland"),
        ("actor", "bland"),
        ("mediator", "cland"),
    ]


def test_lines_join_events_by_pair_and_stance(fill: Callable[[str], Store]) -> None:
    store = fill(
        "".join(
            f"ev:e{i} a sem:Event ; sem:eventType plover:{kind} ; dk:eventStatus dk:{status} ; dk:actor ent:{a} ; dk:recipient ent:{b} .\n"
            for i, (kind, status, a, b) in enumerate(
                [
                    ("AID", "Occurred", "x", "y"),
                    ("AID", "Ongoing", "y", "x"),
                    ("AID", "Expected", "x", "y"),
                    ("ASSAULT", "Occurred", "x", "y"),
                ]
            )
        )
    )
    found = {(e.stance, e.done): len(e.events) for e in picture(store).edges}
    assert found == {("cooperation", True): 2, ("cooperation", False): 1, ("conflict", True): 1}


def test_figures_name_their_source_and_how_exact_they_are(store: Store) -> None:
    assert event(picture(store), "strike").figures == ("at least 30 killed, according to Bland",)


def test_a_speech_act_names_what_it_is_about(store: Store) -> None:
    assert event(picture(store), "plea").about == ("Free Front shells Bland",)


def test_evidence_marks_the_trigger_by_code_points(store: Store) -> None:
    [report] = [e for e in picture(store).evidence if local_name(e.event) == "call"]
    assert report.parts == (
        ("text", "\U0001f54a "),
        ("quote", "Ada Ruler "),
        ("trigger", "phoned"),
        ("quote", " Bland"),
        ("text", " on Friday, the League said."),
    )
    assert report.says == "League of Very Long Names and Even Longer Sittings, through Morning Press"
    assert (report.title, report.source) == ("Leaders talk", "Morning Press, 2 March 2024")
    assert (report.link, report.reference, report.reference_link) == (
        "https://news.example/one",
        "Gazette 7",
        None,
    )


def test_a_quote_without_its_sentence_still_has_its_trigger_marked(fill: Callable[[str], Store]) -> None:
    store = fill(
        "ev:e a sem:Event ; gaf:denotedBy mn:e . "
        'mn:e a dk:EventMention ; nif:beginIndex 40 ; nif:anchorOf "they met there" ; dk:triggerBegin 45 ; dk:triggerEnd 48 .'
    )
    [report] = picture(store).evidence
    assert report.parts == (("quote", "they "), ("trigger", "met"), ("quote", " there"))
    assert (report.says, report.source) == ("not named", "source not named")


def test_both_reports_of_a_disputed_event_are_kept(store: Store) -> None:
    told = {(e.says, e.factuality) for e in picture(store).evidence if local_name(e.event) == "strike"}
    assert told == {("Bland", "stated as fact"), ("Free Front", "denied")}


def test_an_english_name_is_preferred(store: Store) -> None:
    assert "Aland" in {n.label for n in picture(store).nodes}


def test_top_actors_are_those_with_most_events(store: Store) -> None:
    shown = picture(store, top=1)
    assert [(n.label, n.events) for n in shown.nodes if n.top] == [("Bland", 5)]
    assert len(shown.nodes) == 6


def test_the_foremost_hubs_are_those_with_most_events_then_with_the_foremost_parties() -> None:
    nodes = tuple(ActorNode(id=n, label=n, kind="state", top=n != "z") for n in "abcz")

    def hub(label: str, parties: str, *events: str) -> Hub:
        joined = tuple(Party("actor", p) for p in parties)
        return Hub(label=label, stance="neutral", done=True, parties=joined, events=events)

    hubs = (
        hub("later", "bcz", "1"),
        hub("many", "bc", "2", "3"),
        hub("first", "abc", "4"),
        hub("unseen", "az", *"56789"),
    )
    marked = foremost(hubs, nodes, limit=2)
    assert {h.label for h in marked if h.top} == {"many", "first"}
    assert [h.label for h in marked] == ["later", "many", "first", "unseen"]


def test_ranges_count_what_the_filters_offer(store: Store) -> None:
    ranges = picture(store).ranges
    assert (ranges.first, ranges.last, ranges.undated) == (date(2023, 11, 1), date(2024, 3, 2), 3)
    assert dict(ranges.stances) == {"cooperation": 4, "conflict": 2, "neutral": 2}
    assert dict(ranges.statuses) == {"Occurred": 5, "Expected": 2, "NotOccurred": 1}


def test_an_empty_store_gives_an_empty_picture(fill: Callable[[str], Store]) -> None:
    shown = picture(fill(""))
    assert (shown.nodes, shown.edges, shown.hubs, shown.events) == ((), (), (), ())


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        (Choice(actor="Ada Ruler"), {"call", "visit"}),
        (Choice(actor="FREE FRONT"), {"strike", "plea"}),
        (Choice(actor="https://w3id.org/dekg/id/entity/ada"), {"call", "visit"}),
        (Choice(type="ASSAULT"), {"strike", "nothing"}),
        (Choice(status=["Expected"]), {"visit", "pact"}),
        (Choice(since=date(2023, 11, 15), until=date(2024, 1, 10)), {"strike", "talks"}),
        (Choice(until=date(2023, 11, 1)), {"strike"}),
        (Choice(type="SANCTION"), set()),
        (Choice(status=[]), set()),
    ],
)
def test_a_choice_keeps_the_events_that_pass(store: Store, choice: Choice, wanted: set[str]) -> None:
    assert names(picture(store, choice)) == wanted


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(actor="Ada Rulr"), "no event has the actor 'Ada Rulr'; did you mean 'ada'?"),
        (Choice(actor="\u2603"), "no event has the actor '\u2603'; give its IRI, id or name"),
        (Choice(type="CONSLT"), "unknown event type 'CONSLT'; did you mean 'CONSULT'?"),
        (Choice(status=["Ocurred"]), "unknown status 'Ocurred'; did you mean 'Occurred'?"),
        (
            Choice(since=date(2024, 2, 1), until=date(2024, 1, 1)),
            "since 2024-02-01 is after until 2024-01-01",
        ),
    ],
)
def test_a_choice_of_what_does_not_exist_is_refused(store: Store, choice: Choice, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        picture(store, choice)
    assert str(refused.value).startswith(words)


def test_the_title_names_the_chosen_actor(store: Store) -> None:
    assert picture(store, Choice(actor="ada")).title == "Events with Ada Ruler"
