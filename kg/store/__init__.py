"""Where the graph is kept: in memory, in a folder by Oxigraph inside the process, or on a SPARQL 1.1 server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from kg.errors import StoreError, UsageError
from kg.store.layout import refuse_scratch
from kg.store.opening import open_folder, open_memory
from kg.store.protocol import Store

__all__ = ["DEFAULT_LOCATION", "MEMORY", "SPARQL", "STORES", "Store", "open_store"]

DEFAULT_LOCATION = "kg-store"
MEMORY = ":memory:"
SPARQL = "sparql"
"""The location that stands for a SPARQL 1.1 server; a folder of that name is ``./sparql``."""


class Opener(Protocol):
    """Opens the store of one kind at a location."""

    def __call__(self, location: str, *, read_only: bool = False) -> Store: ...


def _open_remote(location: str, *, read_only: bool = False, **urls: str | None) -> Store:
    from kg.store.remote import open_remote  # HTTP takes a while to import, and most stores need none

    return open_remote(location, read_only=read_only, **urls)


STORES: Mapping[str, Opener] = MappingProxyType({"memory": open_memory, "oxigraph": open_folder, SPARQL: _open_remote})
"""Every kind of store with the function that opens it."""


def open_store(
    location: str | Path | None = None,
    *,
    read_only: bool = False,
    query_url: str | None = None,
    update_url: str | None = None,
    graph_store_url: str | None = None,
) -> Store:
    """The store at a location, made if there is none; use it in a ``with`` block.

    Args:
        location: A folder, ``:memory:``, or ``sparql`` for a SPARQL 1.1 server. None stands for the environment
            variable KG_STORE, and without that for the folder ``kg-store`` in the working directory.
        read_only: Open beside other readers; the store must be there.
        query_url: For ``sparql``, where queries go; None: KG_QUERY_URL.
        update_url: For ``sparql``, where updates go; None: KG_UPDATE_URL.
        graph_store_url: For ``sparql``, where whole graphs go, by the Graph Store Protocol; None: KG_GRAPH_STORE_URL.

    Raises:
        StoreBusy: If another process has it open for writing.
        StoreError: If the folder is not a store of this version, it is a scratch store and to be written, or the
            disk or the server refuses.
        UsageError: If an address of a server is missing or wrong, or given for another kind of store.

    >>> with open_store(":memory:") as store:
    ...     store.query("ASK { ?s ?p ?o }").truth
    False
    """
    where = str(location if location is not None else os.environ.get("KG_STORE") or DEFAULT_LOCATION)
    urls = {"query_url": query_url, "update_url": update_url, "graph_store_url": graph_store_url}
    if where == SPARQL:
        return _open_remote(where, read_only=read_only, **urls)
    if given := [name.replace("_", "-") for name, url in urls.items() if url]:
        raise UsageError(f"--{given[0]} is for --store {SPARQL}, but the store is {where}; name one or the other")
    if where.startswith(("http://", "https://")):
        raise StoreError(
            f"{where}: a store is a folder or {MEMORY}; for a server give --store {SPARQL} and its three addresses, "
            "--query-url, --update-url and --graph-store-url"
        )
    if where != MEMORY and not read_only:
        refuse_scratch(Path(where))
    kind = "memory" if where == MEMORY else "oxigraph"
    return STORES[kind](where, read_only=read_only)
