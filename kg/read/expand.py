"""Files, folders and globs to the files that are read, each once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from glob import escape, glob, has_magic
from pathlib import Path
from typing import TypeAlias

from kg.errors import InputError, Skipped
from kg.read.readers import READERS, known_readers
from kg.read.sidecar import SUFFIX as SIDECAR
from kg.read.source import STDIN, Source, shown, unreadable

Report: TypeAlias = Callable[[InputError], None]

_ABOUT = frozenset({"README", "LICENSE", "LICENCE", "NOTICE", "CHANGELOG", "CONTRIBUTING"})
"""Names of files that tell of their folder and are no articles."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def expand(sources: Iterable[str | Path] | str | Path, *, on_problem: Report | None = None) -> Iterator[Path]:
    """Give the files that the sources stand for, in order and each once; ``-`` is standard input.

    Folders are walked to their depth, sorted by name, and give files of known suffixes; hidden
    files, and those such as README that tell of the folder, are left out. The files are not opened.

    Args:
        sources: Files, folders, globs (``**`` goes into folders) or ``-``.
        on_problem: Takes each problem, and the rest is read; None raises the first.

    Raises:
        InputError: A source is missing, of an unknown kind, or holds nothing to read.
    """
    known = known_readers()
    seen: set[Path] = set()
    for source in [sources] if isinstance(sources, (str, Path)) else sources:
        for item in _one(source, known):
            if isinstance(item, InputError):
                report(item, on_problem)
            elif (real := item if item == STDIN else item.resolve()) not in seen:
                seen.add(real)
                yield item


def report(problem: InputError, on_problem: Report | None) -> None:
    """Hand the problem on, or raise it where nobody takes it; a mere notice is never raised.

    Raises:
        InputError: ``on_problem`` is None and the problem is more than a notice.
    """
    if on_problem is not None:
        on_problem(problem)
    elif not isinstance(problem, Skipped):
        raise problem


def _one(source: str | Path, known: Collection[str]) -> Iterator[Path | InputError]:
    text = str(source)
    if text == "-":
        yield STDIN
    elif isinstance(source, str) and _URL.match(text):
        yield InputError(f"{shown(text)}: a URL, and kg opens no network connection; save the page and give its file")
    elif not text:
        yield InputError("'': an empty name; give a file, a folder, a glob or -")
    else:
        yield from _path(Path(source), text, known)


def _path(path: Path, text: str, known: Collection[str]) -> Iterator[Path | InputError]:
    name = Source(path).name
    try:
        path.stat()
    except FileNotFoundError as error:
        if has_magic(text):
            yield from _glob(text, name, known)
        else:
            yield unreadable(name, error)
    except OSError as error:
        yield unreadable(name, error)
    except ValueError:
        yield InputError(f"{name}: no file can have this name; check the path")
    else:
        yield from _folder(path, name, known) if path.is_dir() else _file(path, name, known)


def _file(path: Path, name: str, known: Collection[str]) -> Iterator[Path | InputError]:
    if path.suffix.lower() in known:
        if _about(path):
            yield Skipped(f"{name}: left out, as it tells of its folder; rename it if it is an article")
        else:
            yield path
    elif not _is_sidecar(path):
        kinds = ", ".join(sorted(known))
        suffix = f"the suffix {path.suffix!r}" if path.suffix else "a name without suffix"
        yield InputError(f"{name}: {suffix} is not one that kg reads; known: {kinds}")


def _is_sidecar(path: Path) -> bool:
    """Whether it holds the metadata of a file beside it, and so is read with that file."""
    beside = path.parent.glob(f"{escape(path.stem)}.*") if path.suffix == SIDECAR else ()
    return any(other.suffix.lower() in READERS for other in beside)


def _folder(path: Path, name: str, known: Collection[str]) -> Iterator[Path | InputError]:
    empty = True
    for item in _walk(path, known):
        empty = False
        yield item
    if empty:
        yield InputError(f"{name}: no article in the folder; known: {', '.join(sorted(known))}")


def _walk(top: Path, known: Collection[str]) -> Iterator[Path | InputError]:
    seen: set[Path] = set()
    stack = [top]
    while stack:
        path = stack.pop()
        if not path.is_dir():
            yield path
            continue
        # A folder that a symbolic link reaches a second time is not entered again: no loops.
        real = path.resolve()
        if real in seen:
            continue
        seen.add(real)
        try:
            inside = sorted(path.iterdir(), key=lambda child: child.name, reverse=True)
        except OSError as error:
            yield unreadable(Source(path).name, error)
            continue
        stack.extend(child for child in inside if _wanted(child, known))


def _wanted(path: Path, known: Collection[str]) -> bool:
    if path.name.startswith("."):
        return False
    return path.is_dir() or (path.suffix.lower() in known and path.is_file() and not _about(path))


def _about(path: Path) -> bool:
    return path.stem.upper() in _ABOUT


def _glob(pattern: str, name: str, known: Collection[str]) -> Iterator[Path | InputError]:
    hits = sorted(glob(pattern, recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
    found = [item for hit in hits for item in _hit(Path(hit), known)]
    if not found:
        yield InputError(f"{name}: matches no file that kg reads; known: {', '.join(sorted(known))}")
    yield from found


def _hit(path: Path, known: Collection[str]) -> Iterator[Path | InputError]:
    if _wanted(path, known):
        yield from _walk(path, known)
