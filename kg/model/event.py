"""What happened, is planned, demanded or denied, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kg.model.actor import Actor, Place
from kg.model.span import Span
from kg.model.when import When


class Status(StrEnum):
    """Whether an event happened, computed from its mentions."""

    OCCURRED = "Occurred"
    ONGOING = "Ongoing"
    EXPECTED = "Expected"
    HYPOTHETICAL = "Hypothetical"
    NOT_OCCURRED = "NotOccurred"
    PARTLY_REALIZED = "PartlyRealized"
    UNKNOWN = "StatusUnknown"


class Factuality(StrEnum):
    """How a mention presents its event."""

    ASSERTED = "Asserted"
    PRESUPPOSED = "Presupposed"
    PROMISED = "Promised"
    INVITED = "Invited"
    SCHEDULED = "Scheduled"
    INTENDED = "Intended"
    AGREED = "Agreed"
    REQUESTED = "Requested"
    DESIRED = "Desired"
    PROPOSED = "Proposed"
    CONDITIONAL = "Conditional"


FACTUAL = frozenset({Factuality.ASSERTED, Factuality.PRESUPPOSED})
FUTURE = frozenset(
    {Factuality.PROMISED, Factuality.INVITED, Factuality.SCHEDULED, Factuality.INTENDED, Factuality.AGREED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An actor in a role; ``mention`` is None where the text only implies it.

    role: actor, recipient, or for third parties mediator, host, guarantor, beneficiary, target.
    """

    actor: Actor
    role: str = "actor"
    mention: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure that the text ties to an event."""

    kind: str
    """Killed, Wounded, Abducted, Released, Displaced, Arrested, Money or Other."""
    value: float
    approximation: str = "Exactly"
    """Exactly, About, AtLeast, AtMost, MoreThan or LessThan."""
    unit: str | None = None
    span: Span | None = None
    as_of: str | None = None
    """EDTF day on which the source gave the figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """One report of an event in one article: the evidence."""

    article: str
    """``Article.key`` of the article."""
    span: Span
    """Where the quote stands."""
    quote: str
    """Exactly ``article.text[span.start:span.end]``."""
    sentence: int
    """Number of the sentence, from 1."""
    trigger: str
    trigger_span: Span
    factuality: Factuality = Factuality.ASSERTED
    positive: bool = True
    """False where the text says that it did not happen."""
    ongoing: bool = False
    background: bool = False
    """Whether it lies before the calendar month that precedes the article's publication."""
    attributed_to: tuple[Participant, ...] = ()
    """Who says so, nearest source first; empty: the narrator, that is the publisher."""
    rule: str = ""
    """The frame or model that coded it, such as ``consult.phone``."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event with its roles and every mention of it.

    ``type`` is a PLOVER type (``CONSULT``) or, for what PLOVER does not code, one of the own
    concepts Statement, Conflict, Expiry, Founding, Governance, Partition.
    """

    key: str
    """16 hexadecimal digits, from its first mention: the local name in the graph."""
    type: str
    label: str
    status: Status
    mode: str | None = None
    """PLOVER mode without its type, such as ``phone``."""
    cameo: str | None = None
    """CAMEO code as a string, such as ``041``."""
    contexts: tuple[str, ...] = ()
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    third_parties: tuple[Participant, ...] = ()
    place: Place | None = None
    when: When | None = None
    quantities: tuple[Quantity, ...] = ()
    topics: tuple[str, ...] = ()
    instrument: str | None = None
    content: tuple[str, ...] = ()
    """Keys of the events that this speech act or deal is about."""
    in_response_to: tuple[str, ...] = ()
    """Keys of the events that the text says it answers."""
    causes: tuple[str, ...] = ()
    same_as: tuple[tuple[str, float], ...] = ()
    """Keys of the article-level events merged into it, each with the score of the match."""
    same_because: tuple[tuple[str, str], ...] = ()
    """The same keys, each with the reasons of the match in one line."""
    mentions: tuple[EventMention, ...] = ()

    @property
    def is_plover(self) -> bool:
        """Whether the event has one of PLOVER's 16 types."""
        return self.type.isupper()

    @property
    def confidence(self) -> float:
        """The highest confidence among its mentions, 0 to 1."""
        return max((m.confidence for m in self.mentions), default=0.0)

    def _repr_html_(self) -> str:
        from kg.model.shown import event_html

        return event_html(self)

    def rolled_up(self) -> Event:
        """The same event with its status computed anew from its mentions."""
        return replace(self, status=roll_up(self.mentions, self.status))


def roll_up(mentions: tuple[EventMention, ...], default: Status = Status.UNKNOWN) -> Status:
    """Compute an event's status from how its mentions present it.

    A factual positive mention makes it occurred (or ongoing); a denial counts only
    where nobody asserts the event, so a disputed event stays occurred with both mentions kept.

    >>> roll_up(())
    <Status.UNKNOWN: 'StatusUnknown'>
    """
    facts = [m for m in mentions if m.factuality in FACTUAL]
    if any(m.positive for m in facts):
        return Status.ONGOING if any(m.ongoing for m in facts if m.positive) else Status.OCCURRED
    if facts:
        return Status.NOT_OCCURRED
    if any(not m.positive for m in mentions):
        return Status.NOT_OCCURRED
    if any(m.factuality in FUTURE for m in mentions):
        return Status.EXPECTED
    return Status.HYPOTHETICAL if mentions else default
