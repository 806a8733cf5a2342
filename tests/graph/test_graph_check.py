from __future__ import annotations

import builtins
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import ModelMissing, StoreError
from kg.graph import Report, article_quads, check
from kg.graph.consistency import consistency_findings
from kg.graph.facts import Facts
from kg.graph.report import Finding
from kg.graph.shacl import shacl_findings
from kg.vocab.iris import graph_iri
from kg.vocab.namespaces import PREFIXES

Example = Any  # of conftest.py, which tests cannot import


@pytest.fixture
def graph(example: Example) -> list[ox.Quad]:
    return [
        quad
        for coded in (example.one, example.two)
        for quad in article_quads(coded, example.linked, example.run(coded))
    ]


def iri(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def quad(subject: str, predicate: str, value: str | ox.Literal, graph: str = graph_iri("f" * 16)) -> ox.Quad:
    object_ = iri(value) if isinstance(value, str) else value
    return ox.Quad(iri(subject), iri(predicate), object_, ox.NamedNode(graph))


def messages(quads: list[ox.Quad], texts: dict[str, str] | None = None) -> list[str]:
    return [str(f) for f in sorted(consistency_findings(Facts.of(quads), texts or {}))]


def test_the_example_conforms_to_its_shapes_and_to_its_texts(example: Example, graph: list[ox.Quad]) -> None:
    report = check(graph, texts=example.texts())
    assert str(report) == "no findings"
    assert report.conforms


def test_each_article_conforms_on_its_own(example: Example) -> None:
    quads = list(article_quads(example.two, example.linked, example.run(example.two)))
    assert str(check(quads, texts=example.texts())) == "no findings"


def test_a_planned_event_marked_as_occurred_breaks_its_shape(graph: list[ox.Quad]) -> None:
    status, visit = iri("dk:eventStatus"), iri("ev:0000000000000002")
    wrong = [q for q in graph if (q.subject, q.predicate) != (visit, status)]
    wrong.append(quad("ev:0000000000000002", "dk:eventStatus", "dk:Occurred"))
    report = check(wrong)
    assert not report.conforms
    assert {f.focus for f in report.findings} >= {visit.value}


def test_an_event_without_evidence_names_the_event_and_the_article(example: Example, graph: list[ox.Quad]) -> None:
    visit = iri("ev:0000000000000002")
    report = check([q for q in graph if (q.subject, q.predicate) != (visit, iri("gaf:denotedBy"))])
    found = [f for f in report.findings if f.focus == visit.value]
    assert [f.article for f in found] == [example.one.article.key]
    assert found[0].path == iri("gaf:denotedBy").value


def test_a_quote_that_differs_from_the_text_is_found(example: Example, graph: list[ox.Quad]) -> None:
    key = example.two.article.key
    found = messages(graph, {key: example.two.article.text.replace("phoned", "called")})
    assert all(m.startswith(f"Violation: article {key}: ") for m in found)
    assert sorted(m.partition(": differs ")[2] for m in found) == [
        "from the text at 0 to 38 (Firefly phoned Trentino on December 22)",
        "from the text at 0 to 39 (Firefly phoned Trentino on December 22.)",
        "from the text at 8 to 14 (phoned)",
    ]


def test_a_quote_past_the_end_of_the_text_is_found(example: Example, graph: list[ox.Quad]) -> None:
    assert any("differs from the text" in m for m in messages(graph, {example.two.article.key: ""}))


@pytest.mark.parametrize("removed", ["dk:actor", "dk:eventStatus", "dk:statusChange"])
def test_a_plain_triple_without_its_event_is_found(graph: list[ox.Quad], removed: str) -> None:
    found = messages([q for q in graph if q.predicate != iri(removed)])
    assert any("no event that occurred or goes on says this" in m for m in found)


def test_a_plain_triple_of_a_planned_event_is_found(graph: list[ox.Quad]) -> None:
    (message,) = messages([*graph, quad("ent:firefly", "dk:agreedToMeet", "ent:trentino")])
    assert "ent:firefly dk:agreedToMeet: no event that occurred or goes on says this (ent:trentino)" in message


@pytest.mark.parametrize(
    ("predicate", "value"),
    [("dk:content", "ev:00000000000000ff"), ("dk:statusChange", "ev:00000000000000ff")],
)
def test_an_event_that_is_named_and_not_described_is_found(graph: list[ox.Quad], predicate: str, value: str) -> None:
    (message,) = messages([*graph, quad("ev:0000000000000001", predicate, value)])
    assert message.endswith(f"{predicate}: names what is nowhere described ({value})")


def test_ids_that_two_resources_share_are_found(graph: list[ox.Quad]) -> None:
    shared = [
        quad("ev:0000000000000007", "dk:eventKey", ox.Literal("0000000000000001")),
        quad("ent:other", "skos:exactMatch", "wd:Q1"),
    ]
    assert [m.partition(":")[0] for m in messages([*graph, *shared])] == ["Violation", "Warning"]


def test_an_entity_with_two_names_is_found(graph: list[ox.Quad]) -> None:
    (message,) = messages([*graph, quad("ent:firefly", "skos:prefLabel", ox.Literal("Rufus", language="en"))])
    assert "more than one name" in message


@pytest.mark.parametrize(
    ("value", "datatype", "wrong"),
    [
        ("2024-02-30", "http://www.w3.org/2001/XMLSchema#date", True),
        ("soon", "http://www.w3.org/2001/XMLSchema#date", True),
        ("2024-02-29", "http://www.w3.org/2001/XMLSchema#date", False),
        ("2023-02-29/..", "http://id.loc.gov/datatypes/edtf/EDTF", True),
        ("XXXX-10-07", "http://id.loc.gov/datatypes/edtf/EDTF", False),
        ("2023-02-29", "http://www.w3.org/2001/XMLSchema#string", False),
    ],
)
def test_a_date_that_is_not_in_the_calendar_is_found(value: str, datatype: str, wrong: bool) -> None:
    literal = ox.Literal(value, datatype=ox.NamedNode(datatype))
    found = messages([quad("ev:0000000000000001", "dk:edtf", literal)])
    assert [("not in the calendar" in m) for m in found] == [True] * wrong


def test_a_warning_does_not_break_a_graph() -> None:
    warning = Finding(severity="Warning", focus="https://example.org/x", message="odd")
    assert Report((warning,)).conforms
    assert str(Report((warning,))) == "Warning: https://example.org/x: odd"


def test_a_long_value_is_cut_in_the_report() -> None:
    assert str(Finding(severity="Info", focus="x", message="m", value="v" * 200)).endswith("vvv...)")


def test_blank_nodes_of_other_sources_do_not_stop_the_check() -> None:
    node = ox.Quad(ox.BlankNode("b"), iri("dk:actor"), iri("ent:x"))
    assert messages([node, ox.Quad(iri("ent:x"), iri("dk:actor"), iri("ent:y"))]) == []


def test_a_missing_shacl_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., Any] = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "pyshacl":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ModelMissing, match="pip install pyshacl"):
        list(shacl_findings([], {}))


def test_shapes_that_cannot_be_applied_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://a> a sh:NodeShape ; sh:targetNode <http://b> ;"
        ' sh:property [ sh:path "wrong" ; sh:minCount 1 ] .'
    )
    (tmp_path / "kg.ttl").write_text("")
    monkeypatch.setattr("kg.graph.shacl.ontology_dir", lambda: tmp_path)
    with pytest.raises(StoreError, match=r"shapes\.ttl"):
        list(shacl_findings([], {}))
