"""Headers that every answer has, and ETags, so that what did not change is not sent again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.pages import policy


@dataclass(frozen=True, slots=True)
class SafeHeaders:
    """Says to browsers: run and load nothing, guess no types, tell nobody where a link was followed from.

    An answer that has a policy of its own keeps it.
    """

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers set on the answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy())
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Frame-Options"] = "DENY"
            await send(message)

        await self.app(scope, receive, with_headers)


@dataclass(frozen=True, slots=True)
class Tagged:
    """Gives whole answers to GET and HEAD an ETag of their content; 304 where the client has it already.

    The tag is weak, because the same content may be sent packed or not.
    """

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and look at an answer that comes in one piece."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        start: Message | None = None

        async def tagging(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and message["status"] == 200:
                start = message
                return
            if start is None or message["type"] != "http.response.body":
                await send(message)
                return
            first, start = start, None
            whole = not message.get("more_body", False)
            await _send(first, message, send, Headers(scope=scope).getlist("if-none-match") if whole else None)

        await self.app(scope, receive, tagging)


async def _send(start: Message, body: Message, send: Send, known: list[str] | None) -> None:
    headers = MutableHeaders(scope=start)
    if known is not None and "etag" not in headers and "no-store" not in headers.get("cache-control", ""):
        tag = f'W/"{hashlib.sha256(body.get("body", b"")).hexdigest()[:32]}"'
        headers["ETag"] = tag
        headers.setdefault("Cache-Control", "no-cache")
        if matches(tag, known):
            for name in ("content-length", "content-type"):
                if name in headers:
                    del headers[name]
            start = {**start, "status": 304}
            body = {"type": "http.response.body", "body": b""}
    await send(start)
    await send(body)


def matches(tag: str, known: list[str]) -> bool:
    """Whether ``If-None-Match`` names the tag, weak or strong, or any.

    >>> matches('W/"a"', ['"b", W/"a"']), matches('W/"a"', ["*"]), matches('W/"a"', ['"aa"'])
    (True, True, False)
    """
    names = {name.strip().removeprefix("W/") for name in ",".join(known).split(",")}
    return "*" in names or tag.removeprefix("W/") in names
