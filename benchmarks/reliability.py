"""Whether a confidence of 0.7 means right in seven of ten cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

BINS = 10


def reliability(pairs: Iterable[tuple[float, bool]]) -> dict[str, Any]:
    """Ten bins of confidence, each with its mean confidence and share right, and the expected calibration error.

    Args:
        pairs: for each event its confidence, 0 to 1, and whether it is right.

    Returns:
        ``bins`` with ``from``, ``to``, ``n``, ``confidence`` and ``right`` (None where empty), and ``error``: the mean
        distance of share and confidence over the bins, weighted by their events; None without any.

    >>> reliability([(0.9, True), (0.92, False)])["error"]
    0.41
    """
    kept: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in pairs:
        kept[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    total = sum(map(len, kept))
    bins: list[dict[str, Any]] = []
    error = 0.0
    for n, inside in enumerate(kept):
        size = len(inside)
        sure = sum(c for c, _ in inside) / size if size else None
        share = sum(r for _, r in inside) / size if size else None
        if sure is not None and share is not None:
            error += size / total * abs(share - sure)
        bins.append(
            {"from": n / BINS, "to": (n + 1) / BINS, "n": size, "confidence": _short(sure), "right": _short(share)}
        )
    return {"bins": bins, "error": round(error, 3) if total else None}


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
