"""The index of all events of a store, opened: numbers in arrays, texts in files that are read where needed."""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from kg.serve.view.columns import digest
from kg.serve.view.days import Days, days_of
from kg.serve.view.kinds import KINDS
from kg.serve.view.lexicon import NAME, STARTS, WHERE, Lexicon, read_lexicon
from kg.serve.view.spans import starts_of
from kg.serve.view.tally import Array, Flags, Tally
from kg.serve.view.texts import META, Texts, plain, read_texts

TEXTS = ("cards", "words", "nodes", "edges", "hubs")
_KEPT = 32
"""Texts whose events are remembered, as the filters beside them change."""


@dataclass(frozen=True, slots=True)
class KindValues:
    """A kind of choice: its values, their words, and who has them."""

    values: list[str]
    words: list[str]
    at: dict[str, int]
    tally: Tally


@dataclass(frozen=True)
class Index:
    """All that a view is counted from; it never changes. Events and actors are named by their places."""

    state: str
    """Names the state of the store that was read."""
    meta: dict[str, Any]
    columns: dict[str, Array]
    cards: Texts
    words: Texts
    nodes: Texts
    edges: Texts
    hubs: Texts
    lexicon: Lexicon
    kinds: dict[str, KindValues]
    masks: dict[bytes, Flags] = field(default_factory=dict)
    """Which events have a text, for the texts that were asked for last."""
    choices: dict[str, Array] = field(default_factory=dict)
    """The places of events that were chosen by their IRIs, by name; see ``kg.serve.view.within``."""
    orders: dict[tuple[str, bool], Array] = field(default_factory=dict)
    turn: threading.Lock = field(default_factory=threading.Lock)
    """Who answers: many answers that are counted at once would all be late, as they share one interpreter."""

    @property
    def events(self) -> int:
        """How many events there are."""
        return int(self.meta["events"])

    @property
    def actors(self) -> int:
        """How many actors take part in them."""
        return int(self.meta["actors"])

    def __getitem__(self, name: str) -> Array:
        return self.columns[name]

    @cached_property
    def tallies(self) -> dict[str, Tally]:
        """Of the map: ``spot``, ``land`` and ``flow``."""
        sizes = {"spot": len(self.meta["spots"]), "land": len(self["lands"]), "flow": len(self.meta["flows"])}
        return {n: Tally.of(self[f"{n}_event"], self[f"{n}_value"], size, self.events) for n, size in sizes.items()}

    def having(self, text: bytes) -> Flags:
        """Which events have this text, which is plain, in their words."""
        found = self.masks.get(text)
        if found is None:
            found = self.lexicon.having(text, self.words)
            while len(self.masks) >= _KEPT:
                self.masks.pop(next(iter(self.masks)), None)
            self.masks[text] = found
        return found

    @cached_property
    def newest(self) -> Array:
        """The events by age, the newest first, those without a date last."""
        return np.argsort(-self["begin"], kind="stable")

    @cached_property
    def days(self) -> Days:
        """The days on which events begin."""
        return days_of(self["begin"], self["stance"], self["score"])

    @cached_property
    def lines(self) -> dict[str, Tally]:
        """Which events stand behind which lines and hubs: ``edge`` and ``hub``."""
        sizes = {"edge": len(self["edge_ends"]), "hub": len(self["hub_top"])}
        events = {name: np.flatnonzero(self[f"{name}_of"] >= 0).astype(np.int32) for name in sizes}
        return {n: Tally.of(some, self[f"{n}_of"][some], sizes[n], self.events) for n, some in events.items()}

    @cached_property
    def parties(self) -> Tally:
        """Which actors take part in which events, as often as they do."""
        return Tally.of(self["party_event"], self["party_node"], self.actors, self.events)

    @cached_property
    def party_starts(self) -> Array:
        """Where the parties of each event begin."""
        found: Array = starts_of(self["party_event"], self.events)
        return found

    @cached_property
    def event_actors(self) -> Tally:
        """Which actors take part in which events, each once."""
        pairs = np.unique(self["party_event"].astype(np.int64) * max(self.actors, 1) + self["party_node"])
        events, actors = np.divmod(pairs, max(self.actors, 1))
        return Tally.of(events.astype(np.int32), actors.astype(np.int32), self.actors, self.events)

    def order(self, column: str, *, down: bool) -> Array:
        """The events in the order of a column of the table; equals by date."""
        found = self.orders.get((column, down))
        if found is None:
            ranks = self[f"by_{column}"]
            found = self.orders[column, down] = np.argsort(-ranks if down else ranks, kind="stable")
        return found

    def node(self, at: int) -> dict[str, Any]:
        """An actor as the page draws it."""
        found: dict[str, Any] = json.loads(self.nodes[at])
        return found

    def card(self, at: int) -> dict[str, Any]:
        """An event as the page tells it, with its name for the address."""
        found: dict[str, Any] = json.loads(self.cards[at])
        return found

    def has_iri(self, at: int, iri: str) -> bool:
        """Whether this is the IRI of an event, which its card begins with."""
        return self.cards[at].startswith(f'{{"id":{json.dumps(iri)}'.encode("ascii"))

    def event_named(self, name: str) -> int | None:
        """The event that an address names so."""
        digests, wanted = self["name_digest"], np.uint64(digest(name))
        first, last = np.searchsorted(digests, wanted, side="left"), np.searchsorted(digests, wanted, side="right")
        found = (int(at) for at in self["name_event"][first:last])
        return next((at for at in found if self.card(at)["name"] == name), None)

    def actor_named(self, name: str) -> int | None:
        """The actor that an address names so."""
        return self._actors_by_name.get(name)

    @cached_property
    def actor_names(self) -> list[str]:
        """What each actor is looked for in: its label and its IRI, in small letters without accents."""
        return [plain(f"{node['label']}\n{node['id']}") for node in map(self.node, range(self.actors))]

    @cached_property
    def labels(self) -> Counter[str]:
        """How many actors have each label."""
        return Counter(self.node(at)["label"] for at in range(self.actors))

    @cached_property
    def _actors_by_name(self) -> dict[str, int]:
        return {self.node(at)["name"]: at for at in range(self.actors)}


def open_index(folder: Path, state: str) -> Index:
    """The index that ``build`` wrote; the folder may be removed while it is in use."""
    meta = json.loads((folder / META).read_text("ascii"))
    texts = {name: read_texts(folder, name) for name in TEXTS}
    read = {*TEXTS, NAME, WHERE, STARTS}
    columns = {f.stem: np.load(f) for f in folder.glob("*.npy") if f.stem not in read}
    kinds = {name: _kind(meta["kinds"].pop(name), name, columns, int(meta["events"])) for name in KINDS}
    cards, words, nodes, edges, hubs = (texts[name] for name in TEXTS)
    index = Index(state, meta, columns, cards, words, nodes, edges, hubs, read_lexicon(folder), kinds)
    for name, made in vars(Index).items():
        if isinstance(made, cached_property):
            getattr(index, name)  # made now, not while the first reader waits
    return index


def _kind(told: dict[str, Any], name: str, columns: dict[str, Array], events: int) -> KindValues:
    values = told["values"]
    tally = Tally.of(columns.pop(f"{name}_event"), columns.pop(f"{name}_value"), len(values), events)
    return KindValues(values, told["words"], {value: at for at, value in enumerate(values)}, tally)
