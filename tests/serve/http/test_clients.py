"""One client's requests at once: so many and no more, whatever others do, and who a client is behind a proxy."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from kg.serve import server
from kg.serve.app import make_app
from kg.serve.asked import ASKER

ASK = "/sparql?query=ASK%7B%7D"


@contextmanager
def running(app: Any, *proxies: str) -> Iterator[int]:
    """The port of a real server."""
    listening = server.listen("127.0.0.1", 0)
    one = uvicorn.Server(server.config_for(app, proxies))
    thread = threading.Thread(target=one.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        one.should_exit = True
        thread.join(10)
        listening.close()


class Held:
    """A pool whose queries wait until they are let go."""

    def __init__(self, pool: Any) -> None:
        self.let_go = threading.Event()
        self.askers: list[str] = []
        self._answer = pool.answer
        pool.answer = self.answer

    def answer(self, request: Any) -> Any:
        self.askers.append(ASKER.get())
        assert self.let_go.wait(20)
        return self._answer(request)


def get(port: int, path: str, source: str = "127.0.0.1", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_one_request_too_many_of_an_address_gets_429_and_others_are_answered(pool: Any) -> None:
    held = Held(pool)
    with running(make_app("x", pool, per_client=2)) as port:
        statuses: list[int] = []
        threads = [threading.Thread(target=lambda: statuses.append(get(port, ASK)[0].status)) for _ in range(2)]
        for thread in threads:
            thread.start()
        while len(held.askers) < 2:
            time.sleep(0.01)
        response, body = get(port, ASK)
        assert (response.status, response.headers["Retry-After"]) == (429, "1")
        assert body == b"2 requests of your address are under way already; wait for one to end\n"
        assert response.headers["Access-Control-Allow-Origin"] is None
        response, body = get(port, "/api/events", Origin="http://elsewhere.example")
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert b'"status": 429, "detail": "2 requests of your address' in body
        assert get(port, "/openapi.json")[0].status == 200
        text = get(port, "/metrics")[1].decode()
        assert "# TYPE kg_clients_refused_total counter\nkg_clients_refused_total 2\n" in text
        assert "kg_clients_active 1\n" in text
        threads.append(threading.Thread(target=lambda: statuses.append(get(port, ASK, "127.0.0.2")[0].status)))
        threads[-1].start()
        while len(held.askers) < 3:
            time.sleep(0.01)
        held.let_go.set()
        for thread in threads:
            thread.join(20)
        assert statuses == [200] * 3
        assert held.askers == ["127.0.0.1", "127.0.0.1", "127.0.0.2"]
        assert get(port, ASK)[0].status == 200
        assert "kg_clients_active 0\n" in get(port, "/metrics")[1].decode()


def test_a_request_that_fails_is_no_longer_under_way(pool: Any) -> None:
    with TestClient(make_app("x", pool, per_client=1), base_url="http://localhost") as client:
        for path in ("/sparql?query=nonsense", "/nothing", "/sparql?query=nonsense", ASK):
            assert client.get(path).status_code in (400, 404, 200)
        assert client.get(ASK).status_code == 200


def test_a_post_that_is_one_too_many_closes_the_connection(pool: Any) -> None:
    held = Held(pool)
    with TestClient(make_app("x", pool, per_client=1), base_url="http://localhost") as client:
        thread = threading.Thread(target=lambda: client.get(ASK))
        thread.start()
        while not held.askers:
            time.sleep(0.01)
        response = client.post("/sparql", data={"query": "ASK{}"})
        assert (response.status_code, response.headers["connection"]) == (429, "close")
        held.let_go.set()
        thread.join(20)


@pytest.mark.parametrize(
    ("proxies", "told", "asker"),
    [
        ((), "192.0.2.7", "127.0.0.1"),
        (("10.0.0.1",), "192.0.2.7", "127.0.0.1"),
        (("127.0.0.1",), "192.0.2.7", "192.0.2.7"),
        (("127.0.0.0/8",), "192.0.2.7, 198.51.100.3", "198.51.100.3"),
        (("127.0.0.1",), "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ],
)
def test_who_a_client_is_behind_a_proxy(pool: Any, proxies: tuple[str, ...], told: str, asker: str) -> None:
    held = Held(pool)
    held.let_go.set()
    with running(make_app("x", pool), *proxies) as port:
        assert get(port, ASK, **{"X-Forwarded-For": told})[0].status == 200
    assert held.askers == [asker]


def test_the_service_asks_for_its_health_in_its_own_name(pool: Any) -> None:
    held = Held(pool)
    held.let_go.set()
    with TestClient(make_app("x", pool), base_url="http://localhost") as client:
        client.get("/healthz")
        client.get(ASK)
    assert held.askers == ["", "testclient"]
