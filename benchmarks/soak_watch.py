"""Watches a process and its children: how much memory they keep, and whether it grows."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

_PAGE = os.sysconf("SC_PAGESIZE") if hasattr(os, "sysconf") else 4096


@dataclass(slots=True)
class Memory:
    """Megabytes that stay in memory, sampled once a second: of a server, and of the largest of its workers."""

    pid: int
    times: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    worker: list[float] = field(default_factory=list)

    def watch(self, ended: threading.Event) -> None:
        """Sample until the end."""
        while not ended.wait(1.0):
            mb = resident_mb(self.pid)
            if mb is not None:
                self.times.append(time.monotonic())
                self.server.append(mb)
                self.worker.append(max((resident_mb(pid) or 0.0 for pid in children(self.pid)), default=0.0))


def resident_mb(pid: int) -> float | None:
    """Resident megabytes of a process; None where it has ended or the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6
    except (OSError, IndexError):
        return None


def children(pid: int) -> list[int]:
    """The processes that a process has started and that live."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in task.read_text().split()]
        except OSError:
            continue
    return [child for child in found if resident_mb(child)]


def slope(times: Sequence[float], values: Sequence[float]) -> float:
    """What a value gains in a minute, by least squares; 0 for fewer than two samples.

    >>> slope([0, 60, 120], [100.0, 102.0, 104.0])
    2.0
    """
    if len(times) < 2:
        return 0.0
    middle, level = sum(times) / len(times), sum(values) / len(values)
    spread = sum((t - middle) ** 2 for t in times)
    return 60 * sum((t - middle) * (v - level) for t, v in zip(times, values, strict=True)) / spread


def growth(values: Sequence[float]) -> float:
    """How much more the last fifth is than the second, by their medians; 0 for fewer than ten samples.

    >>> growth([50.0] * 2 + [90.0] * 8)
    0.0
    """
    fifth = len(values) // 5
    return median(values[-fifth:]) - median(values[fifth : 2 * fifth]) if fifth > 1 else 0.0
