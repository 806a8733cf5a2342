from __future__ import annotations

import re
import shlex
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, UsageError
from kg.query import ask, check, question, questions
from kg.query.named import TYPES, read_question
from kg.store import Store, open_store
from kg.vocab.iris import graph_iri
from kg.vocab.namespaces import PREFIXES

NAMES = [q.name for q in questions()]
ANSWERS = {
    "mediators": [
        ("Qatar", "Hamas; Israel", "Israel and Hamas agree on a truce"),
        ("Qatar", "Hamas; Israel", "Truce of November"),
    ],
    "phone-calls": [("Abdel Fattah el-Sisi; Tamim bin Hamad", "the truce", "2023-12-01~")],
    "visits": [("Abdel Fattah el-Sisi", "Qatar", "Qatar")],
    "attacks": [("Israel", "=villagers\x1b[2J | 北京", "firearms"), ("Hamas", "Israel", None)],
    "requests": [("Egypt", "Israel", "Egypt calls on Israel to open the crossing", "Delivery of aid")],
    "statements": [("Egypt", "Qatar", "Egypt welcomes the truce", "Israel and Hamas agree on a truce")],
    "expected": [("Sisi to visit Qatar", "Invited", "Egypt", "2024-01")],
    "denied": [("Hamas attacks Israel", "Hamas denied that it fired", "Hamas")],
    "disputed": [
        (
            "Hamas attacks Israel",
            "Israel",
            "Hamas fired rockets, Israel said",
            "Hamas",
            "Hamas denied that it fired",
        )
    ],
    "agreements": [("Truce of November", "Ceasefire", "Hamas; Israel", "Qatar", "Expired", "2023-11-24", "2023-12-01")],
    "agreement-terms": [("Truce of November", "Qatar", "Hamas; Israel", "Delivery of aid", "Hypothetical")],
    "agreement-history": [
        (
            "Truce of November",
            "Expired",
            "2023-11-24",
            "2023-12-01",
            "1",
            "Israel and Hamas agree on a truce",
            "InForce",
        ),
        ("Truce of November", "Expired", "2023-11-24", "2023-12-01", "2", "The truce expires", "Expired"),
    ],
    "casualties": [("Killed", "MoreThan", "120", "people", "Gaza Strip", "Hamas", "1948-05-15")],
    "dyads": [("EGY", "ISR", "1", "-1"), ("ISR", "PSE", "1", "-7"), ("PSE", "ISR", "1", "-9")],
    "causes": [("Hamas attacks Israel", "Israel blocks the crossing")],
    "responses": [("Israel blocks the crossing", "Hamas attacks Israel")],
    "repeated": [("Israel and Hamas agree on a truce", "3", "2"), ("Hamas attacks Israel", "2", "1")],
    "historical": [("1948-05", "Villagers killed"), ("2023-11-24", "Israel and Hamas agree on a truce")],
    "names": [("Abdel Fattah el-Sisi", "The Egyptian president", "1"), ("Abdel Fattah el-Sisi", "he", "1")],
    "links": [("Qatar", "Q846", "289688")],
    "provenance-gaps": [],
    "unresolved": [("=villagers\x1b[2J | 北京", None, "2")],
    "months": [
        ("1948-05", "1", "1"),
        ("2023-11", "1", "1"),
        ("2023-12", "5", "5"),
        ("2024-01", "1", "0"),
    ],
    "offices": [("Abdel Fattah el-Sisi", "The Egyptian president", "Egypt", "2023-12-02")],
    "articles": [
        ("wire-1", "2023-12-02", "The Wire", "Truce ends", "10"),
        ("wire-2", "2023-12-03", "The Wire", None, "1"),
    ],
    "places": [("Gaza Strip", "1"), ("Qatar", "1")],
    "relations": [
        ("Abdel Fattah el-Sisi", "phoned", "Tamim bin Hamad"),
        ("Qatar", "mediated", "Truce of November"),
    ],
    "doubtful": [("0.4", "Sisi phones Tamim", "he phoned Tamim", "consult.phone")],
    "sources": [
        ("The Wire", "6", "5"),
        ("Egypt", "3", "3"),
        ("Hamas", "2", "2"),
        ("Israel", "1", "1"),
        ("Qatar", "1", "1"),
    ],
}


def rows(store: Store, name: str, **params: str | float) -> list[tuple[str | None, ...]]:
    return [tuple(None if t is None else t.value for t in row) for row in ask(store, name, **params).rows]


def test_there_are_at_least_24_questions() -> None:
    assert len(NAMES) >= 24


@pytest.mark.parametrize("name", ANSWERS)
def test_a_question_gives_the_rows_that_the_graph_holds(store: Store, name: str) -> None:
    found = rows(store, name)
    assert [row[: len(wanted)] for row, wanted in zip(found, ANSWERS[name], strict=True)] == ANSWERS[name]


def test_events_come_in_order_of_time_and_each_once(store: Store) -> None:
    found = [row[0] for row in rows(store, "events") if row[0]]
    assert found == [
        "1948-05", "2023-11-24", "2023-12-01", "2023-12-01", "2023-12-01/..", "2023-12-01~", "../2023-12-02", "2024-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "params", "first"),
    [
        ("events", {"since": "2023-11-01", "until": "2023-11"}, ["2023-11-24"]),
        ("events", {"type": "request"}, ["../2023-12-02"]),
        ("events", {"actor": "ent:qatar", "state": "expected"}, ["2024-01"]),
        ("events", {"country": "egy", "until": "2023"}, ["2023-12-01~", "../2023-12-02"]),
        ("timeline", {"actor": "tamim"}, ["2023-12-01~"]),
        ("timeline", {"country": "EGY", "since": "2024"}, ["2024-01"]),
        ("dyads", {"country": "EGY"}, ["EGY"]),
        ("repeated", {"least": 3}, ["Israel and Hamas agree on a truce"]),
        ("repeated", {"articles": 2}, ["Israel and Hamas agree on a truce"]),
        ("who-says", {"source": "Hamas"}, ["Hamas", "Hamas"]),
        ("mediators", {"since": "2024-01-01"}, []),
        ("casualties", {"kind": "wounded"}, []),
        ("casualties", {"kind": "killed", "least": 100}, ["Killed"]),
        ("evidence", {"text": "CROSSING", "type": "COERCE"}, ["Israel blocks the crossing"]),
        ("types", {"country": "ISR", "since": "2023-12-01", "until": "2023-12-01"}, ["ASSAULT", "COERCE"]),
        ("relations", {"actor": "sisi"}, ["Abdel Fattah el-Sisi"]),
        ("offices", {"actor": "Egypt"}, ["Abdel Fattah el-Sisi"]),
        ("historical", {"before": "1940"}, ["1948-05", "2023-11-24"]),
        ("actors", {"country": "QAT"}, ["Qatar", "Tamim bin Hamad"]),
    ],
)
def test_parameters_narrow_the_answer(store: Store, name: str, params: dict[str, str], first: list[str]) -> None:
    assert [row[0] for row in rows(store, name, **params)] == first


def test_evidence_gives_quote_offsets_and_the_whole_sentence(store: Store) -> None:
    found = rows(store, "evidence", text="agreed on a truce")
    assert found[0][1:8] == (
        "Israel and Hamas agreed on a truce", "0", "34", "1",
        "Israel and Hamas agreed on a truce, mediated by Qatar, he said.", "agreed", "wire-1",
    )  # fmt: skip


def test_a_gap_in_provenance_is_found(store: Store) -> None:
    import pyoxigraph as ox

    graph = "https://w3id.org/dekg/id/graph/cccccccccccccccc"
    bare = ox.NamedNode("https://w3id.org/dekg/id/mention/bare")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store.replace(
        graph,
        [ox.Quad(bare, kind, ox.NamedNode("https://w3id.org/dekg/ns#EventMention"), ox.NamedNode(graph))],
    )
    assert {row[1] for row in rows(store, "provenance-gaps")} >= {"run", "article", "source", "quote"}


def test_a_neighbourhood_is_a_graph(store: Store) -> None:
    answer = ask(store, "neighbourhood", actor="tamim")
    assert answer.kind == "graph"
    assert any(str(row[1]).endswith("phoned") for row in answer.rows)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_plain_sparql_that_the_guard_lets_pass(store: Store, name: str) -> None:
    check(question(name).sparql)
    assert store.query(question(name).sparql).kind in {"select", "graph"}


@pytest.mark.parametrize("name", NAMES)
def test_every_header_parameter_stands_in_the_question_and_none_is_projected(name: str) -> None:
    asked = question(name)
    blocks = " ".join(re.findall(r"VALUES (.*?) \{", asked.sparql))
    body = asked.sparql.partition("WHERE")[0] if "SELECT" in asked.sparql else ""
    for parameter in asked.parameters:
        assert f"?{parameter.name}" in blocks
        assert not re.search(rf"\?{parameter.name}\b", body.split("\nSELECT")[-1])
        assert parameter.type in TYPES
        assert parameter.help.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_every_example_names_its_question_and_known_parameters(name: str) -> None:
    asked = question(name)
    words = shlex.split(asked.example)
    assert words[:3] == ["kg", "query", name]
    for word, before in zip(words[1:], words, strict=False):
        if before == "--param":
            assert asked.parameter(word.partition("=")[0])


@pytest.mark.parametrize("name", [n for n in NAMES if n != "neighbourhood"])
def test_every_select_is_ordered_so_that_its_rows_never_change_places(name: str) -> None:
    assert re.search(r"\} (GROUP BY .*? )?ORDER BY [^}]*$", question(name).sparql)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("# title: T\nASK {}", "no 'description'"),
        ("# titel: T\nASK {}", "'titel' is not a header"),
        (
            "# title: T\n# description: D\n# example: E\n# param: x colour -- Help.\nASK {}",
            "is not a parameter",
        ),
        ("# title: T\n# description: D\n# example: E\n# table: x -- Help.\nASK {}", "is not a table"),
    ],
)
def test_a_broken_header_is_told(text: str, wrong: str) -> None:
    with pytest.raises(QueryError, match=wrong):
        read_question("q", text)


def test_an_unknown_question_gives_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="did you mean 'mediators'"):
        question("mediator")


@pytest.mark.parametrize("name", NAMES)
def test_the_page_on_questions_lists_each_with_its_title_and_parameters(name: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    asked = question(name)
    line = next(text for text in page.splitlines() if text.startswith(f"| `{name}` |"))
    assert asked.title in line
    assert re.findall(r"`(\w+)` \(", line) == [p.name for p in asked.parameters]


def test_a_mediation_is_an_act_of_the_mediator_towards_each_side(store: Store) -> None:
    mediation = """
        @prefix dk: <https://w3id.org/dekg/ns#> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
        @prefix plover: <https://w3id.org/dekg/plover/> . @prefix ent: <https://w3id.org/dekg/id/entity/> .
        <urn:mediation> a sem:Event ; sem:eventType plover:CONSULT ; dk:mode plover:CONSULT-third-party ;
            dk:eventStatus dk:Occurred ; dk:mediator ent:qatar ; dk:actor ent:israel, ent:hamas ."""
    graph = ox.NamedNode("urn:g")
    triples = ox.parse(mediation, format=ox.RdfFormat.TURTLE)
    store.replace(graph.value, [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples])
    found = {(r["from"], r["to"]) for r in ask(store, "dyads", country="QAT").dicts()}
    assert found == {("QAT", "ISR"), ("QAT", "PSE")}


def test_a_figure_takes_no_source_of_another_event_where_its_own_mention_has_none() -> None:
    with open_store(":memory:") as store:
        told = {
            "ev:a": "dk:quantity <urn:q> ; gaf:denotedBy <urn:m>",
            "<urn:q>": "dk:quantityKind dk:Killed ; schema:value 3",
            "ev:b": "gaf:denotedBy <urn:n>",
            "<urn:n>": "dk:attributedTo <urn:who>",
            "<urn:who>": "skos:prefLabel 'Somebody'",
        }
        graph = graph_iri("a" * 16)
        text = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
        text += "".join(f"{s} {rest} .\n" for s, rest in told.items())
        parsed = ox.parse(text, format=ox.RdfFormat.TURTLE)
        store.replace(graph, [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph)) for q in parsed])
        assert [(row[0], row[2], row[5]) for row in rows(store, "casualties")] == [("Killed", "3", None)]


@pytest.mark.parametrize("name", NAMES)
def test_a_question_can_be_counted_within_the_limits(name: str) -> None:
    text = question(name).sparql
    if "CONSTRUCT" not in text:
        check(f"SELECT (COUNT(*) AS ?n) WHERE {{ {{ {text}\n}} }}")


def test_evidence_without_an_actor_gives_what_it_gives_for_all_of_them(store: Store) -> None:
    actors = {
        row[0]
        for row in ask(
            store,
            "SELECT DISTINCT ?who { ?e a sem:Event ; (dk:actor|dk:recipient|dk:speaker|"
            "dk:addressee|dk:mediator|dk:host|dk:guarantor|dk:beneficiary|dk:target|dk:thirdParty) ?who }",
        ).rows
    }
    each = {row for who in actors if who is not None for row in rows(store, "evidence", actor=who.value)}
    assert each
    assert each <= set(rows(store, "evidence"))
