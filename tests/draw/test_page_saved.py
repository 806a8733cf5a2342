"""What the page saves: citations, triples, corrections, the table and pictures."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.draw import draw
from kg.link import load_corrections
from kg.store import Store
from tests.draw.controls import box

pytestmark = pytest.mark.browser


Visit = Callable[..., Any]


def saved(page: Any, button: str) -> tuple[str, bytes]:
    with page.expect_download() as told:
        page.click(button)
    return told.value.suggested_filename, Path(told.value.path()).read_bytes()


def test_a_card_tells_codes_score_and_rdf_and_can_be_cited(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.get_by_role("button", name="Ada Ruler phones Bland").first.click()
    card = page.locator("#evidence-body article")
    assert "PLOVER CONSULT-phone, CAMEO 041" in card.inner_text()
    assert "+1.5 of ±10 (PLOVER)" in card.inner_text()
    card.locator("summary", has_text="RDF").click()
    turtle = card.locator("pre").inner_text()
    assert "@prefix ev: <https://w3id.org/dekg/id/event/> ." in turtle
    assert "dk:actor ent:ada" in turtle
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card.get_by_role("button", name="Copy as citation").click()
    page.wait_for_selector("text=Copied")
    cited = page.evaluate("navigator.clipboard.readText()")
    assert "“Leaders talk”, Morning Press, 2 March 2024, https://news.example/one" in cited
    assert "Ada Ruler phoned Bland on Friday" in cited


def test_the_rdf_of_an_event_is_turtle_that_parses(visit: Visit, store: Store) -> None:
    import pyoxigraph as ox

    page = visit(draw(store))
    page.get_by_role("button", name="Free Front shells Bland").first.click()
    page.locator(".rdf summary").click()
    triples = {q.triple for q in ox.parse(page.locator(".rdf pre").inner_text(), format=ox.RdfFormat.TURTLE)}
    assert len({t.subject for t in triples}) == 3


def test_corrections_are_saved_as_kg_link_reads_them(visit: Visit, fill: Callable[[str], Store]) -> None:
    told = "a sem:Event ; sem:eventType plover:AID ; dk:eventStatus dk:Occurred ; dk:actor ent:x ; dk:recipient ent:y"
    page = visit(draw(fill(f"ev:aa {told} ; dk:sameEventCandidate ev:bb, ev:cc . ev:dd {told} .")))
    cards = page.locator("#evidence-body article")
    cards.nth(0).get_by_role("button", name="Wrong: not one event").click()
    cards.nth(0).get_by_role("button", name="Wrong: told twice").click()
    assert page.locator("#corrections").inner_text().startswith("Choose the event that is the same as")
    cards.nth(1).get_by_role("button", name="The same as the marked event").click()
    name, content = saved(page, "#corrections button:has-text('Save')")
    read = load_corrections(content.decode())
    assert name == "corrections.json"
    assert read.same == (("aa", "dd"),)
    assert read.apart == (("aa", "bb"), ("aa", "cc"), ("bb", "cc"))
    page.get_by_role("button", name="Discard").click()
    assert page.locator("#corrections").is_hidden()


def test_csv_holds_the_events_that_pass_and_no_formula(visit: Visit, fill: Callable[[str], Store]) -> None:
    rows = " ".join(
        f'ev:{n} a sem:Event ; rdfs:label "{label}" ; sem:eventType plover:AID ; dk:eventStatus dk:{status} ; dk:actor ent:x .'
        for n, label, status in [("a", "=1+1", "Occurred"), ("b", "one, two", "Occurred"), ("c", "no", "Expected")]
    )
    page = visit(draw(fill(rows)))
    box(page, "status", "Occurred").check()
    name, content = saved(page, "#csv")
    read = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert name == "events.csv"
    assert [(r["event"], r["score"]) for r in read] == [("'=1+1", "10"), ("one, two", "10")]


def test_the_graph_is_saved_as_png_and_as_svg(visit: Visit, hostile_store: Store) -> None:
    from xml.etree import ElementTree

    page = visit(draw(hostile_store))
    name, content = saved(page, "#png")
    assert (name, content[:8]) == ("graph.png", b"\x89PNG\r\n\x1a\n")
    name, content = saved(page, "#svg")
    drawn = ElementTree.fromstring(content)
    kinds = {e.tag.rpartition("}")[2] for e in drawn.iter()}
    assert name == "graph.svg"
    assert {"circle", "path", "text"} <= kinds <= {"svg", "title", "rect", "path", "polygon", "circle", "text"}
    assert page.trouble == []
