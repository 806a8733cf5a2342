"""What a user decided about reports: which are one event, and which are not, whatever the score says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.errors import StoreError

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Corrections:
    """Pairs of report keys, each pair and the whole in order; the latest decision on a pair holds."""

    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()

    def joined(self, reports: Iterable[str]) -> Corrections:
        """With all these reports as one event.

        >>> Corrections(apart=(("a", "b"),)).joined(["b", "a"])
        Corrections(same=(('a', 'b'),), apart=())
        """
        keys = sorted(set(reports))
        within = set(combinations(keys, 2))
        return Corrections(
            _ordered([*self.same, *((keys[0], key) for key in keys[1:])]), _ordered(set(self.apart) - within)
        )

    def split(self, report: str, others: Iterable[str]) -> Corrections:
        """With a report kept apart from others; what was joined through it stays joined without it.

        >>> Corrections(same=(("a", "b"), ("a", "c"))).split("a", ["b", "c"])
        Corrections(same=(('b', 'c'),), apart=(('a', 'b'), ('a', 'c')))
        """
        rest = set(others) - {report}
        fellows = sorted(self.group(report) - {report})
        same = self.same
        if rest & set(fellows):
            left = [p for p in self.same if report not in p]
            same = _ordered([*left, *((fellows[0], key) for key in fellows[1:])])
        return Corrections(same, _ordered([*self.apart, *((report, key) for key in rest)]))

    def without(self, reports: Iterable[str]) -> Corrections:
        """Without any decision on these reports."""
        gone = set(reports)
        return Corrections(
            tuple(p for p in self.same if not gone & set(p)), tuple(p for p in self.apart if not gone & set(p))
        )

    def group(self, report: str) -> frozenset[str]:
        """The reports that decisions make one event with this one, itself among them."""
        found, waiting = {report}, [report]
        while waiting:
            key = waiting.pop()
            for pair in self.same:
                if key in pair:
                    new = set(pair) - found
                    found |= new
                    waiting += new
        return frozenset(found)

    @property
    def reports(self) -> frozenset[str]:
        """Every report that a decision names."""
        return frozenset(key for pair in (*self.same, *self.apart) for key in pair)

    def dump(self) -> str:
        """The decisions as JSON, one pair a line, for people to read and edit."""
        parts = [f' "{name}": [{_lines(pairs)}]' for name, pairs in (("same", self.same), ("apart", self.apart))]
        return "{\n" + ",\n".join(parts) + "\n}\n"


def load_corrections(text: str | None, *, where: str = "corrections") -> Corrections:
    """The decisions that ``dump`` wrote, or that a user edited; none where there is no text.

    Raises:
        StoreError: The text is no such record, naming ``where``.

    >>> load_corrections(Corrections(same=(("a", "b"),)).dump())
    Corrections(same=(('a', 'b'),), apart=())
    """
    if text is None:
        return Corrections()
    try:
        told = json.loads(text)
        pairs = {name: [_checked(pair) for pair in told.get(name, [])] for name in ("same", "apart")}
    except (ValueError, TypeError, AttributeError) as error:
        example = '{"same": [["KEY", "KEY"]], "apart": []}'
        raise StoreError(f"{where}: not a record of decisions ({error}); it would be like {example}") from error
    return Corrections(_ordered(pairs["same"]), _ordered(pairs["apart"]))


def _checked(pair: Sequence[str]) -> Pair:
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(k, str) and k for k in pair):
        raise ValueError(f"{pair!r} is not a pair of keys")
    return _pair(*pair)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)


def _ordered(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted({_pair(*p) for p in pairs if p[0] != p[1]}))


def _lines(pairs: Sequence[Pair]) -> str:
    return "\n  " + ",\n  ".join(json.dumps(pair) for pair in pairs) + "\n " if pairs else ""
