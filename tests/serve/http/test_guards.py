"""What no honest client sends, health and metrics; some of it over a real socket."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from kg.errors import PoolBusy, StoreError, UsageError
from kg.serve import server
from kg.serve.app import make_app
from kg.serve.guards import LIMITS, Limits, host_name, served
from kg.serve.health import Metrics

DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost", "localhost"),
        ("localhost:80", "localhost"),
        ("127.0.0.1:8080", "127.0.0.1"),
        ("[::1]:8080", "::1"),
        ("[0:0::1]", "::1"),
        ("localhost.", "localhost"),
        ("", None),
        ("a b", None),
        ("localhost:", None),
        ("localhost:80:80", None),
        ("evil@localhost", None),
        ("localhost/x", None),
        ("localhost\\x", None),
        ("[::1", None),
        ("[x]", None),
        ("löcalhost", None),
    ],
)
def test_a_host_is_read_strictly(host: str, name: str | None) -> None:
    assert host_name(host) == name


def test_only_known_hosts_are_served() -> None:
    assert served("127.0.0.1") == {"localhost", "127.0.0.1", "::1"}
    assert served("0.0.0.0") == served("::") == served("127.0.0.1")
    assert served("192.0.2.7", ["KG.example.org."]) == served("127.0.0.1") | {"192.0.2.7", "kg.example.org"}


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:8080", "127.0.0.2", "a b", ""]
)
def test_a_foreign_host_is_refused(client: TestClient, pool: Any, host: str) -> None:
    response = client.get("/sparql?query=ASK%7B%7D", headers={"Host": host})
    assert response.status_code == 421
    assert "--allow-host" in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert pool.asked == []


def test_an_allowed_host_is_served(pool: Any) -> None:
    with TestClient(make_app("x", pool, allow_hosts=["kg.example.org"]), base_url="http://kg.example.org") as client:
        assert client.get("/sparql?query=ASK%7B%7D").status_code == 200
        assert "<http://kg.example.org/sparql>" in client.get("/sparql").text


def test_a_long_url_and_many_headers_are_refused(small: TestClient) -> None:
    assert small.get("/sparql?query=ASK%7B%7D&x=" + "x" * 200).status_code == 414
    assert small.get("/" + "x" * 200).status_code == 414
    assert small.get("/healthz", headers={f"x-{n}": "y" for n in range(30)}).status_code == 431
    assert small.get("/healthz", headers={"x": "y" * 1000}).status_code == 431
    assert small.get("/healthz").status_code == 200


def test_a_large_body_is_refused_by_what_it_says_and_by_what_it_is(small: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            yield b"#" * 100

    for body in (b"#" * 1001, endless()):
        response = small.post("/sparql", content=body, headers=DIRECT)
        assert response.status_code == 413
        assert response.headers["connection"] == "close"
    assert small.post("/sparql", content=b"ASK {} #" + b"x" * 900, headers=DIRECT).status_code == 200


@pytest.mark.parametrize("media", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_fifty_megabytes_are_refused_at_once(client: TestClient, pool: Any, media: str) -> None:
    body = b"query=" + b"x" * 50_000_000
    start = time.perf_counter()
    assert client.post("/sparql", content=body, headers={"Content-Type": media}).status_code == 413
    assert time.perf_counter() - start < 2
    assert pool.asked == []


@pytest.mark.parametrize("length", ["x", "-1", "1e9", "9" * 30, "٣"])
def test_a_strange_length_is_refused(client: TestClient, length: str) -> None:
    headers = [(b"content-length", length.encode()), (b"content-type", b"application/sparql-query")]
    assert client.post("/sparql", headers=headers).status_code in (400, 413)


def test_the_limits_let_the_largest_query_pass(client: TestClient) -> None:
    text = "ASK {} #" + "x" * 499_000
    assert client.post("/sparql", content=text, headers=DIRECT).status_code == 200
    assert client.post("/sparql", data={"query": text}).status_code == 200
    assert LIMITS.body_bytes > 3 * 500_000


def test_every_answer_has_the_safe_headers(client: TestClient) -> None:
    for path in ("/", "/sparql?query=ASK%7B%7D", "/sparql?query=x", "/nothing", "/api/events", "/metrics", "/healthz"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_health_follows_the_pool(client: TestClient, pool: Any) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    pool.failing = lambda _: PoolBusy("busy")
    assert (client.get("/healthz").status_code, client.get("/healthz").json()["status"]) == (200, "busy")
    pool.failing = lambda _: StoreError("gone")
    assert (client.get("/healthz").status_code, client.get("/healthz").json()["status"]) == (503, "down")


def test_requests_are_counted_by_route_and_status(client: TestClient) -> None:
    for path in ("/event/0000000000000001", "/event/x", "/event/y", "/nothing", "/x/y/z"):
        client.get(path)
    client.request("BREW", "/nothing")
    client.get("/sparql", headers={"Host": "evil.example"})
    text = client.get("/metrics").text
    assert 'kg_requests_total{route="/event/{key:path}",method="GET",status="200"} 1\n' in text
    assert 'kg_requests_total{route="/event/{key:path}",method="GET",status="404"} 2\n' in text
    assert 'kg_requests_total{route="none",method="GET",status="404"} 2\n' in text
    assert 'method="other"' in text
    assert 'kg_requests_total{route="none",method="GET",status="421"} 1\n' in text
    assert "BREW" not in text
    assert re.search(r"^kg_pool_answers_total \d+$", text, re.MULTILINE)


def test_the_metrics_are_what_prometheus_reads() -> None:
    told = Metrics()
    for seconds in (0.001, 0.005, 0.02, 99.0):
        told.note("/x", "GET", 200, seconds)
    lines = told.text({"workers busy": 2}).splitlines()
    sample = re.compile(r'[a-z_]+(\{[a-z]+="[^"\\]*"(,[a-z]+="[^"\\]*")*\})? [0-9.]+')
    assert [line for line in lines if not line.startswith("# ") and not sample.fullmatch(line)] == []
    buckets = [int(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("kg_request_seconds_bucket")]
    assert buckets[:3] == [2, 2, 3]
    assert buckets[-2:] == [3, 4]
    assert 'kg_request_seconds_count{route="/x"} 4' in lines
    assert "kg_pool_workers_busy 2" in lines


def test_the_pool_looks_for_what_is_new(pool: Any) -> None:
    with TestClient(make_app("x", pool, refresh_s=0.01), base_url="http://localhost"):
        assert pool.refreshed.wait(10)


def test_the_pool_does_not_look_while_nothing_is_new(pool: Any) -> None:
    state = ["old"]
    asked = threading.Event()

    def newest() -> str:
        asked.set()
        return state[0]

    with TestClient(make_app("x", pool, refresh_s=0.01, newest=newest), base_url="http://localhost"):
        for _ in range(3):
            asked.clear()
            assert asked.wait(10)
        assert not pool.refreshed.is_set()
        state[0] = "new"
        assert pool.refreshed.wait(10)


@pytest.fixture
def running(pool: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a real server with short waits: 0.3 s for a head, 0.3 s for a body."""
    monkeypatch.setattr(server, "HEAD_S", 0.3)
    listening = server.listen("127.0.0.1", 0)
    app = make_app("x", pool, limits=Limits(body_bytes=1000, body_s=0.3))
    one = uvicorn.Server(server.config_for(app))
    thread = threading.Thread(target=one.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    one.should_exit = True
    thread.join(10)
    listening.close()


def talk(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """Everything that comes back until the other side ends the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        back = b""
        try:
            for part in parts:
                wire.sendall(part)
                time.sleep(pause)
            while chunk := wire.recv(65_536):
                back += chunk
        except (ConnectionResetError, BrokenPipeError):
            pass
        return back


HEAD = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
ASK = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def test_a_whole_request_is_answered_over_the_wire(running: int) -> None:
    back = talk(running, ASK)
    assert back.startswith(b"HTTP/1.1 200 OK\r\n")
    assert back.endswith(b'{"head":{},"boolean":true}')
    assert b"\r\nserver:" not in back.lower()


@pytest.mark.parametrize(
    ("parts", "begins"),
    [
        ((HEAD + b"Content-Length: 100\r\n\r\nASK",), b"HTTP/1.1 408 "),
        ((HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n",), b"HTTP/1.1 408 "),
        ((HEAD + b"Content-Length: 5000\r\n\r\n",), b"HTTP/1.1 413 "),
        ((HEAD + b"Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + b"#" * 2000 + b"\r\n",), b"HTTP/1.1 413 "),
        ((HEAD,), b""),
        ((b"GET / HT",), b""),
        ((), b""),
        ((b"GET /healthz HTTP/1.1\r\n" + b"X: " + b"y" * 200_000,), b"HTTP/1.1 400 "),
        ((b"\x16\x03\x01\x02\x00\x01\x00",), b""),
        ((b"\x00\xff\r\n\r\n",), b"HTTP/1.1 400 "),
        ((b"GET /healthz HTTP/1.1\r\n\r\n",), b"HTTP/1.1 400 "),
        ((b"GET /healthz HTTP/1.0\r\n\r\n",), b"HTTP/1.1 421 "),
        ((b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",), b"HTTP/1.1 400 "),
        ((b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",), b"HTTP/1.1 421 "),
        ((b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",), b"HTTP/1.1 404 "),
        (
            (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",),
            b"HTTP/1.1 404 ",
        ),
    ],
)
def test_slow_long_and_broken_requests_end_soon(running: int, parts: tuple[bytes, ...], begins: bytes) -> None:
    start = time.perf_counter()
    back = talk(running, *parts)
    assert time.perf_counter() - start < 5
    assert back.startswith(begins), back[:200]
    assert begins or not back.startswith(b"HTTP/1.1 200")
    assert talk(running, ASK).startswith(b"HTTP/1.1 200")


def test_a_head_that_drips_is_not_waited_for(running: int) -> None:
    start = time.perf_counter()
    back = talk(running, b"GET / HTTP/1.1\r\n", *[b"X: y\r\n"] * 40, pause=0.05)
    assert time.perf_counter() - start < 3.5
    assert back == b""


def test_an_answer_does_not_wait_for_an_acknowledgement(running: int) -> None:
    once = ASK.replace(b"Connection: close\r\n", b"")
    times = []
    with socket.create_connection(("127.0.0.1", running), timeout=10) as wire:
        for _ in range(20):
            start = time.perf_counter()
            wire.sendall(once)
            back = b""
            while not back.endswith(b'{"head":{},"boolean":true}'):
                back += wire.recv(65_536)
            times.append(time.perf_counter() - start)
    # Without TCP_NODELAY it is 40 ms, however idle the machine is.
    assert sorted(times)[2] < 0.03


def test_a_connection_may_be_used_again(running: int) -> None:
    once = ASK.replace(b"Connection: close\r\n", b"")
    assert talk(running, once, ASK, pause=0.1).count(b"HTTP/1.1 200 OK") == 2


def test_a_port_in_use_and_a_foreign_address_are_told() -> None:
    with server.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"--port {port}: something else listens on 127.0.0.1:{port} already"):
            server.listen("127.0.0.1", port)
    with pytest.raises(UsageError, match=r"--host 192\.0\.2\.1: no address of this machine"):
        server.listen("192.0.2.1", 0)
    with pytest.raises(UsageError, match=r"--host no\.such\.name\.invalid: no address of this machine"):
        server.listen("no.such.name.invalid", 0)
