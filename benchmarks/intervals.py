"""How far figures would move with other articles: bootstrap over articles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RESAMPLES, SEED = 1000, 20240515
INSIDE = (2.5, 97.5)
"""The percentiles between which a figure lies in 95% of the resamples."""


def resampled(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Summed counts of the articles drawn anew, with replacement, the same draw for each call of one size.

    Args:
        counts: a row an article.

    Returns:
        A row a resample.
    """
    size = len(counts)
    chosen = np.random.default_rng(SEED).integers(0, size, (RESAMPLES, size))
    return counts[chosen].sum(axis=1)


def rates(counts: NDArray[np.int64]) -> Floats:
    """Precision, recall and F1 of rows of true positives, false positives and misses; 0 where there is none.

    >>> rates(np.array([[2, 2, 0]])).round(3).tolist()
    [[0.5, 1.0, 0.667]]
    """
    tp, fp, fn = counts.astype(np.float64).T
    over = np.stack([tp + fp, tp + fn, 2 * tp + fp + fn], axis=1)
    return np.divide(np.stack([tp, tp, 2 * tp], axis=1), over, out=np.zeros_like(over), where=over > 0)


def with_interval(value: float, drawn: Floats) -> list[float]:
    """A figure with the ends of its 95% interval."""
    low, high = np.percentile(drawn, INSIDE)
    return [round(float(x), 3) for x in (value, low, high)]


def scores(counts: NDArray[np.int64]) -> dict[str, list[float]]:
    """Precision, recall and F1 with their 95% intervals, from counts a row an article."""
    whole, drawn = rates(counts.sum(axis=0, keepdims=True))[0], rates(resampled(counts))
    return {name: with_interval(whole[n], drawn[:, n]) for n, name in enumerate(("P", "R", "F1"))}


def gain(counts: NDArray[np.int64], base: NDArray[np.int64]) -> list[float]:
    """By how much F1 is above that of another coder on the same articles, with its 95% interval."""
    value = rates(counts.sum(axis=0, keepdims=True))[0, 2] - rates(base.sum(axis=0, keepdims=True))[0, 2]
    return with_interval(value, rates(resampled(counts))[:, 2] - rates(resampled(base))[:, 2])
