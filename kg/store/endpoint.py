"""Where a SPARQL 1.1 server is and who asks: addresses from options or environment, secrets from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from kg.errors import StoreError, UsageError

VARIABLES: Mapping[str, str] = {
    "query_url": "KG_QUERY_URL",
    "update_url": "KG_UPDATE_URL",
    "graph_store_url": "KG_GRAPH_STORE_URL",
}
"""Each address with the environment variable that stands for it."""

USER, PASSWORD, TOKEN, TIMEOUT = "KG_SPARQL_USER", "KG_SPARQL_PASSWORD", "KG_SPARQL_TOKEN", "KG_SPARQL_TIMEOUT"
TIMEOUT_S = 120.0
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\U0010ffff\\]")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the server is shown when it asks: a bearer token, or a user with a password; never printed."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The three addresses of one server, each checked, and how it is spoken to."""

    query_url: str
    update_url: str
    graph_store_url: str
    credentials: Credentials = field(default_factory=Credentials, repr=False)
    timeout_s: float = TIMEOUT_S
    """Seconds for one request, from its first byte to the last one of its answer."""

    @property
    def location(self) -> str:
        """The address of queries as it may be printed."""
        return shown(self.query_url)


def endpoint(
    query_url: str | None = None, update_url: str | None = None, graph_store_url: str | None = None
) -> Endpoint:
    """The server at these addresses, or at those of the environment where one is None.

    Raises:
        UsageError: An address is missing, or is none that a server of RDF can have.
        StoreError: The credentials in the environment do not fit together.

    >>> endpoint("http://127.0.0.1:7878/query", "http://127.0.0.1:7878/update", "ftp://x/")
    Traceback (most recent call last):
    kg.errors.UsageError: graph-store-url: 'ftp://x/' is no address of a server; it begins with http:// or https://
    """
    given = {"query_url": query_url, "update_url": update_url, "graph_store_url": graph_store_url}
    found = {name: value or os.environ.get(VARIABLES[name], "") for name, value in given.items()}
    if missing := [name for name, value in found.items() if not value]:
        options = ", ".join(f"--{_option(n)} or {VARIABLES[n]}" for n in missing)
        raise UsageError(f"the store sparql needs three addresses; give {options}")
    for name, value in found.items():
        _check(name, value)
    return Endpoint(**found, credentials=_credentials(), timeout_s=_timeout())


def _option(name: str) -> str:
    return name.replace("_", "-")


def _check(name: str, url: str) -> None:
    where = _option(name)
    if _UNPRINTABLE.search(url):
        raise UsageError(f"{where}: {url!r} has a space or a sign that an address cannot have; percent-encode it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"{where}: {url!r} is no address ({error}); give http://HOST:PORT/PATH") from error
    if parts.username is not None or parts.password is not None:
        # The address itself is not repeated: it holds a secret.
        raise UsageError(f"{where}: it holds a user or a password; give those by {USER} and {PASSWORD}")
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise UsageError(f"{where}: {url!r} is no address of a server; it begins with http:// or https://")
    if parts.fragment:
        raise UsageError(f"{where}: {url!r} has a part behind '#', which no server sees; leave it out")


def _credentials() -> Credentials:
    user, password, token = (os.environ.get(name, "") for name in (USER, PASSWORD, TOKEN))
    if token and user:
        raise StoreError(f"both {TOKEN} and {USER} are set; a server is shown one of them")
    if bool(user) != bool(password):
        raise StoreError(f"only one of {USER} and {PASSWORD} is set; set both, or none")
    if ":" in user:
        raise StoreError(f"{USER}: a name with ':' cannot be told from its password; take another user")
    if any(_control(text) for text in (user, password, token)):
        raise StoreError(f"{TOKEN if token else USER}: it has a line end or another control sign; set it anew")
    if not token.isascii():
        raise StoreError(f"{TOKEN}: a token is ASCII; set it anew")
    return Credentials(user, password, token)


def _control(text: str) -> bool:
    return any(ord(c) < 32 or ord(c) == 127 for c in text)


def _timeout() -> float:
    text = os.environ.get(TIMEOUT, "")
    try:
        value = float(text) if text else TIMEOUT_S
    except ValueError:
        value = -1
    if not 0 < value <= 86_400:
        raise UsageError(f"{TIMEOUT}: {text!r} is no number of seconds; give one from 1 to 86400")
    return value


def shown(url: str) -> str:
    """An address as it may be printed: without its query part, in which some servers take keys.

    >>> shown("https://example.org:8443/sparql?key=secret")
    'https://example.org:8443/sparql'
    """
    parts: SplitResult = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
