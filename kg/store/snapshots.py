"""Published states of a store, which readers open while a process writes.

::

    kg-store/snapshots/
    ├── current          number of the newest
    └── 000012/
        ├── lock         readers hold it shared; what is held is not taken away
        ├── rdf/         the graph, in hard links to the database's own files
        ├── summary      what counts need of that graph, if it was counted
        └── records/     records that were replaced or dropped since, as they were

A record is a file that never changes: it is replaced or dropped as a whole. So a snapshot needs no copy of the
records; before one changes, the newest snapshot takes a link to it. A reader takes the oldest link among its own
snapshot and the later ones, and the store's record where there is none.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.files import sync_folder, write_whole
from kg.store.layout import RDF, RECORDS, SUMMARY
from kg.store.records import FolderRecords

FOLDER = "snapshots"
KEPT = 2
"""How many snapshots stay, besides those that a reader holds."""
_CURRENT = "current"
_LOCK = "lock"


@dataclass(slots=True)
class Held:
    """A snapshot that is not taken away before ``close``, or before the process ends."""

    path: Path
    """Folder of the snapshot."""
    lock: int
    """Open file that bears the lock."""

    @property
    def rdf(self) -> Path:
        """Folder of its database."""
        return self.path / RDF

    @property
    def in_place(self) -> bool:
        """Whether it still lies there; a backup that is put in the store's place brings snapshots of the same names."""
        try:
            return self.lock >= 0 and os.path.samestat(os.fstat(self.lock), (self.path / _LOCK).stat())
        except OSError:
            return False

    def close(self) -> None:
        """Let go of it; a second time does nothing."""
        if self.lock >= 0:
            os.close(self.lock)
            self.lock = -1


def publish(folder: Path, rdf: ox.Store, *, same_union: bool = False) -> Path:
    """Make what the store holds now the current snapshot, and take old ones away.

    Only the process that has the store open for writing may call it, between two changes.

    Args:
        folder: The store's folder.
        rdf: Its database.
        same_union: The default graph is that of the current snapshot, whose summary is then handed on.

    Returns:
        The folder of the snapshot.

    Raises:
        OSError: If the disk refuses; the earlier snapshot then stays current.
    """
    home = folder / FOLDER
    home.mkdir(exist_ok=True)
    number = max(_numbers(home), default=0) + 1
    target, part = home / f"{number:06}", home / f".{number:06}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    rdf.backup(str(part / RDF))
    (part / _LOCK).touch()
    if same_union and (older := current(folder)) is not None:
        # Where it has none, the new one has none: counting anew is left to who has the time.
        with suppress(FileNotFoundError):
            link_file(older / SUMMARY, part / SUMMARY)
    part.rename(target)
    sync_folder(home)
    write_whole(home / _CURRENT, [f"{number}\n".encode("ascii")])
    prune(folder)
    return target


def current(folder: Path) -> Path | None:
    """The folder of the newest snapshot; None where there is none. Its database is in ``rdf`` inside it.

    The path changes with each new snapshot, so that comparing two answers tells whether there is a newer one.
    Use ``hold`` to read it, which keeps it from being taken away.
    """
    try:
        number = int((folder / FOLDER / _CURRENT).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    path = folder / FOLDER / f"{number:06}"
    return path if path.is_dir() else None


def hold(folder: Path) -> Held | None:
    """The newest snapshot, kept from being taken away; None where there is none."""
    while (path := current(folder)) is not None:
        try:
            lock = os.open(path / _LOCK, os.O_RDONLY)
        except FileNotFoundError:
            continue  # a newer one was published and this one taken away, between the two lines
        _locked(lock, shared=True)
        if (path / _LOCK).exists():
            return Held(path, lock)
        os.close(lock)
    return None


def prune(folder: Path, kept: int = KEPT) -> None:
    """Take away all but the newest snapshots and those that a reader holds, and what a killed process left."""
    home = folder / FOLDER
    for left in home.glob(".*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
    numbers = _numbers(home)
    for number in numbers[:-kept]:
        _take_away(home, number)


def _take_away(home: Path, number: int) -> None:
    path = home / f"{number:06}"
    try:
        lock = os.open(path / _LOCK, os.O_RDONLY)
    except FileNotFoundError:
        lock = -1
    try:
        if lock >= 0 and not _locked(lock, shared=False):
            return
        older = [n for n in _numbers(home) if n < number]
        if older:
            # A reader of an older snapshot still needs the records as they were at that time.
            _hand_down(path / RECORDS, home / f"{older[-1]:06}" / RECORDS)
        gone = home / f".{number:06}.gone"
        path.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
    finally:
        if lock >= 0:
            os.close(lock)


def _hand_down(records: Path, older: Path) -> None:
    for file in records.glob("[!.]*.json"):
        older.mkdir(exist_ok=True)
        if not (older / file.name).exists():
            link_file(file, older / file.name)


def preserve(folder: Path, keys: Iterable[str]) -> None:
    """Let the newest snapshot keep these records as they are; call it before they are replaced or dropped."""
    path = current(folder)
    if path is None:
        return
    home = path / RECORDS
    home.mkdir(exist_ok=True)
    for key in keys:
        record, target = folder / RECORDS / f"{key}.json", home / f"{key}.json"
        if not target.exists() and record.exists():
            link_file(record, target)
    sync_folder(home)


@dataclass(frozen=True, slots=True)
class SnapshotRecords:
    """The records as they were when a snapshot was published; nothing can be put or dropped."""

    folder: Path
    """The store's folder."""
    number: int

    def get(self, key: str) -> str | None:
        # The store's own comes first: a writer links what it is about to replace, so what was read before a link
        # is looked for and not found is as it was. From new to old, as links are handed down to older ones.
        found = FolderRecords(self.folder / RECORDS).get(key)
        for home in reversed(self._later()):
            older = FolderRecords(home).get(key)
            found = found if older is None else older
        return found

    def names(self) -> tuple[str, ...]:
        homes = (self.folder / RECORDS, *reversed(self._later()))
        return tuple(sorted({name for home in homes for name in FolderRecords(home).names()}))

    def _later(self) -> list[Path]:
        home = self.folder / FOLDER
        return [home / f"{n:06}" / RECORDS for n in _numbers(home) if n >= self.number]

    def put(self, key: str, text: str) -> None:
        raise PermissionError(f"{key}: {len(text)} characters for a snapshot")

    def drop(self, key: str) -> None:
        raise PermissionError(f"{key}: of a snapshot")


def link_file(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where the file system has no hard links."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def _numbers(home: Path) -> list[int]:
    with suppress(FileNotFoundError):
        return sorted(int(p.name) for p in home.iterdir() if p.name.isdecimal())
    return []


def _locked(lock: int, *, shared: bool) -> bool:
    """Lock an open file, waiting for it only where it is to be shared; whether it could be."""
    try:
        import fcntl
    except ImportError:  # no such locks on Windows, where what is open cannot be taken away
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_SH if shared else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return shared  # a file system without locks: nothing is taken away
    return True
