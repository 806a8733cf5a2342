"""A store of made-up stories, the index of its events, the data of its offline page, and the service over both."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn

from benchmarks.graph import graphs
from kg.draw import draw
from kg.draw.draw import picture
from kg.draw.payload import payload
from kg.serve import explore
from kg.serve.app import make_app
from kg.serve.pool import QueryPool
from kg.serve.server import config_for, listen, url_of
from kg.serve.view.build import build
from kg.serve.view.index import Index, open_index
from kg.serve.view.kinds import KINDS
from kg.serve.view.wanted import COLUMNS
from kg.store import Store, open_store


@dataclass(frozen=True)
class Ready:
    """Gives an index that is there."""

    found: Index

    def index(self) -> Index:
        return self.found

    def close(self) -> None: ...


class NoPool:
    """Answers nothing: views ask no query."""

    def refresh(self) -> None: ...

    def close(self) -> None: ...

    def stats(self) -> dict[str, int]:
        return {}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk of some 200 events."""
    home = tmp_path_factory.mktemp("view") / "kg-store"
    with open_store(home) as store:
        store.commit(graphs(20_000))
    return home


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder, read_only=True) as store:
        yield store


@pytest.fixture(scope="module")
def index(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Index:
    home = tmp_path_factory.mktemp("index")
    build(store, home)
    return open_index(home, "one")


@pytest.fixture(scope="module")
def embedded(store: Store) -> dict[str, Any]:
    """What the offline page of the same store holds."""
    return payload(picture(store))


@pytest.fixture(scope="module")
def offline(store: Store, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the offline page."""
    file = tmp_path_factory.mktemp("offline") / "page.html"
    file.write_text(draw(store), encoding="utf-8")
    return file.as_uri()


@contextmanager
def serving(folder: Path, index: Index, pool: Any) -> Iterator[str]:
    """The service over a store, an index and a pool; gives its address."""
    listening = listen("127.0.0.1", 0)
    app = make_app(folder, pool, newest=lambda: "one", keeper=Ready(index))  # type: ignore[arg-type]
    server = uvicorn.Server(config_for(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield url_of(listening, "127.0.0.1")
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def pool(folder: Path) -> Iterator[QueryPool]:
    with QueryPool(folder, workers=1) as pool:
        yield pool


@pytest.fixture(scope="module")
def served(folder: Path, index: Index, pool: QueryPool) -> Iterator[str]:
    """The address of the page that asks for the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explore, "MOST", 0)
        with serving(folder, index, pool) as address:
            yield f"{address}explore"


def some_address(index: Index, seed: int) -> str:
    """A view as an address names it: some values of some kinds, days, words, a selection."""
    dice = random.Random(seed)
    told: list[tuple[str, str]] = []
    for name in dice.sample(list(KINDS), dice.choice((0, 1, 1, 2, 3))):
        values = index.kinds[name].values
        told += [
            (name, v) for v in dice.sample(values[: max(4, len(values) // 4)], min(len(values), dice.choice((1, 1, 3))))
        ]
    if dice.random() < 0.4:
        told.append((dice.choice(("from", "to")), f"{dice.randint(2015, 2024)}-{dice.randint(1, 12):02}-15"))
    if dice.random() < 0.3:
        told.append(("text", dice.choice(("the", "TRUCE", "met ", "aid 1", "Spókesman", "nobody says this"))))
    if dice.random() < 0.3:
        told.append(("confidence", str(dice.choice((30, 55, 80, 100)))))
    if dice.random() < 0.3:
        told.append(("unfold", index.node(dice.randrange(index.actors))["name"]))
    if dice.random() < 0.3:
        told.append(("view", dice.choice(("graph", "table", "map"))))
    if dice.random() < 0.5:
        told.append(("sort", dice.choice(COLUMNS) + dice.choice(("", ".down"))))
    if dice.random() < 0.6:
        told.append(("show", _some_thing(index, dice)))
    return urlencode(told)


def _some_thing(index: Index, dice: random.Random) -> str:
    kind = dice.choice(("actor", "event", "edge", "hub"))
    if kind == "actor":
        return f"actor.{index.node(dice.randrange(index.actors))['name']}"
    if kind == "event":
        return f"event.{index.card(dice.randrange(index.events))['name']}"
    told = dice.choice([index.edges, index.hubs][kind == "hub"])
    return f"{kind}.{json.loads(told)['name']}"


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens an address; ``page.trouble`` collects requests to others, console errors and dialogs."""
    contexts = []

    def open_page(address: str, **options: Any) -> Any:
        context = chromium.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.trouble, page.asked = [], []
        own = address.split("#")[0].split("/explore")[0]
        page.on("request", lambda r: (page.asked if r.url.startswith((own, "data:,")) else page.trouble).append(r.url))
        page.on("console", lambda m: m.type in ("error", "warning") and page.trouble.append(m.text))
        page.on("pageerror", lambda e: page.trouble.append(str(e)))
        page.on("dialog", lambda d: (page.trouble.append(f"dialog {d.message}"), d.dismiss()))
        page.goto(address)
        page.wait_for_selector("#rows tr, #no-rows:not([hidden])", state="attached", timeout=15_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


def until(holds: Callable[[], bool]) -> None:
    for _ in range(400):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about in 20 s")
