"""Whether a confidence means what it says: the reliability plot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, cast

from kg.errors import UsageError
from kg.plot.axis import whole_numbers
from kg.plot.colours import INK, LOOKS, RULE
from kg.plot.figure import Figure, drawn, nothing

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases whose confidence lies in one tenth of the range."""

    n: int
    confidence: float
    """Their mean confidence, 0 to 1."""
    right: float
    """The share of them that is right, 0 to 1."""


def reliability(
    told: Iterable[tuple[float, bool]] | Mapping[str, Any], *, title: str = "Reliability of the confidence"
) -> Figure:
    """The share of cases that are right against their confidence, in ten bins, with the number of cases below.

    On the dashed diagonal a confidence of 0.7 is right in seven of ten cases; below it, it promises too much. Whiskers
    are 95% intervals (Wilson), which take the cases as independent; events of one article are less so. The calibration
    error is the mean distance from the diagonal, weighted by cases.

    Args:
        told: For each case its confidence, 0 to 1, and whether it is right; or the ``reliability`` of a coder from
            ``python -m benchmarks.accuracy --json``, with its ``bins`` of ``n``, ``confidence`` and ``right``.
        title: Above the figure.

    Raises:
        UsageError: A confidence is not from 0 to 1, or the mapping has no bins.
        ModelMissing: matplotlib is not installed.

    >>> reliability([(0.9, True), (0.8, False)]).title
    'Reliability of the confidence'
    """
    bins = _given(told) if isinstance(told, Mapping) else binned(told)

    def paint(canvas: Canvas) -> None:
        if not bins:
            nothing(canvas, "no case")
            return
        shares, counts = canvas.subplots(2, 1, sharex=True, height_ratios=[4, 1])
        shares.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle=(0, (4, 3)), label="as it should be")
        xs, ys = [b.confidence for b in bins], [b.right for b in bins]
        ends = [interval(b.right, b.n) for b in bins]
        whiskers = [
            [max(y - low, 0.0) for y, (low, _) in zip(ys, ends, strict=True)],
            [max(high - y, 0.0) for y, (_, high) in zip(ys, ends, strict=True)],
        ]
        shares.errorbar(
            xs, ys, whiskers, color=LOOKS["cooperation"].colour, marker="o", markersize=4, linewidth=1, elinewidth=0.8,
            capsize=2, label=f"found (calibration error {error_of(bins):.3f})",
        )  # fmt: skip
        shares.set_xlim(0, 1)
        shares.set_ylim(0, 1.02)
        shares.set_ylabel("share that is right")
        shares.legend(loc="upper left")
        counts.bar(xs, [b.n for b in bins], 0.04, color=LOOKS["neutral"].fill, edgecolor=INK, linewidth=0.5)
        counts.set_ylabel("cases")
        counts.set_xlabel("confidence")
        whole_numbers(counts.yaxis)
        for axes in (shares, counts):
            axes.grid(color=RULE, linewidth=0.5)

    return drawn(title, 4.2, paint)


def binned(pairs: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """The cases in ten bins of equal width, without the empty ones.

    Raises:
        UsageError: A confidence is not from 0 to 1.

    >>> binned([(0.9, True), (1, False), (0.3, True)])
    (Bin(n=1, confidence=0.3, right=1.0), Bin(n=2, confidence=0.95, right=0.5))
    """
    kept: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in pairs:
        if not 0 <= confidence <= 1:
            raise UsageError(f"confidence: {confidence} is not one; give a number from 0 to 1, such as 0.7")
        kept[min(BINS - 1, int(confidence * BINS))].append((confidence, bool(right)))
    return tuple(Bin(len(b), sum(c for c, _ in b) / len(b), sum(r for _, r in b) / len(b)) for b in kept if b)


def interval(share: float, n: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share of n cases.

    >>> [round(end, 3) for end in interval(0.5, 10)]
    [0.237, 0.763]
    """
    z = 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def error_of(bins: Iterable[Bin]) -> float:
    """The expected calibration error: the mean distance of share and confidence, weighted by cases."""
    bins = tuple(bins)
    return sum(b.n * abs(b.right - b.confidence) for b in bins) / sum(b.n for b in bins)


def _given(told: Mapping[str, Any]) -> tuple[Bin, ...]:
    try:
        bins = [b for b in cast("list[dict[str, Any]]", told["bins"]) if b["n"]]
        return tuple(Bin(int(b["n"]), float(b["confidence"]), float(b["right"])) for b in bins)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(
            "reliability: no bins of n, confidence and right; give the 'reliability' of one coder from"
            " benchmarks.accuracy --json, or pairs of confidence and right"
        ) from error
