"""Codes hand-coded articles as a user's are coded, with one of several coders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.scoring import Record
from kg.annotate import annotate
from kg.code.coder import FrameCoder, TrainedCoder
from kg.code.learned.net import FOLDER, Net
from kg.link import link_article
from kg.model import Agreement, Annotated, Event, Link
from kg.resolve import resolve
from training.data import as_article
from training.records import records

Coder = Callable[[Annotated, Sequence[Link]], tuple[tuple[Event, ...], tuple[Agreement, ...]]]


@dataclass(frozen=True, slots=True)
class Read:
    """A hand-coded article, parsed and with its mentions resolved; the coding itself is not looked at."""

    gold: Record
    annotated: Annotated
    links: tuple[Link, ...]


def read_gold(gold: Sequence[dict[str, Any]]) -> list[Read]:
    """Parse hand-coded articles and resolve their mentions."""
    parsed = annotate(map(as_article, gold))
    return [Read(record, annotated, resolve(annotated)) for record, annotated in zip(gold, parsed, strict=True)]


def coded(read: Iterable[Read], coder: Coder) -> list[list[dict[str, Any]]]:
    """The events that a coder finds in each article, as the events export tells them."""
    return [records(link_article(coder(r.annotated, r.links)[0])) for r in read]


CODERS: Mapping[str, Callable[[Path], Coder]] = {
    "frames": lambda _: FrameCoder(),
    "heads": lambda folder: TrainedCoder(Net(folder), structure=False),
    "trained": lambda folder: TrainedCoder(Net(folder)),
}
"""By name: the frames alone, the trained heads alone, and both joined; each made from a folder of weights."""

WEIGHTS = FOLDER
"""The folder of the weights that kg itself reads."""
