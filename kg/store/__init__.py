"""Where the graph is kept: in memory, or in a folder by Oxigraph inside the process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from kg.errors import StoreError
from kg.store.embedded import open_folder, open_memory
from kg.store.protocol import Store

__all__ = ["DEFAULT_LOCATION", "MEMORY", "STORES", "Store", "open_store"]

DEFAULT_LOCATION = "kg-store"
MEMORY = ":memory:"


class Opener(Protocol):
    """Opens the store of one kind at a location."""

    def __call__(self, location: str, *, read_only: bool = False) -> Store: ...


STORES: Mapping[str, Opener] = MappingProxyType({"memory": open_memory, "oxigraph": open_folder})
"""Every kind of store with the function that opens it."""


def open_store(location: str | Path | None = None, *, read_only: bool = False) -> Store:
    """The store at a location, made if there is none; use it in a ``with`` block.

    Args:
        location: A folder, or ``:memory:``. None stands for the environment variable KG_STORE,
            and without that for the folder ``kg-store`` in the working directory.
        read_only: Open beside other readers; the store must be there.

    Raises:
        StoreBusy: If another process has it open for writing.
        StoreError: If the folder is not a store of this version, or the disk refuses.

    >>> with open_store(":memory:") as store:
    ...     store.query("ASK { ?s ?p ?o }").truth
    False
    """
    where = str(location if location is not None else os.environ.get("KG_STORE") or DEFAULT_LOCATION)
    if where.startswith(("http://", "https://")):
        raise StoreError(f"{where}: a store is a folder or {MEMORY}; known kinds: {', '.join(STORES)}")
    kind = "memory" if where == MEMORY else "oxigraph"
    return STORES[kind](where, read_only=read_only)
