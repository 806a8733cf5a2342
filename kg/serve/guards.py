"""Turns away what no honest client sends: foreign host names, long URLs, floods of headers, large or slow bodies."""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::(?P<port>\d{1,5}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a request is read, and how long it may take to come.

    The body holds a query of the guard's 500,000 characters, percent-encoded where they are ASCII.
    """

    url_bytes: int = 16_384
    """Path and query string together."""
    headers: int = 100
    header_bytes: int = 32_768
    """Names and values together."""
    body_bytes: int = 2_000_000
    body_s: float = 10.0
    """From the end of the head to the end of the body."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Guards:
    """The application behind its guards.

    A foreign host name gives 421: it is how a page elsewhere, whose name leads to this machine, would read the
    store through a browser.
    """

    app: ASGIApp
    hosts: frozenset[str] = LOCAL_NAMES
    limits: Limits = LIMITS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on; only HTTP and the life of the process are known."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal:
            # The connection ends, so that what is left of the body is not read.
            status, words = refusal
            await PlainTextResponse(f"{words}\n", status, {"Connection": "close"})(scope, receive, send)
            return
        body = _Body(receive, self.limits)
        await self.app(scope, body.receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Status and words for a request whose head is refused; None for others."""
        limits = self.limits
        path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogatepass")
        if len(path) + len(scope["query_string"]) > limits.url_bytes:
            return 414, f"the URL is longer than {limits.url_bytes} bytes; send long queries by POST"
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if len(headers) > limits.headers or sum(len(n) + len(v) for n, v in headers) > limits.header_bytes:
            return 431, f"more than {limits.headers} headers, or {limits.header_bytes} bytes of them"
        hosts = [value.decode("latin-1").lower() for name, value in headers if name == b"host"]
        if len(hosts) != 1 or host_name(hosts[0]) not in self.hosts:
            told = hosts[0][:200] if hosts else ""
            return 421, f"host {told!r} is not served here; start kg serve with --allow-host to have it so"
        length = next((value for name, value in headers if name == b"content-length"), b"0")
        if not length.isdigit():
            return 400, "Content-Length is not a number"
        if len(length) > 18 or int(length) > limits.body_bytes:
            return 413, _too_large(limits)
        return None


def host_name(host: str) -> str | None:
    """The name of a ``Host`` header without its port; None where it is not well formed.

    >>> host_name("localhost:8080"), host_name("[::1]:8080"), host_name("localhost@evil")
    ('localhost', '::1', None)
    """
    match = _HOST.fullmatch(host)
    if match is None:
        return None
    name = match["name"]
    return name.rstrip(".") if name else str(_address(match["six"]) or "") or None


def served(bound: str, allowed: Iterable[str] = ()) -> frozenset[str]:
    """The host names that a service answers to: the local ones, the one it is bound to, those allowed."""
    own = () if bound in ("", "0.0.0.0", "::") else (bound,)  # noqa: S104 - compared, not bound to
    return LOCAL_NAMES | {str(_address(n) or n.lower().rstrip(".")) for n in (*own, *allowed)}


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _too_large(limits: Limits) -> str:
    return f"the body is larger than {limits.body_bytes} bytes"


class _Body:
    """A request's body, read up to a size and a time."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self._receive = receive
        self._limits = limits
        self._read = 0
        self._done = False
        self._deadline = asyncio.get_running_loop().time() + limits.body_s

    async def receive(self) -> Message:
        """The next part.

        Raises:
            HTTPException: 408 where it does not come in time, 413 where it is too much.
        """
        if self._done:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError as error:
            told = f"the body did not come within {self._limits.body_s:g} seconds"
            raise HTTPException(408, told, {"Connection": "close"}) from error
        self._read += len(message.get("body", b""))
        self._done = not message.get("more_body", False)
        if self._read > self._limits.body_bytes:
            raise HTTPException(413, _too_large(self._limits), {"Connection": "close"})
        return message
