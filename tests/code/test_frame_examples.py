"""Every frame's own sentences: each example gives its event, and no sentence of `none` gives one."""

from __future__ import annotations

import pytest

from kg.lexicon import load_lexicon
from kg.lexicon.frames import Example, load_frames
from kg.model import Event, Participant

FRAMES = load_frames()
EXAMPLES = [(f.id, e) for f in FRAMES.all for e in f.examples]
COUNTEREXAMPLES = [(f.id, text) for f in FRAMES.all for text in f.none]

STATUSES = {
    "occurred": {"Occurred", "Ongoing"},
    "ongoing": {"Ongoing"},
    "future": {"Expected"},
    "hypothetical": {"Hypothetical", "StatusUnknown"},
    "negated": {"NotOccurred"},
}


def met(name: str, participants: tuple[Participant, ...]) -> bool:
    """Whether a name is among the participants: itself, as part of a name, or the state of somebody."""
    lexicon = load_lexicon()
    known = {s.entity for s in lexicon.senses(name)}
    states = {a.country for i in known if (a := lexicon.actors.get(i)) and a.kind == "state"}
    return any(
        p.actor.id in known or p.actor.country in states or name.casefold() in p.actor.name.casefold()
        for p in participants
    )


def gives(example: Example, event: Event) -> bool:
    """Whether an event is the one that an example must give."""
    return (
        event.status.value in STATUSES[example.status]
        and all(met(name, event.actors) for name in example.actors)
        and all(met(name, event.recipients) for name in example.recipients)
    )


def seen(event: Event) -> str:
    """An event in a line, for the message of a test that fails."""
    sides = [[p.actor.name for p in side] for side in (event.actors, event.recipients)]
    return f"{event.mentions[0].rule} {event.status.value} {sides[0]} -> {sides[1]}"


@pytest.mark.parametrize(("frame", "example"), EXAMPLES, ids=[f"{f}: {e.text[:60]}" for f, e in EXAMPLES])
def test_an_example_gives_the_event_that_its_frame_says(tell, frame, example):
    wanted, events = FRAMES.ids[frame], tell(example.text).events
    found = [e for e in events if e.type == wanted.type and wanted.mode in (None, e.mode)]
    assert any(gives(example, e) for e in found), [seen(e) for e in events]


@pytest.mark.parametrize(("frame", "text"), COUNTEREXAMPLES, ids=[f"{f}: {t[:60]}" for f, t in COUNTEREXAMPLES])
def test_a_frame_does_not_fire_on_its_counterexamples(tell, frame, text):
    fired = [e for e in tell(text).events if e.mentions[0].rule == frame]
    assert not fired, [seen(e) for e in fired]


@pytest.mark.parametrize("frame", [f.id for f in FRAMES.all])
def test_a_frame_has_an_example_and_a_counterexample(frame):
    assert FRAMES.ids[frame].examples
    assert FRAMES.ids[frame].none
