"""Which texts have which words: so that a word is looked for among words, of which there are few, not in all texts."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.serve.view.spans import places_of
from kg.serve.view.texts import Texts, read_texts, write_texts

NAME = "lexicon"
WHERE, STARTS = "lexicon_where", "lexicon_starts"
_LONG = 50
"""Words of more texts than this are taken one by one, the others all at once."""

_MANY = 20
"""Where more than one text in so many may have what is looked for, all of them are looked through at once."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of many texts, which are what stands between white space, and which texts have them."""

    words: Texts
    """Each word with a line break after it."""
    where: Any
    """Places of texts, word by word; int32."""
    starts: Any
    """Where those of each word begin; one more than there are words."""

    def having(self, wanted: bytes, texts: Texts) -> Any:
        """Which of the texts have these bytes in them, as ``Texts.having`` finds them.

        Args:
            wanted: What to look for, at least one byte.
            texts: Those that the lexicon was made of.
        """
        found = np.ones(len(texts), dtype=bool)
        parts = wanted.split()
        for part in parts:
            found &= self._of(part, len(texts))
        if parts != [wanted]:  # Words of a text need not stand side by side.
            places = np.flatnonzero(found)
            if len(places) * _MANY > len(texts):
                return texts.having(wanted)
            for at in places.tolist():
                found[at] = texts.has(at, wanted)
        return found

    def _of(self, part: bytes, size: int) -> Any:
        """The texts with a word that has these bytes in it."""
        found = np.zeros(size, dtype=bool)
        words = np.flatnonzero(self.words.having(part))
        long = self.starts[words + 1] - self.starts[words] > _LONG
        for word in words[long].tolist():
            found[self.where[self.starts[word] : self.starts[word + 1]]] = True
        found[self.where[places_of(self.starts, words[~long])]] = True
        return found


def write_lexicon(folder: Path, texts: Iterable[bytes]) -> None:
    """Write the words of texts for ``read_lexicon``."""
    known: dict[bytes, int] = {}
    words, sizes = array("i"), array("i")
    for text in texts:
        own = dict.fromkeys(text.split())
        words.extend([known.setdefault(word, len(known)) for word in own])
        sizes.append(len(own))
    write_texts(folder, NAME, (word + b"\n" for word in known))
    word_of = np.array(words, dtype=np.int32)
    owners = np.repeat(np.arange(len(sizes), dtype=np.int32), np.array(sizes, dtype=np.int32))
    np.save(folder / f"{WHERE}.npy", owners[np.argsort(word_of, kind="stable")])
    counts = np.bincount(word_of, minlength=len(known))
    np.save(folder / f"{STARTS}.npy", np.concatenate(([0], np.cumsum(counts))).astype(np.int64))


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon that ``write_lexicon`` wrote; the files may be removed while it is in use."""
    where = np.load(folder / f"{WHERE}.npy", mmap_mode="r")
    return Lexicon(read_texts(folder, NAME), where, np.load(folder / f"{STARTS}.npy"))
