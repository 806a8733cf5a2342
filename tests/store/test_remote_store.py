"""What the store on a server promises beyond the contract, on the servers of others."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import QueryTooLarge, StoreError
from kg.model import Article, Coded
from kg.query import ask, questions
from kg.store import Store, open_store
from kg.store.batches import Bounds
from kg.store.catalogue import RECORDS, UNION
from kg.store.dataset import recognise
from kg.store.endpoint import endpoint
from kg.store.remote import RemoteStore
from kg.store.server import Server
from kg.vocab.iris import graph_iri

A, B = graph_iri("a" * 16), graph_iri("b" * 16)
KEY = "a" * 16
TRUCE = Path(__file__).resolve().parents[1] / "query" / "truce.trig"
SMALL = Bounds(step=3, characters=400, update=500, upload=600)


@pytest.fixture(params=["oxigraph", pytest.param("virtuoso", marks=pytest.mark.long)])
def server(request: pytest.FixtureRequest, sparql_server: Callable[[str], object]) -> Iterator[Server]:
    """A client of an empty server."""
    sparql_server(request.param)
    client = Server(endpoint())
    yield client
    client.close()


def quad(number: int, graph: str = A) -> ox.Quad:
    subject, predicate = (ox.NamedNode(f"https://example.org/{name}") for name in (number, "says"))
    return ox.Quad(subject, predicate, ox.Literal(f"word {number}", language="en"), ox.NamedNode(graph))


def union(store: Store) -> list[tuple[str, ...]]:
    return sorted(tuple(str(t) for t in row) for row in store.query("SELECT ?s ?p ?o { ?s ?p ?o }").rows)


def test_every_named_question_has_the_answer_of_the_embedded_store(server: Server) -> None:
    given = ox.Store()
    given.load(TRUCE.read_bytes(), format=ox.RdfFormat.TRIG)
    with open_store(":memory:") as own, open_store("sparql") as remote:
        for graph in given.named_graphs():
            for store in (own, remote):
                store.replace(graph.value, given.quads_for_pattern(None, None, None, graph))
        assert union(remote) == union(own) != []
        unlike = [q.name for q in questions() if not alike(own, remote, q.name)]
    assert unlike == []


def alike(own: Store, remote: Store, name: str) -> bool:
    """Whether both give the same rows; where values tie, their order is free."""
    one, two = ask(own, name), ask(remote, name)
    return one.columns == two.columns and sorted(map(str, one.rows)) == sorted(map(str, two.rows))


def test_the_union_is_that_of_the_embedded_store_after_any_changes(server: Server) -> None:
    chance = random.Random(4)
    graphs = [graph_iri(f"{n:016x}") for n in range(4)]
    with open_store(":memory:") as own, open_store("sparql") as remote:
        for _ in range(15):
            graph = chance.choice(graphs)
            held = [quad(n, graph) for n in chance.sample(range(6), chance.randint(0, 5))]
            own.replace(graph, held)
            remote.replace(graph, held)
            assert union(remote) == union(own)
        assert remote.graphs() == own.graphs()
        assert list(remote.quads(ordered=True)) == list(own.quads(ordered=True))


def test_a_large_change_in_small_requests_is_the_same_change(server: Server) -> None:
    store = RemoteStore(server, recognise(server, read_only=False), bounds=SMALL)
    store.replace(B, [quad(n, B) for n in range(0, 40, 3)])
    store.replace(A, [quad(n) for n in range(30)])
    store.replace(A, [quad(n) for n in range(20, 50)])
    assert sorted(map(str, store.quads(A))) == sorted(str(quad(n)) for n in range(20, 50))
    numbers = {*range(0, 40, 3), *range(20, 50)}
    assert {row[0] for row in union(store)} == {f"https://example.org/{n}" for n in numbers}


def test_a_change_that_breaks_off_does_not_count_and_is_made_whole_by_the_next(server: Server) -> None:
    dataset = recognise(server, read_only=False)
    coded = Coded(article=Article(id="one", text="Putin phoned Abbas."))
    sent = 0

    class Breaking(Server):
        """Refuses every request that writes after the third."""

        def update(self, sparql: str) -> None:
            nonlocal sent
            sent += 1
            if sent > 3:
                raise StoreError("the way was lost")
            super().update(sparql)

        def add(self, name: str | None, lines: list[str], *, bytes_at_once: int) -> None:  # type: ignore[override]
            nonlocal sent
            sent += 1
            super().add(name, lines[: len(lines) // 2], bytes_at_once=bytes_at_once)
            raise StoreError("the way was lost")

    with RemoteStore(Breaking(endpoint()), dataset, bounds=SMALL) as store:
        store.put_record(KEY, coded)
        with pytest.raises(StoreError, match="the way was lost"):
            store.replace(A, [quad(n) for n in range(30)])
        assert (store.graphs(), store.record_keys(), store.record(KEY)) == ((), (), None)
    with open_store("sparql") as store:
        store.replace(A, [quad(n) for n in range(25)])
        assert (store.graphs(), store.record_keys(), store.record(KEY)) == ((A,), (KEY,), coded)
        assert len(union(store)) == store.count() == 25


@pytest.mark.parametrize("text", ["<html><head>", "\\u003Chtml> \\\\u003C", "<" * 20_000])
def test_a_text_like_a_page_is_kept_as_it_is(server: Server, text: str) -> None:
    with open_store("sparql") as store:
        store.put_note("links", text)
        triple = quad(1).triple
        store.replace(A, [ox.Quad(triple.subject, triple.predicate, ox.Literal(text), ox.NamedNode(A))])
        assert store.note("links") == text
        assert [q.object.value for q in store.quads(A)] == [text]  # type: ignore[union-attr]


def test_a_text_of_megabytes_is_kept_whole(server: Server) -> None:
    text = "".join(random.Random(1).choices('abc "\\\n{}é', k=1_200_000))
    with open_store("sparql") as store:
        store.put_record(KEY, Coded(article=Article(id="one", text=text)))
        store.replace(A, [quad(1)])
        kept = store.record(KEY)
        assert kept is not None
        assert kept.article.text == text


def test_a_record_without_all_its_pieces_does_not_count(server: Server) -> None:
    with open_store("sparql") as store:
        store.put_record(KEY, Coded(article=Article(id="one", text="x")))
        store.replace(A, [quad(1)])
        held = [t for t in server.graph(RECORDS + KEY) if not t.predicate.value.endswith("/0")]
        server.put_graph(RECORDS + KEY, "".join(f"{t} .\n" for t in held))
        assert store.record(KEY) is None


def test_graphs_of_others_are_neither_seen_nor_touched(server: Server) -> None:
    server.put_graph("https://example.org/theirs", '<urn:a> <urn:b> "theirs" .\n')
    with open_store("sparql") as store:
        store.replace(A, [quad(1)])
        assert store.graphs() == (A,)
        assert [row["g"] for row in store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").dicts()] == [A]
        assert [row["n"] for row in store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").dicts()] == ["1"]
        with pytest.raises(StoreError, match="not a graph of this store"):
            store.remove("https://example.org/theirs")
        store.remove(A)
    assert len(server.graph("https://example.org/theirs")) == 1
    server.drop_graph("https://example.org/theirs")


def test_reading_needs_a_store_and_writes_nothing(server: Server) -> None:
    with pytest.raises(StoreError, match="no store there; make one with: kg build"):
        open_store("sparql", read_only=True)
    with open_store("sparql") as store:
        store.replace(A, [quad(1)])
    with open_store("sparql", read_only=True) as store:
        assert store.count() == 1
        for write in (lambda: store.replace(A, []), lambda: store.drop_record(KEY), lambda: store.put_note("a", "b")):
            with pytest.raises(StoreError, match="opened for reading only"):
                write()


@pytest.mark.long
def test_what_only_virtuoso_knows_is_refused_before_it_is_asked(sparql_server: Callable[[str], object]) -> None:
    sparql_server("virtuoso")
    client = Server(endpoint())
    # Without the refusal the function runs: this is the harm that is kept off.
    assert [r["x"].value for r in client.select("SELECT (bif:upper('a') AS ?x) {}")] == ["A"]  # type: ignore[union-attr]
    client.close()
    with open_store("sparql") as store, pytest.raises(Exception, match="work of the server's own"):
        store.query("PREFIX bif: <bif:> SELECT (bif:upper('a') AS ?x) {}")


@pytest.mark.long
def test_an_answer_that_virtuoso_cuts_is_an_error(sparql_server: Callable[[str], object]) -> None:
    sparql_server("virtuoso")
    with open_store("sparql") as store:
        store.replace(A, [quad(n) for n in range(150)])
        assert len(store.query("SELECT ?a ?b { ?a ?p ?x . ?b ?p ?y } LIMIT 2000")) == 2_000
        with pytest.raises(QueryTooLarge, match="a part of the answer only"):
            store.query("SELECT ?a ?b { ?a ?p ?x . ?b ?p ?y }")


def test_a_step_that_fails_undoes_the_others_on_oxigraph(sparql_server: Callable[[str], object]) -> None:
    sparql_server("oxigraph")
    client = Server(endpoint())
    with pytest.raises(StoreError):
        client.update(f"INSERT DATA {{ GRAPH <{A}> {{ <urn:a> <urn:b> 1 }} }} ; LOAD <file:///none>")
    assert client.graph(A) == set()
    client.close()


def test_a_default_graph_of_others_is_not_taken_over(sparql_server: Callable[[str], object]) -> None:
    sparql_server("oxigraph")
    client = Server(endpoint())
    client.update('INSERT DATA { <urn:a> <urn:b> "theirs" }')
    for _ in range(2):
        with pytest.raises(StoreError, match="default graph holds other statements"):
            open_store("sparql")
    client.close()


def test_a_server_that_joins_all_graphs_and_cannot_do_otherwise_is_refused(
    sparql_server: Callable[[str], object], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    server = sparql_server("oxigraph")
    monkeypatch.setenv("KG_QUERY_URL", server.settings["KG_QUERY_URL"] + "?union-default-graph")  # type: ignore[attr-defined]
    with pytest.raises(StoreError, match="takes no default-graph-uri"):
        open_store("sparql")


def test_a_store_whose_server_was_set_otherwise_is_not_asked(sparql_server: Callable[[str], object]) -> None:
    sparql_server("oxigraph")
    client = Server(endpoint())
    with open_store("sparql"):
        pass
    client.update(
        f'DELETE {{ GRAPH ?g {{ <{UNION}> ?p ?o }} }} INSERT {{ GRAPH ?g {{ <{UNION}> ?p "named" }} }} '
        f"WHERE {{ GRAPH ?g {{ <{UNION}> ?p ?o }} }}"
    )
    with pytest.raises(StoreError, match="lies in the named graph, but the server's settings now ask for the default"):
        open_store("sparql")
    client.close()


@pytest.mark.slow
def test_the_commands_build_ask_and_forget_on_a_server(sparql_server: Callable[[str], object], tmp_path: Path) -> None:
    server = sparql_server("oxigraph")
    for name, who in (("a", "Emmanuel Macron met Olaf Scholz"), ("b", "Kenya accused Somalia of attacking its troops")):
        (tmp_path / f"{name}.txt").write_text(f"---\ndate: 2024-05-08\n---\n{who} on Monday.\n")
    options = []
    for name, url in server.settings.items():  # type: ignore[attr-defined]
        options += [f"--{name[3:].lower().replace('_', '-')}", url]

    def kg(*words: str) -> str:
        done = CliRunner().invoke(main, [*words, "--store", "sparql", *options], prog_name="kg")
        assert done.exit_code == 0, done.output
        return done.output

    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert f"--store sparql --query-url {options[1]}" in kg("build", *files)
    assert "Nothing changed: the store knew all 2 articles already." in kg("build", *files)
    own = tmp_path / "own"
    assert CliRunner().invoke(main, ["build", *files, "--store", str(own)]).exit_code == 0
    mine = CliRunner().invoke(main, ["export", "-o", "-", "--format", "nq", "--store", str(own)]).output
    assert kg("export", "-o", "-", "--format", "nq") == mine
    assert "statements" in kg("info")
    kg("forget", "a")
    kg("forget", "b")
    assert kg("export", "-o", "-", "--format", "nq") == ""


def test_a_build_that_is_killed_goes_on_where_it_was(sparql_server: Callable[[str], object], tmp_path: Path) -> None:
    import sys

    sparql_server("oxigraph")
    code = (
        "import os, sys\n"
        "from kg.store import open_store\nfrom kg.store.server import Server\n"
        "from kg.model import Article, Coded\nfrom kg.vocab.iris import graph_iri\nimport pyoxigraph as ox\n"
        "left = int(sys.argv[1])\n"
        "send = Server.update\n"
        "def update(self, text):\n"
        "    global left\n"
        "    left -= 1\n"
        "    if left == 0: os.kill(os.getpid(), 9)\n"
        "    send(self, text)\n"
        "Server.update = update\n"
        "with open_store('sparql') as store:\n"
        "    for n in range(6):\n"
        "        key = f'{n:016x}'\n"
        "        if key in store.record_keys(): continue\n"
        "        store.put_record(key, Coded(article=Article(id=key, text='x')))\n"
        "        g = ox.NamedNode(graph_iri(key)); p = ox.NamedNode('urn:p')\n"
        "        store.replace(g.value, [ox.Quad(ox.NamedNode(f'urn:{i}'), p, ox.Literal('x'), g) for i in range(n, n+5)])\n"
    )
    ended = [subprocess.run([sys.executable, "-c", code, str(n)], check=False).returncode for n in (1, 2, 3, 4, 0)]
    assert ended == [-9, -9, -9, -9, 0]
    with open_store("sparql", read_only=True) as store:
        assert (len(store.graphs()), len(store.record_keys()), store.count(), len(union(store))) == (6, 6, 30, 10)
