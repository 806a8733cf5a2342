"""Requests to a SPARQL server: bounded in time and size, repeated when the way was lost, never led elsewhere.

The standard library's HTTP client is used as it is: it keeps connections open, follows no redirect and reads no
proxy from the environment. Every request of ``kg`` does the same when it arrives twice, so each may be repeated.
"""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from kg.errors import QueryTooLarge, StoreError
from kg.store.authorise import Authoriser
from kg.store.endpoint import PASSWORD, TOKEN, USER, Endpoint, shown

ANSWER_BYTES = 64 * 2**20
"""The largest answer to a query that is read."""
GRAPH_BYTES = 2**30
"""The largest graph that is read."""
ATTEMPTS = 5
BUSY = frozenset({429, 502, 503, 504})
_BLOCK = 2**16
_ERROR_BYTES = 4096
_LONGEST_WAIT_S = 30.0


class _LostError(Exception):
    """The way to the server was lost; the request may be sent again."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    headers: Message = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def content_type(self) -> str:
        """The media type in small letters, without parameters."""
        return (self.headers.get("Content-Type") or "").partition(";")[0].strip().lower()

    def line(self, most: int = 200) -> str:
        """The first line that says something, as a server words its errors; printable and short."""
        lines = (raw.strip() for raw in self.body[:_ERROR_BYTES].decode("utf-8", "replace").splitlines())
        first = next((text for text in lines if text), "")
        return "".join(c if c.isprintable() else " " for c in first)[:most]


class Transport:
    """Sends requests to one server; threads may share it."""

    def __init__(self, endpoint: Endpoint, *, sleep: Callable[[float], object] = time.sleep) -> None:
        self._endpoint = endpoint
        self._sleep = sleep
        self._authoriser = Authoriser(endpoint.credentials)
        self._idle: dict[tuple[str, str], deque[HTTPConnection]] = {}

    def send(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        most_bytes: int = ANSWER_BYTES,
    ) -> Reply:
        """The answer to a request, whatever its status, once the server has taken the request.

        Raises:
            QueryTooLarge: The answer has more than ``most_bytes``.
            StoreError: The server cannot be reached, wants other credentials, leads elsewhere, stays busy, breaks
                off, or takes longer than the endpoint's ``timeout_s``.
        """
        where = shown(url)
        for attempt in range(ATTEMPTS):
            last = attempt == ATTEMPTS - 1
            try:
                reply = self._authorised(method, url, body, dict(headers or {}), most_bytes)
            except _LostError as error:
                if last:
                    raise StoreError(f"{where}: {error}; see whether the server runs, then run again") from error
                self._sleep(_pause(attempt))
                continue
            if reply.status in BUSY and not last:
                self._sleep(max(_pause(attempt), _asked_wait(reply)))
                continue
            if reply.status in BUSY:
                raise StoreError(f"{where}: the server is busy or down ({reply.status}); run again later")
            return _allowed(where, reply)
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Close the connections that are open; a later request opens one again."""
        for waiting in self._idle.values():
            while waiting:
                waiting.pop().close()

    def _authorised(self, method: str, url: str, body: bytes | None, headers: dict[str, str], most: int) -> Reply:
        """The answer, after the server has asked who is there if it did."""
        for asked in (False, True):
            shows = self._authoriser.header(method, url, body)
            reply = self._once(method, url, body, headers | ({"Authorization": shows} if shows else {}), most)
            # A second challenge may only say that the nonce is old.
            if reply.status != 401 or asked or not self._authoriser.learn(_challenges(reply)):
                return reply
        raise AssertionError("unreachable")

    def _once(self, method: str, url: str, body: bytes | None, headers: dict[str, str], most: int) -> Reply:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        idle = self._idle.setdefault((parts.scheme, parts.netloc), deque())
        while True:
            used, connection = _taken(idle) or (False, self._connection(parts.scheme, parts.netloc))
            try:
                with _deadline(connection, self._endpoint.timeout_s, shown(url)):
                    connection.request(method, target, body, headers)
                    response = connection.getresponse()
                    reply = _read(response, shown(url), most)
            except (OSError, HTTPException, _LostError) as error:
                connection.close()
                if used and not isinstance(error, TimeoutError):
                    continue  # the server had closed a connection that was kept open
                raise _LostError(_worded(error)) from error
            except BaseException:
                connection.close()
                raise
            if response.will_close:
                connection.close()
            else:
                idle.append(connection)
            return reply

    def _connection(self, scheme: str, netloc: str) -> HTTPConnection:
        kind = HTTPSConnection if scheme == "https" else HTTPConnection
        return kind(netloc, timeout=self._endpoint.timeout_s)


def _taken(idle: deque[HTTPConnection]) -> tuple[bool, HTTPConnection] | None:
    with suppress(IndexError):
        return True, idle.pop()
    return None


@contextmanager
def _deadline(connection: HTTPConnection, seconds: float, where: str) -> Iterator[None]:
    """End the connection when the time is over, also where a byte comes now and then."""
    over = threading.Event()

    def end() -> None:
        over.set()
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException, _LostError) as error:
        if over.is_set() or isinstance(error, TimeoutError):
            raise StoreError(
                f"{where}: no whole answer in {seconds:g} s; ask for less, or raise KG_SPARQL_TIMEOUT"
            ) from error
        raise
    finally:
        timer.cancel()


def _read(response: HTTPResponse, where: str, most: int) -> Reply:
    """The body to its end, which must be told apart from a lost connection."""
    if response.status >= 300:
        body = response.read(_ERROR_BYTES)
        if response.read(1):
            response.will_close = True  # the rest of an error's page is not worth reading
        return Reply(response.status, response.headers, body)
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise StoreError(f"{where}: the answer is compressed, which was not asked for")
    if response.length is None and not response.chunked:
        raise StoreError(f"{where}: the answer does not tell its length, so that a part of it would pass as the whole")
    expected, blocks, size = response.length, [], 0
    while block := response.read(_BLOCK):
        size += len(block)
        if size > most:
            raise QueryTooLarge(f"{where}: the answer has more than {most:,} bytes; ask for less, such as with LIMIT")
        blocks.append(block)
    if expected is not None and size != expected:
        raise _LostError(f"the answer broke off after {size} of {expected} bytes")
    return Reply(response.status, response.headers, b"".join(blocks))


def _allowed(where: str, reply: Reply) -> Reply:
    """The reply, if its status is not one that no request of ours can have a use for."""
    if reply.status in (401, 403):
        raise StoreError(
            f"{where}: the server does not let this user in ({reply.status}); "
            f"set {USER} and {PASSWORD}, or {TOKEN}, in the environment"
        )
    if 300 <= reply.status < 400:
        target = "".join(c for c in (reply.headers.get("Location") or "") if c.isprintable())[:200]
        raise StoreError(f"{where}: the server sends on to {target!r} ({reply.status}); give the address itself")
    return reply


def _challenges(reply: Reply) -> list[str]:
    return [str(value) for value in reply.headers.get_all("WWW-Authenticate") or []]


def _pause(attempt: int) -> float:
    """Seconds before the next attempt: 0.2, 0.4, 0.8, 1.6."""
    return 0.2 * 2.0**attempt


def _asked_wait(reply: Reply) -> float:
    text = (reply.headers.get("Retry-After") or "").strip()
    return min(float(text), _LONGEST_WAIT_S) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0


def _worded(error: Exception) -> str:
    if isinstance(error, _LostError):
        return str(error)
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens there"
    if isinstance(error, socket.gaierror):
        return "the name of the host is not known"
    if isinstance(error, HTTPException):
        return f"what came is no answer of HTTP, or broke off ({type(error).__name__})"
    return f"the connection was lost ({getattr(error, 'strerror', None) or type(error).__name__})"
