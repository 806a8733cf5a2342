"""What is kept of an answer: only what the article's text and the ontology bear out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.code.llm.answer import MOST_EVENTS, Answer
from kg.code.llm.records import Reading
from kg.graph import Run, article_quads
from kg.link import link, link_article
from kg.model import Agreement, Coded, Event, Status

CALL = (
    "On Friday Russian President Vladimir Putin phoned\nhis Turkish counterpart Recep Tayyip Erdogan, the Kremlin said. "
    "He thanked Qatar for the talks about the talks. "
    "The Blue Front of <b>Anna\x1b[2J Berg</b> attacked villagers in Darfur."
)


@dataclass
class Kept:
    """The events and agreements that an answer gave, and what was dropped."""

    events: list[Event]
    agreements: tuple[Agreement, ...]
    dropped: Counter[str]

    @property
    def one(self) -> Event:
        [found] = self.events
        return found


Check = Callable[..., Kept]


@pytest.fixture(scope="session")
def check(read: Any) -> Check:
    """Check an answer against a text, all of whose sentences were shown to the model."""

    def checked(*events: Any, text: str = CALL, shown: set[int] | None = None) -> Kept:
        annotated, links = read(text)
        dropped: Counter[str] = Counter()

        def drop(reason: str) -> None:
            dropped[reason] += 1

        reading = Reading(annotated, links, drop)
        numbers = {s.number for s in annotated.sentences} if shown is None else shown
        found = reading.events(Answer(list(events)).said(drop), numbers)
        return Kept([c.event for c in found], reading.agreements(found), dropped)

    return checked


def test_an_event_is_made_as_the_frame_coder_would_make_it(check: Check, say: Any, who: Any) -> None:
    kept = check(
        say(
            "phoned", "CONSULT", "phone",
            actors=[who("Vladimir Putin"), who("Recep Tayyip Erdogan")],
            attributed_to=[who("the Kremlin")], time="On Friday", contexts=["diplomatic"],
        )
    )  # fmt: skip
    event, mention = kept.one, kept.one.mentions[0]
    assert kept.dropped == Counter()
    assert (event.type, event.mode, event.cameo, event.status) == ("CONSULT", "phone", "041", Status.OCCURRED)
    assert [p.actor.id for p in event.actors] == ["putin", "erdogan"]
    assert (event.contexts, event.label) == (("diplomatic",), "Vladimir Putin, Recep Tayyip Erdogan · phoned")
    assert event.when is not None
    assert event.when.edtf == "2024-05-10"
    assert (mention.sentence, mention.trigger, mention.rule) == (1, "phoned", "llm.consult.phone")
    assert mention.quote == mention.span.of(CALL)
    assert mention.trigger_span.of(CALL) == "phoned"
    assert [p.actor.name for p in mention.attributed_to] == ["Kremlin"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"trigger": "bombed"}, "events whose trigger is not in its sentence"),
        ({"trigger": "honed"}, "events whose trigger is not in its sentence"),
        ({"trigger": "phone"}, "events whose trigger is not in its sentence"),
        ({"trigger": "thanked"}, "events whose trigger is not in its sentence"),
        ({"trigger": ""}, "events whose trigger is not in its sentence"),
        ({"trigger": " \n"}, "events whose trigger is not in its sentence"),
        ({"trigger": ".*"}, "events whose trigger is not in its sentence"),
        ({"sentence": 0}, "events of sentences that are not there"),
        ({"sentence": -1}, "events of sentences that are not there"),
        ({"sentence": 99}, "events of sentences that are not there"),
        ({"type": "ATTACK"}, "events of types that are not in the ontology"),
        ({"type": "consult"}, "events of types that are not in the ontology"),
        ({"type": ""}, "events of types that are not in the ontology"),
        ({"factuality": "Occurred"}, "events of a factuality that is not in the ontology"),
        ({"actors": []}, "events without anybody in them"),
        ({"sentence": "one"}, "events not by the schema"),
        ({"sentence": 1.5}, "events not by the schema"),
        ({"sentence": None}, "events not by the schema"),
        ({"trigger": 5}, "events not by the schema"),
        ({"trigger": "x" * 5000}, "events not by the schema"),
        ({"positive": "perhaps"}, "events not by the schema"),
        ({"actors": "Putin"}, "events not by the schema"),
        ({"actors": [{"name": "Putin"}]}, "events not by the schema"),
        ({"actors": [{"mention": "Putin"}] * 99}, "events not by the schema"),
    ],
)
def test_an_event_that_does_not_stand_up_is_dropped_with_its_reason(
    check: Check, say: Any, who: Any, change: dict[str, Any], reason: str
) -> None:
    kept = check({**say("phoned", "CONSULT", "phone", actors=[who("Putin")]), **change})
    assert kept.events == []
    assert kept.dropped == Counter({reason: 1})


@pytest.mark.parametrize("item", [None, 1, "text", [], {}, {"events": []}])
def test_what_is_no_event_is_dropped(check: Check, item: Any) -> None:
    assert check(item).dropped == Counter({"events not by the schema": 1})


def test_fields_that_a_loose_endpoint_leaves_out_or_adds_do_no_harm(check: Check) -> None:
    told = {"sentence": "1", "trigger": "phoned", "type": "CONSULT", "factuality": "Asserted", "positive": True,
            "actors": [{"mention": "Putin", "age": 71}], "recipients": None, "score": 9}  # fmt: skip
    assert check(told).one.mode is None


def test_a_sentence_that_was_not_shown_gives_nothing(check: Check, say: Any, who: Any) -> None:
    kept = check(say("phoned", "CONSULT", actors=[who("Putin")]), shown={2, 3})
    assert kept.dropped == Counter({"events of sentences that are not there": 1})


def test_a_mode_of_another_type_is_dropped_and_the_event_kept(check: Check, say: Any, who: Any) -> None:
    kept = check(say("phoned", "CONSULT", "drone", actors=[who("Putin")]))
    assert (kept.one.mode, kept.dropped) == (None, Counter({"modes that their type does not have": 1}))


def test_participants_that_the_text_does_not_name_are_dropped(check: Check, say: Any, who: Any) -> None:
    kept = check(say("phoned", "CONSULT", actors=[who("Putin"), who("Joe Biden", country="USA"), who("")]))
    assert [p.actor.id for p in kept.one.actors] == ["putin"]
    assert kept.dropped == Counter({"participants whose words are not in the text": 2})


def test_codes_out_of_the_ontology_are_dropped_one_by_one(check: Check, say: Any, who: Any) -> None:
    third = [who("Qatar", role="spy"), who("Qatar", role="host")]
    kept = check(
        say("phoned", "CONSULT", actors=[who("Putin")], contexts=["diplomatic", "sports", "<b>"], third_parties=third)
    )
    assert kept.one.contexts == ("diplomatic",)
    assert [(p.actor.id, p.role) for p in kept.one.third_parties] == [("qatar", "host")]
    assert kept.dropped == Counter(
        {"contexts that are not in the ontology": 2, "third parties in roles that are not in the ontology": 1}
    )


def test_an_unlisted_actor_gets_what_the_model_knows_and_a_name_from_the_text(check: Check, say: Any, who: Any) -> None:
    text = "Weavers attacked Kenya. The Northern  Weavers fled."
    invented = "Great <script>alert(1)</script> Weavers\x1b[2J"
    codes = {"kind": "group", "country": "SOM", "sector": "REB"}
    told = [say("attacked", "ASSAULT", mode, actors=[who("Weavers", name, **more)], recipients=[who("Kenya")])
            for mode, name, more in (("firearms", invented, codes), ("drone", "the Northern Weavers", {"kind": "state"}))]  # fmt: skip
    one, other = (e.actors[0].actor for kept in (check(t, text=text) for t in told) for e in kept.events)
    assert (one.name, one.kind, one.country, one.sector) == ("Weavers", "group", "SOM", "REB")
    assert (other.name, other.kind, other.country) == ("Northern Weavers", "organization", None)


def test_an_unlisted_actor_gets_no_codes_that_do_not_exist(check: Check, say: Any, who: Any) -> None:
    weavers = who("Weavers", country="ATL", sector="ZZZ", kind="robot")
    kept = check(say("attacked", "ASSAULT", actors=[weavers]), text="Weavers attacked Kenya.")
    [actor] = [p.actor for p in kept.one.actors]
    assert (actor.kind, actor.country, actor.sector) == ("organization", None, None)
    assert kept.dropped == Counter(
        {"codes of countries that do not exist": 1, "sectors that are not in the ontology": 1}
    )


def test_a_name_overrules_the_guess_of_whom_a_pronoun_means(check: Check, say: Any, who: Any) -> None:
    kept = check(
        say("thanked", "SUPPORT", sentence=2, actors=[who("He", "Recep Tayyip Erdogan")], recipients=[who("Qatar")])
    )
    assert [p.actor.id for p in kept.one.actors] == ["erdogan"]
    mention = kept.one.actors[0].mention
    assert mention is not None
    assert mention.of(CALL) == "He"


def test_a_name_does_not_overrule_another_name(check: Check, say: Any, who: Any) -> None:
    kept = check(say("phoned", "CONSULT", actors=[who("Vladimir Putin", "Recep Tayyip Erdogan")]))
    assert [p.actor.id for p in kept.one.actors] == ["putin"]


def test_a_pronoun_for_nobody_known_is_dropped(check: Check, say: Any, who: Any) -> None:
    kept = check(say("rained", "ASSAULT", actors=[who("It", "Joe Biden")]), text="It rained on them.")
    assert kept.dropped["participants that are pronouns for nobody known"] == 1


def test_nobody_stands_on_two_sides(check: Check, say: Any, who: Any) -> None:
    kept = check(say("phoned", "CONSULT", actors=[who("Putin"), who("Vladimir Putin")], recipients=[who("Putin")]))
    assert ([p.actor.id for p in kept.one.actors], kept.one.recipients) == (["putin"], ())


def test_line_breaks_in_the_text_are_blanks_to_the_model(check: Check, say: Any, who: Any) -> None:
    kept = check(say("phoned  his", "CONSULT", actors=[who("Putin")]))
    assert kept.one.mentions[0].trigger == "phoned\nhis"


def test_the_same_trigger_twice_is_the_next_place_and_then_a_repetition(check: Check, say: Any, who: Any) -> None:
    talks = say("talks", "CONSULT", sentence=2, actors=[who("Qatar")])
    kept = check(talks, talks, talks)
    assert len({e.key for e in kept.events}) == len(kept.events) == 2
    assert kept.dropped == Counter({"events told twice": 1})


def test_one_trigger_may_tell_events_with_other_people(check: Check, say: Any, who: Any) -> None:
    calls = [
        say("phoned", "CONSULT", actors=[who("Putin"), who(other)]) for other in ("Erdogan", "the Kremlin", "Erdogan")
    ]
    kept = check(*calls)
    assert len({e.key for e in kept.events}) == len(kept.events) == 2
    assert kept.dropped == Counter({"events told twice": 1})


@pytest.mark.parametrize(("country", "id_"), [(None, "kenya"), ("KEN", "kenya"), ("XXX", "kenya"), ("UGA", "x-")])
def test_a_noun_is_not_taken_up_for_somebody_of_another_country(
    check: Check, say: Any, who: Any, country: str | None, id_: str
) -> None:
    text = "Kenya held an election in May. The country bombed Togo."
    told = say("bombed", "ASSAULT", sentence=2, actors=[who("The country", country=country)])
    [actor] = [p.actor for p in check(told, text=text).one.actors]
    assert actor.id.startswith(id_)
    assert actor.country == (country if id_ == "x-" else "KEN")


@pytest.mark.parametrize(
    ("factuality", "positive", "ongoing", "status"),
    [("Asserted", True, True, Status.ONGOING), ("Asserted", False, False, Status.NOT_OCCURRED),
     ("Promised", True, False, Status.EXPECTED), ("Requested", True, False, Status.HYPOTHETICAL)],
)  # fmt: skip
def test_the_status_follows_from_how_the_text_presents_it(
    check: Check, say: Any, who: Any, factuality: str, positive: bool, ongoing: bool, status: Status
) -> None:
    told = say("phoned", "CONSULT", actors=[who("Putin")], factuality=factuality, positive=positive, ongoing=ongoing)
    assert check(told).one.status is status


def test_times_and_places_must_be_in_the_text(check: Check, say: Any, who: Any) -> None:
    told = say("phoned", "CONSULT", actors=[who("Putin")], time="on 1 January 1999", place="Paris")
    kept = check(told)
    assert kept.dropped == Counter({"times that are not in the text": 1, "places that are not in the text": 1})
    assert kept.one.when is not None
    assert "1999" not in kept.one.when.edtf
    assert kept.one.place is None


def test_what_has_happened_is_not_dated_after_the_article(check: Check, say: Any, who: Any) -> None:
    text = "Kenya attacked Somalia ahead of a summit on 3 June 2030."
    kept = check(say("attacked", "ASSAULT", actors=[who("Kenya")], time="on 3 June 2030"), text=text)
    assert kept.one.when is not None
    assert kept.one.when.edtf == "../2024-05-15"


def test_events_are_tied_to_those_that_they_are_about(check: Check, say: Any, who: Any) -> None:
    kept = check(
        say("thanked", "SUPPORT", sentence=2, actors=[who("He")], recipients=[who("Qatar")], about=[1, 2, 3, 9, -1]),
        say("bombed", "ASSAULT", actors=[who("Putin")]),
        say("talks", "CONSULT", sentence=2, actors=[who("Qatar")]),
    )
    assert kept.events[0].content == (kept.events[1].key,)
    assert kept.dropped["ties to events that are not there"] == 4


def test_a_deal_has_parties_mediators_terms_and_an_end(check: Check, say: Any, who: Any) -> None:
    text = "Israel and Hamas agreed on a truce brokered by Qatar. The truce expired on Friday."
    kept = check(
        say("agreed", "AGREE", actors=[who("Israel"), who("Hamas", country="USA")],
            third_parties=[who("Qatar", role="mediator")], agreement="ceasefire", about=[2]),
        say("truce", "RETREAT", "ceasefire", actors=[who("Israel"), who("Hamas")], factuality="Agreed"),
        say("expired", "Expiry", sentence=2, actors=[who("Israel"), who("Hamas")], change="Expired", time="on Friday"),
        text=text,
    )  # fmt: skip
    [deal] = kept.agreements
    assert (deal.kind, deal.status, deal.valid_through) == ("ceasefire", "Expired", "2024-05-10")
    assert [p.actor.id for p in deal.parties] == ["israel", "hamas"]
    assert [p.actor.id for p in deal.mediators] == ["qatar"]
    assert deal.provides == (kept.events[1].key,)


@pytest.mark.parametrize("wrong", [{"agreement": "marriage"}, {"change": "Expired"}, {"factuality": "Proposed"}])
def test_what_is_no_deal_makes_none(check: Check, say: Any, who: Any, wrong: dict[str, str]) -> None:
    deal = {"agreement": "deal", **wrong} if "change" not in wrong else wrong
    assert check(say("phoned", "AGREE", actors=[who("Putin"), who("Erdogan")], **deal)).agreements == ()


def test_an_endless_answer_is_cut(check: Check) -> None:
    kept = check(*[None] * (MOST_EVENTS + 5))
    assert kept.dropped[f"events beyond the first {MOST_EVENTS} of an answer"] == 5


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
    | st.sampled_from(["Putin", "phoned", "He", "Qatar", "<b>", "\x1b[2J", "CONSULT", "phone", "Asserted", "talks"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)  # fmt: skip
FIELDS = ("sentence", "trigger", "type", "mode", "actors", "recipients", "third_parties", "factuality", "positive",
          "ongoing", "attributed_to", "time", "place", "contexts", "about", "agreement", "change")  # fmt: skip


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=4), st.randoms(use_true_random=False))
def test_whatever_a_model_answers_the_records_hold(
    check: Check, read: Any, say: Any, who: Any, junk: dict[str, Any], chance: random.Random
) -> None:
    actors = [
        who(chance.choice(["Putin", "He", "villagers", "Anna\x1b[2J Berg", "<b>", "Blue Front"])) for _ in range(2)
    ]
    good = say("phoned", "CONSULT", "phone", actors=actors)
    told = [{**good, **junk}, say("attacked", "ASSAULT", sentence=3, actors=actors, recipients=[who("villagers")])]
    kept = check(*told)
    annotated, links = read(CALL)
    text = annotated.article.text
    for event in kept.events:
        for m in event.mentions:
            assert m.span.of(text) == m.quote
            assert m.trigger_span.of(text) == m.trigger
        for p in (*event.actors, *event.recipients, *event.third_parties):
            assert p.mention is not None
            assert p.mention.of(text)
    coded = Coded(article=annotated.article, sentences=annotated.sentences, links=links,
                  events=link_article(kept.events), agreements=kept.agreements, versions=(("kg", "0"),))  # fmt: skip
    assert list(article_quads(coded, link([coded]), Run.of(annotated.article.key, coded.versions)))
