"""Colours of a figure with what says the same in grey: hatches, marks and the weight of the tone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.draw.palette import STANCE_COLOURS

INK = "#222222"
RULE = "#d8d8d8"
STANCES = ("cooperation", "neutral", "conflict")


@dataclass(frozen=True, slots=True)
class Look:
    """How a stance looks: as an area, and as a mark."""

    fill: str
    hatch: str
    mark: str
    colour: str


LOOKS: Mapping[str, Look] = {
    "cooperation": Look(STANCE_COLOURS["cooperation"], "", "o", STANCE_COLOURS["cooperation"]),
    # Pale as an area, so that it stands out from the two dark tones in grey.
    "neutral": Look("#d5d6d9", "", "D", STANCE_COLOURS["neutral"]),
    "conflict": Look(STANCE_COLOURS["conflict"], "/////", "s", STANCE_COLOURS["conflict"]),
}


def stance_of_score(score: float) -> str:
    """The stance of a mean PLOVER score, by the same bounds as for an event.

    >>> stance_of_score(2.5), stance_of_score(-1), stance_of_score(-4)
    ('cooperation', 'neutral', 'conflict')
    """
    if -1 <= score <= 0.5:
        return "neutral"
    return "cooperation" if score > 0 else "conflict"


def tone(score: float) -> str:
    """The colour of a score, from orange at -10 over white at 0 to blue at 10.

    >>> tone(10), tone(0), tone(-10)
    ('#00629b', '#ffffff', '#b94700')
    """
    full = STANCE_COLOURS["cooperation" if score > 0 else "conflict"]
    # The square root keeps mild scores from looking like none.
    share = min(abs(score) / 10, 1.0) ** 0.5
    parts = (int(full[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in parts)


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour.

    >>> ink_on("#ffffff"), ink_on("#00629b")
    ('#222222', '#ffffff')
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#ffffff"
