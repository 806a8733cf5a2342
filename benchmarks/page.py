"""How much of a browser's main thread the page takes, beside stock pyvis of the same graph in the same browser.

    python -m benchmarks.page [--nodes N] [--repeat R]

A graph of so many actors is written twice: by ``kg.draw.KGNetwork``, and by pyvis as it comes (physics on, its library
in the file). Both are opened in the same browser in turn, R times. What counts is the time of the main thread's tasks
until the picture can be used: of ours until its rows are there and the browser has been idle for a second, of pyvis
until its physics have come to rest. Then the page of 300 actors and 10,000 events is held against its bars.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.view import CHROMIUM, busy

_RESTED = """(() => {
  let made = null;
  window.rested = false;
  Object.defineProperty(window, "network", { get: () => made, set(network) {
    made = network;
    network.once("stabilizationIterationsDone", () => setTimeout(() => (window.rested = true)));
  } });
})();"""
"""pyvis keeps its network in a ``var``, which this makes ours before its script runs."""
_IDLE_MS = 1000


def links(nodes: int, seed: int = 1) -> list[tuple[int, int, str]]:
    """Four lines for each node, many of them at the first nodes, each with a title."""
    chance = random.Random(seed)
    found: dict[tuple[int, int], str] = {}
    while len(found) < 4 * nodes:
        a = chance.randrange(nodes)
        b = min(int(chance.paretovariate(0.6)) - 1, nodes - 1)
        if a != b:
            found[min(a, b), max(a, b)] = chance.choice(("aid", "consult", "assault", "sanction"))
    return [(a, b, title) for (a, b), title in sorted(found.items())]


def write(kind: type, nodes: int, file: Path, **options: Any) -> Path:
    """The graph written by a network of pyvis' interface."""
    made = kind(**options)
    for at in range(nodes):
        made.add_node(at, label=f"Actor {at}")
    for a, b, title in links(nodes):
        made.add_edge(a, b, title=title)
    file.write_text(made.generate_html(), encoding="utf-8")
    return file


def opened(browser: Any, file: Path, *, physics: bool) -> tuple[float, Any, Any]:
    """Seconds of the main thread until a picture can be used; the page and what measures it."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    page = context.new_page()
    tool = context.new_cdp_session(page)
    tool.send("Performance.enable", {"timeDomain": "threadTicks"})  # of the processor, whatever else the machine does
    if physics:
        page.add_init_script(_RESTED)
    page.goto(file.as_uri())
    if physics:
        page.wait_for_function("window.rested", timeout=600_000, polling=200)
        return busy(tool), page, tool
    page.wait_for_selector("#rows tr")
    page.wait_for_timeout(_IDLE_MS)
    return busy(tool), page, tool


def beside_pyvis(browser: Any, folder: Path, nodes: int, repeat: int) -> float:
    """Print both times of a graph, and give how many times less ours is."""
    from pyvis.network import Network

    from kg.draw import KGNetwork

    ours = write(KGNetwork, nodes, folder / "ours.html")
    theirs = write(Network, nodes, folder / "theirs.html", cdn_resources="in_line")
    taken: dict[Path, list[float]] = {ours: [], theirs: []}
    for _ in range(repeat):
        for file, times in taken.items():
            time, page, _ = opened(browser, file, physics=file is theirs)
            page.context.close()
            times.append(time)
    mine, pyvis = median(taken[ours]), median(taken[theirs])
    print(f"{nodes} nodes, {4 * nodes} lines: {mine:.2f} s of the main thread, pyvis {pyvis:.2f} s")
    print(f"  {pyvis / mine:.0f} times less (bar: 50)")
    return pyvis / mine


def large(browser: Any, folder: Path, actors: int, events: int) -> None:
    """Print what a page of many events weighs and takes, beside its bars."""
    from benchmarks.view import picture
    from kg.draw.render import render

    file = folder / "large.html"
    file.write_text(render(picture(events, actors)), encoding="utf-8")
    print(f"{actors} actors, {events:,} events: {file.stat().st_size / 1e6:.2f} MB (bar: 4)")
    time, page, tool = opened(browser, file, physics=False)
    print(f"  until it can be used: {time:.2f} s of the main thread (bar: 1.5)")
    spent = []
    for place in (1, 1, 0, 0, 2, 2):
        before = busy(tool)
        page.locator("[data-facet=stance] input").nth(place).click()
        page.wait_for_timeout(500)
        spent.append((busy(tool) - before) * 1e3)
    print(f"  a filter: {median(spent):.0f} ms of the main thread, {max(spent):.0f} at most of {len(spent)} (bar: 100)")
    page.context.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="*", default=[200])
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args(arguments)
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for nodes in given.nodes:
            beside_pyvis(browser, Path(scratch), nodes, given.repeat)
        large(browser, Path(scratch), 300, 10_000)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
