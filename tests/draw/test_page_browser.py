"""The page in a browser: it opens alone, answers, and runs nothing that it was told to show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.draw import KGNetwork, draw
from kg.store import Store

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]


def choose(page: Any, facet: str, value: str) -> None:
    """Open a kind of choice and check one of its boxes."""
    box = page.locator(f"[data-facet={facet}]")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.locator(f'[data-value="{value}"]').check()


def counts(page: Any) -> str:
    return str(page.inner_text("#counts"))


def test_it_opens_without_a_request_or_an_error(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    assert page.trouble == []
    assert counts(page) == "8 of 8 events · 6 of 6 actors in the graph"
    assert page.locator("#graph canvas").count() == 1


def test_pixels_are_drawn(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    inked = page.evaluate(
        """() => { const c = document.querySelector('#graph canvas');
        return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v); }"""
    )
    assert inked


def test_search_finds_an_actor_and_shows_its_evidence(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.fill("#search", "ada")
    assert page.locator("#found button").all_inner_texts() == ["Ada Ruler\n2 events"]
    page.press("#search", "Enter")
    assert page.inner_text("#evidence-heading") == "Ada Ruler"
    assert "invited, not yet visited" in page.inner_text("#evidence-body")
    assert page.inner_text("#evidence-body mark") == "phoned"
    link = page.locator("#evidence-body a").first
    assert link.get_attribute("href") == "https://news.example/one"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert page.trouble == []


def test_a_name_that_nobody_has_is_told(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.fill("#search", "zzz")
    assert page.inner_text("#search-note") == "No actor has this name."


def test_escape_clears_the_search(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.fill("#search", "ada")
    page.press("#search", "Escape")
    assert page.locator("#found button").count() == 0
    assert page.input_value("#search") == ""


def test_filters_narrow_the_picture_the_table_and_the_counts(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.get_by_label("conflict").check()
    assert counts(page) == "2 of 8 events · 4 of 6 actors in the graph"
    assert page.locator("#rows tr").count() == 2
    page.get_by_label("did not happen").check()
    assert counts(page).startswith("1 of 8 events")
    page.click("#reset")
    assert counts(page) == "8 of 8 events · 6 of 6 actors in the graph"


def test_the_focus_stays_on_the_box_that_was_checked(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.get_by_label("conflict").focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.dataset.value") == "conflict"


def test_dates_leave_out_what_lies_outside_or_has_none(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.fill("#from", "2024-03-01")
    page.locator("#from").dispatch_event("change")
    assert counts(page).startswith("3 of 8 events")
    assert page.inner_text("#undated") == "3 events left out: date not known"


def test_a_bar_of_the_histogram_chooses_its_days(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.locator("#bars .bar").first.click()
    assert counts(page).startswith("1 of 8 events")
    page.locator("#bars .bar").first.click()
    assert counts(page).startswith("8 of 8 events")


def test_no_match_is_told_with_a_way_back(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.get_by_label("conflict").check()
    choose(page, "type", "Statement")
    assert page.inner_text("#empty-words") == "No events match."
    assert page.locator("#no-rows").is_visible()
    page.click("#empty-reset")
    assert page.locator("#empty").is_hidden()


def test_a_row_shows_its_event(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    page.get_by_role("button", name="Free Front shells Bland").first.click()
    text = page.inner_text("#evidence-body")
    assert "at least 30 killed, according to Bland" in text
    assert "Free Front — denied" in text
    assert page.locator("#rows tr[aria-current=true]").count() == 1


def test_the_table_sorts_by_keyboard(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    button = page.locator("#columns button", has_text="Event")
    button.focus()
    page.keyboard.press("Enter")
    first = page.locator("#rows th").first.inner_text()
    page.keyboard.press("Enter")
    assert first == "Ada Ruler phones Bland"
    assert page.locator("#rows th").first.inner_text() == "Three states to sign a pact"
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Event")


def click_ink(page: Any, rgb: tuple[int, int, int]) -> None:
    """Click in the middle of all canvas pixels of one colour."""
    x, y = page.evaluate(
        """([r, g, b]) => { const c = document.querySelector('#graph canvas'); const { width, height } = c;
        const d = c.getContext('2d').getImageData(0, 0, width, height).data; let n = 0, sx = 0, sy = 0;
        for (let i = 0; i < d.length; i += 4) if (d[i] === r && d[i + 1] === g && d[i + 2] === b) {
          n++; sx += (i / 4) % width; sy += Math.floor(i / 4 / width); }
        const box = c.getBoundingClientRect();
        return [box.left + sx / n * box.width / width, box.top + sy / n * box.height / height]; }""",
        list(rgb),
    )
    page.mouse.click(x, y)


def test_a_click_on_an_actor_shows_its_evidence(visit: Visit, fill: Callable[[str], Store]) -> None:
    page = visit(
        draw(
            fill(
                'ent:solo a sem:Actor, dk:State ; skos:prefLabel "Solo" ; dk:country "SSS" . '
                "ev:one a sem:Event ; sem:eventType plover:RETREAT ; dk:eventStatus dk:Occurred ; dk:actor ent:solo ."
            )
        )
    )
    click_ink(page, (0x77, 0xAA, 0xDD))
    page.wait_for_function("document.getElementById('evidence-heading').textContent === 'Solo'")
    assert "retreat (eases or withdraws)" in page.inner_text("#evidence-body")


def test_a_click_on_a_diamond_shows_the_one_event_of_all_its_parties(
    visit: Visit, fill: Callable[[str], Store]
) -> None:
    page = visit(
        draw(
            fill(
                'ev:one a sem:Event ; rdfs:label "Talks" ; sem:eventType plover:CONSULT ; dk:eventStatus dk:Occurred ; '
                "dk:actor ent:a, ent:b ; dk:mediator ent:c ."
            )
        )
    )
    where = page.evaluate(
        """() => { const c = document.querySelector('#graph canvas'), d = c.getContext('2d');
        const { width, height } = c, p = d.getImageData(0, 0, width, height).data, blue = (x, y) => {
          const i = 4 * (y * width + x); return p[i] === 0 && p[i + 1] === 0x62 && p[i + 2] === 0x9b; };
        for (let y = 6; y < height - 6; y++) for (let x = 6; x < width - 6; x++)
          if (blue(x, y) && blue(x - 3, y) && blue(x + 3, y) && blue(x, y - 3) && blue(x, y + 3)) {
            const box = c.getBoundingClientRect();
            return [box.left + x * box.width / width, box.top + y * box.height / height]; } }"""
    )
    page.mouse.click(*where)
    page.wait_for_function("document.getElementById('evidence-heading').textContent.includes('–')")
    assert page.inner_text("#evidence-heading") == "a – b – c"
    assert page.locator("#evidence-body article").count() == 1


def test_actors_beyond_the_top_unfold(visit: Visit, store: Store) -> None:
    page = visit(draw(store, top=1))
    assert counts(page).endswith("1 of 6 actors in the graph")
    page.fill("#search", "Bland")
    page.press("#search", "Enter")
    page.get_by_role("button", name="partners to the graph").click()
    assert counts(page).endswith("5 of 6 actors in the graph")
    page.click("#more")
    assert counts(page).endswith("6 of 6 actors in the graph")
    assert page.locator("#more").is_hidden()


def test_zoom_buttons_work_without_an_error(visit: Visit, store: Store) -> None:
    page = visit(draw(store))
    before = page.locator("#graph canvas").screenshot()
    page.click("#zoom-in")
    page.wait_for_timeout(100)
    assert page.locator("#graph canvas").screenshot() != before
    page.click("#zoom-out")
    page.click("#fit")
    assert page.trouble == []


def test_an_empty_graph_is_told(visit: Visit, fill: Callable[[str], Store]) -> None:
    page = visit(draw(fill("")))
    assert page.inner_text("#empty-words") == "There are no events to show."
    assert page.trouble == []


def test_hostile_text_is_shown_and_never_runs(visit: Visit, hostile_store: Store) -> None:
    page = visit(draw(hostile_store))
    page.click("#more") if page.locator("#more").is_visible() else None
    page.locator("#rows tr").last.scroll_into_view_if_needed()  # The table fills as it comes into sight.
    page.wait_for_selector("#rows tr:nth-child(30)")
    for at in range(page.locator("#rows th button").count()):
        page.locator("#rows th button").nth(at).click()
        page.locator("#evidence-body dd button").first.click()
    assert page.trouble == []
    assert page.evaluate("window.hacked") is None
    assert page.locator("iframe, #evidence-body img, #rows img, base").count() == 0
    assert page.get_by_role("button", name="</script><script>window.hacked=1</script>").count() >= 1
    unsafe = page.locator("#evidence-body a").evaluate_all(
        "all => all.filter((a) => !/^https?:/.test(a.protocol)).length"
    )
    assert unsafe == 0


def test_hostile_names_in_a_pyvis_network_never_run(visit: Visit) -> None:
    net = KGNetwork(heading="</title><script>window.hacked=1</script>", bgcolor='"><script>window.hacked=1</script>')
    net.add_node(
        "<img src=x onerror=window.hacked=1>",
        label="</script><script>window.hacked=1</script>",
        title='<a href="javascript:window.hacked=1">',
    )
    net.add_node("b")
    net.add_edge("b", "<img src=x onerror=window.hacked=1>", title="<svg onload=window.hacked=1>")
    page = visit(net.generate_html())
    assert page.trouble == []
    assert page.evaluate("window.hacked") is None
    assert page.inner_text("h1") == "</title><script>window.hacked=1</script>"


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (390, "dark"), (768, "light"), (1000, "dark"), (2560, "light")]
)
def test_nothing_stands_out_to_the_side(visit: Visit, hostile_store: Store, width: int, scheme: str) -> None:
    page = visit(draw(hostile_store), width=width, height=800, scheme=scheme)
    page.locator("#rows th button").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.trouble == []


def test_dark_and_light_differ(visit: Visit, store: Store) -> None:
    colours = {
        scheme: visit(draw(store), scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert colours["light"] != colours["dark"]
