"""A whole store copied away, put back and tidied."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreBusy, StoreError
from kg.files import PART, sync_folder, write_whole
from kg.store.disk import unfinished
from kg.store.holder import holder_of
from kg.store.layout import DERIVED, LAYOUT, NOTES, RDF, RECORDS, WAITING, recognise
from kg.store.opening import open_folder
from kg.store.records import FolderRecords
from kg.store.snapshots import Held, SnapshotRecords, hold, prune
from kg.store.trouble import reported


@dataclass(frozen=True, slots=True)
class Compacted:
    """What a store took before and after it was tidied."""

    bytes_before: int
    bytes_after: int
    dropped: int
    """Records without a graph and files of writings that were cut off."""
    uncounted: str | None = None
    """Why no summary of counts is kept: what in the graph has no place in it; None where one is kept."""


def backup(folder: Path, target: Path) -> int:
    """Copy a store as it was published last; a process may write to it meanwhile.

    The copy is a store itself: graph, records, notes, and records that wait. It is there whole or not at all.

    Args:
        folder: The store's folder.
        target: Where the copy is to be: a path that is not there yet, or an empty folder.

    Returns:
        The size of the copy in bytes.

    Raises:
        StoreError: The folder is no store, the target is in use, or the disk refuses.
    """
    with reported(str(target)):
        recognise(folder)
        _see_free(target)
        held = hold(folder)
        if held is None:
            open_folder(str(folder)).close()  # publishes what there is
            held = hold(folder)
        if held is None:
            raise StoreError(f"{folder}: it has no snapshot, as a build was cut off; finish it with: kg build SOURCES")
        part = _beside(target)
        try:
            _copy(folder, held, part)
            _move(part, target)
        finally:
            held.close()
            shutil.rmtree(part, ignore_errors=True)
    return size_bytes(target)


def restore(source: Path, folder: Path, *, force: bool = False) -> None:
    """Make a store of a backup; it is opened once, to see that it is whole, before it takes its place.

    Args:
        source: A backup, which stays as it is.
        folder: Where the store is to be: a path that is not there yet, or an empty folder.
        force: Put it in the place of the store that is there, which is then lost.

    Raises:
        StoreBusy: A process has the store that would be lost open for writing.
        StoreError: The source is no backup of this layout or damaged, the folder is in use, or the disk refuses.
    """
    with reported(str(folder)):
        recognise(source)
        if holder := holder_of(folder):
            raise StoreBusy(f"{folder}: process {holder} has the store open for writing; close it, then run again")
        there = (folder / LAYOUT).is_file()
        if not (there and force):
            _see_free(folder, hint="; --force puts the backup in its place" if there else "")
        part = _beside(folder)
        try:
            for name in (RECORDS, NOTES, WAITING):
                if (source / name).is_dir():
                    shutil.copytree(source / name, part / name)
            shutil.copytree(source / RDF, part / RDF)
            shutil.copyfile(source / LAYOUT, part / LAYOUT)
            _sync(part)
            with open_folder(str(part)) as store:
                store.summarise()
            if there:
                old = _beside(folder)
                folder.rename(old)
                part.rename(folder)
                shutil.rmtree(old, ignore_errors=True)
            else:
                _move(part, folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def compact(folder: Path) -> Compacted:
    """Merge the database's files, drop what no article needs, and keep a summary for counts.

    Raises:
        StoreBusy: Another process has the store open for writing.
        StoreError: The folder is no store of this version, or the disk refuses.
    """
    with reported(str(folder)):
        recognise(folder)
        before = size_bytes(folder)
        with open_folder(str(folder)) as store:
            dropped = 0
            if not unfinished(folder):
                known = set(store.record_keys())
                orphans = [key for key in FolderRecords(folder / RECORDS).names() if key not in known]
                for key in orphans:
                    store.drop_record(key)
                dropped = len(orphans)
            dropped += _drop_parts(folder)
            store.optimize()
            uncounted = store.summarise()
        prune(folder, kept=1)
    return Compacted(before, size_bytes(folder), dropped, uncounted)


def size_bytes(folder: Path) -> int:
    """What a folder takes on the disk: a file with several names counts once."""
    sizes: dict[tuple[int, int], int] = {}
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                told = os.lstat(os.path.join(path, name))  # noqa: PTH118 (a hundred thousand files)
            except FileNotFoundError:
                continue  # a writer beside took it away
            sizes[told.st_dev, told.st_ino] = told.st_size
    return sum(sizes.values())


def _copy(folder: Path, held: Held, part: Path) -> None:
    shutil.copytree(held.rdf, part / RDF)
    for name, shelf in (
        (RECORDS, SnapshotRecords(folder, int(held.path.name))),
        (NOTES, FolderRecords(folder / NOTES)),
        (WAITING, FolderRecords(folder / WAITING)),
    ):
        (part / name).mkdir()
        for key in shelf.names():
            text = shelf.get(key)
            if text is not None and (name, key) != (NOTES, DERIVED):
                (part / name / f"{key}.json").write_text(text, encoding="ascii")
    write_whole(part / LAYOUT, [(folder / LAYOUT).read_bytes()])
    _sync(part)


def _see_free(target: Path, hint: str = "") -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise StoreError(f"{target}: a file is in the way; name a new or an empty folder")
    if target.is_dir() and any(target.iterdir()):
        raise StoreError(f"{target}: there is something in it already; name a new or an empty folder{hint}")


def _beside(target: Path) -> Path:
    """A new folder beside the target, so that it can be moved into its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.resolve().with_name(f".{target.resolve().name[:100]}.{secrets.token_hex(4)}{PART}")
    part.mkdir()
    return part


def _move(part: Path, target: Path) -> None:
    part.replace(target)  # over an empty folder, too
    sync_folder(target.resolve().parent)


def _sync(folder: Path) -> None:
    """Force all files below to the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            number = os.open(path, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)


def _drop_parts(folder: Path) -> int:
    """Take away files that a killed process was writing; only the writer may."""
    homes = (folder, *(folder / name for name in (RECORDS, NOTES, WAITING)))
    parts = [path for home in homes for path in home.glob(f".*{PART}") if path.is_file()]
    for path in parts:
        path.unlink(missing_ok=True)
    return len(parts)
