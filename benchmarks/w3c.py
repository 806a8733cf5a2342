"""The W3C's SPARQL 1.1 tests of queries, updates, syntax and protocol, through the evaluation that the service uses.

    python -m benchmarks.w3c FOLDER [--write docs/w3c.md]

FOLDER is a copy of the suite with a folder for each group, such as ``aggregates/manifest.ttl``. Each test gets a store
of its own. A query goes through the guard, the evaluation and a format of the protocol, and what was written is read
back and compared: rows as a bag, or as a list where the query orders them, graphs up to blank nodes. Numbers are equal
by value, and written alike only where a format is the matter. An update goes through its guard to the database. The
tests of the protocols are sent over HTTP to ``kg serve --writable`` on a scratch store.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from benchmarks.table import aligned
from benchmarks.w3c_manifest import Data, W3CTest, path_of, tests
from benchmarks.w3c_protocol import protocol_tests, run_protocol, service
from benchmarks.w3c_results import rows_in_graph, rows_of, same_graphs, same_rows
from kg.errors import KgError, QueryError, QueryRefused
from kg.store.guard import check
from kg.store.sparql_errors import syntax_error
from kg.store.updates import prepared
from kg.vocab.namespaces import PREFIXES

BAR = 0.97
PROTOCOL_BAR = 33
"""Tests of the SPARQL 1.1 Protocol that pass at least, of 34."""
RESULTS = ox.QueryResultsFormat
FORMATS = {".srx": RESULTS.XML, ".srj": RESULTS.JSON, ".tsv": RESULTS.TSV, ".csv": RESULTS.CSV}
_ORDERED = re.compile(r"\border\s+by\b", re.IGNORECASE)
_LOAD = re.compile(r"\bLOAD\b", re.IGNORECASE)
_NEVER = "DROP GRAPH <urn:x-kg:not-there> ; LOAD"
"""An operation that fails before the LOAD behind it is carried out; the whole text is parsed before that."""

CAUSES = {
    ("aggregates", "GROUP_CONCAT"): "pyoxigraph treats the language tags of what GROUP_CONCAT joins otherwise",
    ("aggregates", "inside of GRAPH"): "pyoxigraph counts over all named graphs at once, not for each",
    (
        "bindings",
        "VALUES inside GRAPH",
    ): "pyoxigraph does not bind the graph's variable in rows of VALUES that leave it",
    ("construct", "constructwhere04"): "the guard lets FROM name nothing but graphs of the store: servers fetch others",
    ("csv-tsv-res", "03"): "pyoxigraph keeps numbers in canonical form, and gives them back otherwise than written",
    ("functions", "BNODE"): "pyoxigraph gives a new blank node for each BNODE of the same text in one row",
    ("graph-store-protocol", "multipart"): "the service reads triples as the body itself, and no forms of files",
    ("negation", "outer GRAPH"): "pyoxigraph takes the graph's variable for one that both sides of MINUS share",
    ("property-path", "constant"): "pyoxigraph gives no path of length zero for a constant that is not in the graph",
    ("syntax-query", "construct-where-02"): "the guard lets FROM name nothing but graphs of the store",
}
"""Why tests fail, by group and a part of their names."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A test and what was wrong; '' where it passed."""

    test: W3CTest
    wrong: str = ""


def evaluate(store: ox.Store, sparql: str, format_: RESULTS = RESULTS.JSON) -> bytes:
    """The answer to a query as the service writes it; a graph as N-Triples.

    The one place that knows by which road the service evaluates.

    Raises:
        QueryError: If it is not SPARQL, or the guard refuses it.
    """
    check(sparql)
    try:
        answer = store.query(sparql, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise syntax_error(sparql, str(error), PREFIXES) from error
    if isinstance(answer, ox.QueryTriples):
        return answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
    return answer.serialize(format=format_) or b""


def run(folder: Path) -> Iterator[Outcome]:
    """Every test of the folder with its outcome."""
    for test in tests(folder):
        try:
            yield Outcome(test, _RUN[test.kind](folder, test))
        except (KgError, SyntaxError, ValueError, OSError, RuntimeError) as error:
            yield Outcome(test, f"{type(error).__name__}: {str(error).splitlines()[0]}")
    if sent := list(protocol_tests(folder)):
        with service() as running:
            for asked, wrong in run_protocol(folder, sent, running):
                yield Outcome(W3CTest(asked.group, asked.name, "protocol", ""), wrong)


def _text(folder: Path, test: W3CTest) -> str:
    return f"BASE <{test.text}>\n" + path_of(folder, test.text).read_text(encoding="utf-8")


def _store(folder: Path, data: Data) -> ox.Store:
    store = ox.Store()
    for iri in data.plain:
        store.load(path=path_of(folder, iri), base_iri=iri)
    for name, iri in data.named:
        store.load(path=path_of(folder, iri), base_iri=iri, to_graph=ox.NamedNode(name))
    return store


def _query(folder: Path, test: W3CTest) -> str:
    sparql, target = _text(folder, test), path_of(folder, test.result)
    format_ = FORMATS.get(target.suffix, RESULTS.JSON)
    store = _store(folder, test.before)
    body = evaluate(store, sparql, format_)
    if format_ is RESULTS.CSV:
        return _csv(target.read_bytes(), body)
    wanted = None
    if target.suffix in {".ttl", ".rdf", ".nt"}:
        graph = ox.Dataset(ox.parse(path=target, base_iri=test.result))
        wanted = rows_in_graph(graph)
        if wanted is None:
            found = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
            return "" if same_graphs(graph, found) else "another graph"
    answer = ox.parse_query_results(body, format=format_)
    told = None if wanted is not None else ox.parse_query_results(path=target, format=format_)
    if isinstance(answer, ox.QueryBoolean) or isinstance(told, ox.QueryBoolean):
        return "" if told is not None and bool(answer) == bool(told) else "another truth value"
    rows = wanted if wanted is not None else rows_of(told)  # type: ignore[arg-type]
    found_rows = rows_of(answer)  # type: ignore[arg-type]
    exact = test.group == "csv-tsv-res"
    if same_rows(rows, found_rows, ordered=bool(_ORDERED.search(sparql)), exact=exact):
        return ""
    return f"other rows: {len(found_rows)} where {len(rows)} are right"


def _csv(wanted: bytes, found: bytes) -> str:
    """Compare by the names of columns, whose order is free under SELECT *."""
    blank = re.compile(r"_:\w+")
    left, right = (
        Counter(tuple(sorted(row.items())) for row in csv.DictReader(blank.sub("_:", text.decode()).splitlines()))
        for text in (wanted, found)
    )
    return "" if left == right else "another text"


def _query_syntax(folder: Path, test: W3CTest) -> str:
    # What the empty store cannot carry out, such as a function of somebody's own, has been parsed.
    with suppress(RuntimeError):
        evaluate(ox.Store(), _text(folder, test))
    return ""


def _wrong_query(folder: Path, test: W3CTest) -> str:
    try:
        evaluate(ox.Store(), _text(folder, test))
    except (QueryError, SyntaxError):
        return ""
    return "taken, though it is wrong"


def _update(folder: Path, test: W3CTest) -> str:
    store = _store(folder, test.before)
    store.update(prepared(_text(folder, test), scratch=True, holds=lambda _: True))
    return "" if same_graphs(_store(folder, test.after), store) else "another graph"


def _update_syntax(folder: Path, test: W3CTest) -> str:
    """Parse alone: an update that is carried out might reach the network."""
    with suppress(QueryRefused):  # LOAD, which was understood
        prepared(_text(folder, test), scratch=True, holds=lambda _: True)
    try:
        ox.Store().update(_LOAD.sub(_NEVER, _text(folder, test), count=1))
    except (RuntimeError, ValueError, OSError) as error:
        if isinstance(error, SyntaxError):
            raise
    return ""


def _wrong_update(folder: Path, test: W3CTest) -> str:
    try:
        _update_syntax(folder, test)
    except (QueryError, SyntaxError):
        return ""
    return "taken, though it is wrong"


_RUN = {
    "query": _query,
    "query syntax": _query_syntax,
    "query syntax, wrong": _wrong_query,
    "update": _update,
    "update syntax": _update_syntax,
    "update syntax, wrong": _wrong_update,
}


def cause(outcome: Outcome) -> str:
    """Why a test fails, where that is known, else what was seen."""
    for (group, part), why in CAUSES.items():
        if outcome.test.group == group and part.lower() in outcome.test.name.lower():
            return f"{outcome.wrong}; {why}"
    return outcome.wrong


def groups(outcomes: Sequence[Outcome]) -> list[list[str]]:
    """Group, passed, tests and share, with all of them together in the last row."""
    names = list(dict.fromkeys(o.test.group for o in outcomes))
    parts = [(name, [o for o in outcomes if o.test.group == name]) for name in names]
    return [
        [name, str(sum(not o.wrong for o in of)), str(len(of)), f"{sum(not o.wrong for o in of) / len(of):.1%}"]
        for name, of in [*parts, ("all", list(outcomes))]
    ]


def page(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as a page of Markdown."""
    lines = [
        "# SPARQL 1.1 by the W3C's own tests",
        "",
        "Written by `python -m benchmarks.w3c FOLDER --write docs/w3c.md` from the W3C's tests of queries, updates and",
        f"syntax, each on a store of its own, through the guard and the service's evaluation; the bar is {BAR:.0%}.",
        f"Those of the two protocols go over HTTP to `kg serve --writable`; the bar is {PROTOCOL_BAR} of `protocol`.",
        "",
        "| group | passed | tests | share |",
        "|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in groups(outcomes)),
        "",
        "## What fails",
        "",
        "| group | test | cause |",
        "|---|---|---|",
        *(f"| {o.test.group} | {o.test.name} | {cause(o)} |".replace("\n", " ") for o in outcomes if o.wrong),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, compare, print; 1 where fewer pass than the bar asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the suite: a folder for each group")
    parser.add_argument("--write", type=Path, help="a page for the outcomes")
    asked = parser.parse_args(arguments)
    outcomes = list(run(asked.folder))
    if not outcomes:
        print(f"Error: {asked.folder}: no manifest of a group; give the folder of the suite", file=sys.stderr)
        return 2
    print(aligned([["group", "passed", "tests", "share"], *groups(outcomes)]))
    for outcome in outcomes:
        if outcome.wrong:
            print(f"{outcome.test.group}: {outcome.test.name}: {cause(outcome)}")
    if asked.write:
        asked.write.write_text(page(outcomes), encoding="utf-8")
    return int(not _above_the_bars(outcomes))


def _above_the_bars(outcomes: Sequence[Outcome]) -> bool:
    protocol = [not o.wrong for o in outcomes if o.test.group == "protocol"]
    others = [not o.wrong for o in outcomes if o.test.kind != "protocol"]
    return sum(others) >= BAR * len(others) and (not protocol or sum(protocol) >= PROTOCOL_BAR)


if __name__ == "__main__":
    sys.exit(main())
