"""The JSON API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from kg.query import questions
from kg.store.guard import UPDATES
from kg.store.tokens import tokens
from kg.vocab.iris import entity_iri, event_iri

CALL, KILLING, MEETING = (event_iri(f"000000000000000{n}") for n in (1, 2, 3))


def found(client: TestClient, query: str = "") -> list[str]:
    response = client.get(f"/api/events{query}")
    assert response.status_code == 200, response.text
    return [event["id"] for event in response.json()["events"]]


def test_an_event_says_who_what_whom_when_and_how_sure(client: TestClient) -> None:
    (event,) = client.get("/api/events?actor=ada").json()["events"]
    assert event == {
        "id": CALL,
        "key": "0000000000000001",
        "label": "Ada Ruler phones Bland",
        "type": "CONSULT",
        "mode": "phone",
        "cameo": "041",
        "status": "Occurred",
        "date": "2024-03-01",
        "begin": "2024-03-01",
        "end": "2024-03-01",
        "actors": [{"id": entity_iri("ada"), "name": "Ada Ruler", "country": "AAA"}],
        "recipients": [{"id": entity_iri("bland"), "name": "Bland", "country": "BBB"}],
        "third_parties": [],
        "place": None,
        "confidence": 0.9,
        "reports": 2,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [KILLING, CALL, MEETING]),
        ("?actor=Bland", [CALL, MEETING]),
        ("?actor=bland", [CALL, MEETING]),
        ("?actor=ent:bland", [CALL, MEETING]),
        ("?actor=https://w3id.org/dekg/id/entity/bland", [CALL, MEETING]),
        ("?actor=the%20BLAND", [CALL, MEETING]),
        ("?actor=ruler", [CALL]),
        ("?country=aaa", [KILLING, CALL]),
        ("?country=ZZZ", []),
        ("?type=consult", [CALL, MEETING]),
        ("?status=ongoing", [KILLING]),
        ("?status=Expected&type=CONSULT", [MEETING]),
        ("?since=2024-04", [MEETING]),
        ("?until=2024-04", [CALL]),
        ("?since=2024-03-01&until=2024-03-01", [CALL]),
        ("?since=2024-05-31", [MEETING]),
        ("?min_confidence=0.85", [CALL]),
        ("?min_confidence=0", [KILLING, CALL, MEETING]),
        ("?actor=bland&country=AAA", [CALL]),
        ("?actor=&type=", [KILLING, CALL, MEETING]),
    ],
)
def test_filters_choose_events(client: TestClient, query: str, expected: list[str]) -> None:
    assert found(client, query) == expected


def test_a_page_of_events_tells_how_many_there_are(client: TestClient) -> None:
    pages = [client.get(f"/api/events?limit=1&offset={n}").json() for n in range(4)]
    assert [[e["id"] for e in p["events"]] for p in pages] == [[KILLING], [CALL], [MEETING], []]
    assert {p["total"] for p in pages} == {3}
    assert (pages[1]["limit"], pages[1]["offset"]) == (1, 1)


HOSTILE = [
    '"} } DROP ALL #',
    "\\u0022 } INSERT DATA { <a:b> <a:c> 1 }",
    "> } SERVICE <http://x.example/> { ?s ?p ?o",
    "urn:x> <urn:y",
    "') || true",
    "\x00",
    "\ud7ff\U0001f54a",
    "x" * 5000,
]


@pytest.mark.parametrize("name", ["actor", "country", "type", "status", "since", "until", "min_confidence"])
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_refused_as_values(client: TestClient, pool: Any, name: str, value: str) -> None:
    response = client.get("/api/events", params={name: value})
    assert response.status_code == 400, response.text
    problem = response.json()
    assert (problem["status"], problem["title"]) == (400, "Bad Request")
    assert response.headers["content-type"] == "application/problem+json"
    words = {token.upper for request in pool.asked for token in tokens(request.sparql)}
    assert not words & {*UPDATES, "SERVICE"}


@pytest.mark.parametrize("value", HOSTILE[:5])
def test_hostile_text_is_bound_as_text(client: TestClient, value: str) -> None:
    response = client.get("/api/questions/evidence", params={"text": value})
    assert (response.status_code, response.json()["rows"]) == (200, [])


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("?actr=x", "did you mean 'actor'?"),
        ("?actor=a&actor=b", "actor: given 2 times"),
        ("?actor=nobody", "unknown entity 'nobody'"),
        ("?country=FR", "three letters"),
        ("?type=CONSLT", "did you mean 'CONSULT'?"),
        ("?status=Happened", "unknown status 'Happened'"),
        ("?since=2024-13", "months are 01 to 12"),
        ("?until=yesterday", "YYYY-MM-DD"),
        ("?min_confidence=1.1", "from 0 to 1"),
        ("?min_confidence=nan", "from 0 to 1"),
        ("?limit=0", "from 1 to 1000"),
        ("?limit=1001", "from 1 to 1000"),
        ("?limit=-1", "from 1 to 1000"),
        ("?limit=1e2", "from 1 to 1000"),
        ("?limit=%D9%A1", "from 1 to 1000"),
        ("?offset=99999999999999999999", "from 0 to 1000000"),
        ("?limit=1;%20DROP", "from 1 to 1000"),
        ("?actor=%FF", "not UTF-8"),
    ],
)
def test_a_wrong_parameter_is_told_in_words(client: TestClient, query: str, detail: str) -> None:
    response = client.get(f"/api/events{query}")
    assert response.status_code == 400
    assert detail in response.json()["detail"]


def test_actors_dyads_and_time_lines_are_the_named_questions(client: TestClient) -> None:
    actors = client.get("/api/actors?country=AAA").json()
    assert [(r["name"], r["of_country"], r["events"]) for r in actors["rows"]] == [
        ("Aland", "AAA", 1),
        ("Ada Ruler", "AAA", 1),
    ]
    assert actors["rows"] == client.get("/api/questions/actors?country=AAA").json()["rows"]
    (dyad,) = client.get("/api/dyads").json()["rows"]
    assert (dyad["from"], dyad["to"], dyad["events"]) == ("AAA", "BBB", 1)
    assert isinstance(dyad["plover"], float)
    line = client.get("/api/timeline", params={"actor": "Bland"}).json()["rows"]
    assert [(r["date"], r["role"]) for r in line] == [("2024-03-01", "recipient"), ("2024-05", "recipient")]


@pytest.mark.parametrize("name", [q.name for q in questions()])
def test_every_named_question_is_answered(client: TestClient, name: str) -> None:
    response = client.get(f"/api/questions/{name}")
    assert response.status_code == 200, response.text
    told = response.json()
    assert told["total"] == len(told["rows"])
    assert all(list(row) == told["columns"] for row in told["rows"])


def test_a_question_is_answered_page_by_page(client: TestClient) -> None:
    whole = client.get("/api/questions/evidence").json()["rows"]
    assert len(whole) == 4
    pages = [client.get(f"/api/questions/evidence?limit=3&offset={n}").json() for n in (0, 3, 6)]
    assert [row for p in pages for row in p["rows"]] == whole
    assert [p["total"] for p in pages] == [4, 4, 4]


def test_an_unknown_question_is_404(client: TestClient) -> None:
    response = client.get("/api/questions/mediaters")
    assert response.status_code == 404
    assert "did you mean 'mediators'?" in response.json()["detail"]
    assert client.get("/api/questions/..%2f..%2fnamed").status_code == 404
    assert client.get("/api/nothing").headers["content-type"] == "application/problem+json"


def test_questions_are_listed_with_their_parameters(client: TestClient) -> None:
    listed = {q["name"]: q for q in client.get("/api/questions").json()["questions"]}
    assert set(listed) == {q.name for q in questions()}
    assert [p["name"] for p in listed["timeline"]["parameters"]] == ["actor", "country", "since", "until"]


def test_hostile_names_are_plain_json(client: TestClient) -> None:
    response = client.get("/api/events?status=Expected")
    assert response.headers["content-type"] == "application/json"
    assert "<" not in response.text
    assert response.text.isascii()
    assert json.loads(response.text)["events"][0]["label"].startswith("<script>alert(1)</script>")


def test_names_are_not_read_anew_for_every_request(client: TestClient, pool: Any) -> None:
    for _ in range(3):
        assert found(client, "?actor=ruler") == [CALL]
    assert sum("skos:altLabel" in r.sparql and "VALUES" not in r.sparql for r in pool.asked) == 1


def test_the_openapi_document_describes_every_path(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert told["servers"] == [{"url": "http://localhost"}]
    references = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            references.add(value.get("$ref", ""))
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk(told)
    assert references - {""} == {f"#/components/schemas/{name}" for name in told["components"]["schemas"]} - {""}
    for path, operations in told["paths"].items():
        if "get" not in operations:
            assert client.post(path, content=b"nonsense").status_code == 415
            continue
        assert client.get(path, params={"nonsense": "1"}).status_code == 400
        if path.startswith("/api/view"):
            continue  # These need an index, which tests/serve/view has.
        assert client.get(path).status_code == 200, path
        limited = "limit" in {p["name"] for p in operations["get"]["parameters"]}
        assert limited is not path.endswith(("/questions", "/sparql"))
    body = client.get("/api/events?limit=1").json()["events"][0]
    assert set(body) == set(told["components"]["schemas"]["Event"]["properties"])


def test_the_api_is_described_for_people(client: TestClient) -> None:
    text = client.get("/docs").text
    assert "/api/questions/mediators" in text
    assert "http://" not in text.replace("http://localhost", "")


@pytest.mark.parametrize("path", ["/api/events", "/api/questions/events", "/docs", "/openapi.json", "/"])
def test_the_api_is_read_only(client: TestClient, path: str) -> None:
    assert client.post(path, content=b"{}").status_code == 405
