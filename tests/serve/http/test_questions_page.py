"""The questions of the served page in a browser: asked, answered, drawn, and nothing run that a name or a query holds."""

from __future__ import annotations

import csv
import io
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import uvicorn

from kg.errors import KgError, QueryTimeout
from kg.serve.app import make_app
from kg.serve.server import config_for
from kg.store import open_store
from kg.vocab.namespaces import PREFIXES

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
AXE = Path(__file__).parents[2] / "draw" / "vendor" / "axe.min.js"
HOSTILE = "</script><img src=x onerror=window.hacked=1>"
GRAPH_IRI = "https://w3id.org/dekg/id/graph/test"
TURTLE = """
ent:france a dk:State, sem:Actor ; skos:prefLabel "France" ; dk:country "FRA" .
ent:egypt a dk:State, sem:Actor ; skos:prefLabel "Egypt" ; dk:country "EGY" .
ent:qatar a dk:State, sem:Actor ; skos:prefLabel "Qatar" ; dk:country "QAT" .
ent:evil a dk:Person, sem:Actor ; skos:prefLabel %(hostile)s ; dk:country "EGY" .
ent:gaza-city a dk:Place ; skos:prefLabel "Gaza City" .
ev:talks a sem:Event ; rdfs:label "Qatar mediates between France and Egypt" ; sem:eventType plover:CONSULT ;
  dk:mode plover:CONSULT-third-party ; dk:eventStatus dk:Occurred ; dk:edtf "2023-11-24" ;
  sem:hasBeginTimeStamp "2023-11-24"^^xsd:date ; dk:actor ent:france, ent:egypt ; dk:mediator ent:qatar .
ev:visit a sem:Event ; rdfs:label "France to visit Egypt" ; sem:eventType plover:CONSULT ; dk:mode plover:CONSULT-visit ;
  dk:eventStatus dk:Expected ; dk:edtf "2024-02" ; sem:hasBeginTimeStamp "2024-02-01"^^xsd:date ;
  sem:hasEndTimeStamp "2024-02-29"^^xsd:date ; dk:actor ent:france ; dk:recipient ent:egypt ; sem:hasPlace ent:gaza-city .
ev:aid a sem:Event ; rdfs:label "France aids Egypt" ; sem:eventType plover:AID ; dk:eventStatus dk:Occurred ;
  dk:edtf "2024-03-01" ; sem:hasBeginTimeStamp "2024-03-01"^^xsd:date ; dk:actor ent:france ; dk:recipient ent:egypt ;
  sem:hasPlace ent:gaza-city .
ev:threat a sem:Event ; rdfs:label %(hostile)s ; sem:eventType plover:THREATEN ; dk:eventStatus dk:Occurred ;
  dk:edtf "2024-03-05" ; sem:hasBeginTimeStamp "2024-03-05"^^xsd:date ; dk:actor ent:evil ; dk:recipient ent:france .
ent:france dk:metWith ent:egypt .
"""


def quads() -> list[ox.Quad]:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    text = head + TURTLE % {"hostile": ox.Literal(HOSTILE)}
    return [ox.Quad(*q.triple, ox.NamedNode(GRAPH_IRI)) for q in ox.parse(text, format=ox.RdfFormat.TURTLE)]


@pytest.fixture
def failing() -> dict[str, KgError | None]:
    """An error under ``now`` is what the pool then raises."""
    return {"now": None}


@pytest.fixture
def address(tmp_path: Path, pool: Any, failing: dict[str, KgError | None]) -> Iterator[str]:
    """The service on a port of its own, over a store of four events."""
    with open_store(tmp_path / "store") as store:
        store.replace(GRAPH_IRI, quads())
    pool.rdf = ox.Store()
    pool.rdf.extend(quad for q in quads() for quad in (q, ox.Quad(q.subject, q.predicate, q.object)))
    pool.failing = lambda _: failing["now"]
    server = uvicorn.Server(config_for(make_app(tmp_path / "store", pool)))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Visit]:
    """Opens the page at a view; ``page.trouble`` collects errors, dialogs and requests to anywhere else."""
    contexts = []

    def open_page(view: str = "view=questions", *, width: int = 1280, scheme: str = "light") -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.trouble = []
        page.on("request", lambda r: r.url.startswith((address, "data:", "blob:")) or page.trouble.append(r.url))
        page.on("console", lambda m: m.type in ("error", "warning") and page.trouble.append(m.text))
        page.on("pageerror", lambda e: page.trouble.append(str(e)))
        page.on("dialog", lambda d: (page.trouble.append(d.message), d.dismiss()))
        page.goto(f"{address}/explore#{view}")
        asking = "view=questions" in view
        page.wait_for_selector("[data-question]" if asking else "#rows tr, #no-rows", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()


def until(holds: Callable[[], bool]) -> None:
    """Wait for what the browser does in its own time; its own way of waiting would need eval, which the page forbids."""
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about in 10 s")


def tail(page: Any) -> str:
    return str(page.evaluate("location.hash.slice(1)"))


def choose(page: Any, name: str) -> None:
    page.locator(f"[data-question={name}]").click()


def rows(page: Any) -> list[list[str]]:
    """The words of the answer's rows."""
    page.wait_for_selector("#answer tbody tr")
    found = page.locator("#answer tbody tr").all()
    return [line.locator("td").all_inner_texts() for line in found]


def write(page: Any, sparql: str) -> None:
    """Put a query into the editor."""
    page.wait_for_selector("#sparql-editor .CodeMirror")
    page.locator("#sparql-editor [role=textbox]").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(sparql)


def view_of(sparql: str) -> str:
    return f"view=questions&ask=sparql&answer=any&sparql={quote(sparql)}"


def test_a_question_is_asked_and_its_events_are_shown_in_the_graph(visit: Visit) -> None:
    page = visit("")
    page.click("#view-questions")
    page.wait_for_selector("[data-question]")
    choose(page, "mediators")
    assert page.inner_text("#question-heading") == "Who mediated between whom"
    page.fill("#with-actor", "Qatar")
    page.fill("#with-since", "2023-01-01")
    page.keyboard.press("Enter")
    assert [row[:2] for row in rows(page)] == [["Qatar", "Egypt; France"]]
    asked = "view=questions&ask=mediators&with.actor=Qatar&with.since=2023-01-01&answer=any"
    assert tail(page) == asked
    page.get_by_role("button", name="Show this event in the graph").click()
    assert page.inner_text("#counts").startswith("1 of 4 events")
    assert "Only the 1 event in the answer to “Who mediated between whom” (Qatar, 2023-01-01)" in page.inner_text(
        "#within"
    )
    page.reload()
    until(lambda: str(page.inner_text("#counts")).startswith("1 of 4 events"))
    page.click("#within-all")
    assert page.inner_text("#counts").startswith("4 of 4 events")
    page.click("#undo")
    page.click("#within-back")
    assert tail(page) == asked
    assert page.trouble == []


def test_the_editor_completes_terms_and_tells_what_is_wrong(visit: Visit) -> None:
    page = visit()
    choose(page, "sparql")
    until(lambda: "SELECT" in page.inner_text("#sparql-editor"))  # The first example, to start from.
    write(page, "SELECT ?who ?whom WHERE { ?who dk:metW")
    hints = page.locator(".CodeMirror-hints")
    page.keyboard.press("Control+Space")
    hints.wait_for()
    assert hints.inner_text().startswith("dk:metWith property")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?whom }")
    page.keyboard.press("Control+Enter")
    assert rows(page) == [["France", "Egypt"]]
    assert "dk%3AmetWith" in tail(page)
    write(page, "SELECT ?x WHERE {\n ?x foo:bar ?y }")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+y")
    assert "dk%3AmetWith" in tail(page)  # The editor has an undo of its own.
    until(lambda: "Line 2: Prefix 'foo' is not defined." in page.inner_text("#sparql-note"))
    page.click("#sparql-ask")
    until(lambda: "not valid SPARQL here" in page.inner_text("#answer-trouble"))
    page.locator("#sparql-editor [role=textbox]").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "sparql-ask"
    assert [t for t in page.trouble if "400" not in t] == []


def test_an_example_and_a_named_question_can_be_edited(visit: Visit) -> None:
    page = visit()
    choose(page, "timeline")
    page.fill("#with-actor", "France")
    page.get_by_role("button", name="Show as SPARQL").click()
    page.wait_for_selector("#sparql-editor .CodeMirror")
    until(lambda: "id/entity/france" in page.inner_text("#sparql-editor"))
    page.select_option("#sparql-example", label="Who met whom: a graph")
    until(lambda: "dk:metWith" in page.inner_text("#sparql-editor"))
    page.click("#sparql-ask")
    assert rows(page) == [["France", "Egypt"]]
    assert page.locator(".ties .end").count() == 2
    assert page.trouble == []


SHAPES = [
    ("months", "time", "Time line", ".sums .sum"),
    ("dyads", "map", "Map", ".answer-map .tie"),
    ("relations", "graph", "Graph", ".ties .tie"),
    ("places", "map", "Map", ".answer-map .spot"),
    ("neighbourhood", "graph", "Graph", ".ties .tie"),
]


@pytest.mark.parametrize(("name", "shape", "words", "mark"), SHAPES)
def test_the_shape_of_an_answer_chooses_its_picture(visit: Visit, name: str, shape: str, words: str, mark: str) -> None:
    page = visit(f"view=questions&ask={name}&answer=any")
    page.wait_for_selector(f"figure[data-as={shape}]")
    assert page.locator("#answer [aria-pressed=true]").inner_text() == words
    assert page.locator(mark).count() >= 1
    assert rows(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert all(cell.is_visible() for cell in page.locator("#answer tbody tr").first.locator("td").all())
    page.get_by_role("button", name="Table alone").click()
    assert page.locator("#answer figure").count() == 0
    assert "answer=table" in tail(page)
    assert page.trouble == []


def test_rows_of_events_lead_to_their_evidence_and_planned_ones_are_told_as_planned(visit: Visit) -> None:
    page = visit("view=questions&ask=visits&answer=any")
    assert "planned, not yet happened" in rows(page)[0]
    page.get_by_role("button", name="France to visit Egypt").click()
    assert "planned, not yet happened" in page.inner_text("#evidence-body article")
    assert "show=event.visit" in tail(page)
    page.get_by_role("button", name="Close").click()
    assert page.locator("#evidence").is_hidden()


def test_answers_of_each_form_are_told(visit: Visit) -> None:
    page = visit(view_of("ASK { ?x a sem:Event }"))
    until(lambda: page.inner_text("#answer") == "Yes: there is a match.")
    page.evaluate("(h) => { location.hash = h; }", view_of("SELECT ?x { ?x a dk:Agreement }"))
    until(lambda: "the answer is empty" in page.inner_text("#answer"))
    page.evaluate(
        "(h) => { location.hash = h; }",
        view_of('CONSTRUCT { ?x rdfs:label "a\\n\\"b\\" \\\\u" } { ?x dk:eventStatus dk:Expected }'),
    )
    until(lambda: page.locator("#answer tbody tr").count() == 1)
    assert rows(page) == [["France to visit Egypt", "rdfs:label", 'a "b" \\u']]
    assert page.trouble == []


def test_an_error_is_shown_as_the_service_words_it_and_the_answer_can_be_saved(
    visit: Visit, failing: dict[str, KgError | None]
) -> None:
    page = visit("view=questions&ask=events&with.actor=Nobody&answer=any")
    until(lambda: "Nobody" in page.inner_text("#answer-trouble"))
    failing["now"] = QueryTimeout("given up after 10 s")
    page.fill("#with-actor", "")
    page.get_by_role("button", name="Ask", exact=True).click()
    until(lambda: page.inner_text("#answer-trouble") == "given up after 10 s")
    failing["now"] = None
    page.get_by_role("button", name="Ask", exact=True).click()
    assert len(rows(page)) == 4
    with page.expect_download() as told:
        page.get_by_role("button", name="Save the answer as CSV").click()
    text = Path(told.value.path()).read_text("utf-8-sig")
    assert [r["what"] for r in csv.DictReader(io.StringIO(text))].count("France aids Egypt") == 1
    assert [t for t in page.trouble if "400" not in t and "504" not in t] == []


HOSTILE_VIEWS = [
    "view=questions&ask=__proto__&answer=any",
    "view=questions&ask=constructor&with.__proto__=1&with.toString=x&answer=hasOwnProperty",
    "view=questions&ask=events&with.state=<script>&answer=graph&within=answer",
    "view=questions&ask=../../healthz&answer=any",
    view_of(
        f'SELECT ({ox.Literal(HOSTILE)} AS ?x) (IRI("javascript:window.hacked=1") AS ?y) ?z {{ VALUES ?z {{ <http://e.example/{quote(HOSTILE)}> }} }}'
    ),
    view_of("SELECT ?constructor ?__proto__ { VALUES (?constructor ?__proto__) { (1 2) } }"),
    view_of("x" * 9000),
]


@pytest.mark.parametrize("view", HOSTILE_VIEWS)
def test_hostile_addresses_and_values_are_text(visit: Visit, view: str) -> None:
    page = visit(view)
    page.wait_for_timeout(600)
    assert [t for t in page.trouble if "status of 40" not in t] == []
    assert page.evaluate("window.hacked") is None
    assert page.locator("#questions img, #answer script, #answer a[href^=javascript]").count() == 0


def test_hostile_names_are_shown_in_the_table_and_the_graph(visit: Visit) -> None:
    page = visit("view=questions&ask=events&answer=any")
    assert any(HOSTILE in row for row in rows(page))
    page.get_by_role("button", name="Graph", exact=True).last.click()
    page.wait_for_selector("figure[data-as=graph]")
    assert page.evaluate("window.hacked") is None
    assert page.trouble == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light"), (1280, "dark")])
@pytest.mark.parametrize(
    "view", ["view=questions&ask=mediators&answer=graph", view_of("SELECT ?x ?y { ?x dk:actor ?y } oops")]
)
def test_axe_finds_no_barrier_and_nothing_stands_out(visit: Visit, view: str, width: int, scheme: str) -> None:
    page = visit(view, width=width, scheme=scheme)
    page.wait_for_selector("#sparql-editor .CodeMirror" if "sparql" in view else "#answer tbody tr")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.wait_for_timeout(700)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("() => {" + AXE.read_text("utf-8") + "}")
    found = page.evaluate(
        "async () => (await axe.run()).violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 200))])"
    )
    assert found == []


def test_a_service_that_is_gone_is_told(visit: Visit) -> None:
    page = visit()
    choose(page, "months")
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_role("button", name="Ask", exact=True).click()
    until(lambda: "The service does not answer" in page.inner_text("#answer-trouble"))
