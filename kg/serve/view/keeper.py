"""Keeps the index of the newest state of a store: built in a process of its own, while the one before still answers."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import PoolBusy, StoreError
from kg.serve.confine import harmless

if TYPE_CHECKING:
    from kg.serve.view.index import Index

_CODE = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from kg.serve.view.build import main; main()"
_REST = 3
"""After a build of so many seconds, three times as many pass before the next, so that a store that is being
written to does not keep a core busy."""
_LOG = logging.getLogger(__name__)


class Keeper:
    """Gives the index, and has it built anew where the store has a newer state.

    Args:
        location: The store's folder.
        newest: Names the state that is there.
        patience: Seconds to wait for the first index before it is told that it is being built.
    """

    def __init__(self, location: str | Path, newest: Callable[[], object], *, patience: float = 2.0) -> None:
        self._location = str(location)
        self._newest = newest
        self._patience = patience
        self._lock = threading.Lock()
        self._turn = threading.Condition(self._lock)
        self._index: Index | None = None
        self._state: object = None
        self._building: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._trouble = ""
        self._after = 0.0
        self._closed = False

    def index(self) -> Index:
        """The index of the newest state, or of the one before while the newest is being read.

        Raises:
            PoolBusy: The first one is being built; how far it is stands in the message.
            StoreError: The store cannot be read.
        """
        state = self._newest()
        with self._turn:
            if self._closed:
                raise PoolBusy("the service is ending")
            behind = self._index is None or state != self._state
            if behind and self._building is None and time.monotonic() >= self._after:
                self._start(state)
            if self._index is None:
                self._turn.wait_for(lambda: self._building is None, self._patience)
            if self._index is not None:
                return self._index
            if self._building is None:
                raise StoreError(f"{self._location}: {self._trouble}")
            raise PoolBusy(f"the events are being read, {self._progress():.0%} so far; ask again in a moment")

    def close(self) -> None:
        """End a build that runs; a second time does nothing."""
        with self._lock:
            self._closed = True
            building = self._building
        if building is not None:
            building.kill()

    def _start(self, state: object) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="kg-view-"))
        self._building = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _CODE, json.dumps(sys.path), self._location, str(self._folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=harmless(os.environ),
        )
        waiting = (self._building, self._folder, state, time.monotonic())
        threading.Thread(target=self._wait, args=waiting, daemon=True).start()

    def _wait(self, building: subprocess.Popen[bytes], folder: Path, state: object, begun: float) -> None:
        """Take the index over when it is there."""
        index, trouble = None, ""
        try:
            if building.wait() == 0:
                from kg.serve.view.index import open_index

                index = open_index(folder, sha256(f"{state}".encode("utf-8", "replace")).hexdigest()[:16])
            else:
                trouble = _told(folder)
        except (OSError, ValueError) as error:
            trouble = f"what was built cannot be read: {error}"
        finally:
            # What is open stays readable on Linux; so nothing is left behind, however the service ends.
            shutil.rmtree(folder, ignore_errors=True)
            with self._turn:
                self._building, self._trouble = None, trouble
                self._after = time.monotonic() + _REST * (time.monotonic() - begun)
                if index is not None:
                    self._index, self._state = index, state
                self._turn.notify_all()
        if trouble and not self._closed:
            _LOG.warning("the events could not be read: %s", trouble)

    def _progress(self) -> float:
        with contextlib.suppress(OSError, ValueError):
            if self._folder is not None:
                return float((self._folder / "progress").read_text("ascii"))
        return 0.0


def _told(folder: Path) -> str:
    with contextlib.suppress(OSError):
        return (folder / "trouble").read_text("utf-8")
    return "the process that reads its events ended; look at the system's memory"
