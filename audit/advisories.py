"""Known vulnerable versions: the file of them, held against the lock, and asked of PyPI where it can be reached."""

from __future__ import annotations

import json
import re
import tomllib
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

from audit.locks import Locked

FILE = Path(__file__).with_name("advisories.toml")
_ENTRY = '  {{ package = "{0.package}", affected = "{0.affected}", id = "{0.id}" }},\n'
_PLAIN = re.compile(r"[A-Za-z0-9 .,<>=!~*+_-]+")
Fetch = Callable[[str, str], Any]
"""What PyPI's JSON API tells of a package in a version."""


@dataclass(frozen=True, slots=True, order=True)
class Advisory:
    """One advisory on some versions of a package."""

    package: str
    affected: str
    """A version specifier, such as ``>=1.0,<1.2``."""
    id: str

    def concerns(self, locked: Locked) -> bool:
        """Whether a locked package is affected."""
        return locked.name == self.package and SpecifierSet(self.affected).contains(locked.version, prereleases=True)


def read_advisories(file: Path = FILE) -> list[Advisory]:
    """All that is known, in order."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return sorted(Advisory(**entry) for entry in told["advisories"])


def affected(lock: Iterable[Locked], advisories: Iterable[Advisory]) -> Iterator[str]:
    """A line for each locked version that an advisory concerns."""
    known = list(advisories)
    for locked in lock:
        for advisory in known:
            if advisory.concerns(locked):
                yield f"{locked.name} {locked.version}: {advisory.id} concerns {advisory.affected}; lock another"


def update(lock: Iterable[Locked], fetch: Fetch, today: date, file: Path = FILE) -> int:
    """Ask about each locked version and write the file anew; how many advisories are new.

    Raises:
        OSError: PyPI cannot be reached; the file stays as it is.
    """
    known = read_advisories(file)
    found = {
        Advisory(one.name, _range(one, told), _id(told))
        for one in lock
        for told in fetch(one.name, one.version).get("vulnerabilities", ())
        if not told.get("withdrawn")
    }
    entries = "".join(_ENTRY.format(a) for a in sorted({*known, *found}))
    head = file.read_text(encoding="utf-8").partition("# PyPI has not been asked")[0].partition("asked =")[0]
    file.write_text(f'{head}asked = "{today.isoformat()}"\nadvisories = [\n{entries}]\n', encoding="utf-8")
    return len(found - set(known))


def from_pypi(name: str, version: str) -> Any:
    """What PyPI's JSON API tells of a package in a version.

    Raises:
        OSError: PyPI cannot be reached, or does not have it.
    """
    with urllib.request.urlopen(f"https://pypi.org/pypi/{name}/{version}/json", timeout=30) as answer:
        return json.load(answer)


def _range(locked: Locked, told: Any) -> str:
    """The versions that PyPI names as affected: from the locked one to the next that is mended, as far as is known."""
    later = [v for v in map(str, told.get("fixed_in") or ()) if _PLAIN.fullmatch(v)]
    above = [v for v in later if SpecifierSet(f">{locked.version}").contains(v, prereleases=True)]
    return f">={locked.version},<{min(above, key=_key)}" if above else f"=={locked.version}"


def _key(version: str) -> Any:
    from packaging.version import Version

    return Version(version)


def _id(told: Any) -> str:
    """The CVE where there is one, else the advisory's own id."""
    names = [str(told["id"]), *map(str, told.get("aliases") or ())]
    chosen = next((name for name in names if name.startswith("CVE-")), names[0])
    return chosen if _PLAIN.fullmatch(chosen) else "unnamed"
