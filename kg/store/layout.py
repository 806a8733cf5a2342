"""The folder of a store on disk: what lies in it, and how it is recognised.

::

    kg-store/
    ├── layout.json      the version of this layout, and whether the store is a scratch one
    ├── holder           process that has it open for writing
    ├── rdf/             the graph, in RocksDB
    ├── records/         one JSON file an article
    ├── notes/           what a user decided, such as links.json
    ├── waiting/         records of articles that are coded, but not yet in the graph
    ├── unfinished       a commit has begun that has not ended
    └── snapshots/       published states, for readers
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from kg.errors import StoreError
from kg.files import PART, write_whole

VERSION = 1
RDF = "rdf"
RECORDS = "records"
NOTES = "notes"
SUMMARY = "summary"
WAITING = "waiting"
DERIVED = "written"
"""The note that tells what the graphs were made from; a copy does without, and is then compared in full."""
LAYOUT = "layout.json"
_UNFINISHED = rf"\.{re.escape(LAYOUT)}\..*{re.escape(PART)}"


def prepare(folder: Path, *, scratch: bool = False) -> None:
    """Make a new store's folder, or see that the one there is a store of this version.

    Args:
        folder: Where it is.
        scratch: Make a new one a scratch store, which updates write freely and no article is built into.

    Raises:
        StoreError: If something else is in the way.
        OSError: If the disk refuses.
    """
    if folder.is_dir() and (folder / LAYOUT).exists():
        recognise(folder)
        return
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: a file is in the way; a store is a folder")
    if folder.is_dir() and (strange := _strangers(folder)):
        raise StoreError(f"{folder}: not a store, it holds {strange!r}; name a new or an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    told = {"layout": VERSION, **({"scratch": True} if scratch else {})}
    write_whole(folder / LAYOUT, [json.dumps(told).encode("ascii")])


def recognise(folder: Path) -> None:
    """See that a store of this version lies there.

    Raises:
        StoreError: If none does, or one of another version.
        OSError: If the disk refuses.
    """
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: a file is in the way; a store is a folder")
    if not (folder / LAYOUT).is_file():
        raise StoreError(f"{folder}: no store there; make one with: kg build seeds/ --store {folder}")
    try:
        version = json.loads((folder / LAYOUT).read_text(encoding="ascii"))["layout"]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{folder / LAYOUT}: not the layout of a store; {_anew(folder)}") from error
    if version != VERSION:
        fix = (
            "install the newer kg with: pip install --upgrade dekg"
            if isinstance(version, int) and version > VERSION
            else _anew(folder)
        )
        raise StoreError(f"{folder}: a store of layout {version!r}, this kg reads layout {VERSION}; {fix}")


def is_scratch(folder: Path) -> bool:
    """Whether the store there is one that updates write freely; its graphs are nobody's news."""
    try:
        return json.loads((folder / LAYOUT).read_text(encoding="ascii")).get("scratch") is True
    except (OSError, ValueError, AttributeError):
        return False


def refuse_scratch(folder: Path) -> None:
    """See that articles may be built into the store there.

    Raises:
        StoreError: It is a scratch store.
    """
    if is_scratch(folder):
        raise StoreError(f"{folder}: a scratch store, which updates write freely; build articles into another folder")


def _anew(folder: Path) -> str:
    return f"build it anew from its sources with: kg build SOURCES --store {folder.with_name(folder.name + '-new')}"


def _strangers(folder: Path) -> str | None:
    """The first entry that a store cut off while it was being made would not have left."""
    names = sorted(p.name for p in folder.iterdir() if not re.fullmatch(_UNFINISHED, p.name))
    return names[0] if names else None
