"""What a store keeps beside its database: records that wait, the mark of an unfinished commit, snapshots."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.files import PART, sync_folder, write_whole
from kg.store.commits import MEND
from kg.store.layout import RECORDS, WAITING
from kg.store.records import FolderRecords, MemoryRecords, Records
from kg.store.snapshots import Held, current, link_file, preserve, publish

UNFINISHED = "unfinished"
_SEVERAL = "several steps"
_ONE = "one step"


class Disk(Protocol):
    """The place of a store besides its database."""

    unpublished: bool
    """Whether the database may hold another graph than the newest snapshot."""

    @property
    def home(self) -> Path | None:
        """The store's folder; None for one in memory."""

    @property
    def waiting(self) -> Records:
        """Records of articles that are coded, but not yet in the graph."""

    def changed(self, keys: Collection[str] = ()) -> None:
        """Something is about to change, and among it the records of these keys."""

    def promote(self, keys: Collection[str], records: Records) -> None:
        """Put waiting records into the records' place; they wait on, too."""

    def begin(self, *, several: bool = False) -> None:
        """A commit begins, or turns out to need several steps."""

    def end(self) -> None:
        """The commit has ended."""

    def publish(self, rdf: ox.Store) -> None:
        """Let readers see what there is now, unless nothing changed or a commit is unfinished."""

    def shown(self) -> Path | None:
        """The folder of the snapshot that holds just what the database holds; None where none does."""
        ...


@dataclass(slots=True)
class NoDisk:
    """The place of a store in memory: nothing outlives the process and nobody reads beside it."""

    waiting: Records = field(default_factory=MemoryRecords)
    unpublished: bool = False
    home: None = None

    def changed(self, keys: Collection[str] = ()) -> None: ...

    def promote(self, keys: Collection[str], records: Records) -> None:
        for key in keys:
            if (text := self.waiting.get(key)) is not None:
                records.put(key, text)

    def begin(self, *, several: bool = False) -> None: ...

    def end(self) -> None: ...

    def publish(self, rdf: ox.Store) -> None: ...

    def shown(self) -> Path | None:
        return None


@dataclass(slots=True)
class FolderDisk:
    """The place of a store in a folder, for the one process that writes, or for one that reads a snapshot."""

    folder: Path
    unpublished: bool = False
    """Whether the database may hold another graph than the newest snapshot."""
    read: Held | None = None
    """The snapshot that is read; None for the process that writes."""

    @classmethod
    def opened(cls, folder: Path, rdf: ox.Store, *, cut_off: bool) -> FolderDisk:
        """Take over a folder, and make whole what a killed process left.

        Args:
            folder: The store's folder.
            rdf: Its database, open for writing.
            cut_off: Whether the last process to write did not close the store.
        """
        disk = cls(folder, cut_off or current(folder) is None or unfinished(folder))
        if disk._told() == _SEVERAL:
            rdf.update(MEND)
        disk.publish(rdf)
        return disk

    @property
    def home(self) -> Path:
        return self.folder

    @property
    def waiting(self) -> Records:
        return FolderRecords(self.folder / WAITING)

    def changed(self, keys: Collection[str] = ()) -> None:
        self.unpublished = True
        if keys:
            preserve(self.folder, keys)

    def promote(self, keys: Collection[str], records: Records) -> None:  # noqa: ARG002
        if not keys:
            return
        self.changed(keys)
        home = self.folder / RECORDS
        home.mkdir(exist_ok=True)
        for key in keys:
            part = home / f".{key}{PART}"
            part.unlink(missing_ok=True)
            link_file(self.folder / WAITING / f"{key}.json", part)
            part.replace(home / f"{key}.json")
            part.unlink(missing_ok=True)  # a second name of the file that is there already is not moved
        sync_folder(home)

    def begin(self, *, several: bool = False) -> None:
        if self._told() != _SEVERAL:
            write_whole(self.folder / UNFINISHED, [(_SEVERAL if several else _ONE).encode("ascii")])

    def end(self) -> None:
        (self.folder / UNFINISHED).unlink(missing_ok=True)

    def publish(self, rdf: ox.Store, *, same_union: bool = False) -> None:
        if self.unpublished and self._told() is None:
            publish(self.folder, rdf, same_union=same_union)
            self.unpublished = False

    def shown(self) -> Path | None:
        if self.read is not None:
            return self.read.path if self.read.in_place else None
        return None if self.unpublished or unfinished(self.folder) else current(self.folder)

    def _told(self) -> str | None:
        try:
            return (self.folder / UNFINISHED).read_text(encoding="ascii")
        except FileNotFoundError:
            return None


def unfinished(folder: Path) -> bool:
    """Whether a commit has begun that has not ended: its process is at it, or was killed."""
    return os.path.lexists(folder / UNFINISHED)
