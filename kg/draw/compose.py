"""Composes the picture: which events, which actors, which lines between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kg.draw.atlas import capitals
from kg.draw.dossier import with_dossiers
from kg.draw.evidence import evidence_of
from kg.draw.facts import Facts
from kg.draw.happenings import event_of
from kg.draw.layout import place
from kg.draw.palette import country_names, legend_of
from kg.draw.picture import ActorNode, Edge, Hub, Party, Picture, PictureEvent, Ranges
from kg.query.properties import one
from kg.vocab.names import local_name

KINDS = {
    "State": "state",
    "Person": "person",
    "Organization": "organization",
    "Group": "group",
    "Collective": "collective",
    "Place": "place",
}


def compose(facts: Facts, *, title: str, events: Sequence[PictureEvent], top: int = 60) -> Picture:
    """The picture of these events, laid out.

    Args:
        facts: what the store says.
        title: the page's heading.
        events: the events to show.
        top: how many actors are shown from the start, those with most events first.
    """
    evidence = tuple(e for event in events for e in evidence_of(event.id, facts))
    return replace(outline(facts, title=title, events=events, top=top), evidence=evidence)


def outline(facts: Facts, *, title: str, events: Sequence[PictureEvent], top: int = 60) -> Picture:
    """The same without the evidence, for which of all facts only those of entities are needed."""
    shown = tuple(events)
    nodes = with_dossiers(nodes_of(shown, facts, top=top), facts)
    edges, joined = join(shown)
    nodes, hubs = place(nodes, edges, foremost(joined, nodes))
    return Picture(
        title=title,
        nodes=nodes,
        edges=edges,
        hubs=hubs,
        events=shown,
        legend=legend_of(nodes, facts),
        ranges=ranges_of(shown),
        countries=tuple(sorted((code, name) for code, name in country_names(facts).items() if code and name)),
        capitals=tuple(
            (code, *capitals()[code]) for code in sorted({n.country or "" for n in nodes}) if code in capitals()
        ),
    )


def all_events(facts: Facts) -> list[PictureEvent]:
    """Every event of the store in words, by date, those without a date last."""
    return sorted((event_of(iri, facts) for iri in facts.events), key=by_day)


def by_day(event: PictureEvent) -> tuple[date, str]:
    """The place of an event in the order by date, those without a date last."""
    return event.begin or event.end or date.max, event.id


def join(events: Sequence[PictureEvent]) -> tuple[tuple[Edge, ...], tuple[Hub, ...]]:
    """The lines between pairs, and the nodes for events that a line between two cannot tell.

    Lines join events of one pair and stance; a done one and one that did not happen never share a line.
    Events with the same parties in the same roles share a hub.
    """
    pairs: dict[tuple[str, str, str, bool], list[str]] = defaultdict(list)
    hubs: dict[tuple[tuple[Party, ...], str, bool], list[PictureEvent]] = defaultdict(list)
    for event in events:
        if is_hub(event):
            hubs[event.parties, event.stance, event.done].append(event)
        elif len(event.actors) == 2:
            pairs[event.actors[0], event.actors[1], event.stance, event.done].append(event.id)
    edges = tuple(
        Edge(a=a, b=b, stance=stance, done=done, events=tuple(ids))
        for (a, b, stance, done), ids in sorted(pairs.items())
    )
    return edges, tuple(_hub(key, alike) for key, alike in sorted(hubs.items(), key=lambda item: item[0]))


def foremost(hubs: Sequence[Hub], nodes: Sequence[ActorNode], *, limit: int = 40) -> tuple[Hub, ...]:
    """The hubs, with those marked that are shown from the start: most events, then the foremost parties."""
    rank = {node.id: at for at, node in enumerate(nodes)}
    first = {node.id for node in nodes if node.top}

    def importance(hub: Hub) -> tuple[int, int]:
        return -len(hub.events), sum(rank[p.actor] for p in hub.parties)

    shown = [h for h in hubs if len({p.actor for p in h.parties} & first) > 1]
    chosen = sorted(shown, key=importance)[:limit]
    return tuple(replace(h, top=h in chosen) for h in hubs)


def is_hub(event: PictureEvent) -> bool:
    """Whether the event needs a node of its own: three or more take part, or somebody mediates."""
    pair_roles = {"actor", "recipient", "speaker", "addressee"}
    parties = len(event.actors)
    return parties > 2 or (parties > 1 and any(p.role not in pair_roles for p in event.parties))


def ranges_of(events: Sequence[PictureEvent]) -> Ranges:
    """What the filters offer, with the number of events behind each choice, most first."""
    days = [day for e in events for day in (e.begin, e.end) if day]
    return Ranges(
        first=min(days, default=None),
        last=max(days, default=None),
        undated=sum(1 for e in events if not (e.begin or e.end)),
        stances=_counts(e.stance for e in events),
        types=_counts(e.type for e in events),
        statuses=_counts(e.status for e in events),
    )


def _counts(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _hub(key: tuple[tuple[Party, ...], str, bool], alike: Sequence[PictureEvent]) -> Hub:
    parties, stance, done = key
    kinds = sorted({e.type.lower() for e in alike})
    label = kinds[0] if len(kinds) == 1 else f"{kinds[0]} and other"
    return Hub(label=label, stance=stance, done=done, parties=parties, events=tuple(e.id for e in alike))


def nodes_of(events: Sequence[PictureEvent], facts: Facts, *, top: int) -> tuple[ActorNode, ...]:
    """The actors of these events, those with most events first."""
    counts = Counter(actor for event in events for actor in event.actors)
    nodes = (_node(actor, facts, count) for actor, count in counts.items())
    ranked = sorted(nodes, key=lambda n: (-n.events, n.label, n.id))
    return tuple(replace(n, top=rank < top) for rank, n in enumerate(ranked))


def _node(actor: str, facts: Facts, events: int) -> ActorNode:
    entity = facts.entities.get(actor, {})
    types = {local_name(t) for t in entity.get("type", ())}
    return ActorNode(
        id=actor,
        label=one(entity, "prefLabel") or local_name(actor),
        kind=next((kind for name, kind in KINDS.items() if name in types), "other"),
        country=one(entity, "country") or None,
        sector=one(entity, "actorRole") or None,
        events=events,
    )
