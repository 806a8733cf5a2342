"""A text file that is one article, with optional front matter or a sidecar."""

from __future__ import annotations

from collections.abc import Iterator

from kg.read.decode import decode, read_bytes
from kg.read.front_matter import cut
from kg.read.metadata import to_article
from kg.read.sidecar import read_sidecar
from kg.read.source import MAX_TEXT_CHARS, Found, Item, Source

_FRONT_MATTER_BYTES = 64_000
_MAX_BYTES = 4 * MAX_TEXT_CHARS + _FRONT_MATTER_BYTES
"""No text within the cap needs more: a code point is at most four bytes in UTF-8."""


def read_text(source: Source) -> Iterator[Item]:
    """Give the one article of a text file.

    Front matter is cut off; the rest is the text, exactly as decoded. Where the sidecar and the
    front matter differ, the sidecar holds.

    Raises:
        InputError: The file, its front matter or its sidecar is not what it should be.
    """
    text = decode(read_bytes(source, limit=_MAX_BYTES, chars=MAX_TEXT_CHARS), source.name)
    front, rest = cut(text, source.name)
    fields = front.under(read_sidecar(source.path))
    yield Found(source.name, to_article(fields, rest, default_id=source.stem))
