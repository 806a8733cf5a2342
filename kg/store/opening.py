"""Opens the embedded store: in memory, in a folder for writing, or in a folder beside whoever writes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.disk import FolderDisk, unfinished
from kg.store.embedded import EmbeddedStore
from kg.store.holder import clear_holder, holder_of, told_holder, write_holder
from kg.store.layout import NOTES, RDF, RECORDS, is_scratch, prepare, recognise
from kg.store.records import FolderRecords, MemoryRecords
from kg.store.snapshots import SnapshotRecords, hold
from kg.store.trouble import reported, store_error


def open_memory(location: str, *, read_only: bool = False) -> EmbeddedStore:
    """A new store in memory, gone when the process ends."""
    return EmbeddedStore(ox.Store(), MemoryRecords(), location=location, read_only=read_only)


def open_folder(location: str, *, read_only: bool = False) -> EmbeddedStore:
    """The store in a folder, made if there is none.

    Args:
        location: The folder.
        read_only: Many processes may read at once, also beside the one that writes: they see the state that was
            published last, when the writer flushed, committed or closed. The store must be there.

    Raises:
        StoreBusy: If another process has it open for writing.
        StoreError: If the folder is not a store of this version, or the disk refuses.
    """
    folder = Path(location)
    with reported(location, holder_of(folder)):
        if read_only:
            return _reader(folder, location)
        prepare(folder)
        rdf, disk = open_database(folder)
    return EmbeddedStore(
        rdf,
        FolderRecords(folder / RECORDS),
        location=location,
        notes=FolderRecords(folder / NOTES),
        disk=disk,
        on_close=lambda: clear_holder(folder),
        scratch=is_scratch(folder),
    )


def open_database(folder: Path, *, holder: int | None = None) -> tuple[ox.Store, FolderDisk]:
    """The database of a store for writing, and what lies beside it, made whole where a process was killed.

    Args:
        folder: The store's folder, prepared.
        holder: The process that others are told; None: this one.

    Raises:
        OSError: Another process has it open for writing, or the disk refuses.
    """
    rdf = ox.Store(folder / RDF)
    cut_off = told_holder(folder)
    write_holder(folder, holder)
    return rdf, FolderDisk.opened(folder, rdf, cut_off=cut_off)


def _reader(folder: Path, location: str) -> EmbeddedStore:
    """The newest snapshot, or the database itself of a store that has none and that nobody writes."""
    recognise(folder)
    if held := hold(folder):
        try:
            rdf = ox.Store.read_only(str(held.rdf))
        except BaseException:
            held.close()
            raise
        return EmbeddedStore(
            rdf,
            SnapshotRecords(folder, int(held.path.name)),
            location=location,
            notes=FolderRecords(folder / NOTES),
            disk=FolderDisk(folder, read=held),
            read_only=True,
            on_close=held.close,
            scratch=is_scratch(folder),
        )
    if holder := holder_of(folder):
        raise store_error(location, OSError("While lock file"), holder)
    if unfinished(folder):
        raise StoreError(f"{folder}: a build was cut off within; go on with: kg build SOURCES --store {folder}")
    if not (folder / RDF).is_dir():
        raise StoreError(f"{folder}: the store holds no graph yet; fill it with: kg build seeds/ --store {folder}")
    rdf, kept = ox.Store.read_only(str(folder / RDF)), FolderRecords(folder / RECORDS)
    return EmbeddedStore(
        rdf, kept, location=location, notes=FolderRecords(folder / NOTES), read_only=True, scratch=is_scratch(folder)
    )
