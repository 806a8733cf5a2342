"""What a user chooses: which model, where it is, how it is asked, what it costs."""

from __future__ import annotations

import ipaddress
import math
import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import UsageError

KEY = "KG_LLM_KEY"
"""The environment variable that holds the endpoint's key; nothing else does."""
_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a million tokens cost, in whatever currency the user thinks in."""

    sent: float
    received: float


def key_from_environment() -> str | None:
    """The endpoint's key, None where the variable is not set or empty.

    Raises:
        UsageError: It holds what cannot stand in a header; the message does not repeat it.
    """
    key = os.environ.get(KEY, "").strip()
    if not all("!" <= c <= "~" for c in key):
        raise UsageError(f"{KEY}: holds a blank or a character beyond ASCII; set it to the key alone")
    return key or None


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmOptions:
    """How to ask a language model.

    >>> LlmOptions(url="http://127.0.0.1:11434/v1", model="m").endpoint
    'http://127.0.0.1:11434/v1/chat/completions'
    """

    url: str
    """Base of the API, such as ``http://127.0.0.1:11434/v1``."""
    model: str
    """The model's name, as the endpoint knows it."""
    cache: Path | None = None
    """Folder of the answers that were given before; None: none are kept."""
    timeout_s: float = 120.0
    """Longest time that one request may take."""
    retries: int = 3
    """How often a request that failed is made again."""
    parallel: int = 4
    """Requests at a time."""
    price: Price | None = None
    key: str | None = field(default_factory=key_from_environment, repr=False)

    def __post_init__(self) -> None:
        if not self.model.strip():
            raise UsageError("--llm-model: the name is empty; give it as the endpoint knows it")
        if not 0 < self.timeout_s <= 3600:
            raise UsageError(
                f"--llm-timeout: {self.timeout_s:g} is not a time; give more than 0 and at most 3600 seconds"
            )
        if not 0 <= self.retries <= 20:
            raise UsageError(f"--llm-retries: {self.retries} is out of range; give 0 to 20")
        if not 1 <= self.parallel <= 64:
            raise UsageError(f"--llm-parallel: {self.parallel} is out of range; give 1 to 64")
        _check_url(self.url)

    @property
    def endpoint(self) -> str:
        """Where requests go."""
        base = self.url.rstrip("/")
        return base if base.endswith(_PATH) else base + _PATH

    @property
    def local(self) -> bool:
        """Whether the endpoint is on this machine."""
        return _is_loopback(urlsplit(self.url).hostname or "")

    @property
    def open_to_readers(self) -> bool:
        """Whether others on the way can read articles and key: plain HTTP to another machine."""
        return not self.local and urlsplit(self.url).scheme == "http"


def price_of(told: str) -> Price:
    """Read a price written ``IN,OUT``.

    Raises:
        UsageError: It is not two numbers from 0.

    >>> price_of("0.15,0.6")
    Price(sent=0.15, received=0.6)
    """
    try:
        sent, received = (float(part) for part in told.split(","))
    except ValueError:
        sent = received = math.nan
    if not (0 <= sent < math.inf and 0 <= received < math.inf):
        raise UsageError(f"--llm-price: {told!r} is not IN,OUT; write what a million tokens cost, such as 0.15,0.60")
    return Price(sent=sent, received=received)


def _check_url(url: str) -> None:
    fix = "give the base of the API, such as http://127.0.0.1:11434/v1"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"--llm-url: {url!r} is not a URL ({error}); {fix}") from error
    if parts.username is not None or parts.password is not None:
        # Not repeated, since it would stand in the log.
        raise UsageError(f"--llm-url: holds a user or password; put the key into {KEY}")
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or not url.isprintable() or " " in url:
        raise UsageError(f"--llm-url: {url!r} is not an http or https URL; {fix}")
    if parts.query or parts.fragment:
        raise UsageError(f"--llm-url: {url!r} has a query or fragment; {fix}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
