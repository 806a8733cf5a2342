"""Builds the index of a store's events, in a process of its own, into a folder that the service then opens."""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from kg.draw.compose import by_day, outline
from kg.draw.evidence import evidence_of
from kg.draw.facts import Facts
from kg.draw.happenings import event_of
from kg.draw.payload import article_key, article_of, card_of, node_of, report_of, words_of
from kg.draw.picture import Evidence, Picture, PictureEvent
from kg.errors import KgError
from kg.query.properties import Queryable
from kg.serve.view.kinds import KINDS, Told, in_order, kind_of, short_names
from kg.serve.view.reading import event_iris, in_batches, shared_facts
from kg.serve.view.texts import encoded, plain, write_texts

PROGRESS, TROUBLE, META = "progress", "trouble", "meta.json"
ROLES = {"actor": 1, "speaker": 1, "mediator": 2, "recipient": 4, "addressee": 4}
"""Who acts, who acts for the map only, and who is acted on, as bits; other roles are 0."""


@dataclass(slots=True)
class Gathered:
    """What was read of the events, in the order of reading."""

    events: list[PictureEvent] = field(default_factory=list)
    cards: list[bytes] = field(default_factory=list)
    words: list[bytes] = field(default_factory=list)
    articles: dict[tuple[str | None, ...], int] = field(default_factory=dict)
    titles: list[tuple[str, str]] = field(default_factory=list)
    """Title and source of each article."""
    reported: list[tuple[array[int], tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    """For each event its articles, publishers and who say so."""

    def add(self, event: PictureEvent, reports: Sequence[Evidence]) -> None:
        """Take in an event with its reports."""
        card = card_of(event, parties=(), reports=[report_of(r, article_of(r)) for r in reports])
        self.cards.append(json.dumps(card, separators=(",", ":")).encode("ascii"))
        told = [event.label, *(text for r in reports for text in (r.title, "".join(t for _, t in r.parts)))]
        self.words.append(encoded(plain("\n".join(told)) + "\n"))
        where = array("i")
        for r in reports:
            at = self.articles.setdefault(article_key(r), len(self.titles))
            if at == len(self.titles):
                self.titles.append((r.title, r.source))
            where.append(at)
        sayers = tuple(sys.intern(s) for r in reports for s in r.sayers)
        self.reported.append((where, tuple(sys.intern(r.publisher) for r in reports), sayers))
        # What only the card tells is not kept twice.
        self.events.append(replace(event, figures=(), about=(), codes=(), reported_as=(), kind_words="", when_words=""))


def build(store: Queryable, folder: Path) -> None:
    """Write the index of a store's events.

    Args:
        store: What to read.
        folder: An empty folder; ``progress`` in it tells the share that is read, 0 to 1.

    Raises:
        QueryError: The store cannot answer.
    """
    iris = event_iris(store)
    shared = shared_facts(store)
    read = Gathered()
    parent = os.getppid()
    for some, facts in in_batches(store, iris, shared):
        for iri in some:
            read.add(event_of(iri, facts), tuple(evidence_of(iri, facts)))
        _say(folder, len(read.events) / len(iris))
        if os.getppid() != parent:
            sys.exit(1)  # Nobody waits for it any more.
    write_index(read, shared, folder)


def write_index(read: Gathered, shared: Facts, folder: Path) -> None:
    """Put the events in order, count their actors and lines, and write all of it.

    Args:
        read: The events.
        shared: What is told of entities.
        folder: Where to.
    """
    order = sorted(range(len(read.events)), key=lambda i: by_day(read.events[i]))
    events = [read.events[i] for i in order]
    picture = outline(shared, title="", events=events)
    nodes = _nodes(picture)
    at = {n["id"]: i for i, n in enumerate(nodes)}
    write_texts(folder, "cards", (read.cards[i] for i in order))
    write_texts(folder, "words", (read.words[i] for i in order))
    write_texts(folder, "nodes", (json.dumps(n, separators=(",", ":")).encode("ascii") for n in nodes))
    reported = [read.reported[i] for i in order]
    columns = _columns(events, nodes, at, [len(where) for where, _, _ in reported]) | _names(events)
    meta = {"events": len(events), "actors": len(nodes), **words_of(picture), **_lines(picture, at, columns)}
    meta["kinds"] = _kinds(picture, events, nodes, at, reported, read.titles, columns)
    meta["spots"], meta["flows"] = _map(events, nodes, at, columns)
    for name, values in columns.items():
        np.save(folder / f"{name}.npy", values)
    (folder / META).write_text(json.dumps(meta), encoding="ascii")


def _nodes(picture: Picture) -> list[dict[str, Any]]:
    colours = {code: colour for code, _, colour in picture.legend.countries}
    names = short_names([n.id for n in picture.nodes])
    told = zip(picture.nodes, names, strict=True)
    return [{**node_of(n, colours), "label": n.label, "name": name} for n, name in told]


def _columns(
    events: Sequence[PictureEvent], nodes: Sequence[dict[str, Any]], at: dict[str, int], reports: Sequence[int]
) -> dict[str, Any]:
    """One value for each event: days since year 1 or 0, confidence, score, and its place in each order of the table."""
    begin = [(e.begin or e.end).toordinal() if e.begin or e.end else 0 for e in events]  # type: ignore[union-attr]
    end = [(e.end or e.begin).toordinal() if e.begin or e.end else 0 for e in events]  # type: ignore[union-attr]
    parties = [(i, at[p.actor], p.role) for i, e in enumerate(events) for p in e.parties]
    roles = sorted({role for _, _, role in parties})

    def named(event: PictureEvent, *wanted: str) -> bytes:
        labels = ", ".join(nodes[at[p.actor]]["label"] for p in event.parties if p.role in wanted)
        return in_order(labels.lower())

    keys: dict[str, list[Any]] = {
        "when": [b or 4_000_000 for b in begin],
        "what": [in_order(e.label.lower()) for e in events],
        "who": [named(e, "actor", "speaker") for e in events],
        "whom": [named(e, "recipient", "addressee") for e in events],
        "type": [in_order(e.type.lower()) for e in events],
        "status": [in_order(e.status_words) for e in events],
        "tally": list(reports),
    }
    return {
        "begin": np.array(begin, dtype=np.int32),
        "end": np.array(end, dtype=np.int32),
        "confidence": np.array([e.confidence or 0 for e in events], dtype=np.float64),
        "score": np.array([np.nan if e.score is None or not e.done else e.score for e in events], dtype=np.float64),
        "stance": np.array([("cooperation", "conflict", "neutral").index(e.stance) for e in events], dtype=np.int8),
        "undone": np.array([_UNDONE.get(e.status, 3) for e in events], dtype=np.int8),
        "party_event": np.array([i for i, _, _ in parties], dtype=np.int32),
        "party_node": np.array([n for _, n, _ in parties], dtype=np.int32),
        "party_role": np.array([roles.index(r) for _, _, r in parties], dtype=np.int16),
        "roles": np.array(roles, dtype=str),
        **{f"by_{name}": _ranks(values) for name, values in keys.items()},
    }


_UNDONE = {"Expected": 0, "NotOccurred": 1, "Hypothetical": 2}
"""The words for what is not done, as the page's ``UNDONE`` has them; all else is not known."""


def _ranks(values: Sequence[Any]) -> Any:
    place = {value: i for i, value in enumerate(sorted(set(values)))}
    return np.array([place[v] for v in values], dtype=np.int32)


def _names(events: Sequence[PictureEvent]) -> dict[str, Any]:
    """Digests of the events' names in order, and the events that have these names."""
    names = short_names([e.id for e in events])
    digests = np.array([digest(name) for name in names], dtype=np.uint64)
    places = np.argsort(digests, kind="stable")
    whole = np.array([name == e.id for name, e in zip(names, events, strict=True)], dtype=bool)
    return {"name_digest": digests[places], "name_event": places.astype(np.int32), "name_whole": whole}


def digest(name: str) -> int:
    """A number for a name, by which it is found; two names of one number are told apart by what is found."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _lines(picture: Picture, at: dict[str, int], columns: dict[str, Any]) -> dict[str, Any]:
    """Lines and hubs, and for each event the one that it belongs to, -1 for none."""
    event_at = {e.id: i for i, e in enumerate(picture.events)}
    edge_of, hub_of = (np.full(len(picture.events), -1, dtype=np.int32) for _ in range(2))
    acts = np.zeros((len(picture.events), 2), dtype=bool)
    for i, edge in enumerate(picture.edges):
        for iri in edge.events:
            event = event_at[iri]
            edge_of[event] = i
            doers = {p.actor for p in picture.events[event].parties if p.role in {"actor", "speaker"}}
            acts[event] = edge.a in doers, edge.b in doers
    for i, hub in enumerate(picture.hubs):
        hub_of[[event_at[iri] for iri in hub.events]] = i
    columns |= {"edge_of": edge_of, "hub_of": hub_of, "acts": acts}
    columns["edge_ends"] = np.array([[at[e.a], at[e.b]] for e in picture.edges], dtype=np.int32).reshape(-1, 2)
    hub_parties = [(i, at[a]) for i, h in enumerate(picture.hubs) for a in sorted({p.actor for p in h.parties})]
    columns["hub_parties"] = np.array(hub_parties, dtype=np.int32).reshape(-1, 2)
    columns["hub_top"] = np.array([h.top for h in picture.hubs], dtype=bool)
    return {
        "edges": [[e.stance, e.done, event_at[e.events[0]]] for e in picture.edges],
        "hubs": [
            [h.label, h.stance, h.done, [[p.role, at[p.actor]] for p in h.parties], event_at[h.events[0]], h.x, h.y]
            for h in picture.hubs
        ],
    }


def _kinds(
    picture: Picture,
    events: Sequence[PictureEvent],
    nodes: Sequence[dict[str, Any]],
    at: dict[str, int],
    reported: Sequence[tuple[array[int], tuple[str, ...], tuple[str, ...]]],
    titles: Sequence[tuple[str, str]],
    columns: dict[str, Any],
) -> dict[str, Any]:
    """The values of each kind of choice; which event has which goes into the columns."""
    articles = _article_names(titles, (number for where, _, _ in reported for number in where))
    countries = dict(picture.countries)
    told = [
        Told(e, [nodes[at[a]] for a in e.actors], publishers, [articles[n] for n in where], sayers, countries)
        for e, (where, publishers, sayers) in zip(events, reported, strict=True)
    ]
    found = {}
    for name in KINDS:
        kind = kind_of(name, told)
        found[name] = {"values": kind.values, "words": kind.words}
        owners = [i for i, own in enumerate(kind.of) for _ in own]
        columns[f"{name}_event"] = np.array(owners, dtype=np.int32)
        columns[f"{name}_value"] = np.array([v for own in kind.of for v in own], dtype=np.int32)
    return found


def _article_names(titles: Sequence[tuple[str, str]], met: Iterable[int]) -> dict[int, str]:
    """Two articles of one title are told apart by their source, else by number, in the order in which they are met."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for number in dict.fromkeys(met):
        title, source = titles[number]
        longer = f"{title} ({source})"
        names[number] = next((n for n in (title, longer) if n not in taken), f"{longer} {len(taken)}")
        taken.add(names[number])
    return names


def _map(
    events: Sequence[PictureEvent], nodes: Sequence[dict[str, Any]], at: dict[str, int], columns: dict[str, Any]
) -> tuple[list[Any], list[Any]]:
    """Places, and flows from country to country; and for each event its places, countries and flows."""
    from kg.draw.atlas import capitals

    known = capitals()
    spots: dict[str, tuple[int, float, float]] = {}
    flows: dict[tuple[str, str, str, bool], int] = {}
    codes: dict[str, int] = {}
    entries: dict[str, list[tuple[int, int]]] = {"spot": [], "land": [], "flow": []}
    for i, event in enumerate(events):
        for name, lat, lon in event.spots:
            entries["spot"].append((i, spots.setdefault(name, (len(spots), lat, lon))[0]))
        from_to = [
            list(dict.fromkeys(c for p in event.parties if ROLES.get(p.role, 0) & bits and (c := nodes[at[p.actor]].get("country")) in known))
            for bits in (3, 4)
        ]  # fmt: skip
        for code in dict.fromkeys((*from_to[0], *from_to[1])):
            entries["land"].append((i, codes.setdefault(str(code), len(codes))))
        for a in from_to[0]:
            for b in from_to[1]:
                if a != b:
                    flow = (str(a), str(b), event.stance, event.done)
                    entries["flow"].append((i, flows.setdefault(flow, len(flows))))
    for name, found in entries.items():
        columns[f"{name}_event"] = np.array([i for i, _ in found], dtype=np.int32)
        columns[f"{name}_value"] = np.array([v for _, v in found], dtype=np.int32)
    columns["lands"] = np.array(list(codes), dtype=str)
    return [[name, lat, lon] for name, (_, lat, lon) in spots.items()], [list(flow) for flow in flows]


def _say(folder: Path, share: float) -> None:
    (folder / PROGRESS).write_text(f"{share:.3f}", encoding="ascii")


def main() -> None:
    """Build the index of the store of the first argument in the folder of the second."""
    from kg.serve.confine import quiet, without_network
    from kg.store import open_store

    without_network()
    quiet()
    os.nice(5)
    folder = Path(sys.argv[3])
    try:
        with open_store(sys.argv[2], read_only=True) as store:
            build(store, folder)
    except KgError as error:
        (folder / TROUBLE).write_text(str(error), encoding="utf-8", errors="backslashreplace")
        sys.exit(1)
