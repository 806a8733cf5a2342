"""One POST over HTTP: with a deadline, a limit on the reply's size, and no way to another address."""

from __future__ import annotations

import http.client
import time
import urllib.request
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.error import HTTPError, URLError

MOST_BYTES = 8 * 1024 * 1024
"""Size of a reply at which reading stops."""
_CHUNK_BYTES = 64 * 1024


class NoReply(Exception):
    """The request got no reply that could be read; asking again may help."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply with any status."""

    status: int
    headers: Message
    body: bytes

    @property
    def retry_after_s(self) -> float | None:
        """Seconds that the endpoint asks to wait, None where it does not say."""
        told = (self.headers.get("Retry-After") or "").strip()
        if told.isascii() and told.isdigit():
            return float(told[:9])
        try:
            return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
        except (ValueError, TypeError, OverflowError):
            return None


def opener(*, direct: bool) -> urllib.request.OpenerDirector:
    """What opens http and https, follows no redirect and knows no other scheme.

    Args:
        direct: pass by the proxies of the environment; what is meant for this machine must not go to one.
    """
    made = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler({} if direct else None),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        made.add_handler(handler)
    return made


def post(through: urllib.request.OpenerDirector, url: str, body: bytes, *, key: str | None, timeout_s: float) -> Reply:
    """Send JSON and read the reply, whatever its status.

    Raises:
        NoReply: Nobody answered in time, or the reply broke off or is too large.
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "kg"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 - options checks it
    ends = time.monotonic() + timeout_s
    try:
        try:
            answer = through.open(request, timeout=timeout_s)
        except HTTPError as error:
            answer = error
        with answer:
            return Reply(answer.status, answer.headers, _read(answer, ends))
    except TimeoutError as error:
        raise NoReply(f"no reply within {timeout_s:g} s") from error
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise NoReply(f"no reply within {timeout_s:g} s") from error
        raise NoReply(f"not reached ({_worded(error.reason)})") from error
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        # UnicodeError: the host's name cannot be one, such as one with a label of 70 letters.
        raise NoReply(f"the connection broke ({_worded(error)})") from error


def _read(answer: http.client.HTTPResponse | HTTPError, ends: float) -> bytes:
    """The body, in pieces, since a timeout of the socket starts anew with each byte."""
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_CHUNK_BYTES):
        size += len(piece)
        if size > MOST_BYTES:
            raise NoReply(f"the reply is larger than {MOST_BYTES // 1024**2} MB")
        if time.monotonic() > ends:
            raise TimeoutError
        pieces.append(piece)
    return b"".join(pieces)


def _worded(reason: object) -> str:
    return (
        (getattr(reason, "strerror", None) or type(reason).__name__) if isinstance(reason, Exception) else str(reason)
    )
