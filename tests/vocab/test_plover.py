"""PLOVER's lists against the facts of its codebook and against the ontology."""

from __future__ import annotations

import pytest
from rdflib import SKOS, Graph, URIRef

from kg.errors import UsageError
from kg.paths import ontology_dir
from kg.vocab import iris
from kg.vocab.namespaces import DK, PLOVER
from kg.vocab.plover import (
    CONTEXTS,
    MODES,
    OWN_TYPES,
    QUAD,
    QUAD_NAMES,
    SCORES,
    SECTORS,
    TYPES,
    check_type,
    score,
)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ontology_dir() / "plover.ttl")


def test_there_are_sixteen_types_and_thirty_seven_contexts() -> None:
    assert (len(TYPES), len(set(CONTEXTS)), len(CONTEXTS)) == (16, 37, 37)


@pytest.mark.parametrize(
    ("type_", "mode", "value"),
    [
        ("ASSAULT", None, -9.0),
        ("ASSAULT", "unconventional", -10.0),
        ("AID", None, 10.0),
        ("RETREAT", "disarm", 10.0),
        ("REQUEST", None, 0.0),
        ("REQUEST", "assist", 0.5),
        ("ACCUSE", None, -3.0),
        ("CONSULT", "third-party", 1.0),
        ("COERCE", "martial-law", -7.5),
    ],
)
def test_scores_are_those_of_the_codebook(type_: str, mode: str | None, value: float) -> None:
    assert score(type_, mode) == value


def test_scores_lie_between_minus_ten_and_ten_and_no_hostile_type_has_a_positive_one() -> None:
    assert all(-10 <= value <= 10 for value in SCORES.values())
    hostile = [t for t in TYPES if QUAD[t].endswith("conflict") and t != "REQUEST"]
    assert all(SCORES[key] < 0 for key in SCORES if key[0] in hostile)


def test_only_vandalism_has_no_score_of_its_own() -> None:
    keys = {(t, m) for t in TYPES for m in (None, *MODES[t])}
    assert keys - set(SCORES) == {("PROTEST", "vandalize")}
    assert set(SCORES) <= keys


@pytest.mark.parametrize("type_", OWN_TYPES)
def test_own_types_have_no_score_and_no_modes(type_: str) -> None:
    assert score(type_) is None
    with pytest.raises(UsageError, match="has no modes"):
        check_type(type_, "phone")


def test_every_type_has_a_class_and_sanction_is_a_deed() -> None:
    assert set(QUAD) == set(TYPES)
    assert set(QUAD.values()) == set(QUAD_NAMES)
    assert QUAD["SANCTION"] == "material conflict"


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(UsageError, match="did you mean 'CONSULT'"):
        check_type("CONSULTS")


def test_code_and_ontology_name_the_same_concepts(graph: Graph) -> None:
    concepts = {str(s) for s in graph.subjects(SKOS.inScheme)}
    code = {iris.type_iri(t) for t in TYPES}
    code |= {iris.mode_iri(t, m) for t in TYPES for m in MODES[t]}
    code |= {iris.context_iri(c) for c in CONTEXTS} | {iris.sector_iri(s) for s in SECTORS}
    assert concepts == code


def test_code_and_ontology_give_the_same_scores(graph: Graph) -> None:
    code = {(iris.mode_iri(t, m) if m else iris.type_iri(t)): value for (t, m), value in SCORES.items()}
    assert {str(s): float(o) for s, o in graph.subject_objects(URIRef(DK + "ploverScore"))} == code


def test_code_and_ontology_give_the_same_classes(graph: Graph) -> None:
    code = {iris.type_iri(t): QUAD_NAMES.index(name) + 1 for t, name in QUAD.items()}
    assert {str(s): int(o) for s, o in graph.subject_objects(URIRef(DK + "quadClass"))} == code


def test_a_mode_is_narrower_than_its_type(graph: Graph) -> None:
    broader = {str(s): str(o) for s, o in graph.subject_objects(SKOS.broader)}
    assert broader == {iris.mode_iri(t, m): iris.type_iri(t) for t in TYPES for m in MODES[t]}


def test_every_concept_has_a_label_a_definition_and_a_notation(graph: Graph) -> None:
    for concept in graph.subjects(SKOS.inScheme):
        label, definition = graph.value(concept, SKOS.prefLabel), graph.value(concept, SKOS.definition)
        assert label is not None, concept
        assert str(definition).endswith("."), concept
        assert str(concept).removeprefix(PLOVER).endswith(str(graph.value(concept, SKOS.notation)))


def test_no_two_concepts_share_a_definition(graph: Graph) -> None:
    definitions = [str(o) for o in graph.objects(None, SKOS.definition)]
    assert len(set(definitions)) == len(definitions)
