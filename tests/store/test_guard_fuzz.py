"""Whatever text the guard lets pass, pyoxigraph asks nobody but this store; and the guard's time grows with the text."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store.guard import LIMITS, check

quick = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


class Listening:
    """A port of this machine that counts who calls, and hangs up."""

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        with suppress(OSError):  # the socket is closed at the end
            while True:
                caller, _ = self.socket.accept()
                self.calls += 1
                caller.close()


@pytest.fixture(scope="module")
def listening() -> Iterator[Listening]:
    port = Listening()
    yield port
    port.socket.close()


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """A few triples, so that patterns have solutions and what follows them is evaluated."""
    held = ox.Store()
    node = ox.NamedNode("urn:a")
    held.add(ox.Quad(node, node, ox.Literal(1)))
    held.add(ox.Quad(node, node, ox.Literal("service"), ox.NamedNode("urn:g")))
    return held


def calls(query: str, store: ox.Store, listening: Listening) -> bool:
    """Whether the evaluation of a query calls the port; a text that is no query calls nobody."""
    before = listening.calls
    with suppress(SyntaxError, OSError, RuntimeError, ValueError, TypeError):
        found = store.query(query, prefixes={"h": listening.url})
        for _, _ in zip(found, range(3), strict=False):  # type: ignore[call-overload]
            pass
    return listening.calls > before


def escaped(word: str, how: list[int]) -> str:
    """The word with some letters as escapes, in small or large letters, or as they are."""
    ways = (str, str.lower, str.upper, lambda c: f"\\u{ord(c):04x}", lambda c: f"\\U{ord(c):08X}")
    return "".join(ways[how[n % len(how)] % 5](letter) for n, letter in enumerate(word))


SPACES = st.lists(
    st.sampled_from(
        [" ", "\t", "\n", "\r", "\r\n", "#x\n", "#'\n", '#"""\r', "# <\n", "#\\u000a", "\u00a0", "\ufeff", "/**/"]
    ),
    max_size=3,
).map("".join)
WORDS = st.lists(st.integers(0, 4), min_size=1, max_size=7)
BEFORE = st.sampled_from(
    ["", "?s ?p ?o ", "?s ?p 1", "?s ?p true", "?s ?p 'x'", '?s ?p """x"""', "?s ?p ?o .", "?s ?p <urn:a>.", "{} ", "{?s ?p ?o}",
     "FILTER(1<2)", "FILTER(?a<?b)", "FILTER(1<urn:a)", "BIND(1 AS ?x)", "VALUES ?x {1}", "?s h:a\\' ?o.", "?s ?p '\\''.",
     "OPTIONAL{", "MINUS{", "GRAPH ?g{", "FILTER EXISTS{", "{SELECT*{", "?s ?p '", '?s ?p "', "?s ?p '''", "#", "?s ?p <urn:",
     "?s ?p h:", "?s ?p _:b", "?s ?p ?", "?s ?p 'x'@en", "?s ?p 'x'^^h:t ", "?s (h:a|", "?s ?p [", "?s ?p (", "LATERAL{"]
)  # fmt: skip
TARGETS = st.sampled_from(
    ["<{url}>", "h:", "h:x", "?x", "<{url}a#b>", "SILENT<{url}>", "SILENT h:", "silent ?x", "<{url}\\u0061>"]
)
AFTER = st.sampled_from(["", "}", "'", '"', "'''", '"""', ">", ")", "]", "#", "}}", "}}}", "# '", "\n}", "\\"])
HEADS = st.sampled_from(
    ["ASK{", "SELECT*{", "SELECT * WHERE {", "CONSTRUCT{?s ?p ?o}WHERE{", "PREFIX :<urn:x>ASK{", "DESCRIBE ?s{"]
)


@st.composite
def hidden(draw: st.DrawFn) -> str:
    """A query that hides SERVICE somewhere; ``{url}`` stands for where it goes."""
    word = escaped("SERVICE", draw(WORDS))
    opening = draw(HEADS) + draw(BEFORE) + draw(SPACES)
    target = draw(SPACES) + draw(TARGETS) + draw(SPACES)
    return f"{opening}{word}{target}{{?a ?b ?c}}{draw(BEFORE)}{draw(AFTER)}" + "}" * draw(st.integers(0, 3))


def test_a_service_that_no_guard_sees_does_call(store: ox.Store, listening: Listening) -> None:
    for query in ("ASK{SERVICE<{url}>{?a ?b ?c}}", "SELECT*{?s ?p ?o SERVICE SILENT h:x{?a ?b ?c}}"):
        assert calls(query.replace("{url}", listening.url), store, listening)


@given(hidden())
@settings(quick, max_examples=400)
def test_no_hidden_service_that_passes_is_called(store: ox.Store, listening: Listening, text: str) -> None:
    query = text.replace("{url}", listening.url)
    try:
        check(query, prefixes={"h": listening.url})
    except QueryError:
        return
    assert not calls(query, store, listening), query


PARTS = st.one_of(
    BEFORE, SPACES, AFTER, HEADS, TARGETS,
    st.sampled_from(["SERVICE", "FROM", "NAMED", "<{url}>", "h:x", "{", "}", "(", ")", "<<", ">>", "<", ">", "'", '"', "\\", ":",
                     "\\u0053ERVICE", "ſERVICE", "SERVıCE", "LOAD", "ß", "\u2028", "a", "?x", "1", ".", ";", ",", "|", "^", "~"]),
    st.text(max_size=4),
)  # fmt: skip


@given(HEADS, st.lists(PARTS, max_size=12), st.lists(PARTS, max_size=4))
@settings(quick, max_examples=400)
def test_no_text_that_passes_calls_anybody(
    store: ox.Store, listening: Listening, head: str, one: list[str], other: list[str]
) -> None:
    query = (head + "".join(one) + " SERVICE <{url}> {?a ?b ?c} " + " ".join(other) + "}").replace(
        "{url}", listening.url
    )
    for text in (query, query.replace(" SERVICE", "SERVICE"), "".join(one)):
        try:
            check(text, prefixes={"h": listening.url})
        except QueryError:
            continue
        assert not calls(text, store, listening), text


@given(
    st.lists(st.sampled_from(["FROM", "from", "FROM NAMED", "fromNAMED", "\\u0046ROM"]), min_size=1, max_size=2),
    st.sampled_from(["ASK", "ASK ", "SELECT*", "DESCRIBE<urn:a>", "CONSTRUCT"]),
    SPACES,
    st.sampled_from(["<urn:g>", "<file:///etc/passwd>", "<http://example.org/>", "h:g", "<g>", "<https://w3id.org/x>"]),
)
@quick
def test_from_reads_no_graph_of_another_name(words: list[str], form: str, space: str, graph: str) -> None:
    held = ox.Store()
    node = ox.NamedNode("urn:a")
    for name in ("urn:g", "file:///etc/passwd", "http://example.org/", "http://example.org/g", "https://w3id.org/x"):
        held.add(ox.Quad(node, node, node, ox.NamedNode(name)))
    query = "PREFIX h:<http://example.org/> " + form + " ".join(f"{word}{space}{graph}" for word in words)
    query += "{ {?s ?p ?o} UNION {GRAPH ?g {?s ?p ?o}} }" if form != "CONSTRUCT" else "WHERE{?s ?p ?o}"
    try:
        check(query)
    except QueryError:
        return
    with suppress(SyntaxError):
        found = held.query(query)
        assert not (found if isinstance(found, ox.QueryBoolean) else list(found)), query  # type: ignore[call-overload]


PIECES = st.sampled_from(
    ["'", '"', "'''", '"""', "\\", "<", ">", "<<", "a:", ":", "a.", "%", "#", "#\n", "?", "?a", "_:", "_:a.", "@", "@en-", "^^",
     "1", "1.", "1e", "-", "{", "}", "(", ")", "[", "\\u", "\\u0041", "\u00b7", "a-", ".-", "<a", "'\\", '"\\"', "a:\\~", "a:%41",
     "FROM ", "SERVICE", "VALUES ", "PREFIX ", "é", "\U0001f600", " ", "\n", "''", '""', "a:.", "a:.a", "...", "<urn:", "/*"]
)  # fmt: skip


@given(
    st.lists(PIECES, min_size=1, max_size=3).map("".join), st.sampled_from(["", "ASK{?s ?p ", "ASK{FILTER("]), PIECES
)
@settings(quick, max_examples=60)
def test_a_text_twenty_times_as_long_takes_no_hundred_times_as_long(piece: str, before: str, after: str) -> None:
    def taken(size: int) -> float:
        text = before + piece * (size // len(piece)) + after
        began = time.process_time()
        with suppress(QueryError):
            check(text[: LIMITS.characters])
        return time.process_time() - began

    short = taken(5_000)
    long = taken(100_000)
    # Quadratic would be 400 times; what is short is measured badly, hence the constant.
    assert long < 0.5 + 100 * short, (piece, before, short, long)
