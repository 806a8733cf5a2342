from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.graph import article_quads
from kg.model import Actor, Coded, Event, Linked, Span, Status
from kg.vocab.iris import article_iri, entity_iri, event_iri, graph_iri, mention_iri, quantity_iri, span_iri
from kg.vocab.namespaces import PREFIXES

Example = Any  # of conftest.py, which tests cannot import
CALL, VISIT, TRUCE, KILLING, DENIAL, SPEECH = (f"ev:000000000000000{i}" for i in range(1, 7))


def store_of(*graphs: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    for quads in graphs:
        store.extend(quads)
        store.extend([ox.Quad(q.subject, q.predicate, q.object) for q in quads])
    return store


def quads(example: Example, coded: Coded | None = None, linked: Linked | None = None) -> list[ox.Quad]:
    coded = coded or example.one
    return list(article_quads(coded, linked or example.linked, example.run(coded)))


def ask(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ {pattern} }}", prefixes=dict(PREFIXES)))


@pytest.fixture
def graph(example: Example) -> ox.Store:
    return store_of(quads(example), quads(example, example.two))


def art(example: Example) -> str:
    return f"<{article_iri(example.one.article.key)}>"


def test_every_quad_is_in_the_graph_of_its_article(example: Example) -> None:
    assert {q.graph_name.value for q in quads(example)} == {graph_iri(example.one.article.key)}


def test_the_article_is_described_from_outside_its_text(example: Example, graph: ox.Store) -> None:
    sha = example.one.article.sha256
    assert ask(
        graph,
        f"""{art(example)} a schema:NewsArticle, prov:Entity ; dct:identifier "sha256:{sha}" ;
        schema:identifier "https://example.org/one" ; schema:headline "A call" ; schema:dateline "FREDONIA CITY" ;
        schema:datePublished "2023-12-22"^^xsd:date ; schema:inLanguage "en" ; schema:publisher ent:paper ;
        schema:url <https://example.org/one> ; schema:citation <https://example.org/source> ; schema:license "CC0" .""",
    )


def test_an_address_that_could_run_is_only_text(example: Example, graph: ox.Store) -> None:
    assert ask(graph, f'<{article_iri(example.two.article.key)}> schema:url "javascript:alert(1)"')


def test_the_full_text_is_nowhere_and_only_sentences_that_tell_an_event_are_quoted(example: Example) -> None:
    literals = [q.object.value for q in quads(example) if isinstance(q.object, ox.Literal)]
    assert max(map(len, literals)) < len(example.one.article.text) / 2
    assert not any("Nothing else" in value for value in literals)


def test_a_mention_carries_its_evidence(example: Example, graph: ox.Store) -> None:
    iri = mention_iri(example.one.article.key, 0, 58, "CONSULT")
    assert ask(
        graph,
        f"""{CALL} gaf:denotedBy <{iri}> . <{iri}> a dk:EventMention, nif:OffsetBasedString ;
        nif:beginIndex 0 ; nif:endIndex 58 ;
        nif:anchorOf "Firefly and Trentino talked by phone about trade on Friday" ; dk:sentenceNumber 1 ;
        dk:trigger "talked" ; dk:triggerBegin 21 ; dk:triggerEnd 27 ; dk:factuality dk:Asserted ;
        dk:polarity dk:Positive ; dk:attributedTo ent:firefly ; dk:attributedVia ent:palace ; dk:confidence 0.9 ;
        dk:background false ; dk:ongoing false ; dk:codedBy "hand" ; prov:wasDerivedFrom {art(example)} ;
        prov:wasGeneratedBy/prov:used {art(example)} .""",
    )


def test_what_nobody_is_quoted_for_is_said_by_the_publisher(graph: ox.Store) -> None:
    assert ask(graph, f"{VISIT} gaf:denotedBy/dk:attributedTo ent:paper")


def test_without_a_publisher_the_unnamed_narrator_of_that_article_says_it(example: Example) -> None:
    store = store_of(quads(example, example.two))
    assert ask(
        store,
        f'{CALL} gaf:denotedBy/dk:attributedTo ?n . ?n a sem:Actor, dk:Narrator ; skos:prefLabel "unnamed narrator"@en',
    )
    assert not ask(store, "?a schema:publisher ?p")


def test_a_publisher_not_met_in_the_article_becomes_an_actor(example: Example) -> None:
    coded = replace(example.one, links=())
    assert ask(
        store_of(quads(example, coded)),
        f'{art(example)} schema:publisher/skos:prefLabel "freedonia times"@en',
    )


def test_a_publisher_given_from_outside_wins(example: Example) -> None:
    known = Actor(id="times", name="Times", kind="organization")
    store = store_of(list(article_quads(example.one, example.linked, example.run(example.one), publisher=known)))
    assert ask(store, f"{art(example)} schema:publisher ent:times . {VISIT} gaf:denotedBy/dk:attributedTo ent:times")


def test_an_entity_points_to_the_words_that_refer_to_it(example: Example, graph: ox.Store) -> None:
    start = example.one.article.text.index("the palace")
    span = span_iri(example.one.article.key, start, start + 10)
    assert ask(
        graph,
        f"""ent:palace gaf:denotedBy <{span}> . <{span}> a dk:EntityMention ; nif:anchorOf "the palace" ;
        dk:sentenceNumber 1 ; dk:linkRule "metonym" ; dk:confidence 0.8 .""",
    )


def test_entities_have_class_name_country_sector_and_names_elsewhere(graph: ox.Store) -> None:
    assert ask(
        graph,
        """ent:firefly a dk:Person, sem:Actor ; skos:prefLabel "Rufus Firefly"@en ; dk:country "FRE" ;
          dk:actorRole "GOV" ; dk:partOf ent:freedonia .
        ent:freedonia a dk:State, sem:Actor, sem:Place ; skos:exactMatch wd:Q1, <https://sws.geonames.org/11/> .
        ent:border a dk:Place, sem:Place ; dk:placeKind "border" ; sem:isPartOf ent:freedonia .""",
    )


def test_an_event_carries_its_codes_roles_and_time(graph: ox.Store) -> None:
    assert ask(
        graph,
        f"""{CALL} a sem:Event ; rdfs:label "Firefly and Trentino talk by phone"@en ;
        dk:eventKey "0000000000000001" ; dk:eventStatus dk:Occurred ; sem:eventType plover:CONSULT ;
        dk:mode plover:CONSULT-phone ; dk:cameo cameo:041 ; dk:context plover:ctx-diplomatic, plover:ctx-economic ;
        dk:actor ent:firefly, ent:trentino ; dk:edtf "2023-12-22"^^<http://id.loc.gov/datatypes/edtf/EDTF> ;
        dk:timePrecision dk:Day ; dk:timeResolution dk:Explicit ; dk:timeExpression "on Friday" ;
        sem:hasBeginTimeStamp "2023-12-22"^^xsd:date ; sem:hasEndTimeStamp "2023-12-22"^^xsd:date ;
        dk:topic/rdfs:label "trade"@en ; dk:instrument/rdfs:label "telephone"@en ;
        dk:sameEventCandidate {"ev:0000000000000009"} . ev:0000000000000009 dk:sameEventScore 0.8 ;
          dk:sameEventReason "time +2.5 (the same day)" .""",
    )


def test_a_month_gives_outer_bounds_and_no_begin(graph: ox.Store) -> None:
    assert ask(
        graph,
        f"""{VISIT} sem:hasEarliestBeginTimeStamp "2024-01-01"^^xsd:date ;
        sem:hasLatestEndTimeStamp "2024-01-31"^^xsd:date . FILTER NOT EXISTS {{ {VISIT} sem:hasBeginTimeStamp ?b }}""",
    )


def test_third_parties_have_their_role_and_an_unknown_role_is_still_a_third_party(graph: ox.Store) -> None:
    assert ask(graph, f"{TRUCE} dk:mediator ent:osterlich ; dk:thirdParty ent:trentino ; sem:hasPlace ent:border")


def test_a_statement_has_speaker_and_addressee_and_names_what_was_said(graph: ox.Store) -> None:
    assert ask(
        graph,
        f"""{SPEECH} a dk:Statement ; sem:eventType dk:Statement ; dk:speaker ent:palace ;
        dk:addressee ent:trentino ; dk:content {CALL} ; dk:topic ag:00000000000000a1 .
        FILTER NOT EXISTS {{ {SPEECH} dk:actor ?a }}""",
    )


def test_ties_name_the_merged_event_and_never_the_event_itself(graph: ox.Store) -> None:
    assert ask(graph, f"{DENIAL} dk:inResponseTo {CALL} . {KILLING} faro:causes {TRUCE}")
    assert not ask(graph, f"{DENIAL} dk:inResponseTo {DENIAL}")


def test_more_than_is_a_least_value_and_about_is_a_value(graph: ox.Store) -> None:
    one, two = (quantity_iri("0000000000000004", i) for i in (1, 2))
    assert ask(
        graph,
        f"""{KILLING} dk:quantity <{one}>, <{two}> . <{one}> a schema:QuantitativeValue ; dk:quantityKind dk:Killed ;
        dk:approximation dk:MoreThan ; schema:minValue 1200 ; schema:unitText "person" ;
        dk:asOf "2023-12-22"^^<http://id.loc.gov/datatypes/edtf/EDTF> ; dk:attributedTo ent:palace .
        <{two}> schema:value ?half . FILTER(?half = 0.5) FILTER NOT EXISTS {{ <{two}> schema:minValue ?v }}""",
    )


def test_an_agreement_has_parties_terms_validity_and_a_life(graph: ox.Store) -> None:
    assert ask(
        graph,
        f"""ag:00000000000000a1 a dk:Agreement, prov:Entity ; skos:prefLabel "Truce"@en ; dk:agreementKind dk:Ceasefire ;
        dk:party ent:freedonia, ent:x-00000000000000aa ; dk:mediator ent:osterlich ; dk:provides {VISIT} ;
        schema:validFrom "2023-11-24"^^xsd:date ; schema:validThrough "2023-12-01"^^xsd:date ;
        dk:agreementStatus dk:InForce ; dk:statusChange {TRUCE} .
        {TRUCE} dk:statusAfter dk:InForce ; dk:sequence 1 ; dk:produces ag:00000000000000a1 .
        ent:osterlich dk:mediated ag:00000000000000a1 .""",
    )


def test_an_agreement_that_did_not_come_about_has_no_mediator_in_plain_triples(example: Example) -> None:
    events = tuple(replace(e, status=Status.EXPECTED) for e in example.linked.events)
    store = store_of(quads(example, linked=replace(example.linked, events=events)))
    assert ask(store, "ag:00000000000000a1 dk:mediator ent:osterlich")
    assert not ask(store, "?a dk:mediated|dk:phoned|dk:agreedWith ?b")


def test_plain_triples_stand_beside_events_that_took_place(graph: ox.Store) -> None:
    assert ask(graph, "ent:firefly dk:phoned ent:trentino . ent:trentino dk:phoned ent:firefly")
    assert ask(graph, "ent:freedonia dk:agreedWith ent:x-00000000000000aa")
    assert ask(graph, "ent:osterlich dk:mediated ent:freedonia, ent:x-00000000000000aa")


def test_what_is_planned_or_denied_writes_no_plain_triple(graph: ox.Store) -> None:
    assert not ask(graph, "ent:firefly dk:agreedToMeet|dk:visited ?x")
    assert not ask(graph, "ent:trentino dk:aided ?x")


def test_an_event_is_the_same_in_every_article_that_tells_it(example: Example) -> None:
    def about(coded: Coded) -> set[str]:
        call = ox.NamedNode(event_iri("0000000000000001"))
        denoted = ox.NamedNode(PREFIXES["gaf"] + "denotedBy")
        return {str(q.triple) for q in quads(example, coded) if q.subject == call and q.predicate != denoted}

    assert about(example.one) == about(example.two) != set()


def test_an_article_holds_only_the_events_that_it_tells(example: Example) -> None:
    store = store_of(quads(example, example.two))
    assert ask(store, f"{CALL} a sem:Event")
    assert not ask(store, f"{VISIT} ?p ?o")
    assert not ask(store, "?a a dk:Agreement")


def test_two_events_of_one_type_in_one_clause_keep_their_own_mentions(example: Example) -> None:
    call = example.linked.events[0]
    other = replace(call, key="00000000000000b1", same_as=())
    third = replace(
        other,
        key="00000000000000b2",
        mentions=tuple(replace(m, trigger_span=Span(0, 1)) for m in call.mentions),
    )
    for order in ((call, other, third), (third, other, call)):
        store = store_of(quads(example, linked=Linked(events=order)))
        rows = list(store.query("SELECT ?e ?m { ?e gaf:denotedBy ?m . ?m a dk:EventMention }", prefixes=dict(PREFIXES)))
        assert len({r["m"].value for r in rows}) == len({r["e"].value for r in rows}) == len(rows) == 3
        assert mention_iri(example.one.article.key, 0, 58, "CONSULT") in {r["m"].value for r in rows}


def test_the_same_input_gives_the_same_quads_in_any_order(example: Example) -> None:
    turned = replace(example.linked, events=example.linked.events[::-1], names=tuple(reversed(example.linked.names)))
    assert [str(q) for q in quads(example)] == [str(q) for q in quads(example, linked=turned)]


def test_there_is_no_blank_node_and_every_quad_comes_once(example: Example) -> None:
    found = quads(example)
    assert len(set(found)) == len(found)
    assert all(isinstance(q.subject, ox.NamedNode) and not isinstance(q.object, ox.BlankNode) for q in found)


def test_the_store_holds_every_literal_as_it_was_written(example: Example) -> None:
    store, found = ox.Store(), quads(example)
    store.extend(found)
    assert {str(q) for q in store} == {str(q) for q in found}


def test_the_hash_seed_changes_nothing() -> None:
    code = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('example', sys.argv[1])\n"
        "module = importlib.util.module_from_spec(spec); sys.modules['example'] = module\n"
        "spec.loader.exec_module(module)\n"
        "from kg.graph import article_quads\n"
        "made = module.example.__wrapped__() if hasattr(module.example, '__wrapped__') else module.example.__pytest_wrapped__.obj()\n"
        "for coded in (made.one, made.two):\n"
        "    for quad in article_quads(coded, made.linked, made.run(coded)): print(quad)\n"
    )
    path = str(Path(__file__).with_name("conftest.py"))
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code, path],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].count("\n") > 200


def test_half_a_surrogate_pair_keeps_the_offsets(example: Example) -> None:
    event = example.linked.events[1]
    mention = replace(event.mentions[0], quote="x\ud800y")
    store = store_of(quads(example, linked=Linked(events=(replace(event, mentions=(mention,)),))))
    assert ask(store, '?m nif:anchorOf "x\ufffdy"')


def test_an_event_without_any_detail_is_still_written(example: Example) -> None:
    bare = Event(
        key="00000000000000c1",
        type="Conflict",
        label="A conflict",
        status=Status.ONGOING,
        topics=(" ",),
        mentions=(replace(example.linked.events[1].mentions[0], rule=""),),
    )
    store = store_of(quads(example, linked=Linked(events=(bare,))))
    assert ask(store, 'ev:00000000000000c1 a dk:Conflict ; rdfs:label "A conflict"@en')
    assert not ask(store, "ev:00000000000000c1 dk:topic|dk:place|dk:edtf ?x")
    assert entity_iri("paper") in {
        r["s"].value for r in store.query("SELECT ?s { ?m <https://w3id.org/dekg/ns#attributedTo> ?s }")
    }
