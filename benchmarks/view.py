"""How fast the page's view of a large store is: its index, the server's answers, and the page itself in a browser.

    python -m benchmarks.view [--events N] [--actors N]

The events are made up and put into the index without a store, so that what is measured is the same on every machine
that has time for it; how long a store takes to be read is measured with ``--store FOLDER``. Times are of the processor,
except for those of answers over HTTP.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode
from urllib.request import urlopen

import uvicorn

from kg.draw.compose import by_day, outline
from kg.draw.facts import Facts
from kg.draw.picture import Evidence, Party, Picture, PictureEvent
from kg.serve import explore
from kg.serve.app import make_app
from kg.serve.server import config_for, listen, url_of
from kg.serve.view.build import Gathered, build, write_index
from kg.serve.view.index import Index, open_index
from kg.store import open_store
from kg.vocab.namespaces import DK, ENT, EV
from kg.vocab.plover import TYPES
from kg.vocab.stance import score_of, stance_of

CHROMIUM = "/usr/bin/chromium"
_TEXT = "the minister of said talks on border after week met with envoy from region agreed to send aid"
_WORDS = tuple(_TEXT.split())


def gathered(events: int, actors: int, seed: int = 1) -> tuple[Gathered, Facts]:
    """So many events between so many actors, some of which take part in most, with two reports each."""
    chance = random.Random(seed)
    names = [f"{ENT}actor-{i}" for i in range(actors)]
    entities = {
        iri: {
            "prefLabel": (f"Actor {i}",),
            "country": (f"C{i % 180:02}",),
            "type": (DK + ("State" if i < 180 else "Person"),),
        }
        for i, iri in enumerate(names)
    }
    found = Gathered()
    for n in range(events):
        a, b = (names[min(int(chance.paretovariate(0.45)) - 1, actors - 1)] for _ in range(2))
        b = names[(names.index(b) + 1) % actors] if a == b else b
        parties = [Party("actor", a), Party("recipient", b)]
        if chance.random() < 0.1:
            parties.append(Party("mediator", names[chance.randrange(200)]))
        kind, done = chance.choice(TYPES), chance.random() < 0.8
        day = date(2015, 1, 1) + timedelta(days=chance.randrange(3652))
        iri = f"{EV}{chance.getrandbits(64):016x}"
        event = PictureEvent(
            id=iri, label=f"{a[-9:]} {kind.lower()} {b[-9:]} {n}", type=kind, mode=None, kind_words=kind.lower(),
            stance=stance_of(kind, None), status="Occurred" if done else "Expected",
            status_words="happened" if done else "planned, not yet happened", when_words=f"{day:%d %B %Y}", done=done,
            begin=day, end=day, parties=tuple(sorted(set(parties))), codes=(f"PLOVER {kind}",),
            confidence=round(chance.random(), 3), score=score_of(kind, None), reported_as=(iri[-16:],),
        )  # fmt: skip
        found.add(event, tuple(_report(iri, chance, events) for _ in range(chance.choice((1, 1, 2, 3)))))
    return found, Facts(entities=entities)


def _report(event: str, chance: random.Random, events: int) -> Evidence:
    words, number = [chance.choice(_WORDS) for _ in range(22)], chance.randrange(max(1, events // 3))
    press = f"Press {number % 90}"
    return Evidence(
        event=event,
        parts=(("text", " ".join(words[:9]) + " "), ("trigger", words[9]), ("text", " " + " ".join(words[10:]))),
        says=press, sayers=(press,), factuality="stated as fact", title=f"{words[0]} {words[1]} {words[2]} {number}",
        source=press, publisher=press, article=f"urn:article:{number}", link=f"https://news.example/{number}",
        confidence=round(chance.random(), 3),
    )  # fmt: skip


def picture(events: int, actors: int) -> Picture:
    """The same events as the page that holds them all draws them."""
    found, facts = gathered(events, actors)
    chance = random.Random(events)
    made = sorted(found.events, key=by_day)
    told = tuple(_report(e.id, chance, events) for e in made for _ in range(chance.choice((1, 1, 2, 3))))
    return replace(outline(facts, title="Many events", events=made), evidence=told)


def addresses(index: Index, number: int, seed: int = 1) -> list[str]:
    """Views as a reader asks for them: a few choices, a stretch of days, a word, an actor."""
    chance = random.Random(seed)
    found = []
    for _ in range(number):
        told: list[tuple[str, str]] = []
        for name in chance.sample(list(index.kinds), chance.choice((0, 1, 1, 2))):
            if values := index.kinds[name].values[:40]:
                told.append((name, chance.choice(values)))
        if chance.random() < 0.4:
            told.append(("from", f"{chance.randint(2015, 2023)}-06-01"))
        if chance.random() < 0.2:
            told.append(("text", chance.choice(_WORDS)))
        if chance.random() < 0.3:
            told.append(("show", f"actor.{index.node(chance.randrange(min(500, index.actors)))['name']}"))
        if chance.random() < 0.1:
            told.append(("view", "map"))
        found.append(urlencode(told))
    return found


@dataclass(frozen=True)
class _Ready:
    found: Index

    def index(self) -> Index:
        return self.found

    def close(self) -> None: ...


class _NoPool:
    def refresh(self) -> None: ...

    def close(self) -> None: ...

    def stats(self) -> dict[str, int]:
        return {}


@contextmanager
def serving(index: Index) -> Iterator[str]:
    """The service over an index alone; gives its address."""
    explore.Explorer.page = lambda _: explore.render_shell("Many events", "/api/view")  # type: ignore[method-assign]
    listening = listen("127.0.0.1", 0)
    app = make_app("none", _NoPool(), keeper=_Ready(index))  # type: ignore[arg-type]
    server = uvicorn.Server(config_for(app))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])), daemon=True)
    thread.start()
    yield url_of(listening, "127.0.0.1")
    server.should_exit = True
    thread.join(20)


def answers(address: str, asked: Sequence[str]) -> tuple[list[float], list[float], list[int]]:
    """Seconds by the clock and of the processor for each answer, and its bytes unpacked."""
    wall, cpu, size = [], [], []
    for query in asked:
        start, used = time.perf_counter(), time.process_time()
        with urlopen(f"{address}api/view?{query}") as answer:
            size.append(len(answer.read()))
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
    return wall, cpu, size


def in_browser(address: str) -> None:
    """Print the main thread's time to a usable picture and for filters, and the bytes that came."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        tool = page.context.new_cdp_session(page)
        tool.send("Performance.enable")
        tool.send("Network.enable")
        came = [0]
        tool.on("Network.loadingFinished", lambda told: came.__setitem__(0, came[0] + int(told["encodedDataLength"])))
        page.goto(f"{address}explore")
        page.wait_for_selector("#rows tr")
        page.wait_for_timeout(1500)
        print(f"page: {came[0] / 1e6:.2f} MB, {busy(tool):.2f} s of the main thread, {page.inner_text('#counts')}")
        for facet, place in (("stance", 1), ("status", 0), ("stance", 1), ("status", 0)):
            before, counts = busy(tool), page.inner_text("#counts")
            page.locator(f"[data-facet={facet}] input").nth(place).click()
            while page.inner_text("#counts") == counts:
                page.wait_for_timeout(50)
            page.wait_for_timeout(500)
            taken = (busy(tool) - before) * 1e3
            print(f"filter {facet}: {taken:.0f} ms of the main thread, {page.inner_text('#counts')}")
        browser.close()


def busy(tool: object) -> float:
    """Seconds that the tasks of a page's main thread have taken so far."""
    told = tool.send("Performance.getMetrics")["metrics"]  # type: ignore[attr-defined]
    return float(next(m["value"] for m in told if m["name"] == "TaskDuration"))


def _used() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--actors", type=int, default=15_000)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--store", help="a store's folder to read instead")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        start = time.process_time()
        if given.store:
            with open_store(given.store, read_only=True) as store:
                build(store, folder)
        else:
            made = gathered(given.events, given.actors)
            start = time.process_time()
            write_index(*made, folder)
        print(f"index: {time.process_time() - start:.1f} s, {_used():.0f} MB at most in the process that builds it")
        size = sum(f.stat().st_size for f in folder.iterdir())
        start = time.process_time()
        index = open_index(folder, "one")
        arrays = sum(c.nbytes for c in index.columns.values())
        arrays += sum(k.tally.event.nbytes + k.tally.value.nbytes for k in index.kinds.values())
        opened = time.process_time() - start
        print(f"{index.events:,} events, {index.actors:,} actors: {size / 1e6:.0f} MB of files, of which "
              f"{arrays / 1e6:.0f} MB are held as arrays; opened in {opened:.2f} s")  # fmt: skip
        with serving(index) as address:
            asked = addresses(index, given.asked)
            answers(address, asked[:5])
            wall, cpu, bytes_ = answers(address, asked)
            for name, values, scale in (("clock, ms", wall, 1e3), ("processor, ms", cpu, 1e3), ("kB", bytes_, 1e-3)):
                p50, p95, p99 = (quantiles(values, n=100)[at] * scale for at in (49, 94, 98))
                print(f"answers, {name}: p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f}")
            in_browser(address)
    return 0


if __name__ == "__main__":
    sys.exit(main())
