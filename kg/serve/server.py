"""Runs the service on a socket until it is told to end."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Iterable
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import UsageError
from kg.serve.memory import give_back

HEAD_S = 10.0
"""How long the head of a request may take to come, in seconds."""
_HEAD_BYTES = 65_536
_CONNECTIONS = 500
_GRACE_S = 5


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that closes a connection whose next request does not get past its head in time.

    uvicorn alone ends only connections on which nothing comes at all.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._head: asyncio.TimerHandle | None = None
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take what came; wait on while it is not a whole head."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._unwatch()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._unwatch()
        elif self._head is None and not self.transport.is_closing():
            self._head = self.loop.call_later(HEAD_S, self.transport.close)

    def _unwatch(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Args:
        host: An address or name of this machine.
        port: 0 for any that is free.

    Raises:
        UsageError: The port is taken or not allowed, or the address is none of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # With the protocol named asyncio sets TCP_NODELAY; without, every answer waits 40 ms for an acknowledgement.
        found = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"--host {host}: no address of this machine; 127.0.0.1 is this machine alone") from error
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(1024)
    except (OSError, OverflowError) as error:
        found.close()
        raise UsageError(_worded(host, port, error)) from error
    return found


def url_of(listening: socket.socket, host: str) -> str:
    """The address to open in a browser."""
    name = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host  # noqa: S104 - compared, not bound to
    shown = f"[{name}]" if ":" in name else name
    return f"http://{shown}:{listening.getsockname()[1]}/"


def config_for(app: ASGIApp, proxies: Iterable[str] = ()) -> uvicorn.Config:
    """How uvicorn runs the service: HTTP/1.1 alone, no log of requests, limits on heads and connections.

    Args:
        app: The service.
        proxies: Addresses or networks of proxies whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed;
            without any, these headers count for nothing.
    """
    trusted = list(proxies)
    return uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        loop="asyncio",
        log_level="error",
        access_log=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=trusted,
        server_header=False,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_GRACE_S,
    )


def run(app: ASGIApp, listening: socket.socket, proxies: Iterable[str] = ()) -> None:
    """Serve until SIGINT or SIGTERM; then finish what was begun, for five seconds at most, and come back."""
    give_back()
    # uvicorn raises the signal again once it has ended; SIGTERM would then end the process before the pool is closed.
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        uvicorn.Server(config_for(app, proxies)).run(sockets=[listening])
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)
        listening.close()


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _worded(host: str, port: int, error: Exception) -> str:
    code = getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return f"--port {port}: something else listens on {host}:{port} already; end it, or choose another port"
    if code in (errno.EACCES, errno.EPERM):
        return f"--port {port}: not allowed on {host}; choose a port of 1024 or more"
    if code == errno.EADDRNOTAVAIL:
        return f"--host {host}: no address of this machine; 127.0.0.1 is this machine alone"
    return f"--port {port}: cannot listen on {host}; choose another port, 1024 to 65535"
