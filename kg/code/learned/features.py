"""The grammar and lexicon that the heads see beside the encoder, as hashed features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from kg.code.gate import about_politics
from kg.code.learned.scene import Mention, Timed, View
from kg.code.presented import presented
from kg.code.timing import Clock
from kg.model import within

BUCKETS = 1 << 13
"""Rows of each table of feature weights."""


@lru_cache(maxsize=1 << 16)
def row(feature: str) -> int:
    """The row of a table for a feature; most features come again and again.

    >>> row("pos=VERB") == row("pos=VERB") < BUCKETS
    True
    """
    return crc32(feature.encode()) % BUCKETS


def hashed(features: Iterable[str]) -> set[int]:
    """Rows of a table for features, each once.

    >>> hashed(["a"]) == hashed(["a", "a"])
    True
    """
    return set(map(row, features))


def token_features(view: View) -> list[set[int]]:
    """For each token: its grammar and what the frames say of it."""
    gate = f"gate={int(about_politics(view.tokens) * 4.99)}"
    found: list[set[int]] = []
    for token in view.tokens:
        head = view.tokens[token.head]
        features = [
            gate,
            f"pos={token.pos}",
            f"tag={token.tag}",
            f"dep={token.dep}",
            f"ent={token.ent}",
            f"lemma={token.lemma}",
            f"head={head.pos}&{token.dep}",
        ]
        for event in view.frames.get(token.i, ()):
            mention = event.mentions[0]
            features += [f"frame={mention.rule}", f"type={event.type}", f"status={event.status}"]
        if token.pos in ("VERB", "NOUN", "ADJ", "PROPN"):
            features += _company(view, token.i)
        found.append(hashed(features))
    return found


def _company(view: View, i: int) -> list[str]:
    """Who and what stands around a token in its clause: lemmas by their place, and what the lexicon knows of them."""
    tree = view.tree
    places = [(view.tokens[k].dep, k) for k in tree.kids(i) if view.tokens[k].dep not in ("punct", "det", "cc")]
    for dep, k in list(places):
        if dep in ("prep", "agent", "dative"):
            places += [(f"{view.tokens[k].lemma}:", o) for o in tree.kids(k, "pobj")]
    if tree.is_verb(i):
        agent = tree.agent(i)
        places += [] if agent is None else [("agent", agent)]
        places += [("patient", p) for p in tree.patients(i)]
    found: list[str] = []
    countries: dict[str, str | None] = {}
    for place, k in places:
        token = view.tokens[k]
        if token.pos != "PROPN":
            found.append(f"{place}={token.lemma}")
        mention = view.by_head.get(k)
        if mention is None or mention.link is None:
            continue
        for actor in mention.link.actors[:1]:
            found += [f"{place}~{actor.kind}", f"{place}~{actor.sector}"]
            countries[place] = actor.country
    if "agent" in countries and "patient" in countries:
        found.append(f"foreign={countries['agent'] != countries['patient']}")
    return found


def status_features(view: View, i: int, kind: str) -> set[int]:
    """How the text presents the event at a token."""
    how = presented(view.tree, i)
    token = view.tokens[i]
    sentence = view.annotated.sentences[view.sentence_at[i]]
    published = view.annotated.article.published
    features = [
        f"kind={kind}",
        f"how={how.factuality}",
        f"positive={how.positive}",
        f"tag={token.tag}",
        f"dep={token.dep}",
    ]
    features.append(f"reason={how.reason}")
    for event in view.frames.get(i, ()):
        if event.type == kind:
            mention = event.mentions[0]
            features += [f"f={mention.factuality}", f"fp={mention.positive}", f"fo={mention.ongoing}"]
            features += [f"fb={mention.background}"]
    if published is not None:
        for time in within(view.annotated.times, sentence.span):
            if time.when.begin is not None:
                days = (time.when.begin - published).days
                age = "future" if days > 0 else "now" if days > -2 else "near" if days > -40 else "old"
                near = abs(time.span.start - token.span.start) < 40
                features += [f"time={age}", f"time={age}&{near}", f"timekind={time.kind}"]
    for k in view.tree.kids(i, "aux", "auxpass", "neg", "advmod", "mark"):
        features.append(f"kid={view.tokens[k].lemma}")
    features.append(f"above={view.tokens[token.head].lemma}&{token.dep}")
    return hashed(features)


class PairFeatures:
    """Features of pairs of a trigger and a mention, and of two mentions.

    What a mention is, whoever looks at it, is told once (``taking_part``, ``owning``) and left out of its pairs.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.counts = Counter(s for m in view.mentions for s in m.sides)
        self.first: dict[str, int] = {}
        for m in view.mentions:
            for side in m.sides:
                self.first.setdefault(side, m.head)
        self.clock = Clock(view.tree)
        self.top = [s for s, _ in self.counts.most_common(3)]
        self.told = self._told()
        self._own = {m.head: self._mention(m) for m in view.mentions}
        self._taking_part: dict[int, set[int]] = {}
        self._owning: dict[int, set[int]] = {}
        self._told_of: dict[tuple[int, tuple[str, ...]], list[str]] = {}

    def _told(self) -> dict[tuple[int, str], set[str]]:
        """The sides that the frames' events have in each role, by sentence from 0."""
        found: dict[tuple[int, str], set[str]] = {}
        for event in self.view.events:
            at = event.mentions[0].sentence - 1
            for p in (*event.actors, *event.recipients):
                found.setdefault((at, p.role), set()).add(p.actor.country or p.actor.id)
        return found

    def _mention(self, m: Mention) -> list[str]:
        """What a mention is, whoever looks at it."""
        token = self.view.tokens[m.head]
        features = [f"m.pos={token.pos}", f"m.dep={token.dep}", f"m.ent={token.ent}"]
        if m.link is None:
            features += ["m.link=0", f"m.lemma={token.lemma}"]
            return features
        link = m.link
        features += [
            f"m.rule={link.rule}",
            f"m.sure={int(link.confidence * 4)}",
            f"m.number={min(3, len(link.actors))}",
        ]
        for actor in link.actors[:1]:
            features += [f"m.kind={actor.kind}", f"m.sector={actor.sector}", f"m.country={actor.country is not None}"]
        if link.place is not None:
            features.append(f"m.place={link.place.kind}&{bool(link.actors)}")
        for side in m.sides[:1]:
            features.append(f"m.top={self.top.index(side) if side in self.top else 9}")
            features.append(f"m.count={min(6, self.counts[side])}")
            features.append(f"m.first={self.first[side] == m.head}")
        return features

    def _far(self, a: int, b: int) -> list[str]:
        gap = self.view.sentence_at[b] - self.view.sentence_at[a]
        if gap:
            return [f"gap={max(-6, min(4, gap))}"]
        words = b - a
        size = next((n for n in (1, 2, 4, 7, 12, 20) if abs(words) <= n), 99)
        return [f"words={size * (1 if words > 0 else -1)}"]

    def taking_part(self, head: int) -> set[int]:
        """The features of the mention at a token as one that may take part in events."""
        known = self._taking_part.get(head)
        if known is None:
            known = self._taking_part[head] = hashed(self._own[head])
        return known

    def owning(self, head: int) -> set[int]:
        """The features of the mention at a token as one that others may mean or belong to."""
        known = self._owning.get(head)
        if known is None:
            known = self._owning[head] = hashed(f"o.{f}" for f in self._own[head])
        return known

    def role(self, i: int, kind: str, m: Mention) -> set[int]:
        """The features of a trigger token with a type and a mention, without those of ``taking_part``."""
        view = self.view
        far = self._far(i, m.head)
        features = [*far, *(f"{kind}&{f}" for f in far)]
        if view.sentence_at[i] == m.sentence:
            path = view.path(i, m.head)
            features += [f"path={path}", f"{kind}&path={path}", f"path={path}&tag={view.tokens[i].tag}"]
            steps = path.split(">")
            features += [f"first={steps[0]}", f"{kind}&last={steps[-1]}", f"n={len(steps)}"]
            if view.tree.is_verb(i):
                features += self._voice(i, m.head, kind)
        else:
            features += [f"{kind}&{f}" for f in self._own[m.head] if f.startswith(("m.top", "m.kind", "m.rule"))]
        features += self._framed(i, kind, m)
        features += self._around(i, m)
        return hashed(features) - self.taking_part(m.head)

    def _around(self, i: int, m: Mention) -> list[str]:
        """What the side of a mention does in the events of this sentence and of the two before, and to the agent."""
        if not m.sides:
            return []
        found = self._told_around(self.view.sentence_at[i], m.sides)
        agent = self.view.tree.agent(i) if self.view.tree.is_verb(i) else None
        doer = self.view.by_head.get(agent) if agent is not None else None
        if doer is not None and doer.sides:
            alike = not set(m.sides).isdisjoint(doer.sides)
            return [*found, f"like agent={alike}&{doer.head == m.head}"]
        return found

    def _told_around(self, here: int, sides: tuple[str, ...]) -> list[str]:
        known = self._told_of.get((here, sides))
        if known is None:
            known = self._told_of[here, sides] = [
                f"told{back}.{role}"
                for back in (0, 1, 2)
                for role in ("actor", "recipient")
                if not self.told.get((here - back, role), set()).isdisjoint(sides)
            ]
        return known

    def _voice(self, i: int, head: int, kind: str) -> list[str]:
        tree = self.view.tree
        found: list[str] = []
        agent = tree.agent(i)
        if agent is not None and head in (agent, *tree.conjuncts(agent)):
            found += ["agent", f"{kind}&agent"]
        for patient in tree.patients(i):
            if head in (patient, *tree.conjuncts(patient)):
                found += ["patient", f"{kind}&patient"]
        return found

    def _framed(self, i: int, kind: str, m: Mention) -> list[str]:
        span = self.view.tokens[m.head].span
        found: list[str] = []
        for event in self.view.frames.get(i, ()):
            same = "same" if event.type == kind else "other"
            for p in (*event.actors, *event.recipients, *event.third_parties):
                if p.mention is not None and p.mention.covers(span):
                    found.append(f"frame.{p.role}&{same}")
                elif m.sides and (p.actor.country or p.actor.id) in m.sides:
                    found.append(f"frame.{p.role}&{same}&side")
            for source in event.mentions[0].attributed_to:
                if source.mention is not None and source.mention.covers(span):
                    found.append("frame.source")
        return found

    def time(self, i: int, kind: str, timed: Timed) -> set[int]:
        """The features of a trigger token with a type and a time expression that may date it."""
        view = self.view
        expression = view.annotated.times[timed.number]
        when, token = expression.when, view.tokens[timed.head]
        far = self._far(i, timed.head)
        here = [t for t in view.times_near(timed.head) if t.sentence == timed.sentence]
        features = [*far, f"kind={expression.kind}", f"precision={when.precision}", f"resolution={when.resolution}"]
        features += [f"n={min(4, len(here))}", f"nth={min(4, here.index(timed))}", f"{far[0]}&n={min(4, len(here))}"]
        features += [f"lemma={token.lemma}", f"dep={token.dep}", f"type={kind}", f"tag={view.tokens[i].tag}"]
        published = view.annotated.article.published
        if published is not None and when.begin is not None:
            days = (when.begin - published).days
            age = next((n for n in (-3650, -400, -40, -8, -1, 0, 1, 8) if days <= n), 99)
            features += [f"age={age}", f"age={age}&{far[0]}"]
        if view.sentence_at[i] == timed.sentence:
            path = view.path(i, timed.head)
            features += [f"path={path}", f"path={path}&{view.tokens[i].tag}", f"steps={path.count('>')}"]
            sentence = view.annotated.sentences[timed.sentence]
            chosen = self.clock.of(i, None, sentence)
            features.append(f"clock={chosen is expression}&{chosen is not None}")
            others = [t for t in here if t is not timed]
            nearest = all(abs(timed.head - i) <= abs(t.head - i) for t in others)
            features.append(f"nearest={nearest}&{len(others) > 0}")
        else:
            near_by = view.times_near(i)
            own = any(t.sentence == view.sentence_at[i] for t in near_by)
            latest = max((t.sentence for t in near_by if t.sentence < view.sentence_at[i]), default=-1)
            features += [f"own={own}&{far[0]}", f"latest={latest == timed.sentence}&{own}"]
        return hashed(features)

    def owner(self, m: Mention, other: Mention) -> set[int]:
        """The features of a nominal and a named mention that may tell whose or who it is, without ``owning``."""
        view = self.view
        token = view.tokens[m.head]
        word = f"word={token.lemma if token.pos != 'PROPN' else token.ent}"
        far = self._far(m.head, other.head)
        features = [
            word,
            *self._own[m.head][:3],
            *far,
            *(f"{token.pos}&{f}" for f in far),
        ]
        if m.sentence == other.sentence:
            path = view.path(m.head, other.head)
            features += [f"path={path}", f"{token.pos}&path={path}"]
        proposed = set(m.sides)
        if proposed and m.link is not None:
            same = bool(proposed & set(other.sides))
            features += [f"proposed={same}&{m.link.rule}", f"proposed={same}&{int(m.link.confidence * 10)}"]
            inside = m.link.span.covers(view.tokens[other.head].span)
            features.append(f"inside={inside}")
        if other.link is not None:
            for actor in other.link.actors[:1]:
                features += [f"{word}&{actor.kind}", f"{word}&{actor.sector}"]
        home = view.annotated.article.dateline
        features.append(f"dateline={bool(home)}")
        return hashed(features) - self.owning(other.head)
