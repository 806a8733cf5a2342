"""What an event takes from those around it: parties of the deal, the side that is answered, the cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kg.code.draft import Draft
from kg.code.match import Match
from kg.code.roles import Cast
from kg.lexicon.wordlists import words
from kg.model import Event, Participant, Sentence, Tree

_SURE = 0.55


@dataclass(slots=True)
class Around:
    """What the article has told before a sentence."""

    parties: tuple[Participant, ...] = ()
    """Parties of the agreement spoken of last."""
    told: list[Event] = field(default_factory=list)
    """The events of the last sentence that told any as facts."""
    before: list[Event] = field(default_factory=list)
    """The facts of the sentence before that one."""

    def tell(self, facts: list[Event]) -> None:
        """Go on: these are now the facts told last."""
        if facts:
            self.before, self.told = self.told, facts


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], tuple[str, ...], tuple[str, ...]]:
    grammar = words("grammar")
    return (
        frozenset(grammar["agreement"]["nouns"]),
        frozenset(grammar["result"]["answering"]),
        tuple(grammar["result"]["openings"]),
        tuple(grammar["result"]["replies"]),
    )


def of_agreement(tree: Tree, match: Match) -> list[int]:
    """The nouns for a deal that the words of a match speak of: "the truce was extended", "the pact expired"."""
    nouns = _lists()[0]
    hosts = {match.head, *match.parts}
    around = [k for h in hosts for k in tree.kids(h, "nsubj", "nsubjpass", "dobj")]
    subject = tree.surface_subject(match.head) if tree.is_verb(match.head) else None
    words_of = dict.fromkeys([*around, *hosts, *([] if subject is None else [subject])])
    return [k for k in words_of if tree[k].lemma in nouns]


def with_parties(tree: Tree, cast: Cast, draft: Draft, around: Around) -> bool:
    """Give a change of an agreement the parties of that agreement; false where it is about something else."""
    deals = of_agreement(tree, draft.match)
    subject = tree.surface_subject(draft.match.head) if tree.is_verb(draft.match.head) else None
    if not deals and around.parties and subject is not None and tree[subject].text.lower() == "it":
        # "It expired on Friday", after a truce
        deals = [subject]
    if not draft.actors:
        draft.actors = [p for d in deals for k in tree.under(d, "between") for p in cast.at(k)]
    if deals and not draft.actors:
        draft.actors = [_implied(p, "actor") for p in around.parties]
    return bool(deals and draft.actors)


def with_sides(draft: Draft, others: Sequence[Draft], around: Around) -> None:
    """Give a mediation that names no sides those of the deal in its sentence, or of the one spoken of last.

    "China mediated the talks": the sides are no longer told because they were told before.
    """
    brokers = {p.actor.id for p in draft.third if p.role == "mediator"}
    if not brokers or not {p.actor.id for p in draft.actors} <= brokers:
        return
    deals = [d.actors for d in others if d.match.frame.agreement and d.people > 1 and d is not draft]
    parties = [p for p in (deals[0] if deals else around.parties) if p.actor.id not in brokers]
    if len({p.actor.id for p in parties}) > 1:
        draft.actors = [_implied(p, "actor") for p in parties]


def with_cause(tree: Tree, draft: Draft, sentence: Sentence, around: Around) -> list[Event]:
    """The earlier events whose result this is; who did those did this, where nobody else is named.

    "As a result, 40 were wounded"; after a sentence on raids "40 were wounded as a result of the raids".
    """
    causes = _named_causes(tree, draft, around)
    if around.told and _opens(tree, sentence, _lists()[2]):
        causes += around.told
    if causes and not draft.actors:
        doers = {p.actor.id: p for e in causes for p in e.actors}
        draft.actors = [_implied(p, "actor") for p in doers.values()][:1]
    return [e for e in causes if {p.actor.id for p in e.actors} & {p.actor.id for p in draft.actors}]


def _named_causes(tree: Tree, draft: Draft, around: Around) -> list[Event]:
    hosts = {draft.match.head, *([draft.match.carrier] if draft.match.carrier is not None else [])}
    nouns = {
        tree[inner].text.casefold()
        for host in hosts
        for preposition in ("as", "because", "due")
        for k in tree.under(host, preposition)
        for inner in [k, *tree.under(k, "of")]
    }
    return [e for e in (*around.before, *around.told) if nouns & set(e.mentions[0].trigger.casefold().split())]


def answers(tree: Tree, draft: Draft, around: Sequence[Event]) -> list[str]:
    """Keys of the earlier events that a retaliation answers; those who did them are its recipients."""
    around_it = {w for k in _modifiers(tree, draft) for w in (tree[k].lemma, tree[k].text.lower())}
    if not around_it & _lists()[1] and not _opens(tree, draft.sentence, _lists()[3]):
        return []
    own = {p.actor.id for p in draft.actors} | {p.actor.country for p in draft.actors if p.actor.country}
    answered = [
        e for e in around if {p.actor.id for p in e.recipients} & own or {p.actor.country for p in e.recipients} & own
    ]
    if answered and not draft.recipients:
        doers = {p.actor.id: p for e in answered for p in e.actors}
        draft.recipients = [_implied(p, "recipient") for p in doers.values()][:1]
    return [e.key for e in answered]


def inherit_recipient(tree: Tree, draft: Draft, others: Sequence[Draft]) -> None:
    """Whom the act befalls, from the clause that it hangs on: "attacked Chad, breaching the border"."""
    if draft.recipients or not draft.actors:
        return
    for _, head in tree.governors(draft.match.head):
        for other in others:
            if head in (other.match.head, other.match.carrier) and other.match.frame.type == draft.match.frame.type:
                own = {p.actor.id for p in draft.actors} | {p.actor.part_of for p in draft.actors}
                if own & {p.actor.id for p in other.actors} and other.recipients:
                    draft.recipients = [_implied(p, "recipient") for p in other.recipients]
                    return


def _modifiers(tree: Tree, draft: Draft) -> list[int]:
    return [k for p in draft.match.parts for k in tree.kids(p, "amod", "compound", "nmod")] + list(draft.match.parts)


def _opens(tree: Tree, sentence: Sentence, openings: tuple[str, ...]) -> bool:
    text = " ".join(tree[i].text.lower() for i in range(sentence.first, min(sentence.last, sentence.first + 4)))
    return text.startswith(openings)


def _implied(participant: Participant, role: str) -> Participant:
    return replace(participant, role=role, mention=None, confidence=min(participant.confidence, _SURE))
