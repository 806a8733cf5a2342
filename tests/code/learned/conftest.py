"""Parses written by hand, and a net that says what it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from kg.annotate import children
from kg.code.learned.labels import STATUSES, TYPES
from kg.model import Actor, Annotated, Article, Link, Sentence, Span, TimeExpression, Token, When

DAY = date(2024, 5, 15)
ROLES = ("actor", "recipient", "third")


@pytest.fixture(scope="session")
def parsed() -> Callable[..., Annotated]:
    """Makes a parse from sentences of words like ``attacked=attack|VERB|ROOT|1||VBD``.

    The parts of a word: text and lemma, part of speech, label, its head in the sentence, entity, tag.
    """

    def make(*sentences: str, times: Sequence[tuple[str, date]] = (), published: date | None = DAY) -> Annotated:
        tokens: list[Token] = []
        found: list[Sentence] = []
        text = " ".join(word.split("|")[0].split("=")[0] for s in sentences for word in s.split())
        at = 0
        for number, sentence in enumerate(sentences, 1):
            first = len(tokens)
            for word in sentence.split():
                written, pos, dep, head, ent, tag = [*word.split("|"), "", ""][:6]
                shown, _, lemma = written.partition("=")
                span = Span(at, at + len(shown))
                tokens.append(
                    Token(
                        len(tokens), span, shown, lemma or shown.lower(), pos, tag or pos, dep, first + int(head), ent
                    )
                )
                at += len(shown) + 1
            whole = Span(tokens[first].span.start, tokens[-1].span.end)
            found.append(Sentence(number, whole, first, len(tokens)))
        return Annotated(
            article=Article(id="hand", text=text, published=published),
            tokens=tuple(tokens),
            sentences=tuple(found),
            times=tuple(_time(text, words, day) for words, day in times),
            children=children(tuple(tokens)),
        )

    return make


def _time(text: str, words: str, day: date) -> TimeExpression:
    start = text.index(words)
    when = When(edtf=day.isoformat(), begin=day, end=day, precision="Day", resolution="Explicit", expression=words)
    return TimeExpression(Span(start, start + len(words)), when)


@pytest.fixture(scope="session")
def state() -> Callable[[str, str], Actor]:
    """Makes a state from its name and country."""

    def make(name: str, country: str) -> Actor:
        return Actor(id=name.lower(), name=name, kind="state", country=country, sector="GOV")

    return make


@pytest.fixture(scope="session")
def link() -> Callable[..., Link]:
    """Makes a link at a token."""

    def make(
        annotated: Annotated, head: int, *actors: Actor, rule: str = "name", sure: float = 1.0, **more: Any
    ) -> Link:
        span = more.pop("span", annotated.tokens[head].span)
        return Link(span=span, head=head, actors=actors, rule=rule, confidence=sure, **more)

    return make


class ToldNet:
    """Stands in for the trained net; all is told by words of the text.

    Args:
        triggers: type and score by word.
        roles: role, or role and score, by word.
        owners: the word of the owner, or it and its score, by word; the rest of the score is for none.
        dates: the word of the time expression by trigger.
        status: the status of every event, certain.
        mode: the mode of every event.
    """

    def __init__(
        self,
        triggers: Mapping[str, tuple[str, float]],
        *,
        roles: Mapping[str, str | tuple[str, float]] | None = None,
        owners: Mapping[str, str | tuple[str, float]] | None = None,
        dates: Mapping[str, str] | None = None,
        status: str = "occurred",
        mode: str | None = None,
    ) -> None:
        self.triggers, self.part, self.owned, self.dates = triggers, roles or {}, owners or {}, dates or {}
        self.status, self.mode = status, mode
        self.calibration: dict[str, float] = {}
        self.bars: dict[str, float] = {}
        self.words: list[str] = []

    def vectors(self, annotated: Annotated) -> Any:
        self.words = [t.text for t in annotated.tokens]
        return np.zeros((len(self.words), 1), dtype=np.float32)

    def types(self, h: Any, rows: Any) -> Any:
        scores = np.zeros((len(self.words), len(TYPES)), dtype=np.float32)
        for i, word in enumerate(self.words):
            if word in self.triggers:
                kind, score = self.triggers[word]
                scores[i, TYPES.index(kind)] = score
        return scores

    def modes(self, h: Any, kind: str, row: Any) -> dict[str | None, float]:
        return {self.mode: 1.0}

    def statuses(self, h: Any, row: Any) -> dict[str, float]:
        return {s: float(s == self.status) for s in STATUSES}

    def roles(self, h: Any, tokens: Any, kinds: Any, others: Sequence[int], rows: Any, alone: Any) -> Any:
        scores = np.zeros((len(others), 3), dtype=np.float32)
        for n, other in enumerate(others):
            told = self.part.get(self.words[other])
            if told is not None:
                role, score = (told, 0.9) if isinstance(told, str) else told
                scores[n, ROLES.index(role)] = score
        return scores

    def owners(self, h: Any, tokens: Sequence[int], others: Sequence[Sequence[int]], rows: Any, alone: Any) -> Any:
        return [self._pick(self.owned.get(self.words[i]), few) for i, few in zip(tokens, others, strict=True)]

    def times(self, h: Any, tokens: Sequence[int], kinds: Any, others: Sequence[Sequence[int]], rows: Any) -> Any:
        return [self._pick(self.dates.get(self.words[i]), few) for i, few in zip(tokens, others, strict=True)]

    def _pick(self, told: str | tuple[str, float] | None, others: Sequence[int]) -> Any:
        word, score = told if isinstance(told, tuple) else (told, 1.0)
        scores = [score * (self.words[o] == word) for o in others]
        return np.array([*scores, 1 - sum(scores)], dtype=np.float32)


@pytest.fixture(scope="session")
def told_net() -> type[ToldNet]:
    """The net that says what it is told."""
    return ToldNet
