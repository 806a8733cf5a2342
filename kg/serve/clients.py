"""Keeps one client from taking the service away from others: only so many of its requests are under way at once."""

from __future__ import annotations

import ipaddress
from collections import Counter

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.serve.asked import ASKER
from kg.serve.trouble import told

PER_CLIENT = 8
"""Requests of one client that may be under way at once; a browser opens six connections."""
FREE = frozenset({"/healthz", "/metrics", "/docs", "/openapi.json"})
"""Paths that cost nothing and answer whoever watches the service, also from behind a busy client's address."""


class PerClient:
    """The application with at most so many requests of one client under way; one more gets 429 at once.

    A request is under way until its answer is sent. A client is an address, of IPv6 a network of 64 bits, which is
    what one customer has. Behind a proxy it is the proxy's address unless uvicorn is told whose ``X-Forwarded-For``
    to believe: ``kg.serve.server.config_for``.

    Args:
        app: The application.
        most: Requests of one client, 1 or more; 0 for no limit.
    """

    def __init__(self, app: ASGIApp, most: int = PER_CLIENT) -> None:
        self.app = app
        self.most = most
        self._running: Counter[str] = Counter()
        self._refused = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on in the client's name, or refuse."""
        if scope["type"] != "http" or scope["path"] in FREE:
            await self.app(scope, receive, send)
            return
        client = client_of(scope)
        if self.most and self._running[client] >= self.most:
            self._refused += 1
            await self._too_many(scope, receive, send)
            return
        self._running[client] += 1
        before = ASKER.set(client)
        try:
            await self.app(scope, receive, send)
        finally:
            ASKER.reset(before)
            self._running[client] -= 1
            if not self._running[client]:
                del self._running[client]

    async def _too_many(self, scope: Scope, receive: Receive, send: Send) -> None:
        detail = f"{self.most} requests of your address are under way already; wait for one to end"
        headers = {"Retry-After": "1"}
        if scope["method"] not in ("GET", "HEAD"):
            headers["Connection"] = "close"  # so that the body is not read
        await told(Request(scope), 429, detail, headers)(scope, receive, send)

    def stats(self) -> dict[str, int]:
        """``active``: clients with a request under way; ``refused_total``: requests that got 429."""
        return {"active": len(self._running), "refused_total": self._refused}


def client_of(scope: Scope) -> str:
    """Whom a request is from: the address, or the network of 64 bits that an IPv6 address lies in.

    >>> client_of({"client": ("192.0.2.1", 4711)}), client_of({"client": ("2001:db8::7:1", 1)})
    ('192.0.2.1', '2001:db8::/64')
    >>> client_of({"client": ("::ffff:192.0.2.1", 1)}), client_of({"client": None})
    ('192.0.2.1', 'unknown')
    """
    host = (scope.get("client") or ("unknown",))[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return str(host)[:100]
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address) >> 64 << 64, 64)))
