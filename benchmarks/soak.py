"""Asks a service for a long time, honestly and with harm, while its store grows, and checks every answer.

    python -m benchmarks.soak [--minutes 30] [--workers 2] [--timeout 5] [--json FILE]

A store of articles in ``seeds/`` is made in a temporary folder and served by ``kg serve``; ``kg build`` adds invented
articles of ``training/corpus`` to it, a few at a time. Of sixteen clients nine ask honestly: named questions, SPARQL,
pages and the JSON API. Five put ``benchmarks.hostile``, one sends what is no HTTP, one asks twelve costly queries at
once. Each has an address of its own, 127.0.1.1 and so on; where the system has only 127.0.0.1, ``--per-client`` is off.

Every honest answer must be, but for the order of its rows, what one state of the store answers that was current between
the request and its answer; the states are asked in this process. One in a hundred may be turned away as too busy. No
count of articles may go back. A hostile query must give its error, never a 200. At the end every worker must be there,
each one that was ended replaced, and memory level. Exits with 1 where anything of this does not hold.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from benchmarks.asking import typical
from benchmarks.soak_clients import ARTICLES, Client, Notes, broken, greedy, honest, hostile
from benchmarks.soak_states import Asked, States
from benchmarks.soak_watch import Memory, children, growth, slope
from benchmarks.table import aligned
from kg import open_store
from kg.query import questions
from kg.vocab.names import local_name

ROOT = Path(__file__).resolve().parents[1]
CLIENTS: Sequence[Callable[..., Notes]] = (*[honest] * 9, *[hostile] * 5, broken, greedy)
BATCH = 3
"""Articles that one ``kg build`` adds."""
MOST_AWAY = 0.01
"""Share of the honest requests that may be turned away as too busy or given up as too slow."""
MOST_GROWTH_MB = 50.0
"""How much more memory the server may keep at the end than when it was warm."""
_SAID = 20_000
"""Characters of what the service wrote that are kept."""
_SPARQL = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?type (COUNT(*) AS ?n) { ?e a sem:Event ; sem:eventType ?type } GROUP BY ?type",
    "SELECT ?e ?l ?s { ?e a sem:Event ; rdfs:label ?l ; dk:eventStatus ?s }",
    "SELECT DISTINCT ?name { ?e dk:mediator ?who . ?who skos:prefLabel ?name }",
    "ASK { ?e a sem:Event FILTER NOT EXISTS { ?e gaf:denotedBy ?m } }",
    "CONSTRUCT { ?a dk:metWith ?b } WHERE { ?a dk:metWith ?b }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak, print the table, and say what does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0, help="how long the clients ask")
    parser.add_argument("--workers", type=int, default=2, help="processes of the service that evaluate queries")
    parser.add_argument("--timeout", type=float, default=5.0, help="seconds after which the service gives up a query")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there, too")
    asked = parser.parse_args(arguments)
    told = soak(60 * asked.minutes, workers=asked.workers, timeout=asked.timeout)
    if asked.json:
        asked.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(table(told))
    for line in told["wrong"][:50]:
        print(f"WRONG {line}")
    if told["wrong"]:
        print(told["said"])
    print("failed" if told["wrong"] else "held")
    return bool(told["wrong"])


def soak(
    seconds: float, *, workers: int = 2, timeout: float = 5.0, base: Sequence[Path] = (ROOT / "seeds",)
) -> dict[str, Any]:
    """Figures of a soak of so many seconds.

    Args:
        seconds: How long the clients ask.
        workers: Of the service.
        timeout: Seconds after which it gives up a query.
        base: What the store holds from the start.

    Returns:
        ``clients`` by kind, each with ``requests``, ``p50_ms``, ``p99_ms`` and ``statuses``; ``memory``, ``store`` and
        ``pool``; ``said``, the end of what the service wrote on stderr; and ``wrong``, a line for each thing that must
        not be, empty where all holds.
    """
    with tempfile.TemporaryDirectory(prefix="kg-soak-") as place:
        folder = Path(place) / "kg-store"
        build(folder, *base)
        alone = own_addresses()
        words = Path(place) / "said.txt"
        with serving(folder, workers, timeout, 8 if alone else 0, words) as (pid, host, port):
            states = States(folder, wanted(folder))
            states.look()
            memory = Memory(pid)
            notes = _run(seconds, host, port, folder, states, memory, alone=alone)
            time.sleep(timeout + 1)  # what was under way when the clients left has ended
            pool = pool_counts(host, port)
            pool["alive"] = len(children(pid))
        said = words.read_text(encoding="utf-8", errors="replace")[-_SAID:]
    return {**figures(notes, states, memory, pool), "said": said}


def _run(
    seconds: float, host: str, port: int, folder: Path, states: States, memory: Memory, *, alone: bool
) -> list[Notes]:
    """Everything at once until the time is over; what the clients saw, and a note of each build."""
    ended, looked, asked = threading.Event(), threading.Event(), threading.Event()
    notes: list[Notes] = []

    def ask(number: int, kind: Callable[..., Notes]) -> None:
        client = Client(host, port, f"127.0.1.{number + 1}" if alone else None, ended, number)
        notes.append(kind(client, states.wanted) if kind is honest else kind(client))

    threads = [threading.Thread(target=ask, args=(n, kind)) for n, kind in enumerate(CLIENTS)]
    threads += [threading.Thread(target=lambda: notes.append(add_articles(folder, ended)))]
    threads += [threading.Thread(target=memory.watch, args=(ended,))]
    watching = threading.Thread(target=states.watch, args=(looked,))
    asking = threading.Thread(target=states.ask, args=(asked,))
    for thread in (*threads, watching, asking):
        thread.start()
    ended.wait(seconds)
    ended.set()
    for thread in threads:
        thread.join()
    looked.set()
    watching.join()
    asked.set()
    asking.join()
    return notes


def wanted(folder: Path) -> list[Asked]:
    """What the honest ask of a store: the named questions, bare and with typical values, SPARQL, and some things."""
    paths = ["/sparql?" + urlencode({"query": text}) for text in _SPARQL]
    for question in questions():
        given = {name: str(value) for name, value in typical(question.name).items()}
        paths += [f"/api/questions/{question.name}?" + urlencode({**more, "limit": 1000}) for more in ({}, given)]
    paths += [f"/api/events?{more}" for more in ("limit=1000", "type=CONSULT", "since=2015&until=2018", "actor=Egypt")]
    with open_store(folder, read_only=True) as store:
        for kind, path in (("sem:Event", "event"), ("sem:Actor", "actor"), ("schema:NewsArticle", "article")):
            found = store.query(f"SELECT DISTINCT ?x {{ ?x a {kind} }} ORDER BY ?x LIMIT 3").rows
            keys = [quote(local_name(str(row[0])), safe="") for row in found]
            paths += [f"/{path}/{key}{end}" for key in keys for end in (".nt", ".html")]
    return [ARTICLES, *map(Asked, paths)]


def build(folder: Path, *sources: Path) -> None:
    """Read articles into the store in a process of its own.

    Raises:
        RuntimeError: It failed.
    """
    command = [sys.executable, "-m", "kg", "build", *map(str, sources), "--store", str(folder), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"kg build failed: {done.stderr[-2000:]}")


def add_articles(folder: Path, ended: threading.Event) -> Notes:
    """Add some articles after others until the end; a build that fails is a wrong."""
    notes = Notes("build")
    part = folder.parent / "more.jsonl"
    for batch in invented(BATCH):
        if ended.is_set() or notes.wrong:
            break
        part.write_text(batch, encoding="utf-8")
        began = time.monotonic()
        try:
            build(folder, part)
        except RuntimeError as error:
            notes.wrong.append(f"build: {error}")
        else:
            notes.took(began, 0)
    return notes


def invented(size: int) -> Iterator[str]:
    """Articles of the training corpus as JSON lines, so many at a time.

    Only what a reader needs is taken over: articles that say that they are invented are left out by ``kg build``.
    """
    lines = [
        line
        for file in sorted((ROOT / "training" / "corpus").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    for start in range(0, len(lines), size):
        found = (
            {name: json.loads(line)[name] for name in ("id", "date", "title", "text")}
            for line in lines[start : start + size]
        )
        yield "".join(f"{json.dumps(article)}\n" for article in found)


@contextmanager
def serving(folder: Path, workers: int, timeout: float, per_client: int, words: Path) -> Iterator[tuple[int, str, int]]:
    """The service in a process of its own, which writes its words to a file: its id, host and port."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", "0", "--workers", str(workers)]
    command += ["--timeout", str(timeout), "--per-client", str(per_client)]
    with words.open("wb") as stderr:
        process = subprocess.Popen(command, stderr=stderr)
    try:
        until = time.monotonic() + 60
        while not (said := words.read_text(encoding="utf-8")).endswith("\n") and time.monotonic() < until:
            time.sleep(0.05)
        address = urlsplit(next(word for word in said.split() if word.startswith("http")).rstrip(";"))
        yield process.pid, str(address.hostname), int(address.port or 0)
    finally:
        process.terminate()
        process.wait(30)


def own_addresses() -> bool:
    """Whether this machine has all of 127.0.0.0/8, as Linux does."""
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.1.1", 0))
        except OSError:
            return False
    return True


def pool_counts(host: str, port: int) -> dict[str, int]:
    """The counts of the pool and of the clients, from the metrics, after a few more queries."""
    connection = HTTPConnection(host, port, timeout=60)
    for _ in range(10):
        connection.request("GET", "/sparql?query=ASK%7B%7D")
        connection.getresponse().read()
    connection.request("GET", "/metrics")
    lines = connection.getresponse().read().decode().splitlines()
    connection.close()
    found = (line.split() for line in lines if line.startswith(("kg_pool_", "kg_clients_")))
    return {name.removeprefix("kg_").removeprefix("pool_"): int(number) for name, number in found}


def figures(notes: Sequence[Notes], states: States, memory: Memory, pool: dict[str, int]) -> dict[str, Any]:
    """What ``soak`` returns."""
    wrong = [line for note in notes for line in note.wrong]
    checked = [told for note in notes for told in note.told]
    wrong += [f"honest: no state says so: {t.digest} to {t.asked.path}" for t in checked if not states.fits(t)]
    away = [line for note in notes for line in note.away]
    if len(away) > MOST_AWAY * (len(checked) + len(away)):
        wrong += [f"{len(away)} honest requests of {len(checked) + len(away)} were turned away", *away[:10]]
    killed = sum(pool[name] for name in ("timed_out", "out_of_memory", "crashed"))
    for holds, line in (
        (pool["alive"] == pool["workers"], f"{pool['alive']} workers of {pool['workers']} are alive"),
        (pool["restarted"] >= killed, f"{killed} workers were ended and {pool['restarted']} started anew"),
        (pool["crashed"] == 0, f"{pool['crashed']} queries crashed a worker"),
        (
            pool["running"] + pool["waiting"] + pool["clients_active"] == 0,
            "queries are left though all clients are gone",
        ),
        (
            states.missed == 0,
            f"{states.missed} states were gone before they could be kept, so answers of theirs fit none",
        ),
        (growth(memory.server) < MOST_GROWTH_MB, f"the server keeps {growth(memory.server):.0f} MB more than at first"),
    ):
        if not holds:
            wrong.append(line)
    return {
        "clients": {kind: _summary([n for n in notes if n.kind == kind]) for kind in sorted({n.kind for n in notes})},
        "checked": len(checked),
        "turned_away": len(away),
        "memory": {
            name: {
                "first_mb": round(median(values[: max(1, len(values) // 5)] or [0.0]), 1),
                "last_mb": round(median(values[-max(1, len(values) // 5) :] or [0.0]), 1),
                "most_mb": round(max(values, default=0.0), 1),
                "slope_mb_a_minute": round(slope(memory.times, values), 3),
            }
            for name, values in (("server", memory.server), ("worker", memory.worker))
        },
        "store": {"states": len(states.found), "states_missed": states.missed},
        "pool": pool,
        "wrong": wrong,
    }


def _summary(notes: Sequence[Notes]) -> dict[str, Any]:
    seconds = [s for note in notes for s in note.seconds] or [0.0]
    statuses = sum((note.statuses for note in notes), Counter[int]())
    return {
        "clients": len(notes),
        "requests": len(seconds),
        "p50_ms": round(1000 * median(seconds), 1),
        "p99_ms": round(1000 * (quantiles(seconds, n=100)[98] if len(seconds) > 1 else seconds[0]), 1),
        "statuses": {str(status or "none"): number for status, number in sorted(statuses.items())},
    }


def table(told: dict[str, Any]) -> str:
    """The figures for a reader."""
    rows = [["clients", "number", "requests", "p50 ms", "p99 ms", "statuses"]]
    for kind, row in told["clients"].items():
        statuses = ", ".join(f"{status}: {number}" for status, number in row["statuses"].items())
        rows.append([kind, *(str(row[n]) for n in ("clients", "requests", "p50_ms", "p99_ms")), statuses])
    more = [["memory", "first MB", "last MB", "most MB", "MB a minute"]]
    more += [[name, *(str(value) for value in row.values())] for name, row in told["memory"].items()]
    counts = [
        [name, str(value)]
        for name, value in {
            **told["store"],
            "answers checked": told["checked"],
            "turned away": told["turned_away"],
            **told["pool"],
        }.items()
    ]
    return "\n\n".join(map(aligned, (rows, more, counts)))


if __name__ == "__main__":
    sys.exit(main())
