"""The page of an actor, what is saved of a view, the small picture, the print: in a browser."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.draw import Picture, draw
from kg.draw.render import render
from kg.export import export
from kg.store import Store

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"

LEADERS = """
ent:putin a dk:Person, sem:Actor ; skos:prefLabel "Vladimir Putin"@en ; dk:country "RUS" ;
  skos:exactMatch wd:Q7747, <javascript:window.hacked=1> .
ent:turkey a dk:State, sem:Actor ; skos:prefLabel "Turkey"@en ; dk:country "TUR" ; skos:exactMatch wd:Q43, gn:298795\\/ .
ent:france a dk:State, sem:Actor ; skos:prefLabel "<b>France</b>"@en ; dk:country "FRA" .
ev:talk a sem:Event ; rdfs:label "Putin phones Turkey"@en ; sem:eventType plover:CONSULT ; dk:mode plover:CONSULT-phone ;
  dk:eventStatus dk:Occurred ; sem:hasBeginTimeStamp "2023-01-01"^^xsd:date ; dk:actor ent:putin ; dk:recipient ent:turkey .
ev:visit a sem:Event ; rdfs:label "Putin visits Turkey"@en ; sem:eventType plover:CONSULT ; dk:mode plover:CONSULT-visit ;
  dk:eventStatus dk:Expected ; sem:hasBeginTimeStamp "2023-03-01"^^xsd:date ; dk:actor ent:putin ; dk:recipient ent:turkey .
ev:blow a sem:Event ; rdfs:label "Putin strikes France"@en ; sem:eventType plover:ASSAULT ; dk:eventStatus dk:NotOccurred ;
  dk:actor ent:putin ; dk:recipient ent:france .
ev:deal a sem:Event ; rdfs:label "Turkey mediates"@en ; sem:eventType plover:CONSULT ; dk:mode plover:CONSULT-third-party ;
  dk:eventStatus dk:Occurred ; dk:edtf "2023-02-01" ; sem:hasBeginTimeStamp "2023-02-01"^^xsd:date ;
  dk:actor ent:putin, ent:france ; dk:mediator ent:turkey .
"""


def open_at(page: Any, hash_: str, heading: str) -> Any:
    """Go to an address within the page and wait for what it selects."""
    page.evaluate("(hash) => { location.hash = hash; }", hash_)
    until(lambda: page.inner_text("#evidence-heading") == heading)
    return page


def until(holds: Callable[[], bool]) -> None:
    """Wait for what the browser does in its own time; its own way of waiting would need eval, which the page forbids."""
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about in 10 s")


def saved(page: Any, button: str) -> tuple[str, bytes]:
    with page.expect_download() as told:
        page.click(button)
    return told.value.suggested_filename, Path(told.value.path()).read_bytes()


def partners(page: Any) -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in page.locator(".partners tbody tr").all()]


def test_a_person_has_other_names_offices_with_dates_and_links(visit: Visit, fill: Callable[[str], Store]) -> None:
    page = open_at(visit(draw(fill(LEADERS))), "show=actor.putin", "Vladimir Putin")
    text = page.inner_text(".actor")
    assert "Vladimir Vladimirovich Putin" in text
    assert re.search(r"prime minister, Russia 8 May 2008 to 7 May 2012", text)
    links = page.locator(".actor a").evaluate_all("all => all.map((a) => [a.textContent, a.href])")
    assert links == [["Wikidata Q7747", "https://www.wikidata.org/wiki/Q7747"]]
    assert page.trouble == []


def test_partners_are_counted_by_what_happened_and_the_rest_is_told_in_words(
    visit: Visit, fill: Callable[[str], Store]
) -> None:
    page = open_at(visit(draw(fill(LEADERS))), "show=actor.putin", "Vladimir Putin")
    assert partners(page) == [["Turkey\n1 planned", "2", "–", "–"], ["<b>France</b>\n1 denied", "1", "–", "–"]]
    assert "Pale: 1 planned." in page.inner_text(".actor")
    assert page.locator(".tiny rect:not(.pale)").count() == 2
    assert page.locator(".tiny rect.pale").count() == 1


def test_a_mediator_lists_its_mediations(visit: Visit, fill: Callable[[str], Store]) -> None:
    page = open_at(visit(draw(fill(LEADERS))), "show=actor.turkey", "Turkey")
    assert "Mediations (1)" in page.inner_text(".actor")
    assert "1 February 2023, happened" in page.inner_text(".actor")
    hrefs = page.locator(".actor a").evaluate_all("all => all.map((a) => a.href)")
    assert hrefs == ["https://www.wikidata.org/wiki/Q43", "https://www.geonames.org/298795"]
    page.locator(".actor .plain-list button").click()
    assert page.inner_text("#evidence-body h3") == "Turkey mediates"


def test_an_actor_can_be_shown_alone_and_removed_and_the_address_tells(
    visit: Visit, fill: Callable[[str], Store]
) -> None:
    page = open_at(visit(draw(fill(LEADERS))), "show=actor.turkey", "Turkey")
    page.get_by_role("button", name="Show only this actor").click()
    assert page.evaluate("location.hash") == "#actor=turkey&unfold=turkey&show=actor.turkey"
    assert page.inner_text("#counts").startswith("3 of 4 events · 3 of 3 actors")
    assert page.evaluate("document.activeElement.id") == "evidence-heading"
    page.get_by_role("button", name="Show other actors' events again").click()
    page.get_by_role("button", name="Remove from the graph").click()
    assert page.evaluate("location.hash") == "#remove=turkey&show=actor.turkey"
    assert page.inner_text("#counts") == "4 of 4 events · 2 of 3 actors in the graph"
    page.reload()
    page.wait_for_selector("#rows tr")
    assert page.inner_text("#counts") == "4 of 4 events · 2 of 3 actors in the graph"
    page.get_by_role("button", name="Put back 1 actor").click()
    assert page.inner_text("#counts") == "4 of 4 events · 3 of 3 actors in the graph"
    assert page.locator("#put-back").is_hidden()
    assert page.trouble == []


def test_the_turtle_of_a_view_is_part_of_what_the_export_says(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.evaluate("location.hash = 'type=ASSAULT&type=CONSULT'")
    until(lambda: page.inner_text("#counts").startswith("5 of"))
    name, content = saved(page, "#turtle")
    told = {q.triple for q in ox.parse(content, format=ox.RdfFormat.TURTLE)}
    whole = {q.triple for q in ox.parse(export(store, format="ttl"), format=ox.RdfFormat.TURTLE)}
    assert name == "events.ttl"
    assert told < whole
    texts = {str(t) for t in told}
    ns, ent = "https://w3id.org/dekg/ns#", "https://w3id.org/dekg/id/entity/"
    visit_ = "<https://w3id.org/dekg/id/event/visit>"
    assert f"{visit_} <{ns}eventStatus> <{ns}Expected>" in texts
    assert f"{visit_} <{ns}mode> <https://w3id.org/dekg/plover/CONSULT-visit>" in texts
    assert any("Ada Ruler phoned Bland" in t for t in texts)
    assert any(t.startswith(f"<{ent}league>") for t in texts)  # Who says so.
    assert any('"Leaders talk"' in t for t in texts)
    assert not any("/event/plea>" in str(t.subject) or "/event/pact>" in str(t.subject) for t in told)


def test_the_network_of_a_view_is_gexf_that_networkx_reads(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.evaluate("location.hash = 'type=ASSAULT&type=CONSULT'")
    until(lambda: page.inner_text("#counts").startswith("5 of"))
    name, content = saved(page, "#gexf")
    graph = nx.read_gexf(io.BytesIO(content), version="1.3")
    assert name == "events.gexf"
    assert graph.is_directed()
    assert sorted(n for n in graph if n.startswith("ev:")) == [
        "ev:call",
        "ev:nothing",
        "ev:strike",
        "ev:talks",
        "ev:visit",
    ]
    event = graph.nodes["ev:visit"]
    assert (event["class"], event["status"], event["status_in_words"]) == (
        "cooperation",
        "Expected",
        "invited, not yet visited",
    )
    assert graph.nodes["ev:call"]["source"] == "Morning Press"
    assert "Ada Ruler phoned Bland" in graph.nodes["ev:call"]["quote"]
    assert graph.nodes["ent:ada"]["class"] == "person"
    assert graph.edges["ent:ada", "ev:visit"]["role"] == "actor"
    assert graph.edges["ev:visit", "ent:bland"]["status"] == "Expected"
    assert graph.edges["ent:cland", "ev:talks"]["date"] == "10 January 2024"


def test_hostile_text_is_saved_as_text(visit: Visit, hostile_store: Store) -> None:
    page = visit(draw(hostile_store))
    _, content = saved(page, "#gexf")
    assert len(nx.read_gexf(io.BytesIO(content), version="1.3")) > 60
    _, content = saved(page, "#turtle")
    assert len(list(ox.parse(content, format=ox.RdfFormat.TURTLE))) > 300
    assert page.trouble == []


def test_a_small_picture_appears_while_not_all_is_in_sight(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    assert page.locator("#minimap").is_hidden()
    for _ in range(6):
        page.click("#zoom-in")
    page.wait_for_selector("#minimap:not([hidden])")
    assert page.locator("#minimap").get_attribute("aria-hidden") == "true"
    before = page.locator("#graph canvas").screenshot()
    page.locator("#minimap").click(position={"x": 20, "y": 20})
    page.wait_for_timeout(150)
    assert page.locator("#graph canvas").screenshot() != before
    page.click("#fit")
    page.wait_for_selector("#minimap", state="hidden")
    assert page.trouble == []


def test_paper_has_words_graph_table_legend_and_sources_and_no_controls(visit: Visit, store: Store) -> None:
    page = visit(draw(store), scheme="dark")
    page.evaluate("location.hash = 'stance=conflict&from=2023-01-01'")
    until(lambda: page.inner_text("#counts").startswith("1 of"))
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.inner_text("#print-words") == "1 of 8 events; stance: conflict; from 1 Jan 2023."
    assert page.locator("#print-graph svg text", has_text="Free Front").count() == 1
    assert page.locator("#print-graph rect").first.get_attribute("fill") == "#fff"
    assert page.locator("#rows tr").count() == 1
    assert page.locator("#legend-body").is_visible()
    assert page.locator("#print-sources li").all_inner_texts() == ["“Article two”, Morning Press"]
    for control in ("#filters", "#reset", ".tools", "#undo", "#play", "#csv", "#brush-from", "#minimap", "#evidence"):
        assert page.locator(control).first.is_hidden(), control
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#print-graph *").count() == 0
    assert page.locator("#filters").is_visible()
    assert page.pdf(format="A4")[:5] == b"%PDF-"
    assert page.trouble == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_no_barrier_on_an_actor_page(
    visit: Visit, fill: Callable[[str], Store], width: int, scheme: str
) -> None:
    page = open_at(visit(draw(fill(LEADERS)), width=width, scheme=scheme), "show=actor.turkey&remove=france", "Turkey")
    page.click("#zoom-in", click_count=6)
    page.evaluate("() => {" + AXE.read_text("utf-8") + "}")
    assert (
        page.evaluate("async () => (await axe.run()).violations.map((v) => [v.id, v.nodes.map((n) => n.html)])") == []
    )


@pytest.mark.long
def test_a_filter_over_ten_thousand_events_is_answered_and_painted_in_a_tenth_of_a_second(
    visit: Visit, crowd: Callable[..., Picture]
) -> None:
    page = visit(render(crowd(actors=300, events=10_000)))
    page.wait_for_timeout(500)
    spent = []
    for _ in range(3):
        for facet, value in (("stance", "conflict"), ("status", "Expected")):
            spent += [main_thread_ms(page, f"[data-facet={facet}] [data-value={value}]") for _ in range(2)]
    assert page.trouble == []
    assert sorted(spent)[len(spent) // 2] < 150  # 50 to 75 measured; the rest is for busier machines


def main_thread_ms(page: Any, selector: str) -> float:
    """What a click costs the page's main thread until it is painted, in ms of the processor, from the browser's trace."""
    session = page.context.browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    ended: list[Any] = []
    session.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    session.on("Tracing.tracingComplete", lambda told: ended.append(told))
    categories = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": {"includedCategories": categories}})
    page.locator(selector).evaluate(
        """(box) => new Promise((done) => { box.click();
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))); })"""
    )
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(10)
    session.detach()
    main = {
        (e["pid"], e["tid"]) for e in events if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    tasks = [e for e in events if e["name"] == "RunTask" and e["ph"] == "X" and (e["pid"], e["tid"]) in main]
    assert tasks
    by_process: dict[int, float] = {}
    for task in tasks:
        by_process[task["pid"]] = by_process.get(task["pid"], 0) + task.get("tdur", 0) / 1000
    return max(by_process.values())
