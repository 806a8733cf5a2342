from __future__ import annotations

import random

import pytest

from kg.export.sorting import sorted_lines


@pytest.mark.parametrize("held", [1, 300, 10**9])
def test_lines_are_sorted_and_stand_once_whether_in_memory_or_in_files(held: int) -> None:
    chance = random.Random(5)
    lines = [b"%d \xc3\xa9\x0b\xc2\x85\n" % chance.randrange(400) for _ in range(1_000)]
    pieces = [b"".join(lines[n : n + 9]) for n in range(0, len(lines), 9)]
    assert list(sorted_lines(pieces, held_bytes=held)) == sorted(set(lines))


def test_nothing_gives_nothing() -> None:
    assert list(sorted_lines([])) == list(sorted_lines([b""], held_bytes=0)) == []
