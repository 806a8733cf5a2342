"""The coded articles of a store, with their graphs kept in step: what a build writes and a run leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kg import written
from kg.graph import RUNS_GRAPH, Index, Run, article_ntriples, run_quads
from kg.lexicon import load_lexicon
from kg.link import Corrections, above, link, load_corrections
from kg.model import Actor, Coded
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
    """The coded articles of a store, read once, with their graphs kept in step.

    An article that is coded waits: its record is on the disk and outlives a killed process, but the graph does not
    show it. ``commit`` links the reports of all articles and writes the graphs of all that wait, so that the graph
    never holds a report that was not compared with the others.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.records: dict[str, Coded] = {}
        """The record of each article by its key, those that wait in place of those in the graph."""
        self.by_id: dict[str, str] = {}
        self.waits: set[str] = set()
        """The keys of the articles that wait."""
        self._gone: set[str] = set()
        for key in store.record_keys():
            if (coded := store.record(key)) is not None:
                self._take(coded)
        for key in store.waiting_keys():
            if (coded := store.waiting(key)) is not None:
                self._take(coded)
                self.waits.add(key)

    def keep(self, coded: Coded) -> None:
        """Let an article wait, in place of an earlier text under the same id."""
        # What waits and is replaced goes first: of two that wait under one id no one could tell which is newer.
        older = self.by_id.get(coded.article.id)
        if older in self.waits and older != coded.article.key:
            self.store.drop_waiting(older)
        self.store.put_waiting(coded.article.key, coded)
        self._take(coded)
        self.waits.add(coded.article.key)

    def drop(self, key: str) -> None:
        """Let an article be taken out by the next commit."""
        del self.by_id[self.records.pop(key).article.id]
        self.waits.discard(key)
        self._gone.add(key)

    def commit(self, runs: Sequence[Run] = ()) -> set[str]:
        """Link the reports of all articles anew and write what differs; give the keys of the articles whose graph did.

        Args:
            runs: Runs whose clock times are to be noted.
        """
        known = written.known(self.store)
        now: dict[str, str] = {}
        if self._gone or self.waits:
            written.forget(self.store)
        changed = self.store.commit(self._graphs(runs, known, now), keep=sorted(self.waits), drop=sorted(self._gone))
        if now != known:
            written.note(self.store, now)
        self.waits, self._gone = set(), set()
        return {key for key in self.records if graph_iri(key) in changed}

    def _take(self, coded: Coded) -> None:
        key, older = coded.article.key, self.by_id.get(coded.article.id)
        if older is not None and older != key:
            self.drop(older)
        if (same := self.records.get(key)) is not None and same.article.id != coded.article.id:
            del self.by_id[same.article.id]
        self._gone.discard(key)
        self.records[key] = coded
        self.by_id[coded.article.id] = key

    def _graphs(
        self, runs: Sequence[Run], known: Mapping[str, str], now: dict[str, str]
    ) -> Iterator[tuple[str, Iterable[ox.Quad] | bytes]]:
        """What each graph should hold, without those written already from the same; their digests go into ``now``."""
        linked = link(self.records.values(), decisions(self.store))
        sure = {least: Index.of(above(linked, least)) for least in {least_of(c) for c in self.records.values()}}
        for key, coded in sorted(self.records.items()):
            index, publisher = sure[least_of(coded)], _publisher(coded.article.publisher)
            now[key] = written.digest(coded, publisher, *index.seen_from(coded))
            if known.get(key) != now[key]:
                written.forget(self.store)
                run = Run.of(key, coded.versions)
                yield graph_iri(key), article_ntriples(coded, index, run, publisher=publisher)
        yield RUNS_GRAPH, self._runs(runs)

    def _runs(self, noted: Sequence[Run]) -> Iterator[ox.Quad]:
        """The clock times of the runs whose articles are still there, and of those to be noted."""
        known = {run_iri(Run.of(key, c.versions).key) for key, c in self.records.items()}
        known -= {run_iri(run.key) for run in noted}
        yield from (q for q in self.store.quads(RUNS_GRAPH) if getattr(q.subject, "value", "") in known)
        for run in noted:
            yield from run_quads(run)


def least_of(coded: Coded) -> float:
    """The confidence that an article's events need in order to stand in its graph."""
    return float(dict(coded.versions).get(LEAST, 0))


def asking(coded: Coded, least: float) -> Coded:
    """The same record, asking that confidence; it counts as a version, so that the graph's run tells it."""
    tools = [v for v in coded.versions if v[0] != LEAST]
    return replace(coded, versions=tuple(sorted([*tools, (LEAST, repr(least))] if least else tools)))


def _publisher(name: str | None) -> Actor | None:
    """The publisher as an actor of the lexicon, if it is one."""
    lexicon = load_lexicon()
    known = [lexicon.actors[s.entity] for s in lexicon.senses(name or "") if s.entity in lexicon.actors]
    return next((a for a in known if a.kind == "organization"), None)


def runs_of(coded: Iterable[Coded], started: datetime) -> list[Run]:
    """The runs that coded these articles, from that time until now."""
    ended = datetime.now(UTC)
    return [Run.of(c.article.key, c.versions, started=started, ended=ended) for c in coded]


def decide(store: Store, corrections: Corrections) -> int:
    """Keep a user's decisions in place of the earlier ones and link anew; every later build keeps to them.

    Returns:
        How many article graphs changed.
    """
    store.put_note(DECISIONS, corrections.dump())
    changed = len(Shelf(store).commit())
    store.summarise()
    return changed
