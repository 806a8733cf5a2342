"""What the tests see of processes, and how long they wait for it."""

from __future__ import annotations

import time
from pathlib import Path


def until(claim: object, seconds: float = 20.0) -> bool:
    """Whether a claim, a function without arguments, comes true in time."""
    end = time.monotonic() + seconds
    while not claim():  # type: ignore[operator]
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
