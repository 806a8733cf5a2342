"""Builds the index of a store's events, in a process of its own, into a folder that the service then opens."""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import numpy as np

from kg.draw.compose import by_day, outline
from kg.draw.evidence import evidence_of
from kg.draw.facts import Facts
from kg.draw.happenings import event_of
from kg.draw.payload import article_key, article_of, card_of, report_of, words_of
from kg.draw.picture import Evidence, PictureEvent
from kg.errors import KgError
from kg.serve.view.columns import columns_of, lines_of, names_of, nodes_of
from kg.serve.view.kinds import short_names
from kg.serve.view.lexicon import write_lexicon
from kg.serve.view.reading import event_iris, in_batches, shared_facts
from kg.serve.view.solutions import Solvable
from kg.serve.view.texts import META, encoded, plain, write_texts
from kg.serve.view.told import compact, edges_told, hubs_told, whole_cards
from kg.serve.view.values import kinds_of, map_of

PROGRESS, TROUBLE = "progress", "trouble"


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
        self.cards.append(compact(card))
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


def build(store: Solvable, folder: Path) -> None:
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
    nodes = nodes_of(picture)
    at = {n["id"]: i for i, n in enumerate(nodes)}
    reported = [read.reported[i] for i in order]
    names = short_names([e.id for e in events])
    columns = columns_of(events, nodes, at, [len(where) for where, _, _ in reported]) | names_of(names)
    columns |= lines_of(picture, at)
    meta = {"events": len(events), "actors": len(nodes), **words_of(picture)}
    meta["kinds"] = kinds_of(picture, events, nodes, at, reported, read.titles, columns)
    meta["spots"], meta["flows"] = map_of(events, nodes, at, columns)
    write_texts(folder, "cards", whole_cards((read.cards[i] for i in order), events, names, at, columns))
    write_texts(folder, "words", (read.words[i] for i in order))
    write_texts(folder, "nodes", map(compact, nodes))
    write_texts(folder, "edges", map(compact, edges_told(picture, names, at)))
    write_texts(folder, "hubs", map(compact, hubs_told(picture, names, at)))
    write_lexicon(folder, (read.words[i] for i in order))
    for name, values in columns.items():
        np.save(folder / f"{name}.npy", values)
    (folder / META).write_text(json.dumps(meta), encoding="ascii")


def _say(folder: Path, share: float) -> None:
    (folder / PROGRESS).write_text(f"{share:.3f}", encoding="ascii")


def main() -> None:
    """Build the index of the store of the first argument in the folder of the second."""
    from kg.serve.confine import quiet, without_network
    from kg.store import open_store
    from kg.store.trouble import reported

    without_network()
    quiet()
    os.nice(5)
    folder = Path(sys.argv[3])
    try:
        with open_store(sys.argv[2], read_only=True) as store, reported(sys.argv[2]):
            build(cast("Solvable", store), folder)  # a folder's store has rows one by one
    except KgError as error:
        (folder / TROUBLE).write_text(str(error), encoding="utf-8", errors="backslashreplace")
        sys.exit(1)
