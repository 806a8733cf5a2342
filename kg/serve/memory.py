"""Keeps the memory of a process of many threads level, where the C library would keep what each thread once took."""

from __future__ import annotations

import ctypes

_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1
"""The numbers of the settings in glibc's ``malloc.h``."""
ARENAS = 2
LARGE_BYTES = 512 * 1024
"""An allocation of so much is mapped on its own and given back when it is freed: bodies of answers, not their parts."""


def give_back() -> bool:
    """Have freed memory go back to the system; whether this C library can be told so, which is glibc.

    By itself glibc gives each of up to eight threads per core an arena of its own, which keeps the most that its thread
    ever needed, and after the first large body that is freed it takes larger ones from there, too. Threads of Python
    take turns, so they lose nothing by sharing. To be called before there are threads.

    >>> give_back() in (True, False)
    True
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    settings = ((_ARENA_MAX, ARENAS), (_MMAP_THRESHOLD, LARGE_BYTES), (_TRIM_THRESHOLD, LARGE_BYTES))
    return bool(sum(mallopt(name, value) for name, value in settings) == len(settings))
