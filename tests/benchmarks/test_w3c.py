from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks import w3c
from benchmarks.w3c_results import same_graphs, same_rows

MANIFEST = """
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
@prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#> .
<> mf:entries (<#right> <#wrong> <#bad> <#update>) .
<#right> a mf:QueryEvaluationTest ; mf:name "right" ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <right.srj> .
<#wrong> a mf:QueryEvaluationTest ; mf:name "wrong" ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <wrong.srj> .
<#bad> a mf:NegativeSyntaxTest11 ; mf:name "bad" ; mf:action <bad.rq> .
<#update> a mf:UpdateEvaluationTest ; mf:name "update" ; mf:action [ ut:request <u.ru> ; ut:data <d.ttl> ] ; mf:result [ ut:data <after.ttl> ] .
"""
RESULT = '{"head": {"vars": ["o"]}, "results": {"bindings": [{"o": {"type": "literal", "value": "%s"}}]}}'


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    group = tmp_path / "small"
    group.mkdir()
    for name, text in {
        "manifest.ttl": MANIFEST,
        "q.rq": "SELECT ?o { <s> <p> ?o }",
        "bad.rq": "SELECT ?o { <s> <p> ",
        "u.ru": 'DELETE { ?s ?p "a" } INSERT { ?s ?p "b" } WHERE { ?s ?p "a" }',
        "d.ttl": '<s> <p> "a" .',
        "after.ttl": '<s> <p> "b" .',
        "right.srj": RESULT % "a",
        "wrong.srj": RESULT % "z",
    }.items():
        (group / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_kind_of_test_is_run_and_a_wrong_answer_is_found(suite: Path) -> None:
    found = {o.test.name: o.wrong for o in w3c.run(suite)}
    assert found == {"right": "", "wrong": "other rows: 1 where 1 are right", "bad": "", "update": ""}


def test_the_page_counts_by_group_and_lists_what_fails(
    suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert w3c.main([str(suite), "--write", str(tmp_path / "page.md")]) == 1
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "| small | 3 | 4 | 75.0% |" in page
    assert "| small | wrong | other rows: 1 where 1 are right |" in page
    assert "all" in capsys.readouterr().out


def test_a_folder_without_manifests_is_told(tmp_path: Path) -> None:
    assert w3c.main([str(tmp_path)]) == 2


def test_blank_nodes_are_renamed_alike_in_all_rows() -> None:
    a, b, c = (ox.BlankNode(x) for x in "abc")
    assert same_rows([{"x": a, "y": a}], [{"x": b, "y": b}], ordered=False)
    assert not same_rows([{"x": a, "y": a}], [{"x": b, "y": c}], ordered=False)
    assert not same_rows([{"x": a}, {"x": a}], [{"x": b}, {"x": c}], ordered=False)


def test_order_counts_only_where_it_is_asked_for_and_numbers_by_value() -> None:
    one, two = (
        {"x": ox.Literal(f"{n}.0", datatype=ox.NamedNode(f"{w3c.ox.Literal(1.5).datatype.value}"))} for n in (1, 2)
    )
    assert same_rows([one, two], [two, one], ordered=False)
    assert not same_rows([one, two], [two, one], ordered=True)
    same = [{"x": ox.Literal("1", datatype=one["x"].datatype)}]
    assert same_rows([one], same, ordered=True)
    assert not same_rows([one], same, ordered=True, exact=True)


def test_graphs_are_compared_up_to_blank_nodes() -> None:
    p = ox.NamedNode("urn:p")
    loop = [ox.Quad(ox.BlankNode("a"), p, ox.BlankNode("a"))]
    assert same_graphs(loop, [ox.Quad(ox.BlankNode("b"), p, ox.BlankNode("b"))])
    assert not same_graphs(loop, [ox.Quad(ox.BlankNode("b"), p, ox.BlankNode("c"))])
