"""The page that asks a server, in a browser: answers narrow it, its files are saved, and actors are suggested."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import networkx as nx
import pytest

from kg.serve.view.index import Index
from kg.store import Store
from tests.serve.view.conftest import until

pytestmark = pytest.mark.browser
Open = Callable[[str], Any]
CONFLICTS = "SELECT ?e WHERE { ?e a sem:Event ; sem:eventType plover:ASSAULT }"


def tally(page: Any) -> str:
    return str(page.inner_text("#counts")).split(" · ")[0]


def ask(sparql: str, more: str = "") -> str:
    return f"view=questions&ask=sparql&answer=table&sparql={quote(sparql)}{more}"


def test_an_answer_narrows_the_view_and_its_address_does_so_again(
    visit: Open, served: str, index: Index, store: Store
) -> None:
    number = len(store.query(CONFLICTS).rows)
    assert 1 < number < index.events
    page = visit(f"{served}#{ask(CONFLICTS)}")
    page.get_by_role("button", name=f"Show these {number} events in the graph").click()
    narrowed = f"{number} of {index.events} events"
    until(lambda: tally(page) == narrowed)
    assert page.inner_text("#within-words") == f"Only the {number} events in the answer to a query in SPARQL."
    assert page.locator("[data-facet=stance] .number").all_inner_texts() == ["0", str(number), "0"]
    page.locator("[data-facet=status] .number").first.click()
    until(lambda: tally(page) != narrowed)
    page.click("#undo")
    until(lambda: tally(page) == narrowed)
    assert "within=answer" in page.evaluate("location.hash")
    with page.expect_download() as told:
        page.click("#csv")
    assert len(Path(told.value.path()).read_text("utf-8-sig").splitlines()) == number + 1
    page.reload()
    until(lambda: tally(page) == narrowed)
    index.choices.clear()  # as a server does that has kept too many since
    page.locator("[data-facet=status] .number").first.click()
    until(lambda: tally(page) != narrowed)
    page.click("#within-all")
    until(lambda: not page.locator("#within").is_visible())
    page.click("#reset")
    until(lambda: tally(page) == f"{index.events} of {index.events} events")
    assert [t for t in page.trouble if "410" not in t] == []


def test_a_named_question_narrows_the_view_to_what_the_server_knows(visit: Open, served: str, index: Index) -> None:
    page = visit(f"{served}#ask=events&with.type=AID&answer=any&within=answer")
    until(lambda: "Only the" in page.inner_text("#within-words"))
    aid = page.locator("#rows .type").all_inner_texts()
    assert aid
    assert set(aid) == {"aid"}
    page.click("#within-back")
    until(lambda: page.locator("#answer tbody tr").count() == len(aid))
    assert page.trouble == []


def test_what_the_address_cannot_hold_and_what_is_too_much_is_told(
    visit: Open, served: str, index: Index, store: Store
) -> None:
    page = visit(f"{served}#{ask('SELECT ?e WHERE { ?e a sem:Event }')}")
    page.get_by_role("button", name=f"Show these {index.events} events in the graph").wait_for()
    page.route("**/api/view/start", lambda route: route.fulfill(json={**route.fetch().json(), "mostWithin": 50}))
    page.reload()
    page.get_by_role("button", name=f"Show the first 50 of {index.events} events in the graph").click()
    until(lambda: tally(page) == f"50 of {index.events} events")
    left = index.events - 50
    assert f"{left} more events of it are left out: 50 are the most that can be shown." in page.inner_text(
        "#within-words"
    )
    page.click("#within-back")
    page.wait_for_selector("#sparql-editor .CodeMirror")
    longer = f"{CONFLICTS} # {'x' * 10_000}"
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", longer)
    page.click("#sparql-ask")
    number = len(store.query(CONFLICTS).rows)
    page.get_by_role("button", name=f"Show these {number} events in the graph").click()
    until(lambda: "too long for the address: a link or a reload shows all events." in page.inner_text("#within-words"))
    assert "sparql=" not in page.evaluate("location.hash")
    assert page.trouble == []


def test_an_answer_that_fails_shows_no_event(visit: Open, served: str, index: Index) -> None:
    page = visit(f"{served}#{ask('SELECT nonsense', '&within=answer')}")
    until(lambda: tally(page) == f"0 of {index.events} events")
    assert page.inner_text("#within-words").startswith("The events cannot be told:")


@pytest.mark.parametrize("words", ["", "#stance=conflict&sort=who.down"])
def test_the_files_are_those_of_the_page_that_holds_its_events(
    visit: Open, served: str, offline: str, words: str, tmp_path: Path
) -> None:
    found: dict[str, list[bytes]] = {"csv": [], "gexf": [], "turtle": []}
    for address in (served, offline):
        page = visit(f"{address}{words}")
        until(lambda page=page: page.locator("#csv").is_enabled())  # type: ignore[misc]
        for name, contents in found.items():
            with page.expect_download() as told:
                page.click(f"#{name}")
            contents.append(Path(told.value.path()).read_bytes())
        assert page.trouble == []
    assert found["csv"][0] == found["csv"][1]
    assert len(list(csv.reader(io.StringIO(found["csv"][0].decode("utf-8-sig"))))) > 20
    graphs = []
    for at, contents in enumerate(found["gexf"]):
        (tmp_path / f"{at}.gexf").write_bytes(contents)
        graphs.append(nx.read_gexf(tmp_path / f"{at}.gexf"))
        for _, data in graphs[at].nodes(data=True):
            data.pop("viz", None)  # The page stretches the picture to its canvas.
    assert dict(graphs[0].nodes(data=True)) == dict(graphs[1].nodes(data=True))
    assert list(graphs[0].edges(data=True)) == list(graphs[1].edges(data=True))
    assert found["turtle"][0].count(b"a sem:Event") == found["turtle"][1].count(b"a sem:Event") > 20


def test_more_than_a_file_holds_is_told_and_not_offered(visit: Open, served: str, index: Index) -> None:
    page = visit(served)
    most = {"csv": index.events, "gexf": index.events, "ttl": 5}
    page.route("**/api/view/start", lambda route: route.fulfill(json={**route.fetch().json(), "mostSaved": most}))
    page.reload()
    until(lambda: page.locator("#turtle").is_disabled())
    assert page.locator("#csv").is_enabled()
    assert page.inner_text("#save-note") == (
        "At most, a file holds: Turtle 5 events. Narrow the filters, or let kg export write the whole store."
    )


def test_actors_are_suggested_by_the_server_while_a_name_is_typed(visit: Open, served: str, index: Index) -> None:
    page = visit(f"{served}#view=questions&ask=mediators")
    box = page.locator("#with-actor")
    options = page.locator("#with-actor-list option")
    until(lambda: options.count() == 20)
    asked = len([url for url in page.asked if "/api/view/actors" in url])
    rare = index.node(index.actors - 1)["label"]
    box.press_sequentially(rare, delay=5)
    until(lambda: rare in options.evaluate_all("all => all.map(({ value }) => value)"))
    after = [url for url in page.asked if "/api/view/actors" in url]
    assert len(after) - asked < len(rare) / 2, "what is typed fast is asked for once"
    box.press("Enter")
    until(lambda: f"with.actor={quote(rare).replace('%20', '+')}" in page.evaluate("location.hash"))
    assert page.trouble == []
