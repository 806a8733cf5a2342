"""Explains one article: from what its coder saw, made and noted to records of plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.code.draft import Draft
from kg.code.explained import (
    CodedEvent,
    CodedParticipant,
    Explained,
    ExplainedSentence,
    Rejected,
    SeenMention,
    SeenTime,
    Weighed,
    Words,
)
from kg.code.gate import THRESHOLD
from kg.code.notes import NOTED, Missed, Notes
from kg.code.reading import Reading
from kg.model import Annotated, Event, Link, Participant, Sentence, Span

_LEAST = 0.01
"""Modes, statuses and dates that are less likely are not told."""


def explained(
    annotated: Annotated,
    links: Sequence[Link],
    reading: Reading | None,
    notes: Notes,
    *,
    same: Mapping[str, str] | None = None,
) -> Explained:
    """What was seen in an article, coded and rejected, sentence by sentence.

    Args:
        annotated: the article with its parse.
        links: whom its mentions mean.
        reading: the article as coded; None where it is not about politics.
        notes: what the coder noted meanwhile.
        same: by the key of an event that was merged into another, that one's key.

    >>> from kg.model import Article
    >>> explained(Annotated(Article(id="a", text="")), (), None, Notes(politics=0.1)).about_politics
    False
    """
    article = annotated.article
    teller = _Teller(annotated, links, reading, notes, same or {})
    return Explained(
        id=article.id,
        key=article.key,
        title=article.title,
        published=article.published.isoformat() if article.published else None,
        politics=1.0 if notes.politics is None else round(notes.politics, 3),
        bar=THRESHOLD,
        warnings=annotated.warnings,
        sentences=tuple(teller.sentence(s) for s in annotated.sentences),
    )


class _Teller:
    """Tells of one article what is known of each sentence."""

    def __init__(
        self,
        annotated: Annotated,
        links: Sequence[Link],
        reading: Reading | None,
        notes: Notes,
        same: Mapping[str, str],
    ) -> None:
        self.annotated, self.links, self.notes, self.same = annotated, links, notes, same
        self.text = annotated.article.text
        self.events = reading.events if reading is not None else []
        self.drafts = {event.key: draft for draft, event in (reading.made if reading is not None else ())}

    def sentence(self, sentence: Sentence) -> ExplainedSentence:
        """All that is known of one sentence."""
        span = sentence.span
        events = [e for e in self.events if e.mentions[0].sentence == sentence.number]
        return ExplainedSentence(
            number=sentence.number,
            words=self._words(span),
            mentions=tuple(self._mention(k) for k in sorted(self.links, key=lambda k: k.span) if span.covers(k.span)),
            times=tuple(
                SeenTime(words=self._words(t.span), edtf=t.when.edtf, kind=t.kind)
                for t in self.annotated.times
                if span.covers(t.span)
            ),
            events=tuple(self._event(e) for e in sorted(events, key=lambda e: (e.mentions[0].trigger_span, e.type))),
            rejected=tuple(self._rejected(sentence)),
        )

    def _mention(self, link: Link) -> SeenMention:
        whom = tuple(a.name for a in link.actors) or ((link.place.name,) if link.place else ())
        return SeenMention(words=self._words(link.span), whom=whom, rule=link.rule, certainty=round(link.confidence, 3))

    # Events

    def _event(self, event: Event) -> CodedEvent:
        mention, draft = event.mentions[0], self.drafts.get(event.key)
        proposal = draft.proposal if draft is not None else None
        place = (proposal.token, proposal.kind) if proposal is not None else (-1, "")
        when = event.when.expression if event.when is not None else None
        by = draft.how.by if draft is not None else None
        return CodedEvent(
            key=event.key,
            label=event.label,
            trigger=self._words(mention.trigger_span),
            type=event.type,
            mode=event.mode,
            by=_by(draft),
            rule=mention.rule,
            score=round(proposal.score, 3) if proposal is not None else None,
            score_of=proposal.kind if proposal is not None else None,
            confidence=mention.confidence,
            status=event.status.value,
            factuality=mention.factuality.value,
            positive=mention.positive,
            reason=draft.how.reason if draft is not None else "an act of speech",
            reason_words=self._words(self.annotated.tokens[by].span) if by is not None else None,
            says=tuple(p.actor.name for p in mention.attributed_to),
            participants=tuple(self._participants(event, draft)),
            when=event.when.edtf if event.when is not None else None,
            when_words=when,
            place=event.place.name if event.place is not None else None,
            modes=_ranked(self.notes.modes.get(place, {}).items()),
            statuses=_ranked(proposal.statuses.items()) if proposal is not None else (),
            dates=_ranked((self._time(n), p) for n, p in self.notes.dates.get(place, ())),
            same_as=self.same.get(event.key),
        )

    def _time(self, number: int | None) -> str | None:
        return None if number is None else self.annotated.times[number].span.of(self.text)

    def _participants(self, event: Event, draft: Draft | None) -> Iterator[CodedParticipant]:
        proposal = draft.proposal if draft is not None else None
        heads = (*proposal.actors, *proposal.recipients, *proposal.third) if proposal is not None else ()
        for participant in (*event.actors, *event.recipients, *event.third_parties):
            yield CodedParticipant(
                role=_role(participant, event),
                name=participant.actor.name,
                country=participant.actor.country,
                words=self._words(participant.mention) if participant.mention is not None else None,
                score=round(participant.confidence, 3),
                by="heads" if _among(participant, heads) else "frame",
            )

    # What was not taken

    def _rejected(self, sentence: Sentence) -> Iterator[Rejected]:
        tokens = self.annotated.tokens
        here = range(sentence.first, sentence.last)
        for passed in sorted(self.notes.triggers, key=lambda t: -t.score):
            if passed.token in here and passed.score >= NOTED:
                words, score = self._words(tokens[passed.token].span), round(passed.score, 3)
                yield Rejected(what="trigger", words=words, name=passed.kind, why=passed.why, score=score)
        for dropped in self.notes.frames:
            if dropped.token in here:
                name = f"{dropped.frame} ({dropped.kind})"
                yield Rejected(what="frame", words=self._words(dropped.span), name=name, why=dropped.why)
        for missed in self.notes.participants:
            if missed.token in here and not self._has(missed):
                yield self._missed(missed)

    def _has(self, missed: Missed) -> bool:
        """Whether the event has the participant all the same, from its frame."""
        role = "mediator" if missed.role == "third" else missed.role
        for event in self.events:
            draft = self.drafts.get(event.key)
            if draft is None or draft.proposal is None:
                continue
            if (draft.proposal.token, draft.proposal.kind) == (missed.token, missed.kind):
                sides = (*event.actors, *event.recipients, *event.third_parties)
                own = [p for p in sides if _role(p, event) == role]
                return any(p.mention == missed.span if missed.span else missed.name in _side(p) for p in own)
        return False

    def _missed(self, missed: Missed) -> Rejected:
        return Rejected(
            what="participant",
            words=self._words(missed.span) if missed.span is not None else None,
            name=missed.name,
            why=missed.why,
            score=round(missed.score, 3),
            of=f"{missed.role} of {self.annotated.tokens[missed.token].text!r} ({missed.kind})",
        )

    def _words(self, span: Span) -> Words:
        return Words(text=span.of(self.text), start=span.start, end=span.end)


def _by(draft: Draft | None) -> str:
    if draft is None or draft.proposal is None:
        return "frame"
    return "heads" if draft.match.frame.id.startswith("trained.") else "heads and frame"


def _role(participant: Participant, event: Event) -> str:
    return "recipient" if participant in event.recipients else participant.role


def _side(participant: Participant) -> tuple[str | None, str]:
    return participant.actor.country, participant.actor.id


def _among(participant: Participant, others: Sequence[Participant]) -> bool:
    return any(participant.actor.id == o.actor.id and participant.confidence == o.confidence for o in others)


def _ranked(pairs: Iterable[tuple[str | None, float]]) -> tuple[Weighed, ...]:
    """The values that are not all but ruled out, the likeliest first."""
    likely = sorted(((p, v) for v, p in pairs if p >= _LEAST), key=lambda x: (-x[0], x[1] or ""))
    return tuple(Weighed(value=v, probability=round(p, 3)) for p, v in likely)
