"""Reports of events made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kg.model import (
    Actor,
    Article,
    Coded,
    Event,
    EventMention,
    Factuality,
    Participant,
    Span,
    When,
    roll_up,
)


def state(code: str) -> Actor:
    return Actor(id=code.lower(), name=code.title(), kind="state", country=code, sector="GOV")


def side(*codes: str, role: str = "actor") -> tuple[Participant, ...]:
    return tuple(Participant(actor=state(c), role=role) for c in codes)


def on(day: int) -> When:
    """A day of May 2024; numbers beyond it go on into June."""
    when = date(2024, 5, 1) + timedelta(days=day - 1)
    return When(edtf=when.isoformat(), begin=when, end=when, precision="Day", resolution="Explicit")


@pytest.fixture
def report() -> Callable[..., Event]:
    """An event with one mention: ``report("a1", "KEN", "SOM", day=3)``."""

    def made(
        article: str,
        actors: str = "KEN",
        recipients: str = "SOM",
        *,
        kind: str = "ASSAULT",
        key: str = "",
        day: int | None = 3,
        rule: str = "assault.attack",
        trigger: str = "attacked",
        factuality: Factuality = Factuality.ASSERTED,
        positive: bool = True,
        **more: object,
    ) -> Event:
        mention = EventMention(
            article=article,
            span=Span(0, 20),
            quote="so and so it may be.",
            sentence=1,
            trigger=trigger,
            trigger_span=Span(2, 10),
            factuality=factuality,
            positive=positive,
            rule=rule,
            confidence=0.8,
        )
        event = Event(
            key=key or f"{article}-{kind}-{actors}-{recipients}-{day}".lower(),
            type=kind,
            label="report",
            status=roll_up((mention,)),
            actors=side(*actors.split()),
            recipients=side(*recipients.split(), role="recipient"),
            when=None if day is None else on(day),
            mentions=(mention,),
        )
        return replace(event, **more)  # type: ignore[arg-type]

    return made


@pytest.fixture
def coded() -> Callable[..., Coded]:
    """An article of a day in May 2024 that tells the events; it is named by its text."""

    def made(name: str, day: int, *events: Event, agreements: tuple = ()) -> Coded:
        article = Article(id=name, text=name, published=date(2024, 5, day))
        return Coded(article=article, events=events, agreements=agreements)

    return made
