"""A match with its participants on the way to becoming an event."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.code.learned.decide import Proposal
from kg.code.match import Match
from kg.code.presented import Presented
from kg.model import FACTUAL, Event, Factuality, Participant, Sentence, Tree

_WORDS = {
    Factuality.PROMISED: "promised",
    Factuality.INVITED: "invited",
    Factuality.SCHEDULED: "planned",
    Factuality.INTENDED: "intended",
    Factuality.AGREED: "agreed, not reported as done",
    Factuality.REQUESTED: "asked for",
    Factuality.DESIRED: "wished for",
    Factuality.PROPOSED: "proposed",
    Factuality.CONDITIONAL: "conditional",
}


@dataclass(slots=True)
class Draft:
    """One accepted match in a sentence."""

    match: Match
    sentence: Sentence
    actors: list[Participant]
    recipients: list[Participant]
    third: list[Participant]
    how: Presented = field(default_factory=Presented)
    sources: tuple[Participant, ...] = ()
    answers: list[str] = field(default_factory=list)
    """Keys of the earlier events that this one answers."""
    caused_by: list[Event] = field(default_factory=list)
    """The earlier events that this one results from."""
    outcomes: list[int] = field(default_factory=list)
    """Verbs that tell the toll of this act: "killing nine"."""
    key: str = ""
    proposal: Proposal | None = None
    """What the trained heads say of it."""
    score: float = 0.0
    """The heads' score of its type at the best of its words."""
    sure: float | None = None
    """How likely the event is right, 0 to 1; None where the heads know no such type."""

    @property
    def people(self) -> int:
        """How many different participants the draft has."""
        return len({p.actor.id for p in [*self.actors, *self.recipients]})

    def label(self, tree: Tree) -> str:
        """The event in a line: who, the words that name it, to whom, and whether it happened."""
        words = " ".join(tree[p].text for p in self.match.parts if abs(p - self.match.head) <= 5)
        parts = [_names(self.actors), words, _names(self.recipients)]
        note = _WORDS.get(self.how.factuality, "") if self.how.factuality not in FACTUAL else ""
        if not self.how.positive:
            note = "did not happen"
        return " · ".join(p for p in parts if p) + (f" ({note})" if note else "")


def without_note(label: str) -> str:
    """The label of an event that has happened after all.

    >>> without_note("Togo, Chad · truce (agreed, not reported as done)")
    'Togo, Chad · truce'
    """
    for note in _WORDS.values():
        label = label.removesuffix(f" ({note})")
    return label


def _names(participants: list[Participant]) -> str:
    names = list(dict.fromkeys(p.actor.name for p in participants))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
