"""Hands and eyes for the page's controls in a browser."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest


def tally(page: Any) -> int:
    """How many events pass."""
    return int(str(page.inner_text("#counts")).split(" ")[0].replace(",", ""))


def box(page: Any, facet: str, value: str) -> Any:
    """The box of one choice, its list opened."""
    found = page.locator(f"[data-facet={facet}]")
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found.locator(f"[data-value={json.dumps(value)}]")


def tail(page: Any) -> str:
    """The part of the address after #."""
    return str(page.evaluate("location.hash.slice(1)"))


def until(holds: Callable[[], bool]) -> None:
    """Wait for what the browser does in its own time; its own way of waiting would need eval, which the page forbids."""
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about in 10 s")
