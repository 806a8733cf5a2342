"""What the service adds to a query, and how many it answers: small questions asked over HTTP, beside the library alone.

    python -m benchmarks.service STORE [--seconds S] [--clients N] [--workers N] [--json]

STORE is a store's folder. *Directly*: the same SPARQL by pyoxigraph in this process. *Through the service*: one client,
one request after the other on one connection. *Clients*: N at once for S seconds, each with a connection of its own;
the clients share the machine with the service, so that what is told is less than the service can do.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmarks.table import aligned
from kg import open_store
from kg.store import Store

ACCEPT = {"Accept": "application/sparql-results+json"}
FEW = 300
"""Requests of the one client, and queries of the library alone."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the service, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", help="a store's folder")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long the clients ask")
    parser.add_argument("--clients", type=int, default=16, help="clients at once")
    parser.add_argument("--workers", type=int, default=2, help="processes of the service that evaluate queries")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    asked = parser.parse_args(arguments)
    with open_store(asked.store, read_only=True) as store:
        texts = small_questions(store)
        direct = [timed(lambda t=t: store.query(t)) for t in texts * (FEW // len(texts))]
    with serving(asked.store, asked.workers) as (host, port):
        one = client(host, port, texts, requests=FEW)
        began = time.perf_counter()
        many = [t for part in at_once(host, port, texts, asked.clients, asked.seconds) for t in part]
        took = time.perf_counter() - began
    told = figures(direct, one, many, took)
    print(json.dumps(told) if asked.json else aligned([[name, str(value)] for name, value in told.items()]))
    return 0


def small_questions(store: Store) -> list[str]:
    """Questions with few rows, about actors and events that are there."""
    actors = [str(row[0]) for row in store.query("SELECT DISTINCT ?a { ?e dk:actor ?a } ORDER BY ?a LIMIT 20").rows]
    events = [str(row[0]) for row in store.query("SELECT ?e { ?e a sem:Event } ORDER BY ?e LIMIT 20").rows]
    return [
        *(f"SELECT ?e ?l {{ ?e dk:actor <{a}> ; rdfs:label ?l }} LIMIT 20" for a in actors),
        *(f"SELECT ?p ?o {{ <{e}> ?p ?o }}" for e in events),
    ]


def timed(ask: Any) -> float:
    """Seconds that a call takes, with its rows read."""
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


@contextmanager
def serving(store: str, workers: int) -> Iterator[tuple[str, int]]:
    """The service in a process of its own, on a free port."""
    command = [sys.executable, "-m", "kg", "serve", "--store", store, "--port", "0", "--workers", str(workers)]
    command += ["--per-client", "0"]  # the clients share an address
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        address = urlsplit(next(word for word in said.split() if word.startswith("http")).rstrip(";"))
        yield str(address.hostname), int(address.port or 0)
    finally:
        process.terminate()
        process.wait(30)


def client(host: str, port: int, texts: Sequence[str], *, requests: int = 0, until: float = 0.0) -> list[float]:
    """Ask one after the other on one connection, so many times or until a time; seconds of each request."""
    connection = HTTPConnection(host, port, timeout=60)
    found: list[float] = []
    while len(found) < requests or time.perf_counter() < until:
        path = "/sparql?" + urlencode({"query": texts[len(found) % len(texts)]})
        began = time.perf_counter()
        connection.request("GET", path, headers=ACCEPT)
        response = connection.getresponse()
        body = response.read()
        found.append(time.perf_counter() - began)
        if response.status != 200:
            raise SystemExit(f"{response.status}: {body[:200]!r}")
    connection.close()
    return found


def at_once(host: str, port: int, texts: Sequence[str], clients: int, seconds: float) -> list[list[float]]:
    """Clients at once; the seconds of the requests of each."""
    found: list[list[float]] = [[] for _ in range(clients)]
    until = time.perf_counter() + seconds

    def run(n: int) -> None:
        found[n] = client(host, port, texts[n:] + texts[:n], until=until)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def figures(direct: Sequence[float], one: Sequence[float], many: Sequence[float], took: float) -> dict[str, Any]:
    """The figures by what they are, in milliseconds but for rates."""
    p99 = quantiles(many, n=100)[98]
    return {
        "directly, median ms": round(1000 * median(direct), 2),
        "through the service, median ms": round(1000 * median(one), 2),
        "what the service adds, ms": round(1000 * (median(one) - median(direct)), 2),
        "requests a second": round(len(many) / took),
        "clients, p50 ms": round(1000 * median(many), 1),
        "clients, p99 ms": round(1000 * p99, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
