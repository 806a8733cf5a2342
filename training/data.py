"""Hand-coded articles -> what the heads are trained on: triggers, roles and owners over the coder's own view."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tokenizers import Tokenizer

from kg.annotate import annotate
from kg.code.coder import FrameCoder
from kg.code.learned.features import PairFeatures, status_features, token_features
from kg.code.learned.labels import MODES, STATUSES, TYPES
from kg.code.learned.pieces import Window, windows
from kg.code.learned.scene import Mention, View
from kg.model import Article
from kg.read.json_record import found
from kg.resolve import resolve

CORE, BACKGROUND = 1.0, 0.4
"""Weights of an event that any careful coder would code, and of a debatable one."""

_EMPTY = frozenset(
    {"be", "have", "will", "do", "would", "may", "might", "could", "can", "shall", "should", "must", "get"}
)


@dataclass(slots=True)
class Trigger:
    token: int
    type: int
    mode: int
    status: int
    weight: float
    status_rows: set[int]
    candidates: list[int] = field(default_factory=list)
    """Tokens of the mentions that may take part."""
    rows: list[set[int]] = field(default_factory=list)
    labels: list[tuple[int, int, int]] = field(default_factory=list)
    """For each candidate and role 1, 0, or -1 for unknown."""
    some: list[tuple[int, list[int]]] = field(default_factory=list)
    """Role and candidates of which at least one is meant."""

    times: list[int] = field(default_factory=list)
    """Tokens of the time expressions that may date it."""
    time_rows: list[set[int]] = field(default_factory=list)
    dated: list[int] | None = None
    """The expressions that are right; empty: the text does not date it; None: not known."""


@dataclass(slots=True)
class Owned:
    token: int
    others: list[int]
    rows: list[set[int]]
    right: list[int]
    """Candidates that are right; empty: none of them."""


@dataclass(slots=True)
class Example:
    id: str
    windows: list[Window]
    tokens: int
    token_rows: list[set[int]]
    triggers: list[Trigger]
    ignored: list[tuple[int, int]]
    """Token and type that are neither right nor wrong."""
    owned: list[Owned]


def articles(paths: Iterable[Path]) -> list[dict]:
    """The records of coded articles."""
    return [json.loads(line) for path in paths for line in path.open(encoding="utf-8")]


def as_article(record: dict) -> Article:
    """The article of a coded record."""
    return found({k: record[k] for k in ("id", "date", "title", "text")}, record["id"], record["id"]).article


def examples(records: list[dict], tokenizer: Tokenizer) -> Iterator[Example]:
    """One example an article."""
    coder = FrameCoder(final=False)
    for record, annotated in zip(records, annotate(map(as_article, records)), strict=True):
        links = resolve(annotated)
        events, _ = coder(annotated, links)
        yield _Labelled(record, View(annotated, links, events)).example(tokenizer)


def norm(name: str | None) -> str:
    """A name without accents, case and titles, to compare it."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9 ]", " ", plain)
    plain = re.sub(r"\b(the|of|and|president|minister|prime|foreign|government|state|mr|ms)\b", " ", plain)
    return " ".join(plain.split())


class _Labelled:
    """One article with its coding laid over the coder's view."""

    def __init__(self, record: dict, view: View) -> None:
        self.record = record
        self.view = view
        self.text: str = record["text"]
        self.pairs = PairFeatures(view)
        self.mentions = view.mentions
        self.names = [self._names(m) for m in self.mentions]
        self.aligned: dict[int, dict] = {}

    def _names(self, m: Mention) -> set[str]:
        if m.link is None:
            return set()
        return {*m.sides, *(norm(a.name) for a in m.link.actors)} - {""}

    def _same(self, participant: dict, n: int) -> bool:
        country = participant.get("country")
        if country and country in self.names[n]:
            return True
        name = norm(participant.get("name"))
        if country:
            return bool(name) and name in self.names[n]
        return any(name == x or (len(name) > 4 and len(x) > 4 and (name in x or x in name)) for x in self.names[n])

    def example(self, tokenizer: Tokenizer) -> Example:
        view = self.view
        triggers: list[Trigger] = []
        ignored: list[tuple[int, int]] = []
        for event in self.record["events"]:
            span = self._trigger_span(event)
            inside = [t.i for t in view.tokens if t.span.start < span[1] and span[0] < t.span.end]
            if not inside:
                continue
            kind = TYPES.index(event["type"])
            anchor = self._anchor(inside)
            ignored += [(i, kind) for i in inside if i != anchor]
            mode = (event["type"], event["mode"])
            trigger = Trigger(
                anchor,
                kind,
                MODES.index(mode) if mode in MODES else -1,
                STATUSES.index(event["status"]),
                CORE if event["core"] else BACKGROUND,
                status_features(view, anchor, event["type"]),
            )
            self._roles(event, trigger)
            self._times(event, trigger)
            triggers.append(trigger)
        return Example(
            self.record["id"],
            windows(view.annotated, tokenizer),
            len(view.tokens),
            token_features(view),
            triggers,
            ignored,
            self._owned(),
        )

    def _sentence(self, event: dict) -> tuple[int, int]:
        start = self.text.find(event["sentence"])
        return start, start + len(event["sentence"])

    def _trigger_span(self, event: dict) -> tuple[int, int]:
        if "start" in event:
            return event["start"], event["start"] + len(event["trigger"])
        begin, end = self._sentence(event)
        match = re.search(rf"(?<!\w){re.escape(event['trigger'])}(?!\w)", self.text[begin:end])
        at = begin + match.start() if match else self.text.find(event["trigger"], begin)
        return at, at + len(event["trigger"])

    def _anchor(self, inside: list[int]) -> int:
        tokens = self.view.tokens
        full = [
            i
            for i in inside
            if tokens[i].pos in ("VERB", "NOUN", "PROPN", "ADJ", "ADV") and tokens[i].lemma not in _EMPTY
        ]
        return min(full or inside, key=lambda i: (len(self.view.chain(i)), i))

    def _located(self, event: dict, mention: str, near: int) -> list[int]:
        """The mentions (by index) whose head lies in the words of a mention, the carrying one first."""
        begin, end = self._sentence(event)
        places = [begin + m.start() for m in re.finditer(rf"(?<!\w){re.escape(mention)}(?!\w)", self.text[begin:end])]
        if not places:
            return []
        at = min(places, key=lambda p: abs(p - near))
        stop = at + len(mention)
        tokens = self.view.tokens
        inside = [n for n, m in enumerate(self.mentions) if at <= tokens[m.head].span.start < stop]
        return sorted(inside, key=lambda n: (len(self.view.chain(self.mentions[n].head)), n))

    def _roles(self, event: dict, trigger: Trigger) -> None:
        view = self.view
        index = {m.head: n for n, m in enumerate(self.mentions)}
        chosen = [index[m.head] for m in view.near(trigger.token)]
        place = {n: k for k, n in enumerate(chosen)}
        table = [[0, 0, 0] for _ in chosen]
        near = view.tokens[trigger.token].span.start
        for role, key in enumerate(("actors", "recipients", "third_parties")):
            for participant in event[key] or []:
                mention = participant.get("mention")
                inside = self._located(event, mention, near) if mention else []
                inside = [n for n in inside if n in place]
                same = [n for n in chosen if self._same(participant, n)]
                for n in {*same, *inside}:
                    if table[place[n]][role] == 0:
                        table[place[n]][role] = -1
                if inside:
                    table[place[inside[0]]][role] = 1
                    self.aligned.setdefault(inside[0], participant)
                elif same:
                    trigger.some.append((role, [place[n] for n in same]))
        trigger.candidates = [self.mentions[n].head for n in chosen]
        trigger.rows = [
            self.pairs.role(trigger.token, event["type"], m) | self.pairs.taking_part(m.head)
            for m in (self.mentions[n] for n in chosen)
        ]
        trigger.labels = [(a, b, c) for a, b, c in table]

    def _times(self, event: dict, trigger: Trigger) -> None:
        near = self.view.times_near(trigger.token)
        trigger.times = [t.head for t in near]
        trigger.time_rows = [self.pairs.time(trigger.token, event["type"], t) for t in near]
        if event["from"] is None:
            trigger.dated = []
            return
        whens = [self.view.annotated.times[t.number].when for t in near]
        days = [w.begin or w.end for w in whens]
        right = [n for n, d in enumerate(days) if d is not None and d.isoformat().startswith(event["from"])]
        trigger.dated = right or None

    def _owned(self) -> list[Owned]:
        self._corefs()
        named = [n for n, m in enumerate(self.mentions) if m.named]
        found: list[Owned] = []
        for n, participant in sorted(self.aligned.items()):
            if self.mentions[n].named:
                continue
            others = [o for o in named if o != n]
            right = [k for k, o in enumerate(others) if self._same(participant, o)]
            rows = [
                self.pairs.owner(self.mentions[n], m) | self.pairs.owning(m.head)
                for m in (self.mentions[o] for o in others)
            ]
            found.append(Owned(self.mentions[n].head, [self.mentions[o].head for o in others], rows, right))
        return found

    def _corefs(self) -> None:
        for link in self.record["coref"]:
            places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(link['mention'])}(?!\w)", self.text)]
            if len(places) != 1 or "," in link["refers_to"]:
                continue
            at, stop = places[0], places[0] + len(link["mention"])
            inside = [n for n, m in enumerate(self.mentions) if at <= self.view.tokens[m.head].span.start < stop]
            if inside:
                first = min(inside, key=lambda n: (len(self.view.chain(self.mentions[n].head)), n))
                known = [n for n in range(len(self.mentions)) if norm(link["refers_to"]) in self.names[n]]
                countries = {s for n in known for s in self.mentions[n].sides}
                country = next(iter(countries)) if len(countries) == 1 and len(next(iter(countries))) == 3 else None
                self.aligned.setdefault(first, {"name": link["refers_to"], "country": country})
