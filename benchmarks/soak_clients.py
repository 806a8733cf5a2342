"""The clients of the soak: those who ask honestly, those who mean harm, and one that wants everything at once."""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from benchmarks.hostile import ANSWERED, REFUSED, STOPPED
from benchmarks.soak_states import Asked, Told, digest
from kg.serve.trouble import status_of

DIRECT = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json, text/turtle;q=0.5"}
ARTICLES = Asked("/sparql?" + urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }"}))
"""A number that only grows."""
BUSY = frozenset({429, 503})
GREED = 12
"""Connections of the client that wants everything at once; more than one client may have."""
_THINK_S = 0.05
_SLOW_S = 30.0


@dataclass(slots=True)
class Notes:
    """What one kind of client saw; each thread has its own."""

    kind: str
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    told: list[Told] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    """Honest requests that were not answered: too busy, or given up."""
    counted: int = 0
    """The highest number of articles that a client was told."""
    wrong: list[str] = field(default_factory=list)
    """What must not be, one line each."""

    def took(self, began: float, status: int) -> None:
        """Count one answer."""
        self.seconds.append(time.monotonic() - began)
        self.statuses[status] += 1


@dataclass(frozen=True, slots=True)
class Client:
    """One address that asks one service."""

    host: str
    port: int
    source: str | None
    """The address that it asks from, None for any."""
    ended: threading.Event
    seed: int

    def connect(self) -> HTTPConnection:
        """A new connection."""
        source = (self.source, 0) if self.source else None
        return HTTPConnection(self.host, self.port, timeout=90, source_address=source)

    def repeat(self, notes: Notes, once: Callable[[HTTPConnection, random.Random], None]) -> Notes:
        """Do something on a connection again and again until the end; a connection that broke is a wrong."""
        dice = random.Random(self.seed)
        connection = self.connect()
        while not self.ended.is_set():
            try:
                once(connection, dice)
            except (OSError, HTTPException) as error:
                notes.wrong.append(f"{notes.kind}: no whole answer: {error!r}")
                connection.close()
                connection = self.connect()
        connection.close()
        return notes


def honest(client: Client, wanted: Sequence[Asked]) -> Notes:
    """Asks what a reader asks, with a short pause, and notes each answer for the comparison with the states."""
    notes = Notes("honest")

    def once(connection: HTTPConnection, dice: random.Random) -> None:
        asked = dice.choice(wanted)
        began = time.monotonic()
        connection.request("GET", asked.path, headers={"Accept": asked.accept})
        response = connection.getresponse()
        body = response.read()
        notes.took(began, response.status)
        if response.status in BUSY | {504}:
            notes.away.append(f"honest: {response.status} for {asked.path[:200]}: {body[:200]!r}")
        else:
            media = response.headers.get("Content-Type", "")
            notes.told.append(Told(asked, digest(response.status, media, body), began, time.monotonic()))
            if asked == ARTICLES:
                number = int(json.loads(body)["results"]["bindings"][0]["n"]["value"])
                if number < notes.counted:
                    notes.wrong.append(f"honest: {notes.counted} articles, and then {number}")
                notes.counted = number
        time.sleep(_THINK_S)

    return client.repeat(notes, once)


@dataclass(frozen=True, slots=True)
class Harm:
    """A hostile query, with the statuses of which one has to come, and where 200 is one of them, its value."""

    name: str
    body: bytes
    statuses: frozenset[int]
    value: object = None


def harms() -> list[Harm]:
    """The hostile queries that mean the same over any store."""
    found = []
    for name, (text, errors) in STOPPED.items():
        # Which limit is met first depends on the store and the machine.
        found.append(Harm(name, text.encode(), frozenset({status_of(e("")) for e in errors} | {413, 503, 504})))
    for name, (text, error) in REFUSED.items():
        # On a crowded machine a text of 300 kB may take the parser too long, too.
        body = text.encode("utf-8", "surrogatepass")
        whole = not any("\ud800" <= c <= "\udfff" for c in text)
        found.append(Harm(name, body, frozenset({status_of(error("")), 504} if whole else {400})))
    for name, (text, value) in ANSWERED.items():
        found.append(Harm(name, text.encode(), frozenset({200}), value))
    return [harm for harm in found if b"ex:n" not in harm.body and b"graph:ring" not in harm.body]


def hostile(client: Client) -> Notes:
    """Puts the hostile queries in some order, again and again."""
    notes = Notes("hostile")
    known = harms()
    return client.repeat(notes, lambda connection, dice: _harm(connection, dice.choice(known), notes))


def _harm(connection: HTTPConnection, harm: Harm, notes: Notes) -> None:
    began = time.monotonic()
    connection.request("POST", "/sparql", harm.body, DIRECT)
    response = connection.getresponse()
    body = response.read()
    notes.took(began, response.status)
    if response.status not in harm.statuses | BUSY:
        notes.wrong.append(f"hostile: {response.status} for {harm.name!r}: {body[:200]!r}")
    elif response.status == 200 and _value(body) != harm.value:
        notes.wrong.append(f"hostile: a wrong answer to {harm.name!r}: {body[:200]!r}")
    if response.status == 429:
        time.sleep(0.2)


def _value(body: bytes) -> object:
    told = json.loads(body)
    if "boolean" in told:
        return told["boolean"]
    [row] = told["results"]["bindings"]
    return int(row["n"]["value"]) if "n" in row else None


def greedy(client: Client) -> Notes:
    """Puts costly queries over more connections at once than one client may have."""
    notes = Notes("greedy")
    costly = [harm for harm in harms() if harm.name in STOPPED]

    def run() -> None:
        client.repeat(notes, lambda connection, dice: _harm(connection, dice.choice(costly), notes))

    threads = [threading.Thread(target=run) for _ in range(GREED)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return notes


BROKEN: tuple[tuple[str, tuple[bytes, ...], tuple[bytes, ...]], ...] = (
    (
        "a slow body",
        (
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n",
            b"Content-Length: 99\r\n\r\n",
        ),
        (b"408",),
    ),
    ("a slow head", (b"GET /sparql HTTP/1.1\r\nHost: ",), (b"",)),
    (
        "a flood of headers",
        (b"GET /sparql HTTP/1.1\r\nHost: localhost\r\n", b"X: y\r\n" * 2000, b"\r\n"),
        (b"431", b"400"),
    ),
    ("a head without end", (b"GET /sparql HTTP/1.1\r\nX: ", b"y" * 200_000), (b"400", b"")),
    ("no HTTP", (b"\x16\x03\x01\x02\x00\x01\x00\xff\r\n\r\n",), (b"400", b"")),
    ("another host", (b"GET /sparql HTTP/1.1\r\nHost: evil.example\r\n\r\n",), (b"421",)),
    (
        "a body of other bytes",
        (
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n",
            b"Connection: close\r\nContent-Length: 4\r\n\r\n\xff\xfe\x00\x80",
        ),
        (b"400",),
    ),
)
"""Requests that are no HTTP or never end: a name, what is sent, and the statuses of which one comes, '' for none."""


def broken(client: Client) -> Notes:
    """Sends what is no whole request."""
    notes = Notes("broken")
    dice = random.Random(client.seed)
    while not client.ended.is_set():
        name, parts, statuses = dice.choice(BROKEN)
        began = time.monotonic()
        source = (client.source, 0) if client.source else None
        back = b""
        try:
            with socket.create_connection((client.host, client.port), _SLOW_S, source) as wire:
                for part in parts:
                    wire.sendall(part)
                while more := wire.recv(65_536):
                    back += more
        except (ConnectionResetError, BrokenPipeError):
            pass
        except OSError as error:
            notes.wrong.append(f"broken: {name}: {error!r}")
            continue
        status = back[9:12]
        notes.took(began, int(status or 0))
        if status not in statuses:
            notes.wrong.append(f"broken: {name}: {back[:200]!r}")
    return notes
