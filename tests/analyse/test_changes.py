"""Where a series changes its level."""

from __future__ import annotations

import random

import pytest

from kg.analyse import segments
from kg.errors import UsageError


def cuts(values: list[float], **options: float) -> list[int]:
    return [s.start for s in segments(values, **options)][1:]  # type: ignore[arg-type]


def test_no_value_has_no_segment_and_one_has_one() -> None:
    assert segments([]) == []
    (only,) = segments([4.0])
    assert (only.start, only.end, only.mean, only.strength) == (0, 1, 4.0, 0.0)


@pytest.mark.parametrize("length", [2, 3, 50])
def test_a_level_series_is_not_cut(length: int) -> None:
    assert cuts([1.5] * length, min_length=1) == []


def test_two_changes_are_found_where_they_are() -> None:
    assert cuts([2.0] * 8 + [-5.0] * 6 + [3.0] * 7) == [8, 14]


def test_no_segment_is_shorter_than_asked() -> None:
    values = [2.0] * 8 + [-9.0] * 4 + [2.0] * 8
    assert cuts(values, min_length=2) == [8, 12]
    found = segments(values, min_length=5, penalty=0.1)
    assert min(s.end - s.start for s in found) >= 5


def test_one_outlier_is_no_change() -> None:
    assert cuts([2.0, 2.5, 2.0, 2.5, -10.0, 2.0, 2.5, 2.0, 2.5, 2.0]) == []


def test_more_penalty_finds_fewer() -> None:
    values = [0.0] * 10 + [1.5] * 10
    assert cuts(values) == [10]
    assert cuts(values, penalty=30) == []


def test_noise_alone_is_seldom_cut_and_a_change_in_it_mostly_found() -> None:
    dice = random.Random(7)
    noise = [[dice.gauss(0, 2) for _ in range(60)] for _ in range(200)]
    assert sum(bool(cuts(values)) for values in noise) <= 10
    shifted = [[v + (2.5 if i >= 30 else -2.5) for i, v in enumerate(values)] for values in noise]
    assert sum(any(abs(cut - 30) <= 1 for cut in cuts(values)) for values in shifted) >= 170


def test_segments_cover_the_series() -> None:
    dice = random.Random(3)
    values = [dice.gauss(i // 10 % 2 * 6, 1) for i in range(95)]
    found = segments(values)
    assert [s.end for s in found[:-1]] == [s.start for s in found[1:]]
    assert (found[0].start, found[-1].end) == (0, 95)
    assert all(s.strength > 1 for s in found[1:])


@pytest.mark.parametrize(
    ("options", "told"),
    [({"min_length": 0}, "min_length: 0 is not a length"), ({"penalty": 0}, "penalty: 0 is not above")],
)
def test_a_wrong_option_is_told(options: dict[str, float], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        segments([1.0, 2.0], **options)  # type: ignore[arg-type]
