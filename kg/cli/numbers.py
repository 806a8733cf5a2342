"""Numbers that options take: what is none is told together with what would be one."""

from __future__ import annotations

import click


def whole(least: int, most: int | None = None) -> click.IntRange:
    """A whole number from the least to the most, None for no most.

    >>> whole(1, 64).name, whole(1).name
    ('whole number from 1 to 64', 'whole number of 1 or more')
    """
    found = click.IntRange(least, most)
    found.name = f"whole number of {least} or more" if most is None else f"whole number from {least} to {most}"
    return found


def number(least: float, most: float) -> click.FloatRange:
    """A number from the least to the most.

    >>> number(0, 1).name
    'number from 0 to 1'
    """
    found = click.FloatRange(least, most)
    found.name = f"number from {least:g} to {most:g}"
    return found
