"""The summary of what a store has published last, read once for each state."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

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
        self._kept: tuple[Path, Summary] | None = None

    def newest(self) -> Summary | None:
        """The summary; None where the newest state has none."""
        home = current(self._folder)
        if home is None:
            return None
        with self._lock:
            if self._kept is None or self._kept[0] != home:
                from kg.store.summary import read_summary  # numpy takes a while to import

                found = read_summary(home)
                self._kept = None if found is None else (home, found)
            return None if self._kept is None else self._kept[1]
