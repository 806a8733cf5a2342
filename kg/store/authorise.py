"""What a server is shown after it has asked who is there: bearer, digest or basic, as RFC 6750, 7616 and 7617."""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Sequence
from urllib.request import AbstractDigestAuthHandler, HTTPPasswordMgr, Request, parse_http_list, parse_keqv_list

from kg.store.endpoint import Credentials


class _Passwords(HTTPPasswordMgr):
    """The one user of a server, in the form in which the standard library asks."""

    def __init__(self, credentials: Credentials) -> None:
        super().__init__()
        self._pair = (credentials.user, credentials.password)

    def find_user_password(self, realm: str | None, authuri: str) -> tuple[str, str]:  # noqa: ARG002
        return self._pair


class Authoriser:
    """Gives the header that shows who asks, and remembers how the server wants to be shown it."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._digest = AbstractDigestAuthHandler(_Passwords(credentials))
        self._challenge: dict[str, str] | None = None
        self._basic = False
        self._lock = threading.Lock()  # the count of a nonce's uses goes up by one

    def header(self, method: str, url: str, body: bytes | None) -> str | None:
        """The header's value; None where nothing is to be shown, or the server has not yet said how."""
        given = self._credentials
        if given.token:
            return f"Bearer {given.token}"
        if self._basic:
            return "Basic " + b64encode(f"{given.user}:{given.password}".encode()).decode("ascii")
        with self._lock:
            if self._challenge is None:
                return None
            told = self._digest.get_authorization(Request(url, body, method=method), self._challenge)  # noqa: S310
            return f"Digest {told}" if told else None

    def learn(self, challenges: Sequence[str]) -> bool:
        """Take up how the server wants it; False where it asks for nothing that can be shown."""
        if not self._credentials.user:
            return False
        for challenge in challenges:
            scheme, _, rest = challenge.strip().partition(" ")
            if scheme.lower() == "digest" and (found := _parameters(rest)):
                self._challenge = found
                return True
        self._basic = any(challenge.strip().lower().startswith("basic") for challenge in challenges)
        return self._basic


def _parameters(text: str) -> dict[str, str] | None:
    """The parameters of a digest challenge that the standard library can answer."""
    try:
        found = parse_keqv_list(parse_http_list(text))
    except (ValueError, IndexError):
        return None
    qop = [part.strip() for part in found.get("qop", "auth").split(",")]
    known = found.get("algorithm", "MD5").upper() in ("MD5", "SHA") and "auth" in qop
    if not (known and "realm" in found and "nonce" in found):
        return None
    return {name: value for name, value in found.items() if value.isascii() and value.isprintable()}
