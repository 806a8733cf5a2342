"""What every reader owes any bytes."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.read import READERS, Found, Source


def check(suffix: str, data: bytes, folder: Path) -> None:
    """Read a file; each item is an article with a text, or a problem of one line."""
    path = folder / f"fuzz{suffix}"
    path.write_bytes(data)
    try:
        items = list(READERS[suffix](Source(path)))
    except InputError as error:
        items = [error]
    assert items
    for item in items:
        assert isinstance(item, (Found, InputError))
        assert item.article.text.strip() if isinstance(item, Found) else "\n" not in str(item)
