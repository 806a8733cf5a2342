"""The picture as JSON values, small: what the page's ``data.js`` reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.draw.layout import size_of, wrapped
from kg.draw.palette import OTHER_COLOUR, SHAPES
from kg.draw.picture import ActorNode, Evidence, Picture, PictureEvent
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
    articles = {article_key(e): e for e in picture.evidence}
    article_at = {key: i for i, key in enumerate(articles)}
    return {
        "nodes": [{**node_of(n, colours), **_told(turtle=turtle.get(n.id))} for n in picture.nodes],
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
        "articles": [{**article_of(e), **_told(turtle=turtle.get(e.article))} for e in articles.values()],
        "events": [
            card_of(
                e,
                parties=[(p.role, node_at[p.actor]) for p in e.parties],
                reports=[report_of(r, article_at[article_key(r)]) for r in reports[e.id]],
            )
            for e in picture.events
        ],
        **words_of(picture),
        "prefixes": dict(PREFIXES) if any(e.turtle for e in picture.events) else {},
    }


def words_of(picture: Picture) -> dict[str, Any]:
    """What the page has to know besides actors, lines and events: legend, days, words and the map."""
    ranges = picture.ranges
    return {
        "legend": {"countries": picture.legend.countries, "kinds": picture.legend.kinds},
        "ranges": {"first": _day(ranges.first), "last": _day(ranges.last), "undated": ranges.undated},
        "words": {
            "country": dict(picture.countries),
            "sector": SECTOR_WORDS,
            "status": {name: STATUS_WORDS.get(name, name) for name, _ in ranges.statuses},
        },
        "capitals": picture.capitals,
        "world": _world() if picture.capitals or any(e.spots for e in picture.events) else "",
    }


def node_of(node: ActorNode, colours: Mapping[str, str]) -> dict[str, Any]:
    """An actor as the page draws it; colours are by country."""
    return _told(
        id=node.id,
        label=node.label,
        short=wrapped(node.label),
        kind=node.kind,
        country=node.country,
        sector=node.sector,
        count=node.events,
        size=size_of(node.events),
        shape=SHAPES.get(node.kind, "dot"),
        colour=colours.get(node.country or "", OTHER_COLOUR),
        top=node.top,
        x=node.x,
        y=node.y,
        aliases=node.aliases,
        offices=node.offices,
        links=node.links,
    )


def article_of(evidence: Evidence) -> dict[str, Any]:
    """The article that a report stands in."""
    return _told(
        title=evidence.title,
        source=evidence.source,
        publisher=evidence.publisher,
        link=evidence.link,
        reference=evidence.reference,
        referenceLink=evidence.reference_link,
    )


def report_of(evidence: Evidence, article: Any) -> dict[str, Any]:
    """A report, with its article as the page finds it."""
    return _told(
        article=article,
        parts=evidence.parts,
        says=evidence.says,
        sayers=evidence.sayers,
        how=evidence.factuality,
        confidence=evidence.confidence,
    )


def _world() -> str:
    """The outline of the land, as the path of an SVG in degrees."""
    return (Path(__file__).parent / "vendor" / "world.path").read_text("utf-8")


def _told(**values: Any) -> dict[str, Any]:
    """The values without those that are None, false or empty, which the page takes for granted."""
    return {name: value for name, value in values.items() if value or (value == 0 and value is not False)}


def article_key(evidence: Evidence) -> tuple[str | None, ...]:
    """What tells one article from another."""
    e = evidence
    return e.article, e.title, e.source, e.publisher, e.link, e.reference


def card_of(
    event: PictureEvent, *, parties: Iterable[tuple[str, int]], reports: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """All that the page tells of an event; its parties are roles with the places of actors."""
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
        parties=list(parties),
        place=event.place,
        spots=event.spots,
        figures=event.figures,
        about=event.about,
        codes=event.codes,
        confidence=event.confidence,
        score=event.score,
        keys=event.reported_as,
        turtle=event.turtle,
        reports=list(reports),
    )


def _day(day: Any) -> str | None:
    return None if day is None else str(day)
