"""Who may write: whoever shows the token of the service, and no page of another origin in a browser."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.errors import UsageError

VARIABLE = "KG_WRITE_TOKEN"
LEAST = 32
READ_ONLY = "this service only reads; kg serve --writable takes updates from those who have its token"
_MAKE = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]+", re.ASCII)
"""RFC 6750's letters, so that a header can hold it as it is."""


def token_from(environment: Mapping[str, str] = os.environ) -> str:
    """The token that the environment holds.

    Raises:
        UsageError: There is none, it is short, or a header could not hold it. The token itself is not told.

    >>> token_from({"KG_WRITE_TOKEN": "secret"})
    Traceback (most recent call last):
    kg.errors.UsageError: KG_WRITE_TOKEN: 6 characters are too few for a token; give 32 or more, such as from: \
python3 -c 'import secrets; print(secrets.token_urlsafe(32))'
    """
    token = environment.get(VARIABLE, "")
    if not token:
        raise UsageError(f"--writable needs a token in the environment: set {VARIABLE}, such as from: {_MAKE}")
    if len(token) < LEAST:
        few = f"{len(token)} characters are too few for a token"
        raise UsageError(f"{VARIABLE}: {few}; give {LEAST} or more, such as from: {_MAKE}")
    if not _TOKEN.fullmatch(token):
        raise UsageError(f"{VARIABLE}: a token has letters, digits and -._~+/= only; make one by: {_MAKE}")
    return token


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets pass whoever shows the token."""

    token: str = field(repr=False)

    def let_pass(self, request: Request) -> None:
        """See that a request may write; nothing of its body needs to have come.

        Raises:
            HTTPException: 403 where a browser sends it for a page of another origin, 401 without the token.
        """
        see_origin(request)
        shown = request.headers.getlist("authorization")
        scheme, _, given = shown[0].partition(" ") if len(shown) == 1 else ("", "", "")
        # Digests of one length, so that the time tells nothing of the token, not even how long it is.
        right = hmac.compare_digest(_digest(given.strip()), _digest(self.token))
        if scheme.lower() == "bearer" and right:
            return
        fault = ', error="invalid_token"' if shown else ""
        told = "the token is not the one of this service" if shown else "updates need a token"
        raise HTTPException(
            401,
            f"{told}; send the header Authorization: Bearer TOKEN",
            {"WWW-Authenticate": f'Bearer realm="kg"{fault}', "Connection": "close"},
        )


def see_origin(request: Request) -> None:
    """See that no page of another origin has a browser send this.

    Raises:
        HTTPException: 403.
    """
    own = request.headers.get("host", "").lower()
    # Without the scheme, which is another before a proxy that speaks TLS.
    origins = [origin.lower().partition("://")[2] for origin in request.headers.getlist("origin")]
    site = request.headers.get("sec-fetch-site", "none").lower()
    if any(origin != own for origin in origins) or site not in ("none", "same-origin"):
        raise HTTPException(403, "updates from a web page of another origin are refused", {"Connection": "close"})


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
