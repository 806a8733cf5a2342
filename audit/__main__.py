"""Audit the packages that kg depends on, from the files of the project and what is installed; no network is asked.

python -m audit            print a line for each finding; exit code 1 if there is one
python -m audit --update   ask PyPI which locked versions are known to be vulnerable, and keep the answer
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from audit.advisories import affected, from_pypi, read_advisories, update
from audit.imports import dependencies, imported, undeclared
from audit.licences import allowed, stated
from audit.locks import Locked, read_lock

ROOT = Path(__file__).resolve().parents[1]
POLICY = Path(__file__).with_name("policy.toml")


def findings(root: Path = ROOT) -> Iterator[str]:
    """Every finding, one line each."""
    runtime, wrong = read_lock(root / "requirements.lock")
    development, more = read_lock(root / "requirements-dev.lock")
    yield from (*wrong, *more)
    needed, extras = dependencies(root / "pyproject.toml")
    names = {locked.name for locked in runtime}
    yield from (
        f"requirements.lock: {name} of pyproject.toml is missing; run: make lock"
        for name in needed
        if name not in names
    )
    yield from undeclared(imported(root / "kg"), [*needed, *extras])
    yield from _licences(runtime)
    yield from sorted(set(affected((*runtime, *development), read_advisories())))


def _licences(runtime: Sequence[Locked]) -> Iterator[str]:
    """A line for each installed package whose licence is not allowed; those of other systems are not installed."""
    policy = tomllib.loads(POLICY.read_text(encoding="utf-8"))
    for name in sorted({locked.name for locked in runtime}):
        try:
            told = stated(metadata(name))
        except PackageNotFoundError:
            if not any(locked.marker for locked in runtime if locked.name == name):
                yield f"{name}: not installed here, so that its licence is not known; run: make"
            continue
        exception = policy["exceptions"].get(name, {}).get("licence")
        if told != exception and not allowed(told, policy):
            yield f"{name}: licence {told or 'not stated'!r} is not allowed; see audit/policy.toml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of both."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given == ["--update"]:
        locked = {
            (one.name, one.version): one
            for lock in ("requirements.lock", "requirements-dev.lock")
            for one in read_lock(ROOT / lock)[0]
        }
        try:
            new = update(locked.values(), from_pypi, datetime.now(UTC).date())
        except OSError as error:
            print(f"Error: PyPI tells nothing: {error}; audit/advisories.toml stays as it is", file=sys.stderr)
            return 1
        print(f"{len(locked)} versions asked about, {new} new advisories")
        return 0
    if given:
        print(f"{__doc__}\nError: unknown {given[0]!r}", file=sys.stderr)
        return 2
    found = list(findings())
    for line in found:
        print(line)
    print(f"{len(found)} findings" if found else "nothing to find fault with")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
