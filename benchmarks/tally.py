"""Scored articles -> figures: levels, attributes of matched events, false alarms, and the same by kind of event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.constructions import CONSTRUCTIONS, construction
from benchmarks.intervals import scores
from benchmarks.reliability import reliability
from benchmarks.scoring import LEVELS, Record, match, meet, overlaps, quotes
from kg.code.learned.labels import STATUSES
from kg.model import Annotated

Row = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class Scored:
    """One article: its hand-coded events, the coded ones, and at each level which is which."""

    gold: Record
    coded: Sequence[Record]
    matched: Mapping[str, Mapping[int, int]]

    @property
    def events(self) -> Sequence[Record]:
        """The hand-coded events."""
        return list(self.gold["events"])

    def counts(self, level: str) -> tuple[int, int, int]:
        """True positives, false positives and misses; what is not core is neither."""
        found = self.matched[level]
        core = {n for n, event in enumerate(self.events) if event.get("core", True)}
        return len(core & set(found)), len(self.coded) - len(found), len(core - set(found))


def scored(gold: Record, coded: Sequence[Record]) -> Scored:
    """Match the coded events of an article with its hand-coded ones."""
    return Scored(gold, coded, {name: match(gold["events"], coded, level) for name, level in LEVELS.items()})


def counts(articles: Sequence[Scored], level: str) -> NDArray[np.int64]:
    """True positives, false positives and misses, a row an article."""
    return np.array([a.counts(level) for a in articles], dtype=np.int64).reshape(-1, 3)


def figures(articles: Sequence[Scored], parsed: Sequence[Annotated]) -> dict[str, Any]:
    """All figures of one coder on some articles, ready for JSON; shares go from 0 to 1."""
    levels = {}
    for level in LEVELS:
        rows = counts(articles, level)
        levels[level] = scores(rows) | dict(zip(("tp", "fp", "fn"), rows.sum(axis=0).tolist(), strict=True))
    return {
        "articles": len(articles),
        "levels": levels,
        "matched": attributes(articles),
        "false alarms": false_alarms(articles),
        "by type": by_type(articles),
        "by status": by_status(articles),
        "by construction": by_construction(articles, parsed),
        "reliability": confidences(articles),
    }


def attributes(articles: Sequence[Scored]) -> dict[str, list[float | int | None]]:
    """Of the events matched at level who the share that has an attribute right, and of how many.

    What the hand coding does not tell does not count: a day only where it has a date, which may be a month or a year.
    """
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for article in articles:
        for i, j in article.matched["who"].items():
            for name, fits in _attributes(article.events[i], article.coded[j]).items():
                total[name] += 1
                right[name] += fits
    return {n: [_share(right[n], total[n]), total[n]] for n in ("mode", "status", "day", "month", "third party")}


def _attributes(gold: Record, coded: Record) -> dict[str, bool]:
    found = {"status": gold["status"] == coded.get("status")}
    if gold.get("mode"):
        found["mode"] = gold["mode"] == coded.get("mode")
    if gold.get("from"):
        date: str = gold["from"]
        begin = coded.get("from") or ""
        found |= {"day": date == begin[: len(date)], "month": date[:7] == begin[:7]}
    if gold.get("third_parties"):
        found["third party"] = meet(gold["third_parties"], coded.get("third_parties") or [])
    return found


def false_alarms(articles: Sequence[Scored]) -> dict[str, int]:
    """Sentences that only look political and were coded, of how many; events in articles that hold none."""
    traps = [(a, t) for a in articles for t in a.gold.get("traps", ())]
    empty = [a for a in articles if not a.events]
    return {
        "traps hit": sum(any(overlaps(t, quotes(p)) for p in a.coded) for a, t in traps),
        "traps": len(traps),
        "events in empty articles": sum(len(a.coded) for a in empty),
        "empty articles": len(empty),
    }


def by_type(articles: Sequence[Scored]) -> dict[str, Row]:
    """Precision, recall and F1 at level who by type; a false alarm counts for the type it was coded as."""
    tp, fp, fn = Counter[str](), Counter[str](), Counter[str]()
    for article in articles:
        found = article.matched["who"]
        for i, event in enumerate(article.events):
            if event.get("core", True):
                (tp if i in found else fn)[event["type"]] += 1
        used = set(found.values())
        fp.update(str(p.get("type")) for j, p in enumerate(article.coded) if j not in used)
    return {
        kind: {
            "n": tp[kind] + fn[kind],
            "P": _share(tp[kind], tp[kind] + fp[kind]),
            "R": _share(tp[kind], tp[kind] + fn[kind]),
            "F1": _share(2 * tp[kind], 2 * tp[kind] + fp[kind] + fn[kind]),
        }
        for kind in sorted({*tp, *fp, *fn})
    }


def by_status(articles: Sequence[Scored]) -> dict[str, Row]:
    """Recall by the status of the hand coding, and the share of the matched events that have it."""
    names = [[str(e["status"]) for e in a.events] for a in articles]
    table = _recall(articles, names, STATUSES)
    for status, row in table.items():
        same = [
            a.coded[j].get("status") == status
            for a in articles
            for i, j in a.matched["who"].items()
            if a.events[i]["status"] == status
        ]
        row["status"] = _share(sum(same), len(same))
    return table


def by_construction(articles: Sequence[Scored], parsed: Sequence[Annotated]) -> dict[str, Row]:
    """Recall by how the trigger stands in the parse."""
    names = [[construction(p, e) for e in a.events] for a, p in zip(articles, parsed, strict=True)]
    return _recall(articles, names, CONSTRUCTIONS)


def _recall(articles: Sequence[Scored], names: Sequence[Sequence[str]], order: Sequence[str]) -> dict[str, Row]:
    """Core events and the share found at each level, by a name that each event has."""
    total: Counter[str] = Counter()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for article, own in zip(articles, names, strict=True):
        for i, (event, name) in enumerate(zip(article.events, own, strict=True)):
            if event.get("core", True):
                total[name] += 1
                for level in LEVELS:
                    found[level][name] += i in article.matched[level]
    return {
        n: {"n": total[n], **{level: _share(found[level][n], total[n]) for level in LEVELS}} for n in order if total[n]
    }


def confidences(articles: Sequence[Scored]) -> dict[str, Any]:
    """Reliability of the confidences at level who; an event that is not core is right as well."""
    pairs = []
    for article in articles:
        right = set(article.matched["who"].values())
        pairs += [(float(p.get("confidence") or 0.0), j in right) for j, p in enumerate(article.coded)]
    return reliability(pairs)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
