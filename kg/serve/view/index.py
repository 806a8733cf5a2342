"""The index of all events of a store, opened: numbers in arrays, texts in files that are read where needed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.serve.view.columns import digest
from kg.serve.view.kinds import KINDS
from kg.serve.view.texts import META, Texts, plain, read_texts

Flags = npt.NDArray[np.bool_]
"""One truth value for each event."""
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Tally:
    """Which events have which values: pairs of an event and a value, by event."""

    event: Array
    value: Array
    size: int
    """How many values there are."""

    def counts(self, passing: Flags) -> Array:
        """How many of these events have each value."""
        return np.bincount(self.value[passing[self.event]], minlength=self.size)

    def having(self, values: list[int], events: int) -> Flags:
        """Which events have one of these values."""
        wanted = np.zeros(self.size, dtype=bool)
        wanted[values] = True
        found = np.zeros(events, dtype=bool)
        found[self.event[wanted[self.value]]] = True
        return found


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
    kinds: dict[str, KindValues]
    masks: dict[str, Flags] = field(default_factory=dict)
    """Which events have a text, for the texts that were asked for last."""
    choices: dict[str, Array] = field(default_factory=dict)
    """The places of events that were chosen by their IRIs, by name; see ``kg.serve.view.within``."""
    orders: dict[tuple[str, bool], Array] = field(default_factory=dict)

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

    def tally(self, name: str) -> Tally:
        """Of the map: ``spot``, ``land`` or ``flow``."""
        sizes = {"spot": len(self.meta["spots"]), "land": len(self["lands"]), "flow": len(self.meta["flows"])}
        return Tally(self[f"{name}_event"], self[f"{name}_value"], sizes[name])

    @cached_property
    def newest(self) -> Array:
        """The events by age, the newest first, those without a date last."""
        return np.argsort(-self["begin"], kind="stable")

    @cached_property
    def days(self) -> tuple[Array, Array]:
        """The days on which events begin, and for each event the place of its day; those without a date have day 0."""
        days, places = np.unique(self["begin"], return_inverse=True)
        return days, places

    @cached_property
    def party_starts(self) -> Array:
        """Where the parties of each event begin."""
        return np.searchsorted(self["party_event"], np.arange(self.events + 1))

    @cached_property
    def event_actors(self) -> Tally:
        """Which actors take part in which events, each once."""
        pairs = np.unique(self["party_event"].astype(np.int64) * max(self.actors, 1) + self["party_node"])
        return Tally(pairs // max(self.actors, 1), pairs % max(self.actors, 1), self.actors)

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
        first, last = self.party_starts[at], self.party_starts[at + 1]
        roles = self["roles"][self["party_role"][first:last]]
        found["parties"] = [[str(r), int(n)] for r, n in zip(roles, self["party_node"][first:last], strict=True)]
        iri = found["id"]
        short = iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
        found["name"] = iri if self["name_whole"][at] else short
        for kind in ("edge", "hub"):
            if (place := int(self[f"{kind}_of"][at])) >= 0:
                found[kind] = place
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
    texts = {name: read_texts(folder, name) for name in ("cards", "words", "nodes")}
    columns = {f.stem: np.load(f) for f in folder.glob("*.npy") if f.stem not in texts}
    kinds = {name: _kind(meta["kinds"].pop(name), name, columns) for name in KINDS}
    return Index(state, meta, columns, texts["cards"], texts["words"], texts["nodes"], kinds)


def _kind(told: dict[str, Any], name: str, columns: dict[str, Array]) -> KindValues:
    values = told["values"]
    tally = Tally(columns.pop(f"{name}_event"), columns.pop(f"{name}_value"), len(values))
    return KindValues(values, told["words"], {value: at for at, value in enumerate(values)}, tally)
