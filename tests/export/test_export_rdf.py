from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import ExportError
from kg.export import export
from kg.model import Article, Coded
from kg.store import Store
from kg.vocab.namespaces import PREFIXES

GRAPH = "https://w3id.org/dekg/id/graph/cccccccccccccccc"
NOTE = ox.NamedNode("http://www.w3.org/2004/02/skos/core#note")


def note(store: Store, text: str) -> None:
    thing = ox.NamedNode("https://w3id.org/dekg/id/entity/thing")
    store.replace(GRAPH, [ox.Quad(thing, NOTE, ox.Literal(text), ox.NamedNode(GRAPH))])


@pytest.mark.parametrize("name", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_clock_times_stay_out_unless_asked_for(plain_store: Store, name: str) -> None:
    assert b"endedAtTime" not in export(plain_store, format=name)
    assert b"endedAtTime" in export(plain_store, format=name, runs=True)


@pytest.mark.parametrize("name", ["ttl", "trig", "rdf"])
def test_prefixes_are_in_alphabetical_order(plain_store: Store, name: str) -> None:
    import re

    head = export(plain_store, format=name).decode()[:4_000]
    found = re.findall(r"@prefix ([\w-]+):|xmlns:([\w-]+)=", head)
    names = [a or b for a, b in found]
    assert len(names) > 10
    assert names == sorted(names)


def test_the_order_of_triples_is_that_of_their_texts_in_every_format(store: Store) -> None:
    for tail in ("", "!", " a", "\t", "\x01", '"', "\\", "é", "\U0001f54a"):
        thing = ox.NamedNode("https://w3id.org/dekg/id/entity/thing")
        words = (
            ox.Literal(f"x{tail}"),
            ox.Literal(f"x{tail}", language="en"),
            ox.Literal(f"x{tail}", language="en-gb"),
        )
        graph = ox.NamedNode(GRAPH + f"{ord(tail or '0'[0]) if len(tail) < 2 else 0:08x}")
        numbers = (ox.Literal(1), ox.Literal(1.5), ox.Literal(True), ox.NamedNode(f"urn:x{len(tail)}"))
        store.replace(graph.value, [ox.Quad(thing, NOTE, word, graph) for word in (*words, *numbers)])
    quads = list(store.quads())
    union = sorted({q.triple for q in quads}, key=str)
    by_graph = sorted(quads, key=lambda q: (str(q.graph_name), str(q.triple)))
    for name, kind, found in (
        ("nq", ox.RdfFormat.N_QUADS, sorted(quads, key=str)),
        ("nt", ox.RdfFormat.N_TRIPLES, union),
        ("ttl", ox.RdfFormat.TURTLE, union),
        ("trig", ox.RdfFormat.TRIG, by_graph),
    ):
        whole = ox.serialize(found, format=kind, prefixes=dict(PREFIXES) if name in ("ttl", "trig") else None) or b""
        lines = export(store, format=name, runs=True).splitlines()
        assert [x for x in lines if b"@prefix" not in x] == [x for x in whole.splitlines() if b"@prefix" not in x]


def test_line_sets_are_sorted(store: Store) -> None:
    for name in ("nt", "nq"):
        lines = export(store, format=name).splitlines()
        assert lines == sorted(lines)


def test_the_text_of_an_article_comes_only_when_asked_for(store: Store) -> None:
    store.put_record("aaaaaaaaaaaaaaaa", Coded(article=Article(id="wire-1", text="The whole text.")))
    assert b"The whole text." not in export(store, format="trig")
    found = set(ox.parse(export(store, format="nq", text=True), format=ox.RdfFormat.N_QUADS))
    (body,) = (q for q in found if q.predicate.value == "https://schema.org/articleBody")
    assert body.object == ox.Literal("The whole text.")
    assert body.graph_name == ox.NamedNode("https://w3id.org/dekg/id/graph/aaaaaaaaaaaaaaaa")


def test_a_text_that_rdf_cannot_hold_is_told(store: Store) -> None:
    store.put_record("aaaaaaaaaaaaaaaa", Coded(article=Article(id="wire-1", text="half \ud800 pair")))
    with pytest.raises(ExportError, match="wire-1: RDF cannot hold its text"):
        export(store, format="nq", text=True)


def test_a_character_that_xml_cannot_hold_is_told(store: Store) -> None:
    note(store, "form\x0cfeed")
    with pytest.raises(ExportError, match=r"rdf: XML cannot hold U\+000C"):
        export(store, format="rdf")


@pytest.mark.parametrize("text", ["a\r\nb\rc", "<b>&amp;]]>", "  spaces  ", "\u2028\u0085\u202e", "北京 \U0001f54a"])
def test_odd_texts_come_back_from_xml_in_another_library(text: str) -> None:
    from kg.store import open_store

    with open_store(":memory:") as store:
        note(store, text)
        graph = rdflib.Graph().parse(data=export(store, format="rdf"), format="xml")
    assert [str(o) for o in graph.objects()] == [text]


@pytest.mark.parametrize(("name", "parser"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml")])
def test_another_library_reads_as_many_triples(store: Store, name: str, parser: str) -> None:
    note(store, "plain")
    store.remove("https://w3id.org/dekg/id/graph/aaaaaaaaaaaaaaaa")
    found = rdflib.Graph().parse(data=export(store, format=name), format=parser)
    assert len(found) == len(export(store, format="nt").splitlines())
