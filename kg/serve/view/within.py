"""A choice of events by their IRIs, such as those of an answer: told once, and named in the views that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import numpy as np
from starlette.exceptions import HTTPException

from kg.serve.view.columns import digest
from kg.serve.view.index import Index
from kg.serve.view.tally import Array
from kg.serve.view.wanted import Wanted

KEPT = 64
"""Choices that are kept of one state of the store; the one named longest ago is given up first."""


def keep(index: Index, iris: Sequence[str]) -> dict[str, Any]:
    """Keep a choice of events; the same events of one state have the same name.

    Returns:
        ``within``, the name; ``known``, how many of the events there are; ``unknown``, how many there are not.
    """
    places = places_of(index, iris)
    name = blake2b(index.state.encode() + places.tobytes(), digest_size=12).hexdigest()
    index.choices.pop(name, None)
    while len(index.choices) >= KEPT:
        index.choices.pop(next(iter(index.choices)), None)
    index.choices[name] = places
    return {"state": index.state, "within": name, "known": len(places), "unknown": len(set(iris)) - len(places)}


def narrowed(index: Index, wanted: Wanted) -> Wanted:
    """The view with the places of the events that it may show, where it names a choice of them.

    Raises:
        HTTPException: 410, where this choice is not kept, or no longer.
    """
    if not wanted.within:
        return wanted
    places = index.choices.pop(wanted.within, None)
    if places is None:
        told = "within: these events are not kept any more; send them to /api/view/within once more"
        raise HTTPException(410, told, {"Cache-Control": "no-store"})  # else a browser may keep a 410
    index.choices[wanted.within] = places
    return replace(wanted, only=places)


def places_of(index: Index, iris: Sequence[str]) -> Array:
    """The places of the events that have one of these IRIs, in order."""
    told = list(dict.fromkeys(iris))
    # An event is found by its name in the address, which is the end of its IRI or all of it.
    names = [name for iri in told for name in (iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :], iri)]
    digests = np.array([digest(name) for name in names], dtype=np.uint64)
    first = np.searchsorted(index["name_digest"], digests, side="left")
    last = np.searchsorted(index["name_digest"], digests, side="right")
    found = {
        int(at)
        for i in np.flatnonzero(last > first).tolist()
        for at in index["name_event"][first[i] : last[i]]
        if index.has_iri(int(at), told[i // 2])
    }
    return np.array(sorted(found), dtype=np.int32)
