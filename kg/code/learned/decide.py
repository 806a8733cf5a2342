"""From the heads' scores to proposals: which triggers, of which kind, with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.code.learned.features import PairFeatures, status_features, token_features
from kg.code.learned.labels import ROLES, TYPES
from kg.code.learned.net import Array, Net
from kg.code.learned.scene import Mention, View
from kg.code.learned.who import Who
from kg.code.notes import NOTED, Notes, Passed
from kg.model import Participant, TimeExpression

GUESSED = 0.49
"""The certainty of a participant that the sentence does not name is below one half, so that no plain triple has it."""

TOGETHER = 32
"""Events that the heads see at once; most articles have fewer."""


@dataclass(frozen=True, slots=True)
class Bars:
    """The scores above which something is taken, tuned on articles held back from training."""

    trigger: float = 0.5
    framed: float = 0.15
    """A trigger that a frame of the same type knows."""
    explicit: float = 0.2
    """A participant named in the event's sentence."""
    implied: float = 0.15
    """A participant that only other sentences name."""
    third: float = 0.4


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event as the heads see it."""

    token: int
    kind: str
    score: float
    mode: str | None
    statuses: dict[str, float]
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    third: tuple[Participant, ...] = ()
    when: TimeExpression | None = None
    """The time expression that dates it; None: the text does not."""

    @property
    def status(self) -> str:
        """The likeliest status."""
        return max(self.statuses, key=lambda s: self.statuses[s])


class Decider:
    """Decides on one article.

    Args:
        net: encoder and heads.
        view: the article.
        bars: what to take.
        notes: where to write down what is not taken, and why; None: nobody asks.
    """

    def __init__(self, net: Net, view: View, bars: Bars, notes: Notes | None = None) -> None:
        self.net, self.view, self.bars, self.notes = net, view, bars, notes
        self.h = net.vectors(view.annotated)
        self.rows = token_features(view)
        self.scores = net.types(self.h, self.rows)
        self.pairs = PairFeatures(view)
        self.who = Who(net, view, self.pairs, self.h)

    def proposals(self) -> list[Proposal]:
        """The events of the article, in text order."""
        found = peaks(self.view, self.scores, self.bars, self.notes)
        # Each head is asked once for many events: many small products cost more than one large.
        groups = (found[i : i + TOGETHER] for i in range(0, len(found), TOGETHER))
        return [proposal for group in groups for proposal in self._proposals(group)]

    def _proposals(self, found: Sequence[tuple[int, str, float]]) -> Iterator[Proposal]:
        tokens, kinds = [i for i, _, _ in found], [kind for _, kind, _ in found]
        near = [self.view.near(i) for i in tokens]
        roles = self._roles(tokens, kinds, near)
        self._ask_owners(tokens, near, roles)
        dates = self._dates(tokens, kinds)
        for (i, kind, score), mentions, sides, when in zip(found, near, roles, dates, strict=True):
            yield self._proposal(i, kind, score, mentions, sides, when)

    def score(self, tokens: Sequence[int], kind: str) -> float:
        """The highest score of a type at some tokens."""
        return float(self.scores[list(tokens), TYPES.index(kind)].max())

    def _roles(self, tokens: Sequence[int], kinds: Sequence[str], near: Sequence[Sequence[Mention]]) -> list[Array]:
        """For each event the scores of the mentions around it: (mentions, roles)."""
        pairs = [(i, kind, m) for i, kind, few in zip(tokens, kinds, near, strict=True) for m in few]
        rows = [self.pairs.role(i, kind, m) for i, kind, m in pairs]
        at, of, heads = [i for i, _, _ in pairs], [kind for _, kind, _ in pairs], [m.head for _, _, m in pairs]
        scores = self.net.roles(self.h, at, of, heads, rows, self.pairs.taking_part)
        return np.split(scores, np.cumsum([len(few) for few in near])[:-1])

    def _ask_owners(self, tokens: Sequence[int], near: Sequence[Sequence[Mention]], roles: Sequence[Array]) -> None:
        """Ask whom the nouns and pronouns mean that may take part in an event of their sentence."""
        least = min(self.bars.explicit, self.bars.third)
        here = self.view.sentence_at
        self.who.ask(
            m
            for i, few, scores in zip(tokens, near, roles, strict=True)
            for m, best in zip(few, scores.max(axis=1, initial=0.0), strict=True)
            if best >= least and m.sentence == here[i]
        )

    def _dates(self, tokens: Sequence[int], kinds: Sequence[str]) -> list[TimeExpression | None]:
        """For each event the time expression that dates it."""
        near = [self.view.times_near(i) for i in tokens]
        rows = [self.pairs.time(i, k, t) for i, k, few in zip(tokens, kinds, near, strict=True) for t in few]
        scores = self.net.times(self.h, tokens, kinds, [[t.head for t in few] for few in near], rows)
        found = []
        for i, kind, few, some in zip(tokens, kinds, near, scores, strict=True):
            best = int(some.argmax())
            found.append(self.view.annotated.times[few[best].number] if best < len(few) else None)
            if self.notes is not None:
                numbers = [*(t.number for t in few), None]
                self.notes.dates[i, kind] = [(n, float(p)) for n, p in zip(numbers, some, strict=True)]
        return found

    def _proposal(
        self, i: int, kind: str, score: float, near: Sequence[Mention], roles: Array, when: TimeExpression | None
    ) -> Proposal:
        modes = self.net.modes(self.h[i], kind, self.rows[i])
        statuses = self.net.statuses(self.h[i], status_features(self.view, i, kind))
        if self.notes is not None:
            self.notes.about = (i, kind)
            self.notes.modes[i, kind] = modes
        sides = self._sides(i, near, roles)
        mode = max(modes, key=lambda m: modes[m])
        return Proposal(i, kind, score, mode, statuses, sides[0], sides[1], sides[2], when)

    def _sides(self, i: int, chosen: Sequence[Mention], scores: Array) -> tuple[tuple[Participant, ...], ...]:
        here = self.view.sentence_at[i]
        if not chosen:
            return (), (), ()
        found: list[tuple[Participant, ...]] = []
        for role, name in enumerate(ROLES):
            bar = self.bars.third if name == "third" else self.bars.explicit
            found.append(self._explicit(chosen, scores, role, bar, here))
        acting = {p.actor.id for p in found[0]}
        found[1] = tuple(p for p in found[1] if p.actor.id not in acting)
        for role in (0, 1):
            taken = {p.actor.country or p.actor.id for p in found[1 - role]}
            implied = self._implied(chosen, scores[:, role], ROLES[role], taken, here)
            best = max((p.confidence for p in found[role]), default=0.0)
            if implied and implied[0].confidence > best:
                [side] = implied
                sure = side.confidence if side.mention is not None else min(side.confidence, GUESSED)
                found[role] = (replace(side, confidence=sure),)
        return tuple(found)

    def _explicit(
        self, chosen: Sequence[Mention], scores: Array, role: int, bar: float, here: int
    ) -> tuple[Participant, ...]:
        found: dict[str, Participant] = {}
        likeliest = scores.argmax(axis=1).tolist()
        for n, (m, score) in enumerate(zip(chosen, scores[:, role].tolist(), strict=True)):
            if m.sentence != here or score < bar or likeliest[n] != role:
                if self.notes is not None and m.sentence == here and score >= bar / 2:
                    likelier = ROLES[likeliest[n]]
                    why = f"below {bar:g}" if score < bar else f"more likely {likelier} ({float(scores[n].max()):.2f})"
                    span = m.link.span if m.link is not None else self.view.tokens[m.head].span
                    self.notes.missed(ROLES[role], span.of(self.view.annotated.article.text), span, score, why)
                continue
            name = "mediator" if ROLES[role] == "third" else ROLES[role]
            for actor, sure in self.who.at(m):
                if actor.id not in found:
                    span = m.link.span if m.link is not None else self.view.tokens[m.head].span
                    found[actor.id] = Participant(
                        actor=actor, role=name, mention=span, confidence=round(score * sure, 3)
                    )
        return tuple(found.values())

    def _implied(
        self, chosen: Sequence[Mention], scores: Array, role: str, taken: set[str], here: int
    ) -> tuple[Participant, ...]:
        miss: dict[str, float] = {}
        for m, score in zip(chosen, scores.tolist(), strict=True):
            for side in m.sides if m.named else ():
                miss[side] = miss.get(side, 1.0) * (1.0 - score)
        ranked = sorted(((1 - p, side) for side, p in miss.items() if side not in taken), reverse=True)
        if self.notes is not None:
            self._note_sides(ranked, role)
        if not ranked or ranked[0][0] < self.bars.implied:
            return ()
        score, side = ranked[0]
        best = max((n for n, m in enumerate(chosen) if side in m.sides), key=lambda n: float(scores[n]))
        actor = self.who.side(chosen[best], side)
        if actor is None:
            return ()
        explicit = chosen[best].sentence == here
        link = chosen[best].link
        mention = link.span if explicit and link is not None else None
        return (Participant(actor=actor, role=role, mention=mention, confidence=round(score, 3)),)

    def _note_sides(self, ranked: Sequence[tuple[float, str]], role: str) -> None:
        """Note the sides that are not taken as implied: the first is, if it reaches the bar."""
        assert self.notes is not None
        bar = self.bars.implied
        for n, (score, side) in enumerate(ranked):
            if score >= bar / 2 and (n or score < bar):
                why = f"implied, below {bar:g}" if score < bar else f"implied, {ranked[0][1]} is likelier"
                self.notes.missed(role, side, None, score, why)


def peaks(view: View, scores: Array, bars: Bars, notes: Notes | None = None) -> list[tuple[int, str, float]]:
    """Token, type and score of the triggers: the best token of each event, in text order."""
    if notes is not None:
        bar = bars.trigger
        weak = [(int(i), TYPES[k]) for i, k in np.argwhere((scores >= min(NOTED, bar)) & (scores < bar))]
        notes.triggers += [
            Passed(i, kind, float(scores[i, TYPES.index(kind)]), f"below {bar:g}")
            for i, kind in weak
            if not (scores[i, TYPES.index(kind)] >= bars.framed and _framed(view, i, kind))
        ]
    found: list[tuple[int, str, float]] = []
    places = np.argwhere(scores >= min(bars.trigger, bars.framed))
    able = [(i, k) for i, k in places if scores[i, k] >= bars.trigger or _framed(view, int(i), TYPES[k])]
    ranked = sorted(((float(scores[i, k]), int(i), int(k)) for i, k in able), key=lambda x: (-x[0], x[1], x[2]))
    taken: dict[int, list[int]] = {}
    for score, i, k in ranked:
        stronger = next((j for j in taken.get(k, ()) if _one_event(view, i, j)), None)
        if stronger is not None:
            if notes is not None:
                notes.triggers.append(Passed(i, TYPES[k], score, f"a word of {view.tokens[stronger].text!r}"))
            continue
        taken.setdefault(k, []).append(i)
        found.append((i, TYPES[k], score))
    return sorted(found)


def _framed(view: View, i: int, kind: str) -> bool:
    return any(event.type == kind for event in view.frames.get(i, ()))


def _one_event(view: View, i: int, j: int) -> bool:
    """Whether two tokens are words of one trigger: of one frame, or one hangs on the other, not as its equal."""
    if any(e is f for e in view.frames.get(i, ()) for f in view.frames.get(j, ())):
        return True
    a, b = view.tokens[i], view.tokens[j]
    if a.head == j:
        return a.dep not in ("conj", "advcl", "ccomp", "relcl")
    if b.head == i:
        return b.dep not in ("conj", "advcl", "ccomp", "relcl")
    return False
