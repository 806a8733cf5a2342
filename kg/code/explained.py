"""What was seen in an article, what was coded of it and what was not, in records of plain values.

Offsets are Unicode code points in the article's text, half-open from 0; scores and probabilities run from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A stretch of the article's text.

    >>> Words(text="Kenya", start=0, end=5).text
    'Kenya'
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMention:
    """Words that mean somebody or some place."""

    words: Words
    whom: tuple[str, ...] = ()
    """Names of the actors; of the place where there are none; empty: nobody that is known."""
    rule: str = ""
    """What resolved them, such as title, demonym or pronoun."""
    certainty: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTime:
    """A time expression, as read."""

    words: Words
    edtf: str
    kind: str = "at"
    """at, since, until, during, recurring or duration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedParticipant:
    """Somebody in a role of an event."""

    role: str
    name: str
    country: str | None = None
    words: Words | None = None
    """None: no words of the sentence name it, it is implied."""
    score: float = 1.0
    by: str = "heads"
    """heads or frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A possible value with its probability; None: none at all."""

    value: str | None
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """An event that one sentence tells, with what led to it."""

    key: str
    label: str
    trigger: Words
    type: str
    mode: str | None = None
    by: str = "heads"
    """heads, frame, or heads and frame."""
    rule: str = ""
    """The frame, or the name of the head's rule such as ``trained.consult``."""
    score: float | None = None
    """Of the trigger; None where the heads were not asked."""
    score_of: str | None = None
    """The type that the score is for: for a planned act the heads see the plan, and the frame what is planned."""
    confidence: float = 1.0
    status: str = ""
    factuality: str = ""
    positive: bool = True
    reason: str = ""
    """Why the event is presented so, such as ``modal 'will'``."""
    reason_words: Words | None = None
    """The word that presents it so, if there is one."""
    says: tuple[str, ...] = ()
    """Who says so, nearest first; empty: the narrator."""
    participants: tuple[CodedParticipant, ...] = ()
    when: str | None = None
    """EDTF; None: not dated."""
    when_words: str | None = None
    """The time expression that was chosen; None: no words date it."""
    place: str | None = None
    modes: tuple[Weighed, ...] = ()
    statuses: tuple[Weighed, ...] = ()
    dates: tuple[Weighed, ...] = ()
    """Each the likeliest first."""
    same_as: str | None = None
    """Key of the event of another sentence that is the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Something that was weighed and not taken."""

    what: str
    """trigger, frame or participant."""
    words: Words | None
    """None: a participant that other sentences name."""
    name: str
    """The type of a trigger, the frame's name, or the participant."""
    why: str
    score: float | None = None
    of: str | None = None
    """For a participant the event: role, trigger and type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedSentence:
    """A sentence with all that was seen, coded and rejected in it; numbers count from 1."""

    number: int
    words: Words
    mentions: tuple[SeenMention, ...] = ()
    times: tuple[SeenTime, ...] = ()
    events: tuple[CodedEvent, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    def pieces(self) -> tuple[tuple[str, str], ...]:
        """The sentence cut into pieces, each with what it is: trigger, time, mention or nothing.

        >>> words = Words(text="Chad met Mali", start=7, end=20)
        >>> seen = SeenMention(words=Words(text="Chad", start=7, end=11))
        >>> ExplainedSentence(number=1, words=words, mentions=(seen,)).pieces()
        (('Chad', 'mention'), (' met Mali', ''))
        """
        kinds = [""] * len(self.words.text)
        # The later paint over the earlier: a trigger may be part of a mention.
        for kind, found in (("mention", self.mentions), ("time", self.times)):
            for seen in found:
                self._paint(kinds, seen.words, kind)
        for event in self.events:
            self._paint(kinds, event.trigger, "trigger")
        runs = groupby(zip(self.words.text, kinds, strict=True), key=lambda pair: pair[1])
        return tuple(("".join(c for c, _ in run), kind) for kind, run in runs)

    def _paint(self, kinds: list[str], words: Words, kind: str) -> None:
        first, last = max(words.start, self.words.start), min(words.end, self.words.end)
        for i in range(first - self.words.start, last - self.words.start):
            kinds[i] = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An article, sentence by sentence.

    >>> Explained(id="a", key="0", politics=1.0, bar=0.45).about_politics
    True
    """

    id: str
    key: str
    politics: float
    """The probability that the article is about politics."""
    bar: float
    """Below it the article gives no events."""
    title: str | None = None
    published: str | None = None
    """ISO date; None: relative dates stay open."""
    warnings: tuple[str, ...] = ()
    sentences: tuple[ExplainedSentence, ...] = ()

    @property
    def about_politics(self) -> bool:
        """Whether the article was coded at all."""
        return self.politics >= self.bar
