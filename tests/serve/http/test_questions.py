"""What the served page asks for: questions as forms, their SPARQL, what an editor completes, the editor itself."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from kg.draw import Picture
from kg.draw.render import SERVED_SCRIPTS, editor, render
from kg.query.named import GROUPS
from kg.serve.examples import EXAMPLES


def listed(client: TestClient) -> dict[str, Any]:
    return {q["name"]: q for q in client.get("/api/questions").json()["questions"]}


def test_each_parameter_has_a_label_a_type_and_the_choices_of_its_list(client: TestClient) -> None:
    fields = {p["name"]: p for p in listed(client)["events"]["parameters"]}
    assert [(p["label"], p["type"]) for p in fields.values()][:3] == [
        ("Actor", "actor"), ("Country", "country"), ("Type of event", "type"),
    ]  # fmt: skip
    assert ["CONSULT", "consult (meets or talks)"] in fields["type"]["choices"]
    assert ["NotOccurred", "did not happen"] in fields["state"]["choices"]
    assert fields["actor"]["choices"] is None


def test_questions_come_group_by_group(client: TestClient) -> None:
    groups = [q["group"] for q in listed(client).values()]
    assert groups == sorted(groups, key=GROUPS.index)
    assert "Others" not in groups


def test_a_status_that_does_not_exist_is_told_with_those_that_do(client: TestClient) -> None:
    answer = client.get("/api/questions/events?state=Ocurred")
    assert answer.status_code == 400
    assert "did you mean 'Occurred'?" in answer.json()["detail"]
    lower = client.get("/api/questions/events?state=occurred").json()
    assert {row["status"] for row in lower["rows"]} == {"Occurred"}


def test_a_question_as_sparql_gives_the_same_answer(client: TestClient) -> None:
    told = client.get("/api/questions/timeline/sparql?actor=Ada%20Ruler&since=2024")
    assert told.headers["content-type"].startswith("application/sparql-query")
    assert "2024-01-01" in told.text
    assert not told.text.startswith("#")
    rows = client.get("/sparql", params={"query": told.text}).json()["results"]["bindings"]
    assert len(rows) == client.get("/api/questions/timeline?actor=Ada%20Ruler&since=2024").json()["total"] == 1
    assert client.get("/api/questions/none/sparql").status_code == 404
    assert client.get("/api/questions/timeline/sparql?limit=1").status_code == 400


@pytest.mark.parametrize(("title", "text"), EXAMPLES)
def test_each_example_runs(client: TestClient, title: str, text: str) -> None:
    answer = client.get("/sparql", params={"query": text})
    assert answer.status_code == 200, title


def test_completion_has_the_terms_of_the_ontology_and_those_that_it_borrows(client: TestClient) -> None:
    told = client.get("/explore/completion.json").json()
    kinds = {name: kind for name, kind, _ in told["terms"]}
    meaning = {name: words for name, _, words in told["terms"]}
    wanted = {"dk:State": "class", "dk:metWith": "property", "dk:Expected": "concept", "plover:CONSULT-visit": "concept",
              "sem:Event": "class", "gaf:denotedBy": "property", "rdf:type": "property"}  # fmt: skip
    assert {name: kinds.get(name) for name in wanted} == wanted
    assert meaning["plover:CONSULT-visit"].startswith("The actor comes to the recipient")
    assert told["prefixes"]["dk"] == "https://w3id.org/dekg/ns#"


def test_the_editor_is_a_script_whose_hash_the_page_knows(client: TestClient) -> None:
    page = render(Picture(), served=True)
    for name, kind in (("yasqe.min.js", "text/javascript"), ("yasqe.min.css", "text/css")):
        answer = client.get(f"/explore/{name}")
        assert answer.headers["content-type"].startswith(kind)
        assert answer.text == editor()[name]
        assert "sourceMappingURL" not in answer.text
    digest = base64.b64encode(hashlib.sha256(client.get("/explore/yasqe.min.js").content).digest()).decode()
    assert f"sha256-{digest}" in page
    assert client.get("/explore/render.py").status_code == 404


def test_a_page_in_a_file_neither_asks_nor_holds_the_editor() -> None:
    file, served = render(Picture()), render(Picture(), served=True)
    policies = [re.search(r"connect-src &#39;(\w+)&#39;", page) for page in (file, served)]
    assert [found and found[1] for found in policies] == ["none", "self"]
    assert 'id="view-questions"' in served
    assert 'id="view-questions"' not in file
    assert "kg serve" in file
    assert len(SERVED_SCRIPTS) == 5
    assert 20_000 < len(served) - len(file) < 60_000
