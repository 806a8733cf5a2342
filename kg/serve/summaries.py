"""The summary of what a store has published last, read once for each state."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.layout import SUMMARY
from kg.store.snapshots import current

if TYPE_CHECKING:
    from kg.store.summary import Summary


class Summaries:
    """Reads the summary in the folder of a store's newest snapshot; any thread may ask.

    Args:
        location: The store's folder; one that is not there has no summary.
    """

    def __init__(self, location: str | Path) -> None:
        self._folder = Path(location)
        self._lock = threading.Lock()
        self._kept: tuple[object, Summary] | None = None

    def newest(self) -> Summary | None:
        """The summary; None where the newest state has none."""
        from kg.store.summary import read_summary  # numpy takes a while to import

        home = current(self._folder)
        if home is None:
            return None
        try:
            told = (home / SUMMARY).stat()
        except OSError:
            return None
        # Not the path alone: a backup that is put in the store's place brings snapshots of the same names.
        key = (home, told.st_dev, told.st_ino, told.st_mtime_ns)
        with self._lock:
            if self._kept is None or self._kept[0] != key:
                found = read_summary(home)
                self._kept = None if found is None else (key, found)
            return None if self._kept is None else self._kept[1]
