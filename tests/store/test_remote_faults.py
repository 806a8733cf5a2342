"""A server that is broken or hostile: each fault ends in one line that says where and what."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest

from kg.errors import KgError, QueryTooLarge, StoreError
from kg.store import transport
from kg.store.endpoint import endpoint
from kg.store.server import Server, solutions
from kg.store.transport import Transport

JSON = "application/sparql-results+json"
YES = b'{"head":{},"boolean":true}'
ASK = "ASK {}"


class Stub:
    """Answers each connection with the next of some texts, and keeps what it was sent."""

    def __init__(self, *answers: bytes | None, drip_s: float = 0) -> None:
        self._answers = answers
        self._drip_s = drip_s
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/sparql"
        self.seen: list[bytes] = []
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        for number in range(1000):
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            answer = self._answers[min(number, len(self._answers) - 1)]
            with connection:
                connection.settimeout(5)
                try:
                    self.seen.append(self._request(connection))
                    self._send(connection, answer)
                except OSError:
                    continue

    @staticmethod
    def _request(connection: socket.socket) -> bytes:
        held = b""
        while b"\r\n\r\n" not in held:
            held += connection.recv(65536)
        head, _, body = held.partition(b"\r\n\r\n")
        length = next((int(x[15:]) for x in head.lower().split(b"\r\n") if x.startswith(b"content-length:")), 0)
        while len(body) < length:
            body += connection.recv(65536)
        return head + b"\r\n\r\n" + body

    def _send(self, connection: socket.socket, answer: bytes | None) -> None:
        if answer is None:
            return
        if not self._drip_s:
            connection.sendall(answer)
            return
        for byte in answer:
            connection.sendall(bytes([byte]))
            time.sleep(self._drip_s)

    def close(self) -> None:
        self._listening.close()


def http(status: str, body: bytes = b"", *headers: str, kind: str = JSON, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close", *headers]
    if length != -1:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode() + body


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[Server, Stub]]]:
    stubs: list[Stub] = []
    for name in ("USER", "PASSWORD", "TOKEN", "TIMEOUT"):
        monkeypatch.delenv(f"KG_SPARQL_{name}", raising=False)

    def start(*answers: bytes | None, drip_s: float = 0, **environment: str) -> tuple[Server, Stub]:
        for name, value in environment.items():
            monkeypatch.setenv(f"KG_SPARQL_{name}", value)
        stub = Stub(*answers, drip_s=drip_s)
        stubs.append(stub)
        at = endpoint(stub.url, stub.url, stub.url)
        return Server(at, Transport(at, sleep=lambda _: None)), stub

    yield start
    for stub in stubs:
        stub.close()


def said(error: KgError) -> str:
    """The message, after it was seen to be one line that can be printed."""
    text = str(error)
    assert text.isprintable()
    assert len(text) < 500
    return text


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (http("500 Oops", b"\n\x1b[2J the disk is\x00 full\nsecond line"), r"answers 500:  ?\[2J the disk is  ?full$"),
        (http("404 Not Found"), "answers 404$"),
        (
            http("200 OK", b"<html>Welcome</html>", kind="text/html"),
            r"the answer is text/html, not application/sparql-results.json; see whether",
        ),
        (http("200 OK", YES, kind="\x1b[2J" + "x" * 300), "the answer is .*x, not"),
        (http("200 OK", b'{"head":{}, "bool'), "the answer is not what its type says"),
        (http("200 OK", b"\xff\xfe\x00"), "the answer is not what its type says"),
        (http("200 OK", YES, "Content-Encoding: gzip"), "compressed, which was not asked for"),
        (http("200 OK", YES, length=-1), "does not tell its length"),
        (http("200 OK", YES, length=500), "broke off after 26 of 500 bytes"),
        (http("200 OK", b"5\r\nabc", "Transfer-Encoding: chunked", length=-1), "broke off"),
        (http("200 OK", b"zz\r\nabc", "Transfer-Encoding: chunked", length=-1), "no answer of HTTP, or broke off"),
        (http("302 Found", b"", "Location: http://192.0.2.1/\x1b"), r"sends on to 'http://192\.0\.2\.1/' \(302\)"),
        (http("307 Temporary", b"", "Location: /elsewhere"), r"sends on to '/elsewhere' \(307\)"),
        (
            http("401 Unauthorized", b"", 'WWW-Authenticate: Basic realm="x"'),
            r"not let this user in \(401\); set KG_SPARQL",
        ),
        (http("403 Forbidden"), r"does not let this user in \(403\)"),
        (http("503 Busy"), r"busy or down \(503\)"),
        (http("429 Slow", b"", "Retry-After: 99999999999999999999"), r"busy or down \(429\)"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "no answer of HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 5000, "no answer of HTTP"),
        (None, "no answer of HTTP, or broke off"),
    ],
)
def test_a_fault_is_told_in_one_line(served: Callable[..., tuple[Server, Stub]], answer: bytes, message: str) -> None:
    server, stub = served(answer)
    with pytest.raises(StoreError, match=rf"^http://127.0.0.1:{stub.port}/sparql: .*{message}") as told:
        bool(server.select(ASK))
    said(told.value)


def test_nobody_listening_is_told(served: Callable[..., tuple[Server, Stub]]) -> None:
    server, stub = served(None)
    stub.close()
    time.sleep(0.05)
    with pytest.raises(StoreError, match=r"nobody listens there; see whether the server runs|the connection was lost"):
        server.select(ASK)


def test_a_server_that_comes_back_is_asked_again(served: Callable[..., tuple[Server, Stub]]) -> None:
    server, stub = served(http("503 Busy"), None, http("200 OK", YES, length=99), http("200 OK", YES))
    assert bool(server.select(ASK)) is True
    assert len(stub.seen) == 4
    assert len(set(stub.seen)) == 1


def test_what_is_wrong_is_not_asked_again(served: Callable[..., tuple[Server, Stub]]) -> None:
    server, stub = served(http("500 Oops"))
    with pytest.raises(StoreError):
        server.update("INSERT DATA {}")
    assert len(stub.seen) == 1


def test_a_slow_answer_ends_in_time(served: Callable[..., tuple[Server, Stub]]) -> None:
    server, _ = served(http("200 OK", YES), drip_s=0.05, TIMEOUT="0.4")
    began = time.monotonic()
    with pytest.raises(StoreError, match=r"no whole answer in 0\.4 s; ask for less, or raise KG_SPARQL_TIMEOUT"):
        server.select(ASK)
    assert time.monotonic() - began < 3


def test_a_huge_answer_is_not_read_to_its_end(
    served: Callable[..., tuple[Server, Stub]], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, _ = served(http("200 OK", b" " * 3_000_000))
    monkeypatch.setattr(transport.Transport.send, "__kwdefaults__", {"most_bytes": 1_000_000})
    with pytest.raises(QueryTooLarge, match="more than 1,000,000 bytes; ask for less, such as with LIMIT"):
        server.select(ASK)


def test_a_row_that_is_wrong_late_is_an_error_and_no_shorter_answer(
    served: Callable[..., tuple[Server, Stub]],
) -> None:
    rows = ",".join('{"s":{"type":"uri","value":"urn:a"}}' for _ in range(50))
    body = (
        f'{{"head":{{"vars":["s"]}},"results":{{"bindings":[{rows},{{"s":{{"type":"uri","value":"not an iri"}}}}]}}}}'
    )
    server, _ = served(http("200 OK", body.encode()))
    with pytest.raises(StoreError, match="not what its type says"):
        list(solutions(server, server.select("SELECT ?s {}")))


@pytest.mark.parametrize("cut", [b"<urn:a> <urn:b> <urn:c", b"<urn:a> <urn:b> _:"])
def test_a_graph_that_breaks_off_is_an_error(served: Callable[..., tuple[Server, Stub]], cut: bytes) -> None:
    server, _ = served(http("200 OK", b"<urn:a> <urn:b> <urn:c> .\n" + cut, kind="application/n-triples"))
    with pytest.raises(StoreError, match="not what its type says"):
        server.graph("urn:g")


def test_a_token_is_shown_and_never_told(served: Callable[..., tuple[Server, Stub]]) -> None:
    server, stub = served(http("401 Unauthorized", b"no"), TOKEN="s3cret")
    with pytest.raises(StoreError) as told:
        server.select(ASK)
    assert b"Authorization: Bearer s3cret\r\n" in stub.seen[0]
    assert "s3cret" not in said(told.value) + repr(server.endpoint) + repr(vars(server))


@pytest.mark.parametrize(
    ("challenge", "shown"),
    [
        ('Basic realm="x"', b"Authorization: Basic bWU6czNjcmV0"),
        ('Digest realm="x", nonce="n", qop="auth", algorithm="MD5"', b'Authorization: Digest username="me", realm="x"'),
    ],
)
def test_a_password_is_shown_only_when_it_is_asked_for(
    served: Callable[..., tuple[Server, Stub]], challenge: str, shown: bytes
) -> None:
    asks = http("401 Unauthorized", b"", f"WWW-Authenticate: {challenge}")
    server, stub = served(asks, http("200 OK", YES), USER="me", PASSWORD="s3cret")
    assert [bool(server.select(ASK)) for _ in range(2)] == [True, True]
    assert b"Authorization" not in stub.seen[0]
    assert all(shown in seen for seen in stub.seen[1:])
    assert len(stub.seen) == 3
    assert not any(b"s3cret" in seen for seen in stub.seen)


@pytest.mark.parametrize(
    "challenge",
    ["Digest", 'Digest nonce="', "Digest =,=", 'Digest realm="x", nonce="n", qop="auth-int"', "Negotiate", ""],
)
def test_a_challenge_that_cannot_be_met_is_a_refusal(
    served: Callable[..., tuple[Server, Stub]], challenge: str
) -> None:
    server, stub = served(http("401 Unauthorized", b"", f"WWW-Authenticate: {challenge}"), USER="me", PASSWORD="s3cret")
    with pytest.raises(StoreError, match="does not let this user in"):
        server.select(ASK)
    assert not any(b"Authorization" in seen for seen in stub.seen)


def test_a_wrong_password_is_tried_once(served: Callable[..., tuple[Server, Stub]]) -> None:
    server, stub = served(http("401 No", b"", 'WWW-Authenticate: Basic realm="x"'), USER="me", PASSWORD="s3cret")
    with pytest.raises(StoreError, match="does not let this user in"):
        server.select(ASK)
    assert len(stub.seen) == 2


def test_a_query_goes_to_its_address_only(served: Callable[..., tuple[Server, Stub]]) -> None:
    server, stub = served(http("200 OK", YES))
    server.select("ASK { ?s ?p 'é&=' }", over=[("default-graph-uri", "urn:x")])
    head, _, body = stub.seen[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /sparql HTTP/1.1\r\n")
    assert body == b"query=ASK+%7B+%3Fs+%3Fp+%27%C3%A9%26%3D%27+%7D&default-graph-uri=urn%3Ax"


def test_proxies_of_the_environment_are_not_asked(
    served: Callable[..., tuple[Server, Stub]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("no_proxy", "")
    server, _ = served(http("200 OK", YES))
    assert isinstance(server.select(ASK), ox.QueryBoolean)
