"""Plain relations, in code and in the ontology."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg.errors import UsageError
from kg.paths import ontology_dir
from kg.vocab import iris
from kg.vocab.cameo import plover_for
from kg.vocab.namespaces import DK
from kg.vocab.plover import MODES, OWN_TYPES, TYPES
from kg.vocab.relations import BY_CAMEO, INVITED, MEDIATED, RELATION_NAMES, RELATIONS, SYMMETRIC, relation


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ontology_dir() / "kg.ttl")


def node(name: str) -> URIRef:
    return URIRef(iris.term(name))


def test_every_type_and_mode_has_a_relation_of_its_own() -> None:
    keys = {(t, m) for t in TYPES for m in (None, *MODES[t])} | {(t, None) for t in OWN_TYPES}
    assert set(RELATIONS) == keys
    assert len(set(RELATIONS.values())) == len(RELATIONS)


@pytest.mark.parametrize(
    ("type_", "mode", "cameo", "name"),
    [
        ("CONSULT", "phone", "041", "phoned"),
        ("CONSULT", None, "045", "mediated"),
        ("CONSULT", None, "040", "consultedWith"),
        ("CONSULT", "visit", "046", "visited"),
        ("ASSAULT", "heavy-weapons", None, "bombarded"),
        ("SUPPORT", None, "054", "recognized"),
        ("Conflict", None, None, "inConflictWith"),
    ],
)
def test_the_mode_decides_before_the_code(type_: str, mode: str | None, cameo: str | None, name: str) -> None:
    assert relation(type_, mode, cameo) == name


def test_an_unknown_mode_has_no_relation() -> None:
    with pytest.raises(UsageError, match="did you mean 'phone'"):
        relation("CONSULT", "phones")


@pytest.mark.parametrize(("type_", "code"), BY_CAMEO)
def test_a_code_with_a_relation_belongs_to_that_type(type_: str, code: str) -> None:
    assert plover_for(code).type == type_


def test_code_and_ontology_name_the_same_relations(graph: Graph) -> None:
    below = set(graph.transitive_subjects(RDFS.subPropertyOf, node("relatedTo")))
    assert below == {node(name) for name in RELATION_NAMES}


def test_a_mode_s_relation_is_a_kind_of_its_type_s(graph: Graph) -> None:
    for (type_, mode), name in RELATIONS.items():
        parent = RELATIONS[type_, None] if mode else "relatedTo"
        assert (node(name), RDFS.subPropertyOf, node(parent)) in graph, name
    for (type_, _), name in BY_CAMEO.items():
        parent = "relatedTo" if name == MEDIATED else RELATIONS[type_, None]
        assert (node(name), RDFS.subPropertyOf, node(parent)) in graph, name


def test_a_relation_names_the_concept_that_it_stands_for(graph: Graph) -> None:
    concept = node("concept")
    for (type_, mode), name in RELATIONS.items():
        stated = graph.value(node(name), concept)
        assert str(stated) == (iris.mode_iri(type_, mode) if mode else iris.type_iri(type_)), name
    for (_, code), name in BY_CAMEO.items():
        assert str(graph.value(node(name), concept)) == iris.cameo_iri(code)


def test_code_and_ontology_agree_on_what_holds_both_ways(graph: Graph) -> None:
    stated = {s for s in graph.subjects(RDF.type, OWL.SymmetricProperty) if (s, RDFS.domain, None) in graph}
    assert stated == {node(name) for name in SYMMETRIC}


def test_nothing_that_one_side_does_alone_holds_both_ways() -> None:
    assert not SYMMETRIC & {"visited", "attacked", "supported", "agreedWith", INVITED, MEDIATED}


def test_a_relation_that_can_lead_to_an_agreement_entails_none_that_leads_to_actors_only(
    graph: Graph,
) -> None:
    above = set(graph.transitive_objects(node(MEDIATED), RDFS.subPropertyOf))
    assert not any((p, RDFS.range, None) in graph for p in above)
    assert all(str(p).startswith(DK) for p in above)
