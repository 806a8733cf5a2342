"""Numbers as digits or words, with what they are worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.annotate.patterns import BLANK, NUMBER_START, alternatives, plain
from kg.lexicon.wordlists import words


@dataclass(frozen=True, slots=True)
class Number:
    """A number's place and worth; ``sign`` is the currency sign in front of it, if any."""

    start: int
    end: int
    value: float
    form: str
    """digits, words, vague ("dozens") or exact ("a dozen")."""
    sign: str | None = None


def numbers(text: str) -> Iterator[Number]:
    """Every number of a text, in order, whatever it counts.

    >>> [n.value for n in numbers("Twenty-five of 1,200 men, two million dollars, $3bn, dozens")]
    [25.0, 1200.0, 2000000.0, 3000000000.0, 24.0]
    """
    for match in _number().finditer(text):
        form = match.lastgroup or ""
        said = match[form]
        yield Number(match.start(), match.end(), _value(match, form, said), form, match["sign"])


def in_words(said: str) -> float:
    """What number words are worth.

    >>> in_words("two hundred and fifty thousand")
    250000.0
    """
    table = words("numbers")
    small = {**table["ones"], **table["tens"]}
    total = current = 0.0
    for word in re.findall(r"[a-z]+", said.lower()):
        if word in small:
            current += small[word]
        elif word in table["scales"]:
            scale = table["scales"][word]
            current = (current or 1) * scale
            if scale >= 1_000:
                total, current = total + current, 0.0
    return total + current


def _value(match: re.Match[str], form: str, said: str) -> float:
    table = words("numbers")
    if form == "words":
        return in_words(said)
    if form in ("vague", "exact"):
        return float(table[form][plain(said)])
    value = float(re.sub(r"[^\d.]", "", match["figure"]))
    if match["short"]:
        value *= {**table["short_scales"], **table["money_scales"]}[match["short"].lower()]
    return round(value * in_words(match["scale"]), 6) if match["scale"] else value


@cache
def _number() -> re.Pattern[str]:
    table, signs = words("numbers"), words("quantities")["signs"]
    ones, tens, scales = (alternatives(table[k]) for k in ("ones", "tens", "scales"))
    currency = alternatives(words("quantities")["currencies"])
    money = alternatives(table["money_scales"])
    measure = alternatives(words("quantities")["measures"])
    gap = rf"(?:-|{BLANK})"
    small = rf"(?:{tens}(?:{gap}{ones})?|{ones})\b"
    group = rf"(?:{gap}{scales}\b)"
    # Bounded: no real number has more groups.
    spelt = rf"(?:{small}{group}{{1,2}},?{BLANK}(?:and{BLANK})?){{0,5}}{small}{group}{{0,2}}"
    figure = r"(?P<figure>(?:\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+|\d{1,15})(?:\.\d{1,6})?)(?![,.]?\d)"
    sign = rf"(?<![\w$])(?P<sign>{alternatives(signs)})[^\S\n]?"
    # "m" is a million only of money: behind a currency's sign or in front of its name.
    short = rf"(?P<short>{alternatives(table['short_scales'])}|{money}(?(sign)|(?={BLANK}{currency}\b)))\b"
    scale = rf"{gap}(?P<scale>{scales}(?:{BLANK}{scales})?)\b"
    digits = rf"(?:{sign}|{NUMBER_START}(?<![A-Za-z]-)){figure}(?:{short}|{scale})?"
    return re.compile(
        rf"(?:(?P<digits>{digits}(?={measure}\b|(?![^\W_])))|(?<![\w-])(?:(?P<exact>{alternatives(table['exact'])})"
        rf"|(?P<vague>{alternatives(table['vague'])})|(?P<words>{spelt}))(?![^\W_]))",
        re.IGNORECASE,
    )
