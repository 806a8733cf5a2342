"""Where places and capitals lie, as the lexicon knows them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from types import MappingProxyType

Spot = tuple[float, float]
"""Latitude and longitude in degrees, north and east positive."""


@cache
def places() -> MappingProxyType[str, Spot]:
    """Each place's spot by its id in the lexicon, and each state's by that of its capital.

    >>> places()["paris"] == places()["france"]
    True
    """
    found = {row["id"]: (float(row["lat"]), float(row["lon"])) for row in _rows("places/places.csv") if row["lat"]}
    for state in _rows("actors/states.csv"):
        if state["capital"] in found:
            found.setdefault(state["id"], found[state["capital"]])
    return MappingProxyType(found)


@cache
def capitals() -> MappingProxyType[str, Spot]:
    """The spot of each state's capital by the state's ISO 3166-1 alpha-3 code."""
    known = places()
    return MappingProxyType(
        {s["iso3"]: known[s["capital"]] for s in _rows("actors/states.csv") if s["iso3"] and s["capital"] in known}
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("kg.lexicon").joinpath(name).read_text("utf-8")
    yield from csv.DictReader(io.StringIO(text, newline=""))
