"""The picture as JSON values, small: what the page's ``data.js`` reads."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from kg.draw.layout import size_of, wrapped
from kg.draw.palette import OTHER_COLOUR, SHAPES
from kg.draw.picture import Evidence, Picture, PictureEvent
from kg.draw.words import SECTOR_WORDS, STATUS_WORDS
from kg.vocab.namespaces import PREFIXES


def payload(picture: Picture) -> dict[str, Any]:
    """The picture as JSON values; nodes and events are named by their place in the lists."""
    node_at = {n.id: i for i, n in enumerate(picture.nodes)}
    event_at = {e.id: i for i, e in enumerate(picture.events)}
    turtle = dict(picture.turtle)
    colours = {code: colour for code, _, colour in picture.legend.countries}
    reports: dict[str, list[Evidence]] = defaultdict(list)
    for evidence in picture.evidence:
        reports[evidence.event].append(evidence)
    articles = {_article_key(e): e for e in picture.evidence}
    article_at = {key: i for i, key in enumerate(articles)}
    ranges = picture.ranges
    return {
        "nodes": [
            _told(
                id=n.id,
                label=n.label,
                short=wrapped(n.label),
                kind=n.kind,
                country=n.country,
                sector=n.sector,
                count=n.events,
                size=size_of(n.events),
                shape=SHAPES.get(n.kind, "dot"),
                colour=colours.get(n.country or "", OTHER_COLOUR),
                top=n.top,
                x=n.x,
                y=n.y,
                aliases=n.aliases,
                offices=n.offices,
                links=n.links,
                turtle=turtle.get(n.id),
            )
            for n in picture.nodes
        ],
        "edges": [
            {
                "a": node_at[e.a],
                "b": node_at[e.b],
                "stance": e.stance,
                "done": e.done,
                "events": [event_at[i] for i in e.events],
            }
            for e in picture.edges
        ],
        "hubs": [
            {
                "label": h.label,
                "stance": h.stance,
                "done": h.done,
                "parties": [[p.role, node_at[p.actor]] for p in h.parties],
                "events": [event_at[i] for i in h.events],
                "top": h.top,
                "x": h.x,
                "y": h.y,
            }
            for h in picture.hubs
        ],
        "articles": [
            _told(
                title=e.title,
                source=e.source,
                publisher=e.publisher,
                link=e.link,
                reference=e.reference,
                referenceLink=e.reference_link,
                turtle=turtle.get(e.article),
            )
            for e in articles.values()
        ],
        "events": [_event(e, node_at, reports[e.id], article_at) for e in picture.events],
        "legend": {"countries": picture.legend.countries, "kinds": picture.legend.kinds},
        "ranges": {
            "first": _day(ranges.first),
            "last": _day(ranges.last),
            "undated": ranges.undated,
        },
        "words": {
            "country": dict(picture.countries),
            "sector": SECTOR_WORDS,
            "status": {name: STATUS_WORDS.get(name, name) for name, _ in ranges.statuses},
        },
        "capitals": picture.capitals,
        "world": _world() if picture.capitals or any(e.spots for e in picture.events) else "",
        "prefixes": dict(PREFIXES) if any(e.turtle for e in picture.events) else {},
    }


def _world() -> str:
    """The outline of the land, as the path of an SVG in degrees."""
    return (Path(__file__).parent / "vendor" / "world.path").read_text("utf-8")


def _told(**values: Any) -> dict[str, Any]:
    """The values without those that are None, false or empty, which the page takes for granted."""
    return {name: value for name, value in values.items() if value or (value == 0 and value is not False)}


def _article_key(evidence: Evidence) -> tuple[str | None, ...]:
    e = evidence
    return e.article, e.title, e.source, e.publisher, e.link, e.reference


def _event(
    event: PictureEvent, node_at: dict[str, int], reports: list[Evidence], article_at: dict[Any, int]
) -> dict[str, Any]:
    return _told(
        id=event.id,
        label=event.label,
        type=event.type,
        mode=event.mode,
        kind=event.kind_words,
        stance=event.stance,
        status=event.status,
        statusWords=event.status_words,
        done=event.done,
        when=event.when_words,
        begin=_day(event.begin or event.end),
        end=_day(event.end or event.begin),
        parties=[[p.role, node_at[p.actor]] for p in event.parties],
        place=event.place,
        spots=event.spots,
        figures=event.figures,
        about=event.about,
        codes=event.codes,
        confidence=event.confidence,
        score=event.score,
        keys=event.reported_as,
        turtle=event.turtle,
        reports=[
            _told(
                article=article_at[_article_key(r)],
                parts=r.parts,
                says=r.says,
                sayers=r.sayers,
                how=r.factuality,
                confidence=r.confidence,
            )
            for r in reports
        ],
    )


def _day(day: Any) -> str | None:
    return None if day is None else str(day)
