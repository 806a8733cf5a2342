"""What the graphs of articles were last written from, so that a build writes only those that would differ."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files

from kg.store import Store
from kg.store.layout import DERIVED

NOTE = DERIVED
"""The note in which a store keeps a digest for each article graph; it is empty while a commit is under way."""
_MAKERS = ("graph", "model", "vocab")
"""The packages whose code decides how a record becomes quads."""


def known(store: Store) -> dict[str, str]:
    """The digest of what each article's graph was written from; empty where a commit was cut off.

    Raises:
        StoreError: If the disk refuses.
    """
    try:
        told = json.loads(store.note(NOTE) or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def forget(store: Store) -> None:
    """Take the digests back, before a graph changes: a process killed between must not leave wrong ones."""
    if store.note(NOTE):
        store.put_note(NOTE, "")


def note(store: Store, digests: dict[str, str]) -> None:
    """Keep the digests, after the graphs are written."""
    store.put_note(NOTE, json.dumps(digests, sort_keys=True, separators=(",", ":")))


def digest(*made_of: object) -> str:
    """16 hexadecimal digits of values whose ``repr`` tells all of them, and of the code that makes quads.

    >>> digest("a", 1) == digest("a", 1) != digest("a", 2)
    True
    """
    told = "\n".join([_code(), *map(repr, made_of)])
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@cache
def _code() -> str:
    found = sha256()
    for package in _MAKERS:
        for path in sorted(files(f"kg.{package}").iterdir(), key=lambda p: p.name):
            if path.name.endswith(".py"):
                found.update(path.read_bytes())
    return found.hexdigest()
