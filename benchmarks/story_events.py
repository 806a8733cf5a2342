"""The hand-coded stories: articles and events as records, so that they can be linked as if the coder had made them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.lexicon import load_lexicon
from kg.model import (
    Actor,
    Article,
    Event,
    EventMention,
    Factuality,
    Participant,
    Place,
    Quantity,
    Span,
    Status,
    When,
    roll_up,
)

STORIES = Path(__file__).parent / "stories" / "stories.jsonl"
SPLITS = ("tuning", "held-out")

_ORGAN = re.compile(r"Armed Forces|Army|Air Force|Police|forces|Department|Government|Treasury")
_PRECISION = {4: "Year", 7: "Month", 10: "Day"}
_STATUS = {"future": Factuality.SCHEDULED, "hypothetical": Factuality.PROPOSED}


@dataclass(frozen=True, slots=True)
class Gold:
    """One hand-coded mention: its event, and the cluster of mentions that tell the same event."""

    article: Article
    event: Event
    cluster: str
    split: str

    @property
    def mention(self) -> EventMention:
        """Where it stands."""
        return self.event.mentions[0]


def read_stories(path: Path = STORIES) -> Iterator[Gold]:
    """Every hand-coded mention, in the order of the file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        article = Article(
            id=told["id"],
            text=told["text"],
            published=date.fromisoformat(told["date"]),
            title=told["title"],
            publisher=told["publisher"],
        )
        for coded in told["events"]:
            yield Gold(article, _event(article, coded), coded["cluster"], told["split"])


def _event(article: Article, told: Mapping[str, Any]) -> Event:
    begin = article.text.index(told["sentence"])
    sentence = Span(begin, begin + len(told["sentence"]))
    at = article.text.index(told["trigger"], begin)
    positive = told["status"] != "negated"
    mention = EventMention(
        article=article.key,
        span=sentence,
        quote=told["sentence"],
        sentence=1,
        trigger=told["trigger"],
        trigger_span=Span(at, at + len(told["trigger"])),
        factuality=_STATUS.get(told["status"], Factuality.ASSERTED),
        positive=positive,
        ongoing=told["status"] == "ongoing",
        rule="gold",
    )
    return Event(
        key=sha256(f"{article.id}|{told['n']}".encode()).hexdigest()[:16],
        type=told["type"],
        mode=told["mode"],
        label=f"{told['type']} {told['trigger']}",
        status=roll_up((mention,), Status.UNKNOWN),
        actors=_side(told["actors"], article, "actor"),
        recipients=_side(told["recipients"], article, "recipient"),
        third_parties=_side(told["third_parties"], article, "mediator"),
        place=_place(told["place"]),
        when=_when(told["date"], article, mention),
        quantities=tuple(
            Quantity(kind=q["kind"], value=q["value"], approximation=q["approximation"]) for q in told["figures"]
        ),
        mentions=(mention,),
    )


def _side(people: list[dict[str, str]], article: Article, role: str) -> tuple[Participant, ...]:
    return tuple(Participant(actor=_actor(p["name"], p["country"], article), role=p.get("role", role)) for p in people)


def _actor(name: str, country: str | None, article: Article) -> Actor:
    """The lexicon's actor of that name and country on that day; else one with an id of its own."""
    lexicon = load_lexicon()
    for sense in lexicon.senses(name):
        if not sense.place:
            actor = lexicon.actor_on(sense.entity, article.published)
            if actor.country == country:
                return actor
    organ = bool(_ORGAN.search(name)) and country is not None
    digest = sha256(f"{name}|{country or ''}".encode()).hexdigest()[:16]
    kind, sector = ("organization", "GOV") if organ else ("collective", None)
    return Actor(id=f"x-{digest}", name=name, kind=kind, country=country, sector=sector)


def _place(told: Mapping[str, str] | None) -> Place | None:
    if told is None:
        return None
    lexicon = load_lexicon()
    for sense in lexicon.senses(told["name"]):
        place = lexicon.places.get(sense.entity)
        if place is not None and place.country == told["country"] and sense.kind in ("name", "alias", "acronym"):
            return place
    digest = sha256(f"{told['name']}|{told['country']}".encode()).hexdigest()[:16]
    return Place(id=f"x-{digest}", name=told["name"], kind="city", country=told["country"])


def _when(edtf: str | None, article: Article, mention: EventMention) -> When | None:
    """The time as hand-coded; a fact without one lies on or before the day of its report."""
    if edtf is None:
        if article.published is None or not mention.positive or mention.factuality is not Factuality.ASSERTED:
            return None
        return When(edtf=f"../{article.published}", end=article.published, resolution="PublicationDate")
    first, _, last = edtf.partition("/")
    begin, end = _days(first)[0], _days(last or first)[1]
    return When(edtf=edtf, begin=begin, end=end, precision="Interval" if last else _PRECISION[len(first)])


def _days(text: str) -> tuple[date, date]:
    parts = [int(p) for p in text.split("-")]
    begin = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) == 3:
        return begin, begin
    after = (
        date(begin.year + 1, 1, 1) if len(parts) == 1 else (begin.replace(day=28) + timedelta(days=4)).replace(day=1)
    )
    return begin, after - timedelta(days=1)
