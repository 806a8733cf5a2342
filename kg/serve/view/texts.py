"""Many texts in one file that is read where it is needed, and how a text is looked for."""

from __future__ import annotations

import mmap
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

META = "meta.json"
"""The file of what is neither a number for each event nor a text."""
_AT_ONCE = 1000
"""Texts that are copied out of the file at once to be searched."""
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in UTF-8 one after the other; ``starts`` has one place more than there are texts."""

    data: bytes | mmap.mmap
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, at: int) -> bytes:
        return self.data[int(self.starts[at]) : int(self.starts[at + 1])]

    def having(self, wanted: bytes) -> npt.NDArray[np.bool_]:
        """Which of them have these bytes in them."""
        found: list[int] = []
        for first in range(0, len(self), _AT_ONCE):
            starts = self.starts[first : first + _AT_ONCE + 1].tolist()
            piece, begin = self.data[starts[0] : starts[-1]], starts[0]  # bytes are searched faster than a map
            at = piece.find(wanted)
            while at >= 0:
                which = bisect_right(starts, at + begin) - 1
                end = starts[which + 1] - begin
                # What runs over the end of one text is in none.
                if at + len(wanted) <= end:
                    found.append(first + which)
                    at = piece.find(wanted, end)
                else:
                    at = piece.find(wanted, at + 1)
        flags = np.zeros(len(self), dtype=bool)
        flags[found] = True
        return flags

    def has(self, at: int, wanted: bytes) -> bool:
        """Whether one of them has these bytes in it."""
        return self.data.find(wanted, int(self.starts[at]), int(self.starts[at + 1])) >= 0


def plain(text: str) -> str:
    """Lower case without accents, as ``plain`` of the page makes it.

    >>> plain("Ülkerié")
    'ulkerie'
    """
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()


def encoded(text: str) -> bytes:
    """UTF-8; lone surrogates, which it has not, as question marks."""
    return text.encode("utf-8", "replace")


def write_texts(folder: Path, name: str, texts: Iterable[bytes]) -> None:
    """Write texts for ``read_texts``."""
    with (folder / f"{name}.bin").open("wb") as file:
        lengths = np.fromiter(_written(file, texts), dtype=np.int64)
    np.save(folder / f"{name}.npy", np.concatenate(([0], np.cumsum(lengths))).astype(np.int64))


def _written(file: Any, texts: Iterable[bytes]) -> Iterator[int]:
    for text in texts:
        file.write(text)
        yield len(text)


def read_texts(folder: Path, name: str) -> Texts:
    """The texts that ``write_texts`` wrote; the file may be removed while they are in use."""
    with (folder / f"{name}.bin").open("rb") as file:
        size = file.seek(0, 2)
        data = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else b""
    return Texts(data, np.load(folder / f"{name}.npy"))
