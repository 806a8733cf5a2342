"""Every state of a store that was published while something was asked, and what each of them answers."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.serve.answers import Request, Result
from kg.serve.worker import evaluate
from kg.store import open_store
from kg.store.snapshots import current

LAG_S = 15.0
"""Seconds for which an older state may still be told: two until the service looks, five for which it keeps the names of
actors, and what a crowded machine adds."""
_POLL_S = 0.05
_MOST = 500_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One request by GET."""

    path: str
    accept: str = "application/sparql-results+json, application/json, application/n-triples;q=0.9, text/html;q=0.5"


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of the service, with the seconds by the clock between which it was asked and told."""

    asked: Asked
    digest: str
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class State:
    """One published state: not there at ``before``, there at ``seen``."""

    name: str
    before: float
    seen: float
    answers: Mapping[Asked, str]


@dataclass(slots=True)
class States:
    """Watches a store's folder, keeps each new state, and asks it everything, in this process and not the service."""

    folder: Path
    wanted: Sequence[Asked]
    found: list[State] = field(default_factory=list)
    missed: int = 0
    """States that were gone before they could be kept."""
    _kept: deque[tuple[str, float, float, Any]] = field(default_factory=deque)
    _newest: int = 0
    _looked: float = 0.0

    def watch(self, ended: threading.Event) -> None:
        """Look for new states until told to end, and once more then."""
        while True:
            last = ended.is_set()
            self.look()
            if last:
                return
            ended.wait(_POLL_S)

    def ask(self, ended: threading.Event) -> None:
        """Ask each state that was kept, one after the other, until told to end and none is left."""
        while not ended.is_set() or self._kept:
            if not self._kept:
                ended.wait(_POLL_S)
                continue
            name, before, seen, store = self._kept[0]
            with store:
                self.found.append(State(name, before, seen, answers_of(self.folder, store, self.wanted)))
            self._kept.popleft()

    def look(self) -> None:
        """Keep the newest state, if it is a new one: a snapshot that is open is not taken away."""
        before, self._looked = self._looked, time.monotonic()
        path = current(self.folder)
        if path is None or int(path.name) == self._newest:
            return
        store = open_store(self.folder, read_only=True)
        if current(self.folder) != path:  # perhaps a newer one was opened; the next look takes it
            store.close()
            self._looked = before
            return
        self.missed += int(path.name) - self._newest - 1 if self._newest else 0
        self._newest = int(path.name)
        self._kept.append((path.name, before, self._looked, store))

    def fits(self, told: Told) -> bool:
        """Whether some state that could be told at the time answers just so."""
        return any(state.answers[told.asked] == told.digest for state in self.could_be(told))

    def could_be(self, told: Told) -> list[State]:
        """The states that the answer may be of."""
        ends = [state.seen + LAG_S for state in self.found[1:]] + [float("inf")]
        return [s for s, end in zip(self.found, ends, strict=True) if s.before <= told.ended and told.began <= end]


class Direct:
    """A store as what answers the service's queries, without processes."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def answer(self, request: Request) -> Result:
        """The whole answer, evaluated here."""
        media, body = evaluate(self._store, request, _MOST)
        return Result(media, bytes(body))

    def refresh(self) -> None:
        """The state stays as it is."""

    def close(self) -> None:
        """Nothing to end."""

    def stats(self) -> Mapping[str, int]:
        """Nothing is counted."""
        return {}


def answers_of(folder: Path, store: Any, wanted: Sequence[Asked]) -> dict[Asked, str]:
    """The digest of what an opened store answers to each request."""
    from starlette.testclient import TestClient

    from kg.serve.app import make_app

    # A folder of the same name without a summary, since the one that is there is of the newest state.
    app = make_app(folder.parent / "nowhere" / folder.name, Direct(store), per_client=0)
    client = TestClient(app, "http://127.0.0.1", follow_redirects=False)
    found = {}
    for asked in wanted:
        response = client.get(asked.path, headers={"Accept": asked.accept})
        found[asked] = digest(response.status_code, response.headers.get("content-type", ""), response.content)
    return found


def digest(status: int, media: str, body: bytes) -> str:
    """The same for two answers that say the same, whatever the order of their rows or triples.

    >>> one = digest(200, "application/json", b'{"rows": [{"a": 1}, {"a": 2}]}')
    >>> one == digest(200, "application/json", b'{"rows":[{"a":2},{"a":1}]}')
    True
    >>> one == digest(200, "application/json", b'{"rows": [{"a": 1}]}')
    False
    """
    if "json" in media:
        body = json.dumps(_sorted(json.loads(body))).encode()
    elif "n-triples" in media:
        body = b"\n".join(sorted(body.splitlines()))
    return f"{status} {media} {hashlib.sha256(body).hexdigest()[:16]}"


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return sorted((_sorted(item) for item in value), key=json.dumps)
    return value
