"""The page that asks a server, in a browser: it shows what the offline page of the same store shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.serve.view.index import Index
from tests.serve.view.conftest import some_address, until

pytestmark = pytest.mark.browser
Open = Callable[[str], Any]
AXE = Path(__file__).parents[2] / "draw" / "vendor" / "axe.min.js"
SHOWN = """() => {
  const texts = (chosen) => [...document.querySelectorAll(chosen)].map((one) => one.textContent);
  return {
    counts: texts("#counts"), facets: texts("#facets .facet[open]"), chosen: texts("#facets summary"), rows: texts("#rows tr"),
    score: texts("#score-words"), bars: texts("#bars title"), time: texts("#time-words"), lines: texts("#lines-note"),
    evidence: texts("#evidence-heading, #evidence-body"), map: document.getElementById("main").dataset.view === "map" ? texts("#world title, #map-words") : [],
    graph: document.querySelector("#graph .vis-network").getAttribute("aria-label"), hash: location.hash,
  };
}"""


def settled(page: Any) -> dict[str, Any]:
    """What is shown, once it no longer changes."""
    before: dict[str, Any] = {}
    for _ in range(100):
        now: dict[str, Any] = page.evaluate(SHOWN)
        if now == before:
            return now
        before = now
        page.wait_for_timeout(250)
    pytest.fail("the page does not come to rest")


def same_views(visit: Open, served: str, offline: str, index: Index, seeds: range) -> None:
    asks, holds = visit(served), visit(offline)
    for seed in seeds:
        address = some_address(index, seed)
        for page in (asks, holds):
            page.evaluate("hash => (location.hash = hash)", address)
        wanted = settled(holds)
        until(lambda wanted=wanted: settled(asks) == wanted or page_differs(asks, wanted))  # type: ignore[misc]
        assert settled(asks) == wanted, address
    assert asks.trouble == []
    assert holds.trouble == []


def page_differs(page: Any, wanted: dict[str, Any]) -> bool:
    """Whether an answer has come, so that what differs is wrong and not late."""
    page.wait_for_timeout(1500)
    return bool(settled(page) != wanted)


def test_it_shows_what_the_offline_page_shows(visit: Open, served: str, offline: str, index: Index) -> None:
    same_views(visit, served, offline, index, range(4))


@pytest.mark.long
def test_it_shows_what_the_offline_page_shows_in_many_views(
    visit: Open, served: str, offline: str, index: Index
) -> None:
    same_views(visit, served, offline, index, range(100, 160))


def test_each_control_asks_the_server_and_nobody_else(visit: Open, served: str, index: Index) -> None:
    page = visit(served)

    def tally() -> int:
        return int(str(page.inner_text("#counts")).split(" ")[0].replace(",", ""))

    everything = tally()
    beside = int(page.locator("[data-facet=stance] .number").first.inner_text())
    page.locator("[data-facet=stance] input").first.check()
    until(lambda: tally() == beside)
    page.fill("#text", "truce")
    until(lambda: tally() < beside)
    page.fill("#search", "spokes")
    until(lambda: page.locator("#found button").count() == 8)
    page.locator("#found button").first.click()
    until(lambda: page.inner_text("#evidence-heading").startswith("Spokes"))
    page.locator("[data-facet=actor] summary").click()
    page.locator("[data-facet=actor] .choices button").click()
    until(lambda: page.locator("[data-facet=actor] .choices input").count() > 8)
    page.locator("[data-facet=actor] .narrow").fill("zzz")
    until(lambda: page.locator("[data-facet=actor] .choices").inner_text() == "None has this name.")
    page.click("#reset")
    until(lambda: tally() == everything)
    page.click("#more-rows")
    until(lambda: page.locator("#rows tr").count() > 100)
    page.click("#columns [data-column='4']")
    until(lambda: page.locator("th[aria-sort=ascending]").inner_text().startswith("Type"))
    page.locator("#rows button").first.click()
    until(lambda: page.locator("#evidence-body .card").count() == 1)
    page.go_back()
    until(lambda: page.locator("#evidence-body .card").count() == 3)
    with page.expect_download() as told:
        page.click("#csv")
    assert len(Path(told.value.path()).read_text("utf-8-sig").splitlines()) == everything + 1
    assert page.trouble == []
    assert any("/api/view?" in url for url in page.asked)


def test_a_request_is_dropped_when_another_view_is_asked_for(visit: Open, served: str) -> None:
    page = visit(served)
    asked = len(page.asked)
    page.evaluate("""() => {
      const least = document.getElementById("least");
      for (let at = 5; at <= 95; at += 5) {
        least.value = at;
        least.dispatchEvent(new Event("input"));
      }
    }""")
    until(lambda: page.inner_text("#least-words") == "95% or more")
    [only] = page.asked[asked:]
    assert "/api/view?confidence=95&" in only


def test_a_filter_is_drawn_though_the_order_is_changed_before_its_answer(
    visit: Open, served: str, index: Index
) -> None:
    page = visit(served)
    until(lambda: page.locator("[data-facet=stance] input").count() == 3)
    page.evaluate("""() => {
      document.querySelector("[data-facet=stance] input").click();
      document.querySelector("#columns [data-column='4']").click();
    }""")
    until(lambda: page.locator("th[aria-sort=ascending]").inner_text().startswith("Type"))
    until(lambda: not page.inner_text("#counts").startswith(f"{index.events} of"))
    assert page.inner_text("[data-facet=stance] .chosen") == "1 chosen"


def test_a_busy_server_is_told_and_asked_again(visit: Open, served: str, index: Index) -> None:
    page = visit(served)
    answers = iter([503, 503])

    def busy(route: Any) -> None:
        if next(answers, 200) == 503:
            route.fulfill(status=503, json={"detail": "the events are being read, 40% so far"})
        else:
            route.continue_()

    page.route("**/api/view?*", busy)
    page.locator("[data-facet=status] input").first.check()
    until(lambda: page.inner_text("#server-words") == "One moment: the events are being read, 40% so far")
    until(
        lambda: (
            page.inner_text("#server-words") == "" and not page.inner_text("#counts").startswith(f"{index.events:,} ")
        )
    )
    page.unroute("**/api/view?*")
    page.route("**/api/view?*", lambda route: route.abort())
    page.locator("[data-facet=status] input").first.uncheck()
    until(lambda: page.inner_text("#server-words") == "The server does not answer; the page asks again until it does.")


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_axe_finds_no_barrier(visit: Open, served: str, index: Index, width: int, scheme: str) -> None:
    name = index.node(0)["name"]
    page = visit(
        f"{served}#show=actor.{name}&view=table",
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page.add_script_tag(content=AXE.read_text("utf-8"))
    found = page.evaluate("axe.run()")
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]] == []
