"""Queries that mean harm, each with what has to become of it; and those that only look so."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.hostile import ANSWERED, COSTLY, EX, REFUSED, STOPPED
from kg.errors import (
    AnswerTooLarge,
    KgError,
    QueryCrashed,
    QueryError,
    QueryOutOfMemory,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
)
from kg.serve.pool import Caps, QueryPool, Request, Result

GOOD = EX + "SELECT (COUNT(*) AS ?n) { ?s ex:next ?o }"


def value(result: Result) -> object:
    """The truth of ASK, or the one number of a SELECT, None where it is unbound."""
    told = json.loads(result.body)
    if "boolean" in told:
        return told["boolean"]
    [row] = told["results"]["bindings"]
    return int(row["n"]["value"]) if "n" in row else None


@pytest.mark.parametrize("name", STOPPED)
def test_a_costly_query_is_stopped_and_the_next_is_answered(
    ring_pool: QueryPool, impatient_pool: QueryPool, name: str
) -> None:
    sparql, errors = STOPPED[name]
    pool = impatient_pool if QueryTimeout in errors else ring_pool
    with pytest.raises(errors) as caught:
        pool.answer(Request(sparql, "application/sparql-results+json, text/turtle"))
    assert type(caught.value) in errors
    assert value(pool.answer(Request(GOOD))) == 200
    assert len(pool.pids()) == 2


@pytest.mark.parametrize("name", REFUSED)
def test_a_query_that_reaches_out_or_breaks_the_parser_is_refused(ring_pool: QueryPool, name: str) -> None:
    sparql, error = REFUSED[name]
    before = ring_pool.pids()
    with pytest.raises(error) as caught:
        ring_pool.answer(Request(sparql))
    assert type(caught.value) is error
    assert len(str(caught.value)) < 500
    assert ring_pool.pids() == before


@pytest.mark.parametrize("name", ANSWERED)
def test_a_query_that_only_looks_hostile_is_answered(ring_pool: QueryPool, name: str) -> None:
    sparql, expected = ANSWERED[name]
    assert value(ring_pool.answer(Request(sparql))) == expected


def test_good_queries_are_right_while_others_mean_harm(ring_folder: Path) -> None:
    hostile = [
        STOPPED["cross product, counted"],
        STOPPED["CONCAT, tenfold each time"],
        STOPPED["cross product, given"],
        (REFUSED["SERVICE in EXISTS"][0], (QueryRefused,)),
        (REFUSED["brackets by the thousand"][0], (QueryTooLarge,)),
    ]
    good: list[bool] = []
    ended: list[type[KgError]] = []

    def ask(first: int) -> None:
        for i in range(first, first + 10):
            told = pool.answer(Request(EX + f"SELECT (STRLEN(STR(?o)) AS ?n) {{ ex:n{i} ex:next ?o }}"))
            good.append(value(told) == len(f"http://example.org/n{i + 1}"))

    def harm(which: int) -> None:
        sparql, errors = hostile[which]
        for _ in range(2):
            with pytest.raises((*errors, QueryTimeout)) as caught:
                pool.answer(Request(sparql))
            ended.append(type(caught.value))

    with QueryPool(ring_folder, workers=2, caps=Caps(seconds=2, memory=150_000_000, answer=500_000)) as pool:
        threads = [threading.Thread(target=ask, args=(i * 10,)) for i in range(3)]
        threads += [threading.Thread(target=harm, args=(i,)) for i in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert good == [True] * 30
        killed = sum(kind in COSTLY for kind in ended)
        assert pool.stats() == {
            "answered": 30,
            "refused": 2,
            "too_large": 2,
            "answer_too_large": ended.count(AnswerTooLarge),
            "timed_out": ended.count(QueryTimeout),
            "out_of_memory": ended.count(QueryOutOfMemory),
            "crashed": 0,
            "wrong": 0,
            "busy": 0,
            "failed": 0,
            "restarted": killed,
            "workers": 2,
            "running": 0,
            "waiting": 0,
        }
        assert len(ended) == 10
        assert killed >= 2
        assert len(pool.pids()) == 2


PARTS = [
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "*", "?s", "?p", "?o", "{", "}", "(", ")", "[", "]", "<<", ">>", "<<(",
    ")>>", ".", ";", ",", "a", "ex:next", "ex:near*", "^", "|", "/", "+", "!", "<http://example.org/n0>", "<x>", "1",
    "1e999", "-1", "'x'", '"""', "'\\u0041'", "@en", "^^xsd:integer", "^^xsd:date", "FILTER", "OPTIONAL", "UNION",
    "MINUS", "GRAPH", "SERVICE", "VALUES", "UNDEF", "BIND", "AS", "EXISTS", "NOT", "GROUP BY", "HAVING", "ORDER BY",
    "LIMIT", "OFFSET", "10", "COUNT(*)", "CONCAT(", "REGEX(", "REPLACE(", "SUBSTR(", "COALESCE(", "IF(", "BNODE()",
    "LATERAL", "FROM", "NAMED", "graph:ring", "PREFIX", "BASE", "_:b", "#", "\n", "\\", "\0", "\ud800", "é", "~", "{|", "|}",
    "INSERT DATA", "LOAD", "=", "<", "&&", "||", "WHERE", "DISTINCT", "REDUCED",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=25), st.sampled_from(["", "ASK { ?s ?p ?o ", "SELECT * { FILTER("]))
@settings(max_examples=300, deadline=None)
def test_whatever_is_asked_is_answered_or_told_in_a_short_error(
    ring_pool: QueryPool, parts: list[str], before: str
) -> None:
    told = ""
    try:
        ring_pool.answer(Request(EX + before + " ".join(parts), "text/csv, application/n-triples"))
    except QueryCrashed:
        raise
    except QueryError as error:
        told = str(error)
    assert len(told) < 1_000
