"""The coded articles of a store, with their graphs kept in step: what a build writes and a run leaves behind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kg.graph import RUNS_GRAPH, Run, article_quads, run_quads
from kg.lexicon import load_lexicon
from kg.link import Corrections, above, link, load_corrections
from kg.model import Actor, Coded, Linked
from kg.store import Store
from kg.vocab.iris import graph_iri, run_iri

if TYPE_CHECKING:
    import pyoxigraph as ox

LEAST = "min-confidence"
"""Among the versions of a record: the confidence that its events need in order to stand in the graph."""
DECISIONS = "links"
"""The note in which a store keeps what a user decided about links."""


def decisions(store: Store) -> Corrections:
    """What a user decided about reports of this store: which are one event, and which are not.

    Raises:
        StoreError: The note was edited into something else.
    """
    return load_corrections(store.note(DECISIONS), where=f"{store.location}: note {DECISIONS}")


class Shelf:
    """The coded articles of a store, read once, with their graphs kept in step."""

    def __init__(self, store: Store) -> None:
        self.store = store
        found = ((key, store.record(key)) for key in store.record_keys())
        self.records = {key: coded for key, coded in found if coded is not None}
        self.by_id = {coded.article.id: key for key, coded in self.records.items()}

    def put(self, coded: Coded) -> None:
        """Keep an article in place of an earlier text under the same id, with a graph of its own events."""
        key = coded.article.key
        older = self.by_id.get(coded.article.id)
        if older is not None and older != key:
            self.drop(older)
        # The record comes first: alone it counts for nothing, a graph without its record would stay.
        self.store.put_record(key, coded)
        own = Linked(events=coded.events, agreements=coded.agreements)
        self.store.replace(graph_iri(key), _quads(coded, above(own, least_of(coded))))
        self.records[key] = coded
        self.by_id[coded.article.id] = key

    def drop(self, key: str) -> None:
        """Take an article out."""
        self.store.remove(graph_iri(key))
        self.store.drop_record(key)
        del self.by_id[self.records.pop(key).article.id]

    def relink(self) -> set[str]:
        """Join reports of one event over all articles; give the keys of the articles whose graph changed."""
        linked = link(self.records.values(), decisions(self.store))
        sure = {least: above(linked, least) for least in {least_of(c) for c in self.records.values()}}
        changed: set[str] = set()
        for key, coded in sorted(self.records.items()):
            graph, quads = graph_iri(key), set(_quads(coded, sure[least_of(coded)]))
            if quads != set(self.store.quads(graph)):
                self.store.replace(graph, quads)
                changed.add(key)
        return changed


def least_of(coded: Coded) -> float:
    """The confidence that an article's events need in order to stand in its graph."""
    return float(dict(coded.versions).get(LEAST, 0))


def asking(coded: Coded, least: float) -> Coded:
    """The same record, asking that confidence; it counts as a version, so that the graph's run tells it."""
    tools = [v for v in coded.versions if v[0] != LEAST]
    return replace(coded, versions=tuple(sorted([*tools, (LEAST, repr(least))] if least else tools)))


def _quads(coded: Coded, linked: Linked) -> Iterator[ox.Quad]:
    run = Run.of(coded.article.key, coded.versions)
    return article_quads(coded, linked, run, publisher=_publisher(coded.article.publisher))


def _publisher(name: str | None) -> Actor | None:
    """The publisher as an actor of the lexicon, if it is one."""
    lexicon = load_lexicon()
    known = [lexicon.actors[s.entity] for s in lexicon.senses(name or "") if s.entity in lexicon.actors]
    return next((a for a in known if a.kind == "organization"), None)


def known_runs(store: Store, shelf: Shelf, again: Collection[str] = ()) -> list[ox.Quad]:
    """The clock times of the runs whose articles are still there, without those noted again."""
    known = {run_iri(Run.of(key, c.versions).key) for key, c in shelf.records.items()} - set(again)
    return [q for q in store.quads(RUNS_GRAPH) if getattr(q.subject, "value", "") in known]


def note_runs(store: Store, shelf: Shelf, coded: Sequence[Coded], started: datetime) -> None:
    """Write when the articles were coded, apart from their graphs: clock times differ from build to build."""
    if not coded:
        return
    ended = datetime.now(UTC)
    runs = [Run.of(c.article.key, c.versions, started=started, ended=ended) for c in coded]
    kept = known_runs(store, shelf, {run_iri(run.key) for run in runs})
    store.replace(RUNS_GRAPH, [*kept, *(q for run in runs for q in run_quads(run))])


def decide(store: Store, corrections: Corrections) -> int:
    """Keep a user's decisions in place of the earlier ones and link anew; every later build keeps to them.

    Returns:
        How many article graphs changed.
    """
    store.put_note(DECISIONS, corrections.dump())
    changed = Shelf(store).relink()
    store.flush()
    return len(changed)
