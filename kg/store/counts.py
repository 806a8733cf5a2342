"""The summary of an open store, read once for each state; what numpy is needed for is imported when it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store.disk import Disk
    from kg.store.summary import Summary


class Counts:
    """Finds, reads and makes the summary of what a store holds."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._kept: tuple[Path, Summary] | None = None

    def summary(self) -> Summary | None:
        """The summary of the graph as it is now; None where none is kept."""
        home = self._disk.shown()
        if home is None:
            return None
        if self._kept is None or self._kept[0] != home:
            from kg.store.summary import read_summary

            found = read_summary(home)
            if found is None or self._disk.shown() != home:  # another thread may have written meanwhile
                return None
            self._kept = home, found
        return self._kept[1]

    def summarise(self) -> str | None:
        """Keep the summary of what was published last; why it could not be kept, else None.

        Raises:
            OSError: The disk refuses.
        """
        if self._disk.home is None:
            return None
        from kg.store.summing import summarise

        return summarise(self._disk.home)
