"""Keeps the products of matrices on one thread."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """While it holds, NumPy multiplies matrices on one thread of the processor.

    The heads' matrices are small: threads would wait for each other longer than they work, most of all where several
    processes share the cores; and the same sums in the same order give the same bytes.

    >>> with one_thread():
    ...     pass
    """
    limited: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limited


@cache
def _controller() -> ThreadpoolController:
    """Looks up the libraries of the process, once; NumPy is among them when this module's users have loaded it."""
    return ThreadpoolController()
