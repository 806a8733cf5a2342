"""CAMEO's codes and the crosswalk, in code and in the ontology."""

from __future__ import annotations

import pytest
from rdflib import SKOS, Graph, URIRef

from kg.errors import UsageError
from kg.paths import ontology_dir
from kg.vocab import iris
from kg.vocab.cameo import CLOSEST, CODES, GOLDSTEIN, cameo_for, goldstein, plover_for
from kg.vocab.namespaces import CAMEO, DK
from kg.vocab.plover import CONTEXTS, MODES, TYPES, check_type


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ontology_dir() / "cameo.ttl")


def concept(type_: str, mode: str | None) -> str:
    return iris.mode_iri(type_, mode) if mode else iris.type_iri(type_)


def test_there_are_twenty_roots_and_every_code_has_a_broader_one() -> None:
    assert sorted(c for c in CODES if len(c) == 2) == [f"{n:02d}" for n in range(1, 21)]
    assert all(code[:-1] in CODES for code in CODES if len(code) > 2)


@pytest.mark.parametrize(
    ("code", "value"),
    [("010", 0.0), ("057", 8.0), ("0874", 10.0), ("112", -2.0), ("130", -4.4), ("2042", -10.0)],
)
def test_goldstein_scores_are_the_published_ones(code: str, value: float) -> None:
    assert GOLDSTEIN[code] == value


def test_codes_without_a_published_score_take_that_of_the_broader_code() -> None:
    assert set(CODES) - set(GOLDSTEIN) == {"1213", "1214"}
    assert goldstein("1214") == GOLDSTEIN["121"]


@pytest.mark.parametrize("code", CODES)
def test_a_code_stands_for_a_type_mode_and_contexts_that_exist(code: str) -> None:
    coding = plover_for(code)
    check_type(coding.type, coding.mode)
    assert set(coding.contexts) <= set(CONTEXTS)


@pytest.mark.parametrize(
    ("code", "type_", "mode"),
    [
        ("010", "Statement", None),
        ("02", "REQUEST", None),
        ("0256", "REQUEST", "yield"),
        ("036", "AGREE", None),
        ("042", "CONSULT", "visit"),
        ("0354", "CONCEDE", None),
        ("0871", "RETREAT", "ceasefire"),
        ("116", "SANCTION", "convict"),
        ("163", "SANCTION", "discontinue"),
        ("1712", "ASSAULT", "destroy"),
        ("186", "ASSAULT", "targeted"),
        ("195", "ASSAULT", "aerial"),
    ],
)
def test_a_code_says_what_the_codebook_says(code: str, type_: str, mode: str | None) -> None:
    assert plover_for(code)[:2] == (type_, mode)


def test_every_type_and_mode_has_a_closest_code() -> None:
    assert set(CLOSEST) == {(t, m) for t in TYPES for m in (None, *MODES[t])} | {("Statement", None)}


@pytest.mark.parametrize(("type_", "mode"), [k for k in CLOSEST if k != ("RETREAT", None)])
def test_the_closest_code_does_not_contradict_the_type(type_: str, mode: str | None) -> None:
    code = cameo_for(type_, mode)
    assert code is not None
    back = plover_for(code)
    assert back.type == type_ or (type_, mode) == ("RETREAT", "resign")
    if mode is None and type_ != "ACCUSE":
        assert back.mode is None


def test_what_cameo_does_not_code_has_no_code() -> None:
    assert [cameo_for(t) for t in ("Conflict", "Expiry", "Founding")] == [None, None, None]


@pytest.mark.parametrize("code", ["41", "999", "", "041 "])
def test_an_unknown_code_is_refused(code: str) -> None:
    for look_up in (plover_for, goldstein, iris.cameo_iri):
        with pytest.raises(UsageError, match="unknown CAMEO code"):
            look_up(code)


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown mode"):
        cameo_for("CONSULT", "telegram")


def test_code_and_ontology_name_the_same_codes(graph: Graph) -> None:
    assert {str(s) for s in graph.subjects(SKOS.inScheme)} == {iris.cameo_iri(c) for c in CODES}


def test_code_and_ontology_give_the_same_goldstein_scores(graph: Graph) -> None:
    stated = {str(s): float(o) for s, o in graph.subject_objects(URIRef(DK + "goldstein"))}
    assert stated == {iris.cameo_iri(c): value for c, value in GOLDSTEIN.items()}


def test_code_and_ontology_give_each_code_the_same_coding(graph: Graph) -> None:
    for code, coding in CODES.items():
        node = URIRef(iris.cameo_iri(code))
        matched = {str(o) for how in ("exactMatch", "closeMatch", "broadMatch") for o in graph.objects(node, SKOS[how])}
        assert concept(coding.type, coding.mode) in matched, code
        contexts = {str(o) for o in graph.objects(node, SKOS.relatedMatch)}
        assert contexts == {iris.context_iri(c) for c in coding.contexts}, code


def test_code_and_ontology_give_each_concept_the_same_closest_code(graph: Graph) -> None:
    for (type_, mode), code in CLOSEST.items():
        node = URIRef(concept(type_, mode))
        matched = {str(o) for how in ("exactMatch", "closeMatch", "broadMatch") for o in graph.objects(node, SKOS[how])}
        assert iris.cameo_iri(code) in matched, (type_, mode)


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("exactMatch", "exactMatch"),
        ("closeMatch", "closeMatch"),
        ("broadMatch", "narrowMatch"),
        ("narrowMatch", "broadMatch"),
    ],
)
def test_the_crosswalk_runs_both_ways(graph: Graph, there: str, back: str) -> None:
    forward = {(s, o) for s, o in graph.subject_objects(SKOS[there]) if str(s).startswith(CAMEO)}
    backward = {(o, s) for s, o in graph.subject_objects(SKOS[back]) if not str(s).startswith(CAMEO)}
    assert forward
    assert forward == backward


def test_no_pair_is_matched_in_two_ways(graph: Graph) -> None:
    pairs = [
        (s, o) for how in ("exact", "close", "broad", "narrow") for s, o in graph.subject_objects(SKOS[how + "Match"])
    ]
    assert len(set(pairs)) == len(pairs)


def test_codes_form_a_tree_and_each_has_a_label_of_its_own(graph: Graph) -> None:
    assert {(str(s), str(o)) for s, o in graph.subject_objects(SKOS.broader)} == {
        (iris.cameo_iri(c), iris.cameo_iri(c[:-1])) for c in CODES if len(c) > 2
    }
    labels = [str(graph.value(URIRef(iris.cameo_iri(c)), SKOS.prefLabel)) for c in CODES]
    assert len(set(labels)) == len(CODES)


def test_each_of_the_twenty_three_values_that_were_given_up_is_told_in_a_note(graph: Graph) -> None:
    notes = " ".join(str(o) for o in graph.objects(None, SKOS.editorialNote))
    gone = (
        "humanitarian",
        "democracy",
        "return",
        "ease",
        "ban",
        "political",
        "seize",
        "assassinate",
        "massacre",
        "cleansing",
    )
    assert all(value in notes for value in gone)
