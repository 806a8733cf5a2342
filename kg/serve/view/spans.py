"""Stretches of one long array that belong to things one after the other."""

from __future__ import annotations

from typing import Any

import numpy as np


def places_of(starts: Any, things: Any) -> Any:
    """The places of what belongs to these things, in order.

    Args:
        starts: Where what belongs to each thing begins; one more than there are things.
        things: Numbers of things.

    >>> places_of(np.array([0, 2, 2, 5]), np.array([0, 2])).tolist()
    [0, 1, 2, 3, 4]
    """
    sizes = starts[things + 1] - starts[things]
    ends = np.cumsum(sizes)
    return np.repeat(starts[things] - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0)


def starts_of(owners: Any, things: int) -> Any:
    """Where what belongs to each thing begins, given whose each is, in order.

    >>> starts_of(np.array([0, 0, 2, 2, 2]), 3).tolist()
    [0, 2, 2, 5]
    """
    return np.searchsorted(owners, np.arange(things + 1)).astype(np.int32)
