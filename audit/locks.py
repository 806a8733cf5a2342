"""The lock files: which packages, in which versions, with which hashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[A-Za-z0-9.!+]+)(?:\s*;\s*(?P<marker>.+))?")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Locked:
    """One package in one version."""

    name: str
    """As PyPI normalises it: small letters, hyphens."""
    version: str
    marker: str
    """Where it is installed, as an environment marker; '' for everywhere."""
    hashes: int


def normal(name: str) -> str:
    """A package's name as PyPI normalises it.

    >>> normal("En_Core.Web")
    'en-core-web'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def read_lock(file: Path) -> tuple[list[Locked], list[str]]:
    """The packages of a lock file, and a line for each entry that is not an exact version with hashes."""
    found, wrong = [], []
    for number, entry in _entries(file.read_text(encoding="utf-8")):
        head, *rest = (part.strip() for part in entry.split(" \\\n"))
        match = _NAME.fullmatch(head)
        if match is None:
            wrong.append(f"{file.name}:{number}: {head!r} is not NAME==VERSION; run: make lock")
        elif not rest or not all(_HASH.fullmatch(part) for part in rest):
            wrong.append(f"{file.name}:{number}: {head!r} has no hash, or one that is not SHA-256; run: make lock")
        else:
            found.append(Locked(normal(match["name"]), match["version"], match["marker"] or "", len(rest)))
    return found, wrong


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Each entry with the number of its first line; an entry goes on while its lines end in a backslash."""
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        end = start
        while lines[end].endswith("\\") and end + 1 < len(lines):
            end += 1
        if lines[start].strip() and not lines[start].startswith("#"):
            yield start + 1, "\n".join(lines[start : end + 1])
        start = end + 1
