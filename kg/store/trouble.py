"""What the disk and the embedded database report, as errors of kg."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import KgError, StoreBusy, StoreError


@contextmanager
def reported(location: str, holder: int | None = None) -> Iterator[None]:
    """Turn errors of the disk and of RocksDB inside the block into StoreError or StoreBusy.

    Args:
        location: The store's folder, named in the message.
        holder: Process that has the store open for writing, where it is known.
    """
    try:
        yield
    except KgError:
        raise
    except (OSError, RuntimeError) as error:
        raise store_error(location, error, holder) from error


def store_error(location: str, error: OSError | RuntimeError, holder: int | None = None) -> StoreError:
    """The error of kg for one of the disk or the database.

    >>> str(store_error("kg-store", OSError("IO error: No space left on device")))
    'kg-store: the disk is full; nothing was lost, free some space and run again'
    """
    text = str(error)
    code = getattr(error, "errno", None)
    if "While lock file" in text or "lock hold by current process" in text:
        who = f"process {holder}" if holder else "another process"
        return StoreBusy(f"{location}: {who} has the store open for writing; close it or wait, then run again")
    if code in (errno.ENOSPC, errno.EDQUOT) or "No space left" in text or "quota exceeded" in text:
        return StoreError(f"{location}: the disk is full; nothing was lost, free some space and run again")
    if code == errno.EROFS or "Read-only file system" in text or "in read-only mode" in text:
        return StoreError(f"{location}: it can only be read here; open it with read_only=True")
    if isinstance(error, PermissionError) or "Permission denied" in text:
        return StoreError(f"{location}: no permission to read and write there; choose another folder with --store")
    if isinstance(error, RuntimeError) or "Corruption" in text:
        return StoreError(f"{location}: the database is damaged ({_first(text)}); build again into a new folder")
    return StoreError(f"{location}: {_first(text)}")


def _first(text: str) -> str:
    return text.strip().splitlines()[0][:200] if text.strip() else "unknown error"
