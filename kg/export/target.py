"""Where an export goes: bytes, a stream, or a file that is whole or not there at all."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from kg.errors import ExportError
from kg.files import write_whole


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write all the pieces to a file beside the target, then put it in the target's place.

    Raises:
        ExportError: The folder is missing, or the disk refuses or is full; the target is then as before.
    """
    target = path.resolve()
    if target.is_dir():
        raise ExportError(f"{path}: this is a folder; name a file in it")
    if not target.parent.is_dir():
        raise ExportError(f"{path}: there is no folder {path.parent}; make it first")
    try:
        if target.exists() and not target.is_file():
            # A pipe or a device is written to; renaming over it would take it away.
            with target.open("wb") as stream:
                stream.writelines(pieces)
            return
        write_whole(target, pieces)
    except OSError as error:
        raise ExportError(f"{path}: {worded(error)}; nothing was written") from error


def write_stream(stream: BinaryIO, pieces: Iterable[bytes]) -> None:
    """Write the pieces to an open stream as they come.

    Raises:
        ExportError: The stream refuses; a closed pipe stays a BrokenPipeError.
    """
    try:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"{getattr(stream, 'name', 'output')}: {worded(error)}") from error


def standard_output() -> BinaryIO:
    """The stream that ``-`` stands for."""
    return sys.stdout.buffer


def worded(error: OSError) -> str:
    """The operating system's refusal in few words.

    >>> worded(OSError(28, "No space left on device"))
    'the disk is full'
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "no permission to write there"
    if error.errno == errno.EROFS:
        return "it can only be read there"
    return (error.strerror or str(error)).lower()
