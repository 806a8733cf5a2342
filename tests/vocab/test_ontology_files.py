"""The ontology as a whole: it parses, defines what it names, and does not contradict itself."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg.paths import ontology_dir
from kg.vocab import iris
from kg.vocab.namespaces import DCT, DK, PREFIXES, SEM
from kg.vocab.plover import OWN_TYPES
from kg.vocab.terms import CLASSES, DATATYPE_PROPERTIES, OBJECT_PROPERTIES, SCHEMES, TERMS

FILES = ("kg", "plover", "cameo", "shapes")
BY = "https://creativecommons.org/licenses/by/4.0/"
BY_SA = "https://creativecommons.org/licenses/by-sa/4.0/"
ERRORS = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")


@cache
def parsed(name: str) -> Graph:
    return Graph().parse(ontology_dir() / f"{name}.ttl")


def dk(name: str) -> URIRef:
    return URIRef(iris.term(name))


def closed(*parts: Graph) -> Graph:
    """The union of graphs with all that OWL RL entails; a contradiction leaves an error message in it."""
    from owlrl import DeductiveClosure, OWLRL_Semantics

    union = Graph()
    for part in parts:
        union += part
    DeductiveClosure(OWLRL_Semantics).expand(union)
    return union


def contradictions(graph: Graph) -> list[str]:
    messages = [str(o) for o in graph.objects(None, ERRORS.error)]
    return messages + [str(s) for s in graph.subjects(RDF.type, OWL.Nothing)]


@pytest.mark.parametrize("name", FILES)
def test_a_file_parses_and_says_what_it_is(name: str) -> None:
    graph = parsed(name)
    ontology = graph.value(predicate=RDF.type, object=OWL.Ontology)
    assert ontology is not None
    for stated in (RDFS.label, OWL.versionInfo, URIRef(DCT + "license"), URIRef(DCT + "title")):
        assert graph.value(ontology, stated) is not None, stated


@pytest.mark.parametrize(("name", "licence"), [("kg", BY), ("shapes", BY), ("plover", BY_SA), ("cameo", BY_SA)])
def test_a_file_carries_its_licence_in_its_triples_and_in_its_head(name: str, licence: str) -> None:
    graph = parsed(name)
    ontology = graph.value(predicate=RDF.type, object=OWL.Ontology)
    assert set(graph.objects(ontology, URIRef(DCT + "license"))) == {URIRef(licence)}
    head = (ontology_dir() / f"{name}.ttl").read_text(encoding="utf-8").partition("@prefix")[0]
    assert licence in head


@pytest.mark.parametrize("name", FILES)
def test_a_file_uses_the_prefixes_that_queries_know(name: str) -> None:
    text = (ontology_dir() / f"{name}.ttl").read_text(encoding="utf-8")
    declared = dict(re.findall(r"@prefix (\w+): <([^>]+)>", text))
    assert declared
    known = {**PREFIXES, "dks": "https://w3id.org/dekg/shapes#", "edtf": "http://id.loc.gov/datatypes/edtf/"}
    assert declared == {prefix: known[prefix] for prefix in declared}


def test_code_and_ontology_name_the_same_terms() -> None:
    declared = {str(s).removeprefix(DK) for s in parsed("kg").subjects() if str(s).startswith(DK)}
    assert declared == TERMS


@pytest.mark.parametrize("name", ["plover", "cameo", "shapes"])
def test_the_other_files_name_only_declared_terms(name: str) -> None:
    text = (ontology_dir() / f"{name}.ttl").read_text(encoding="utf-8")
    assert set(re.findall(r"(?<![\w-])dk:(\w+)", text)) <= TERMS


@pytest.mark.parametrize("term", sorted(TERMS))
def test_a_term_has_a_label_and_a_definition_and_its_home(term: str) -> None:
    graph = parsed("kg")
    labels, definitions = (
        list(graph.objects(dk(term), RDFS.label)),
        list(graph.objects(dk(term), SKOS.definition)),
    )
    assert [label.language for label in labels if isinstance(label, Literal)] == ["en"]
    assert len(definitions) == 1
    assert str(definitions[0]).endswith(".")
    assert graph.value(dk(term), RDFS.isDefinedBy) == URIRef(iris.ONTOLOGY)


@pytest.mark.parametrize(
    ("names", "cls"),
    [
        (CLASSES, OWL.Class),
        (tuple(set(OBJECT_PROPERTIES) - {"concept"}), OWL.ObjectProperty),
        (("concept",), OWL.AnnotationProperty),
        (DATATYPE_PROPERTIES, OWL.DatatypeProperty),
        (tuple(SCHEMES), SKOS.ConceptScheme),
    ],
)
def test_a_term_is_of_the_kind_that_the_code_says(names: tuple[str, ...], cls: URIRef) -> None:
    stated = {str(s) for s in parsed("kg").subjects(RDF.type, cls) if str(s).startswith(DK)}
    assert {iris.term(name) for name in names} <= stated


@pytest.mark.parametrize("scheme", SCHEMES)
def test_code_and_ontology_put_the_same_concepts_into_a_scheme(scheme: str) -> None:
    assert set(parsed("kg").subjects(SKOS.inScheme, dk(scheme))) == {dk(c) for c in SCHEMES[scheme]}


def test_own_event_types_are_classes_of_events_and_concepts_at_once() -> None:
    graph = parsed("kg")
    for name in OWN_TYPES:
        assert (dk(name), RDFS.subClassOf, URIRef(SEM + "Event")) in graph
        assert (dk(name), RDF.type, SKOS.Concept) in graph


@pytest.mark.parametrize(
    ("term", "above"), [("Asserted", "Factual"), ("Invited", "FutureOrIntended"), ("Desired", "NonFactual")]
)
def test_ways_of_telling_fall_into_three_families(term: str, above: str) -> None:
    assert (dk(term), SKOS.broader, dk(above)) in parsed("kg")


def test_all_that_is_used_of_other_vocabularies_is_declared() -> None:
    graph = parsed("kg")
    used = {o for p in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range) for o in graph.objects(None, p)}
    foreign = {o for o in used if isinstance(o, URIRef) and "XMLSchema" not in o}
    assert all((o, RDF.type, None) in graph for o in foreign)


@pytest.mark.parametrize("prefix", ["sem", "prov", "schema", "nif", "skos", "org", "gaf", "faro"])
def test_the_ontology_is_aligned_with_the_vocabulary(prefix: str) -> None:
    assert any(str(s).startswith(PREFIXES[prefix]) for s in parsed("kg").subjects(RDFS.label))


def test_the_ontology_with_codes_does_not_contradict_itself_under_owl_rl() -> None:
    assert contradictions(closed(parsed("kg"), parsed("plover"), parsed("cameo"))) == []


def test_a_graph_that_keeps_to_the_shapes_agrees_with_the_ontology() -> None:
    good = Graph().parse(Path(__file__).with_name("good.ttl"))
    entailed = closed(parsed("kg"), good)
    assert contradictions(entailed) == []
    ent = PREFIXES["ent"]
    assert (URIRef(ent + "freedonia"), dk("consultedWith"), URIRef(ent + "sylvania")) in entailed
    assert (URIRef(ent + "sylvania"), dk("relatedTo"), URIRef(ent + "freedonia")) in entailed


@pytest.mark.parametrize(
    "wrong",
    [
        "mn:1 a sem:Event .",
        "ent:palace a dk:Person .",
        "ag:t dk:visited ent:freedonia .",
        "run:r a prov:Entity .",
    ],
)
def test_a_graph_that_contradicts_the_ontology_is_found_out(wrong: str) -> None:
    prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    good = Graph().parse(Path(__file__).with_name("good.ttl"))
    assert contradictions(closed(parsed("kg"), good, Graph().parse(data=prefixes + wrong, format="turtle")))
