"""Twenty questions to the user's article, whose answers were coded by hand from it."""

from __future__ import annotations

import pytest

from kg.model import Coded
from kg.store import Store
from tests.seed.meaning import countries, events, rows


def test_q01_who_spoke_by_phone_and_on_what(store: Store) -> None:
    [row] = rows(store, "phone-calls")
    told = " ".join(v or "" for v in row.values())
    assert all(name in told for name in ("Vladimir Putin", "Mahmoud Abbas"))
    assert "escalation" in told


def test_q02_what_the_kremlin_itself_asserts(store: Store) -> None:
    said = " | ".join(
        r["event"] or ""
        for r in rows(
            store,
            "SELECT (STR(?l) AS ?event) WHERE { ?e rdfs:label ?l ; gaf:denotedBy/dk:attributedTo ent:kremlin }",
        )
    )
    assert all(word in said for word in ("discussed", "conflict", "support", "noted"))


def test_q03_who_appears_with_country_and_sector(store: Store) -> None:
    found = {
        (r["n"], r["c"], r["s"])
        for r in rows(
            store,
            "SELECT (STR(?l) AS ?n) ?c ?s WHERE { ?x a sem:Actor ; skos:prefLabel ?l ; dk:country ?c OPTIONAL { ?x dk:actorRole ?s } }",
        )
    }
    assert {
        ("Vladimir Putin", "RUS", "GOV"),
        ("Mahmoud Abbas", "PSE", "GOV"),
        ("Hamas", "PSE", "REB"),
    } <= found
    assert {"Israel", "Palestine", "Qatar", "Russia", "Kremlin", "Sputnik"} <= {n for n, _, _ in found}


@pytest.mark.xfail(
    reason="the counts take the deal for SUPPORT, which is AGREE above, and goals and presupposed acts for events",
    strict=True,
)
def test_q04_how_many_events_of_each_type(store: Store) -> None:
    counts = {
        r["t"]: int(r["n"] or 0)
        for r in rows(
            store,
            'SELECT (STRAFTER(STR(?type), "plover/") AS ?t) (COUNT(DISTINCT ?e) AS ?n) WHERE { ?e sem:eventType ?type FILTER(CONTAINS(STR(?type), "plover/")) } GROUP BY ?type',
        )
    }
    assert counts == {
        "ASSAULT": 9,
        "RETREAT": 7,
        "AID": 5,
        "CONSULT": 4,
        "SUPPORT": 4,
        "AGREE": 3,
        "COERCE": 1,
        "REQUEST": 1,
    }


def test_q05_who_mediated_and_what_the_deal_provides(store: Store) -> None:
    found = rows(
        store,
        """SELECT (STR(?ml) AS ?mediator) (STR(?a) AS ?one) (STR(?b) AS ?other) ?type WHERE {
          ?ag a dk:Agreement ; dk:mediator/skos:prefLabel ?ml ; dk:party/skos:prefLabel ?a, ?b ; dk:provides/sem:eventType ?t
          FILTER(STR(?a) < STR(?b)) BIND(STRAFTER(STR(?t), "plover/") AS ?type) }""",
    )
    assert {(r["mediator"], r["one"], r["other"]) for r in found} == {("Qatar", "Hamas", "Israel")}
    assert {r["type"] for r in found} == {"RETREAT", "AID"}


def test_q06_what_became_of_the_truce(store: Store) -> None:
    steps = rows(store, "agreement-history")
    assert [(r["after"], r["date"]) for r in steps if r["after"] != "Extended"] == [
        ("InForce", "2023-11-24"),
        ("Expired", "2023-12-01"),
    ]
    assert "Extended" in {r["after"] for r in steps}
    assert {(r["from"], r["through"], r["status"]) for r in steps} == {("2023-11-24", "2023-12-01", "Expired")}


def test_q07_which_figures_how_exact_where_and_who_says_so(store: Store) -> None:
    found = {
        (r["figure_kind"], float(r["value"] or 0), r["approximation"], r["place"]) for r in rows(store, "casualties")
    }
    assert found == {
        ("Abducted", 240.0, "About", "Israel"),
        ("Killed", 1200.0, "MoreThan", "Israel"),
        ("Killed", 20000.0, "MoreThan", "Gaza Strip"),
    }
    sources = {r["value"]: r["source"] for r in rows(store, "casualties")}
    assert [s for v, s in sources.items() if float(v or 0) == 20000.0] == ["Palestinian authorities"]
    assert {s for v, s in sources.items() if float(v or 0) < 20000.0} == {"Sputnik"}


def test_q08_what_is_promised_or_planned(store: Store) -> None:
    found = rows(
        store,
        "SELECT (STR(?l) AS ?event) ?f WHERE { ?e dk:eventStatus dk:Expected ; rdfs:label ?l ; gaf:denotedBy/dk:factuality ?how BIND(STRAFTER(STR(?how), '#') AS ?f) }",
    )
    assert {"Invited", "Promised", "Intended"} <= {r["f"] for r in found}
    assert [r for r in found if "visit" in (r["event"] or "") and r["f"] == "Invited"]
    assert [r for r in found if "suppl" in (r["event"] or "") and r["f"] == "Promised"]


def test_q09_what_did_not_happen(store: Store) -> None:
    [row] = rows(store, "denied")
    assert "only the state of Israel was established" in " ".join(v or "" for v in row.values())


def test_q10_what_happened_between_the_deal_and_the_end_of_the_truce(store: Store) -> None:
    found = rows(
        store,
        """SELECT DISTINCT ?type WHERE { ?e sem:eventType ?t ; sem:hasBeginTimeStamp ?b ; sem:hasEndTimeStamp ?n ; dk:eventStatus dk:Occurred
          FILTER(?b >= "2023-11-24"^^xsd:date && ?n <= "2023-12-01"^^xsd:date) BIND(REPLACE(STR(?t), "^.*[/#]", "") AS ?type) }""",
    )
    assert {r["type"] for r in found} == {"AGREE", "CONSULT", "RETREAT", "Expiry"}


def test_q11_what_hamas_did_to_israel_on_that_day(store: Store) -> None:
    found = rows(
        store,
        """SELECT ?e (SAMPLE(?m) AS ?mode) WHERE { ?e sem:eventType plover:ASSAULT ; dk:actor ?a ; dk:edtf ?t ; dk:recipient/dk:country "ISR"
          FILTER(STRSTARTS(STR(?t), "2023-10-07")) { ?a skos:prefLabel ?l FILTER(CONTAINS(STR(?l), "Hamas")) }
          OPTIONAL { ?e dk:mode ?how BIND(STRAFTER(STR(?how), "ASSAULT-") AS ?m) } } GROUP BY ?e""",
    )
    assert len(found) == 5
    assert {"heavy-weapons", "firearms", "abduct"} <= {r["mode"] for r in found}


@pytest.mark.xfail(
    reason="counts the earlier invitation that the confirmed one presupposes, where one act is told above", strict=True
)
def test_q12_how_countries_act_on_each_other(store: Store) -> None:
    found = {(r["from"], r["to"]): int(r["events"] or 0) for r in rows(store, "dyads")}
    assert found == {
        ("ISR", "PSE"): 4,
        ("PSE", "ISR"): 5,
        ("QAT", "ISR"): 1,
        ("QAT", "PSE"): 1,
        ("RUS", "ISR"): 1,
        ("RUS", "PSE"): 5,
    }


def test_q13_the_evidence_for_the_blockade(store: Store, coded: Coded) -> None:
    [row] = rows(store, "evidence", type="COERCE")
    values = [v or "" for v in row.values()]
    assert any("ordered a complete blockade of Gaza" in v for v in values)
    quote = next(v for v in values if "ordered a complete blockade of Gaza" in v)
    assert str(coded.article.text.index(quote)) in values
    assert str(coded.article.text.index(quote) + len(quote)) in values


def test_q14_what_the_strikes_answer_and_what_they_caused(coded: Coded) -> None:
    [strikes] = [e for e in events(coded, "ASSAULT", sentence=11) if "strikes" in e.mentions[0].trigger]
    answered = [e for e in coded.events if e.key in strikes.in_response_to]
    assert {m.sentence for e in answered for m in e.mentions} >= {9}
    assert all("PSE" in countries(e.actors) for e in answered)
    [toll] = [e for e in coded.events if e.key in strikes.causes]
    assert {q.value for q in toll.quantities} == {20000.0}


def test_q15_which_events_are_told_more_than_once(store: Store) -> None:
    counts = sorted(
        int(r["n"] or 0)
        for r in rows(
            store,
            "SELECT (COUNT(?m) AS ?n) WHERE { ?e gaf:denotedBy ?m ; a sem:Event } GROUP BY ?e HAVING(COUNT(?m) > 1)",
        )
    )
    assert counts == [2, 2, 2, 4, 6, 6]


def test_q16_who_asked_whom_for_what(store: Store) -> None:
    found = rows(
        store,
        """SELECT (STR(?a) AS ?who) (STR(?b) AS ?whom) (STR(?c) AS ?what) WHERE { ?e sem:eventType plover:REQUEST ;
          dk:actor/skos:prefLabel ?a ; dk:recipient/skos:prefLabel ?b ; dk:content/rdfs:label ?c }""",
    )
    assert {(r["who"], r["whom"]) for r in found} == {("Russia", "Israel"), ("Russia", "Hamas")}
    assert all("stop hostilities" in (r["what"] or "") for r in found)


def test_q17_what_lies_before_1950(store: Store) -> None:
    found = rows(store, "SELECT ?e WHERE { ?e a sem:Event ; dk:edtf ?t FILTER(REGEX(STR(?t), '19[0-4][0-9]')) }")
    assert len(found) == 6


def test_q18_links_to_the_outside(store: Store) -> None:
    found = {
        r["w"]
        for r in rows(
            store,
            "SELECT DISTINCT (STRAFTER(STR(?m), 'entity/') AS ?w) WHERE { ?x skos:exactMatch ?m FILTER(CONTAINS(STR(?m), 'wikidata')) }",
        )
    }
    assert {
        "Q39760",
        "Q38799",
        "Q801",
        "Q127998",
        "Q219060",
        "Q846",
        "Q159",
        "Q145",
        "Q47423",
        "Q37470",
        "Q7747",
    } <= found


def test_q19_how_the_article_names_the_strip(store: Store) -> None:
    found = {
        r["form"]
        for r in rows(
            store,
            "SELECT DISTINCT (STR(?f) AS ?form) WHERE { ?p skos:prefLabel ?l ; gaf:denotedBy/nif:anchorOf ?f FILTER(STR(?l) = 'Gaza Strip') }",
        )
    }
    assert {f.removeprefix("the ") for f in found} == {"Gaza", "Gaza Strip", "Palestinian enclave", "enclave"}


def test_q20_every_mention_can_be_traced(store: Store) -> None:
    assert rows(store, "provenance-gaps") == []
