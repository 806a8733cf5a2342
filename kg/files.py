"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

PART = ".part"
"""Ending of a file that is still being written; its name begins with a dot and the target's name."""


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """Write to a file beside the target, force it to the disk, and move it into the target's place.

    Raises:
        OSError: If the disk refuses; the old file then stands unchanged.
    """
    part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}{PART}")
    try:
        with part.open("xb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Force the folder's entries to the disk; without it a power cut can undo the move."""
    if os.name != "posix":
        return
    try:
        number = os.open(folder, os.O_RDONLY)
    except PermissionError:
        # A folder that takes files but may not be listed; the file is in its place all the same.
        return
    try:
        os.fsync(number)
    finally:
        os.close(number)
