"""Which process has a store open for writing, told in a small file beside the database."""

from __future__ import annotations

import json
import os
from pathlib import Path

NAME = "holder"


def write_holder(folder: Path, pid: int | None = None) -> None:
    """Say that this process holds the store, or the one it works for; call it only when the database's lock is held."""
    pid = os.getpid() if pid is None else pid
    told = {"pid": pid, "started": _started(pid)}
    (folder / NAME).write_text(json.dumps(told), encoding="ascii")


def clear_holder(folder: Path) -> None:
    """Take the word back."""
    (folder / NAME).unlink(missing_ok=True)


def told_holder(folder: Path) -> bool:
    """Whether the last process to write left its word: it is still there, or ended without closing the store."""
    return (folder / NAME).exists()


def holder_of(folder: Path) -> int | None:
    """The process that holds the store; None where nobody does, or the one that did has ended.

    A process id alone would not do: ids are given out anew, in a container mostly the same one, so the
    time at which the process started is compared too where the system tells it.
    """
    try:
        told = json.loads((folder / NAME).read_text(encoding="ascii"))
        pid, started = int(told["pid"]), told["started"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not _alive(pid):
        return None
    return pid if started is None or _started(pid) in (None, started) else None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return pid > 0


def _started(pid: int) -> int | None:
    """When the process started, in the system's own ticks; None where /proc is not there."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return int(stat.rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return None
