"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    """Write ASCII text to a file beside the target, force it to the disk, and move it into place.

    Raises:
        OSError: If the disk refuses; the old file then stands unchanged.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="ascii", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Force the folder's entries to the disk; without it a power cut can undo the move."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
