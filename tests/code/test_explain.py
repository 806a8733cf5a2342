"""What is told of an article: what was seen, coded and not taken, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from kg.annotate import annotate
from kg.code.draft import Draft
from kg.code.explain import explained
from kg.code.explained import Explained, ExplainedSentence, SeenMention, SeenTime, Words
from kg.code.join import joined, settled
from kg.code.learned.decide import Bars, Proposal, peaks
from kg.code.learned.labels import TYPES
from kg.code.match import Match
from kg.code.notes import Dropped, Missed, Notes, Passed
from kg.code.presented import Presented
from kg.code.reading import Reading
from kg.lexicon.frames import Frame, load_frames
from kg.model import (
    Actor,
    Annotated,
    Article,
    Event,
    EventMention,
    Factuality,
    Link,
    Participant,
    Sentence,
    Span,
    Status,
    TimeExpression,
    Token,
    Tree,
    When,
)
from kg.pipeline import explain
from kg.resolve import resolve

TEXT = "Chad will meet Mali on Friday. Nobody spoke."
CHAD, MALI, FRIDAY = Span(0, 4), Span(15, 19), Span(20, 29)
STATUSES = {"future": 0.8, "occurred": 0.195, "negated": 0.005}


def tokens() -> tuple[Token, ...]:
    words = [("Chad", 0, 2), ("will", 5, 2), ("meet", 10, 2), ("Mali", 15, 2), ("on", 20, 2), ("Friday", 23, 4)]
    words += [(".", 29, 2), ("Nobody", 31, 8), ("spoke", 38, 8), (".", 43, 8)]
    return tuple(
        Token(i, Span(start, start + len(w)), w, w.lower(), "X", "X", "dep", head)
        for i, (w, start, head) in enumerate(words)
    )


def actor(name: str) -> Actor:
    return Actor(id=name.lower(), name=name, kind="state", country=name[:3].upper())


def who(name: str, span: Span | None, score: float, role: str = "actor") -> Participant:
    return Participant(actor=actor(name), role=role, mention=span, confidence=score)


@pytest.fixture
def annotated() -> Annotated:
    sentences = (Sentence(1, Span(0, 30), 0, 7), Sentence(2, Span(31, 44), 7, 10))
    friday = TimeExpression(FRIDAY, When(edtf="2024-05-17", begin=date(2024, 5, 17), end=date(2024, 5, 17)))
    return Annotated(
        Article(id="told", text=TEXT, published=date(2024, 5, 15), title="A meeting"),
        tokens=tokens(),
        sentences=sentences,
        times=(friday,),
        warnings=("short",),
    )


@pytest.fixture
def told(annotated: Annotated) -> Explained:
    """The meeting of Chad and Mali, with one candidate of each kind that was not taken."""
    chad, mali = who("Chad", CHAD, 0.9), who("Mali", None, 0.6, "recipient")
    mention = EventMention(
        article=annotated.article.key,
        span=Span(0, 30),
        quote=TEXT[:30],
        sentence=1,
        trigger="meet",
        trigger_span=Span(10, 14),
        factuality=Factuality.SCHEDULED,
        attributed_to=(who("Togo", None, 1.0),),
        rule="consult.meet",
        confidence=0.7,
    )
    event = Event(
        key="00000000000000e1",
        type="CONSULT",
        mode="visit",
        label="Chad · meet · Mali",
        status=Status.EXPECTED,
        actors=(chad,),
        recipients=(mali,),
        when=When(edtf="2024-05-17", expression="on Friday"),
        mentions=(mention,),
    )
    proposal = Proposal(2, "CONSULT", 0.8, "visit", STATUSES, actors=(chad,))
    draft = Draft(
        Match(Frame(id="consult.meet", type="CONSULT"), 2, (2,), 2), annotated.sentences[0], [chad], [mali], []
    )
    draft.proposal, draft.how = proposal, Presented(Factuality.SCHEDULED, True, 1, "modal 'will'")
    notes = Notes(
        politics=0.9,
        triggers=[Passed(8, "ACCUSE", 0.2, "below 0.4"), Passed(8, "CONSULT", 0.3, "below 0.4")],
        participants=[Missed(2, "CONSULT", "recipient", "Friday", Span(23, 29), 0.3, "below 0.45")],
        frames=[Dropped(8, "CONSULT", "consult.speak", Span(38, 43), "needs an actor")],
        modes={(2, "CONSULT"): {"visit": 0.75, None: 0.25}},
        dates={(2, "CONSULT"): [(0, 0.6), (None, 0.4)]},
    )
    reading: Any = SimpleNamespace(events=[event], made=[(draft, event)])
    links = (Link(span=CHAD, head=0, actors=(actor("Chad"),), rule="name", confidence=0.95),)
    return explained(annotated, links, reading, notes, same={event.key: "00000000000000e0"})


def test_an_article_tells_what_it_is_and_what_was_warned_of(told: Explained) -> None:
    assert (told.id, told.title, told.published, told.warnings) == ("told", "A meeting", "2024-05-15", ("short",))
    assert (told.politics, told.about_politics) == (0.9, True)


def test_a_sentence_tells_who_was_seen_and_which_times(told: Explained) -> None:
    first, second = told.sentences
    assert first.mentions == (
        SeenMention(words=Words(text="Chad", start=0, end=4), whom=("Chad",), rule="name", certainty=0.95),
    )
    assert first.times == (SeenTime(words=Words(text="on Friday", start=20, end=29), edtf="2024-05-17"),)
    assert (second.mentions, second.times, second.events) == ((), (), ())


def test_an_event_tells_what_coded_it_with_which_scores(told: Explained) -> None:
    (event,) = told.sentences[0].events
    assert (event.by, event.rule, event.score, event.confidence) == ("heads and frame", "consult.meet", 0.8, 0.7)
    assert [(w.value, w.probability) for w in event.statuses] == [("future", 0.8), ("occurred", 0.195)]
    assert [(w.value, w.probability) for w in event.modes] == [("visit", 0.75), (None, 0.25)]
    assert [(w.value, w.probability) for w in event.dates] == [("on Friday", 0.6), (None, 0.4)]
    assert (event.when, event.when_words, event.same_as) == ("2024-05-17", "on Friday", "00000000000000e0")


def test_an_event_tells_how_it_is_presented_and_who_says_so(told: Explained) -> None:
    (event,) = told.sentences[0].events
    assert (event.factuality, event.positive, event.reason) == ("Scheduled", True, "modal 'will'")
    assert event.reason_words == Words(text="will", start=5, end=9)
    assert event.says == ("Togo",)


def test_a_participant_tells_its_words_its_score_and_who_chose_it(told: Explained) -> None:
    chad, mali = told.sentences[0].events[0].participants
    assert (chad.role, chad.words, chad.score, chad.by) == ("actor", Words(text="Chad", start=0, end=4), 0.9, "heads")
    assert (mali.role, mali.words, mali.score, mali.by) == ("recipient", None, 0.6, "frame")


def test_a_participant_that_the_frame_gave_is_not_told_as_missed(annotated: Annotated) -> None:
    chad = who("Chad", CHAD, 0.9)
    mention = EventMention(
        article="0", span=Span(0, 30), quote="", sentence=1, trigger="meet", trigger_span=Span(10, 14)
    )
    event = Event(key="e", type="CONSULT", label="", status=Status.EXPECTED, actors=(chad,), mentions=(mention,))
    draft = Draft(Match(Frame(id="consult.meet", type="CONSULT"), 2, (2,), 2), annotated.sentences[0], [chad], [], [])
    draft.proposal = Proposal(2, "AGREE", 0.8, None, STATUSES)
    missed = [
        Missed(2, "AGREE", "actor", "Chad", CHAD, 0.3, "below 0.45"),
        Missed(2, "AGREE", "actor", "CHA", None, 0.3, "implied, below 0.5"),
        Missed(2, "AGREE", "recipient", "Chad", CHAD, 0.3, "below 0.45"),
    ]
    reading: Any = SimpleNamespace(events=[event], made=[(draft, event)])
    first = explained(annotated, (), reading, Notes(participants=missed)).sentences[0]
    assert [r.of for r in first.rejected] == ["recipient of 'meet' (AGREE)"]
    assert (first.events[0].score, first.events[0].score_of) == (0.8, "AGREE")


def test_what_was_not_taken_is_told_with_the_reason_the_strongest_trigger_first(told: Explained) -> None:
    (participant,) = told.sentences[0].rejected
    assert (participant.what, participant.name, participant.of, participant.score, participant.why) == (
        "participant", "Friday", "recipient of 'meet' (CONSULT)", 0.3, "below 0.45",
    )  # fmt: skip
    assert [(r.what, r.name, r.score, r.why) for r in told.sentences[1].rejected] == [
        ("trigger", "CONSULT", 0.3, "below 0.4"),
        ("trigger", "ACCUSE", 0.2, "below 0.4"),
        ("frame", "consult.speak (CONSULT)", None, "needs an actor"),
    ]


def test_the_records_are_plain_values(told: Explained) -> None:
    assert json.loads(json.dumps(asdict(told)))["sentences"][0]["events"][0]["trigger"]["text"] == "meet"


def test_an_article_that_is_not_about_politics_is_seen_but_not_coded(annotated: Annotated) -> None:
    told = explained(annotated, (), None, Notes(politics=0.2))
    assert not told.about_politics
    assert [(len(s.times), s.events) for s in told.sentences] == [(1, ()), (0, ())]


def test_the_pieces_of_a_sentence_join_to_it_and_a_trigger_paints_over_a_mention(told: Explained) -> None:
    first = told.sentences[0]
    assert "".join(words for words, _ in first.pieces()) == first.words.text
    assert first.pieces()[:3] == (("Chad", "mention"), (" will ", ""), ("meet", "trigger"))
    both = ExplainedSentence(number=1, words=first.words, events=first.events,
                             mentions=(SeenMention(words=Words(text="will meet", start=5, end=14)),))  # fmt: skip
    assert both.pieces() == (("Chad ", ""), ("will ", "mention"), ("meet", "trigger"), (" Mali on Friday.", ""))


def test_the_peaks_note_what_is_below_the_bar_and_what_is_a_word_of_a_stronger_trigger() -> None:
    scores = np.zeros((10, len(TYPES)), dtype=np.float32)
    consult = TYPES.index("CONSULT")
    scores[2, consult], scores[1, consult], scores[8, consult], scores[7, consult] = 0.9, 0.5, 0.3, 0.05
    view: Any = SimpleNamespace(tokens=tokens(), frames={})
    notes = Notes()
    bars = Bars(trigger=0.4, framed=0.2)
    found = peaks(view, scores, bars, notes)
    assert found == peaks(view, scores, bars)
    assert [i for i, _, _ in found] == [2]
    assert [(p.token, p.why) for p in notes.triggers] == [(8, "below 0.4"), (1, "a word of 'meet'")]


def drafts(grow: Callable[[str], Tree], text: str, notes: Notes | None = None) -> tuple[Reading, list[Draft]]:
    tree = grow(text)
    reading = Reading(load_frames(), tree, resolve(tree.annotated), notes=notes)
    reading.run()
    return reading, [draft for draft, _ in reading.made]


def weighed(reading: Reading, made: list[Draft], proposals: list[Proposal], notes: Notes | None = None) -> list[Draft]:
    """The drafts of the first sentence, joined with what the heads propose."""
    known = [draft.match for draft in made]
    return joined(reading.tree, known, made, proposals, reading.annotated.sentences[0], notes)


def test_a_frame_where_the_heads_see_nothing_stays_and_nothing_is_noted(grow: Callable[[str], Tree]) -> None:
    reading, made = drafts(grow, "Kenya attacked Somalia on Tuesday.")
    notes = Notes()
    assert [d.match.frame.type for d in weighed(reading, made, [], notes)] == ["ASSAULT"]
    assert notes.frames == []


def test_a_frame_at_whose_words_the_heads_see_another_type_is_noted(grow: Callable[[str], Tree]) -> None:
    reading, made = drafts(grow, "Kenya attacked Somalia on Tuesday.")
    notes = Notes()
    other = Proposal(made[0].match.head, "ACCUSE", 0.6, None, {"occurred": 1.0})
    left = weighed(reading, made, [other], notes)
    assert [(d.kind, d.why) for d in notes.frames] == [("ASSAULT", "the heads see ACCUSE here")]
    assert [d.match.frame.id for d in left] == ["trained.accuse"]
    assert weighed(reading, made, [other]) == left


def test_a_frame_without_its_participants_is_noted(grow: Callable[[str], Tree]) -> None:
    notes = Notes()
    _, made = drafts(grow, "An attack was launched.", notes)
    assert made == []
    assert any(d.kind == "ASSAULT" and d.why.startswith("needs ") for d in notes.frames)


@pytest.mark.parametrize(
    ("how", "statuses", "reason"),
    [
        (Presented(), {"negated": 0.9}, "the heads read it as negated"),
        (Presented(Factuality.SCHEDULED, True, 1, "modal 'will'"), {"future": 1.0}, "modal 'will'"),
        (Presented(), {"future": 1.0}, "the heads read it as future"),
        (Presented(Factuality.SCHEDULED, True, 1, "modal 'will'"), {"occurred": 0.9}, "the heads read it as occurred"),
        (Presented(Factuality.SCHEDULED, True, 1, "modal 'will'"), {"occurred": 0.7}, "modal 'will'"),
    ],
)
def test_the_reason_is_the_one_that_decided(how: Presented, statuses: dict[str, float], reason: str) -> None:
    every = dict.fromkeys(("occurred", "ongoing", "future", "hypothetical", "negated", "historical"), 0.0)
    assert settled(how, Proposal(0, "CONSULT", 1.0, None, every | statuses)).reason == reason


def test_an_explained_article_has_the_events_that_the_coder_gives() -> None:
    from kg.code.coder import TrainedCoder

    article = Article(id="a", text="Kenya attacked Somalia on Tuesday. Uganda condemned the attack.")
    [annotated] = annotate([article])
    events, _ = TrainedCoder()(annotated, resolve(annotated))
    told = explain(article)
    assert {(e.key, e.confidence) for s in told.sentences for e in s.events} == {(e.key, e.confidence) for e in events}
    assert [s.words.text for s in told.sentences] == [
        "Kenya attacked Somalia on Tuesday.",
        "Uganda condemned the attack.",
    ]


def test_explaining_twice_gives_the_same() -> None:
    article = Article(id="a", text="Kenya held talks with Somalia on Monday.")
    assert explain(article) == explain(article)


def test_an_empty_article_has_nothing_to_explain() -> None:
    assert explain(Article(id="a", text="")).sentences == ()
