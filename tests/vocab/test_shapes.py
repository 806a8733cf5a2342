"""The shapes: a graph that keeps to them passes, and each shape has a graph that breaks it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, URIRef

from kg.paths import ontology_dir
from kg.vocab.namespaces import PREFIXES, SHAPES
from kg.vocab.terms import TERMS

HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
HEAD += "PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>\n"
CALL = "ev:0000000000000001"
PLAN = "ev:0000000000000002"
SENTENCE = "<https://w3id.org/dekg/id/article/a#char=0,27>"
NAME = "<https://w3id.org/dekg/id/article/a#char=0,9>"


@cache
def shapes() -> Graph:
    return Graph().parse(ontology_dir() / "shapes.ttl")


@cache
def classes() -> Graph:
    ontology = Graph().parse(ontology_dir() / "kg.ttl")
    only = Graph()
    for triple in ontology.triples((None, RDFS.subClassOf, None)):
        only.add(triple)
    return only


def good() -> Graph:
    return Graph().parse(Path(__file__).with_name("good.ttl"))


def broken(update: str) -> Graph:
    graph = good()
    before = set(graph)
    graph.update(HEAD + update)
    assert set(graph) != before, "the update changes nothing"
    return graph


def change(subject: str, predicate: str, value: str | None = None) -> str:
    """An update that takes a property away, or puts another value in its place."""
    insert = f"INSERT {{ {subject} {predicate} {value} }}" if value else ""
    return f"DELETE {{ {subject} {predicate} ?o }} {insert} WHERE {{ {subject} {predicate} ?o }}"


def expanded(name: str) -> str:
    """The IRI that a prefixed name, or an IRI in angle brackets, stands for."""
    prefix, _, rest = name.partition(":")
    return name.strip("<>") if name.startswith("<") else PREFIXES[prefix] + rest


def also(triples: str) -> str:
    return f"INSERT DATA {{ {triples} }}"


def validated(data: Graph) -> Graph:
    _, results, _ = validate(data, shacl_graph=shapes(), ont_graph=classes(), inference="none")
    assert isinstance(results, Graph)
    return results


def names(results: Graph) -> set[str]:
    """The shapes and constraints that a report blames."""
    found = set(results.objects(None, SH.sourceShape)) | set(results.objects(None, SH.sourceConstraint))
    return {str(node).removeprefix(SHAPES) for node in found if isinstance(node, URIRef)}


BROKEN = {
    "Event-evidence": f"DELETE DATA {{ {CALL} gaf:denotedBy mn:1 }}",
    "Event-label": change(CALL, "rdfs:label"),
    "Event-status": change(CALL, "dk:eventStatus", "dk:Perhaps"),
    "Event-key": change(CALL, "dk:eventKey", '"call"'),
    "Event-type": change(CALL, "sem:eventType", "dk:Rumour"),
    "Event-mode": change(CALL, "dk:mode", '"phone"'),
    "Event-context": change(CALL, "dk:context", "plover:CONSULT"),
    "Event-cameo": change(CALL, "dk:cameo", '"41"'),
    "Event-actor": change(CALL, "dk:actor", "art:a"),
    "Event-recipient": change(CALL, "dk:recipient", "ent:nobody"),
    "Event-edtf": change(CALL, "dk:edtf", '"2023-12-21"'),
    "Event-precision": change(CALL, "dk:timePrecision", "dk:Explicit"),
    "Event-resolution": change(CALL, "dk:timeResolution", "dk:Day"),
    "Event-begin": change(CALL, "sem:hasBeginTimeStamp", '"2023-12-22"^^xsd:date'),
    "Event-end": change(CALL, "sem:hasEndTimeStamp", '"2023-12"'),
    "Event-earliest": change(PLAN, "sem:hasEarliestBeginTimeStamp", '"2025-01-01"^^xsd:date'),
    "Event-latest": change(PLAN, "sem:hasLatestEndTimeStamp", '"soon"'),
    "Event-quantity": change(CALL, "dk:quantity", "ent:times"),
    "ModeOfType": change(CALL, "dk:mode", "plover:ASSAULT-abduct"),
    "NoPlanAsFact": change("mn:1", "dk:factuality", "dk:Promised"),
    "NoFactAsPlan": change(CALL, "dk:eventStatus", "dk:Hypothetical"),
    "Statement": f"{change(PLAN, 'dk:speaker')}; {change('mn:2', 'dk:attributedTo')}",
    "Participant": change(PLAN, "dk:speaker", "art:a"),
    "Stretch-begin": change("mn:1", "nif:beginIndex", "-1"),
    "Stretch-end": change("mn:1", "nif:endIndex"),
    "Stretch-quote": change("mn:1", "nif:anchorOf"),
    "Stretch-article": change("mn:1", "prov:wasDerivedFrom"),
    "QuoteLength": change("mn:1", "nif:anchorOf", '"Freedonia"'),
    "Mention-sentence": change("mn:1", "dk:sentenceNumber", "0"),
    "Mention-trigger": change("mn:1", "dk:trigger"),
    "Mention-triggerBegin": change("mn:1", "dk:triggerBegin", "16"),
    "Mention-triggerEnd": change("mn:1", "dk:triggerEnd"),
    "TriggerLength": change("mn:1", "dk:trigger", '"rang"'),
    "Mention-factuality": change("mn:1", "dk:factuality", "dk:Rumoured"),
    "Mention-polarity": also("mn:1 dk:polarity dk:Negative"),
    "Mention-source": change("mn:1", "dk:attributedTo"),
    "Mention-via": change("mn:1", "dk:attributedVia", "art:a"),
    "Mention-run": change("mn:1", "prov:wasGeneratedBy"),
    "Mention-event": also("mn:3 a dk:EventMention"),
    "Confidence": change("mn:1", "dk:confidence", "1.1"),
    "Label": change("ent:palace", "skos:prefLabel"),
    "Country": change("ent:sylvania", "dk:country", '"sy"'),
    "Actor-role": change("ent:times", "dk:actorRole", '"press"'),
    "Actor-kind": "DELETE DATA { ent:sylvania a dk:State }",
    "Place-kind": change("ent:freedonia", "dk:placeKind", '"moon"'),
    "Quantity": also("qty:1 schema:value 3"),
    "Quantity-kind": change("qty:1", "dk:quantityKind", "dk:Lost"),
    "Quantity-approximation": change("qty:1", "dk:approximation"),
    "Quantity-source": change("qty:1", "dk:attributedTo", "art:a"),
    "Figure": change("qty:1", "schema:minValue", "-5"),
    "Agreement-label": change("ag:t", "skos:prefLabel"),
    "Agreement-party": "DELETE DATA { ag:t dk:party ent:sylvania }",
    "Agreement-status": change("ag:t", "dk:agreementStatus", "dk:Broken"),
    "Agreement-kind": also("ag:t dk:agreementKind dk:Deal"),
    "Agreement-step": change(CALL, "dk:statusAfter", "dk:Occurred"),
    "Validity": change("ag:t", "schema:validThrough", '"2023-10-31"^^xsd:date'),
    "Article-identifier": change("art:a", "dct:identifier", '"a"'),
    "Article-published": change("art:a", "schema:datePublished", '"Friday"'),
    "Article-publisher": change("art:a", "schema:publisher", '"Times"'),
    "Run-used": change("run:r", "prov:used"),
    "Run-version": change("run:r", "dk:toolVersion"),
}
"""For each shape an update that breaks it."""

GROUPING = {"Event", "Mention", "EntityMention", "Sentence", "Actor", "Place", "Agreement", "Article", "Run"}
"""Node shapes that hold no constraint of their own, only others."""

HELPING = {"Graph", "TellsFact"}
"""A focus node and a shape that others ask, neither of which breaks by itself."""


def test_a_graph_by_hand_keeps_to_every_shape() -> None:
    conforms, _, report = validate(good(), shacl_graph=shapes(), ont_graph=classes(), inference="none")
    assert conforms, report


@pytest.mark.parametrize("shape", sorted(BROKEN))
def test_a_graph_that_breaks_a_shape_is_reported_by_it(shape: str) -> None:
    assert shape in names(validated(broken(BROKEN[shape])))


def test_every_shape_has_a_graph_that_breaks_it() -> None:
    declared = {
        str(s).removeprefix(SHAPES) for s in shapes().subjects() if isinstance(s, URIRef) and s.startswith(SHAPES)
    }
    assert declared - GROUPING - HELPING == set(BROKEN)


@pytest.mark.parametrize("stretch", [SENTENCE, NAME, "mn:1"])
def test_every_kind_of_quote_is_measured_and_the_one_at_fault_is_named(stretch: str) -> None:
    results = validated(broken(change(stretch, "nif:endIndex", "20")))
    assert names(results) == {"QuoteLength"}
    assert {expanded(stretch)} == {str(value) for value in results.objects(None, SH.value)}


def test_a_denial_beside_a_report_keeps_the_event_a_fact() -> None:
    denial = "mn:3 a dk:EventMention ; dk:factuality dk:Asserted ; dk:polarity dk:Negative"
    blamed = names(validated(broken(also(f"{CALL} gaf:denotedBy mn:3 . {denial}"))))
    assert not blamed & {"NoPlanAsFact", "NoFactAsPlan"}


def test_a_denial_alone_makes_no_fact() -> None:
    assert "NoPlanAsFact" in names(validated(broken(change("mn:1", "dk:polarity", "dk:Negative"))))


def test_every_constraint_says_in_a_sentence_what_is_wrong() -> None:
    graph = shapes()
    constraints = {s for s in graph.subjects() if str(s).startswith(SHAPES)}
    for shape in constraints - {URIRef(SHAPES + name) for name in GROUPING | HELPING}:
        messages = list(graph.objects(shape, SH.message)) or [
            m for c in graph.objects(shape, SH.sparql) for m in graph.objects(c, SH.message)
        ]
        assert len(messages) == 1, shape
        assert str(messages[0])[0].isupper(), shape
        assert str(messages[0]).endswith("."), shape


def test_the_message_of_the_shape_reaches_the_report() -> None:
    results = validated(broken(BROKEN["Mention-source"]))
    assert "The mention does not say who says so; at the least it is the publisher." in {
        str(m) for m in results.objects(None, SH.resultMessage)
    }


def test_the_shapes_are_valid_shacl() -> None:
    conforms, _, report = validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, report


def test_the_shapes_name_only_terms_that_the_ontology_declares() -> None:
    text = (ontology_dir() / "shapes.ttl").read_text(encoding="utf-8")
    used = set(re.findall(r"\bdk:(\w+)", text))
    assert {"eventStatus", "Presupposed"} <= used
    assert used <= TERMS


def test_the_shapes_carry_their_licence() -> None:
    ontology = shapes().value(predicate=RDF.type, object=OWL.Ontology)
    assert not isinstance(ontology, BNode)
    assert URIRef("https://creativecommons.org/licenses/by/4.0/") in set(
        shapes().objects(ontology, URIRef(PREFIXES["dct"] + "license"))
    )
