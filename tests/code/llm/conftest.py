"""An endpoint on loopback that gives the replies it was told to, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

import pytest

from kg.annotate import annotate
from kg.code.llm import LlmOptions
from kg.model import Annotated, Article, Link
from kg.resolve import resolve

RECORDED = Path(__file__).parent / "recorded"
DAY = date(2024, 5, 15)
"""A Wednesday."""


@dataclass
class Reply:
    """One reply: status, headers and body, with seconds before each byte if it is slow."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip_s: float = 0.0
    delay_s: float = 0.0


def completion(content: Any, **more: Any) -> Reply:
    """A chat completion with this content; what is no text is written as JSON."""
    told = content if isinstance(content, str) else json.dumps(content)
    body = {
        "choices": [{"index": 0, "message": {"role": "assistant", "content": told}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
        **more,
    }
    return Reply(json.dumps(body).encode())


class Endpoint:
    """A server that gives its replies one after another, the last one for ever."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.answer: Callable[[dict[str, Any]], Reply] | None = None
        self.lock = threading.Lock()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                endpoint.paths.append(self.path)
                self.send_response(200)
                self.end_headers()

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with endpoint.lock:
                    endpoint.requests.append(asked)
                    endpoint.headers.append(dict(self.headers))
                    endpoint.paths.append(self.path)
                    reply = endpoint.next(asked)
                time.sleep(reply.delay_s)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    if reply.drip_s:
                        for byte in reply.body:
                            self.wfile.write(bytes([byte]))
                            self.wfile.flush()
                            time.sleep(reply.drip_s)
                    else:
                        self.wfile.write(reply.body)
                except OSError:
                    pass  # the client has had enough

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def next(self, asked: dict[str, Any]) -> Reply:
        if self.answer is not None:
            return self.answer(asked)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """An endpoint on loopback; no proxy of the environment, no key, no waiting between tries."""
    monkeypatch.delenv("KG_LLM_KEY", raising=False)
    made = Endpoint()
    yield made
    made.close()


class Options(Protocol):
    """Makes options for the endpoint."""

    def __call__(self, **more: Any) -> LlmOptions: ...


@pytest.fixture
def options(endpoint: Endpoint) -> Options:
    """Options that lead to the endpoint."""

    def made(**more: Any) -> LlmOptions:
        return LlmOptions(**{"url": endpoint.url, "model": "test-model", "timeout_s": 5.0, "retries": 2, **more})

    return made


Parsed = Callable[[str], tuple[Annotated, tuple[Link, ...]]]


@pytest.fixture(scope="session")
def read() -> Parsed:
    """Annotate and resolve a text as an article of Wednesday 15 May 2024."""

    def made(text: str) -> tuple[Annotated, tuple[Link, ...]]:
        [annotated] = annotate([Article(id="told", text=text, published=DAY, title="A title")])
        return annotated, resolve(annotated)

    return made


def person(mention: str, name: str = "", **more: Any) -> dict[str, Any]:
    """A participant as a model tells it."""
    return {"mention": mention, "name": name or mention, "kind": "person", "country": None, "sector": None, **more}


def event(trigger: str, type_: str, mode: str | None = None, **more: Any) -> dict[str, Any]:
    """An event of the first sentence, told as a fact, as a model tells it."""
    return {
        "sentence": 1,
        "trigger": trigger,
        "type": type_,
        "mode": mode,
        "actors": [],
        "recipients": [],
        "third_parties": [],
        "factuality": "Asserted",
        "positive": True,
        "ongoing": False,
        "attributed_to": [],
        "time": None,
        "place": None,
        "contexts": [],
        "about": [],
        "agreement": None,
        "change": None,
        **more,
    }


@pytest.fixture(scope="session")
def say() -> Callable[..., dict[str, Any]]:
    """Write an event as a model tells it."""
    return event


@pytest.fixture(scope="session")
def who() -> Callable[..., dict[str, Any]]:
    """Write a participant as a model tells it."""
    return person


@pytest.fixture(scope="session")
def complete() -> Callable[..., Reply]:
    """Write a chat completion."""
    return completion


@pytest.fixture(scope="session")
def reply() -> type[Reply]:
    """Write any reply."""
    return Reply


@pytest.fixture(scope="session")
def recorded() -> Callable[[str], Reply]:
    """A reply kept in a file."""

    def found(name: str) -> Reply:
        return Reply((RECORDED / name).read_bytes())

    return found
