"""A progress bar for work that takes long, where somebody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(what: str, total: int | None, *, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """A function that takes how much was done since the last call; None where no terminal shows the bar.

    Args:
        what: What is counted, in the plural.
        total: How many there are; None where nobody knows.
        quiet: Whether the user wants no bar.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(total=total, desc=what, unit="", file=sys.stderr, leave=False, dynamic_ncols=True) as bar:

        def advance(number: int) -> None:
            bar.update(number)

        yield advance
