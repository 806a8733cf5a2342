"""Sets third parties apart from the sides: who mediates, hosts, carries or judges is no actor and no recipient.

Which words say so stands in ``kg/lexicon/words/third.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from kg.code.asides import Aside, Asides, Says, clause_of
from kg.code.draft import Draft
from kg.code.roles import Cast
from kg.lexicon import load_lexicon
from kg.lexicon.wordlists import words
from kg.model import Event, Participant, Place, Tree
from kg.vocab.cameo import cameo_for

_MEDIATED = "third-party"
"""PLOVER's mode of talks at which somebody stands between the sides."""
_TOLD = 0.55
"""How sure the sides of a mediation are that only the sentences before it name."""
_HOST = 0.6
"""How sure it is that the state in which sides met through a third party is that party."""


@cache
def _lists() -> Mapping[str, Any]:
    return words("third")


def set_apart(
    tree: Tree, cast: Cast, drafts: Iterable[Draft], places: Mapping[int, Place], told: Sequence[Event] = ()
) -> None:
    """Give the drafts of a sentence their third parties, and take those out of actors and recipients.

    Args:
        tree: the article's parse.
        cast: the actors by token.
        drafts: the events of one sentence.
        places: the places by token.
        told: the events of the sentences before.
    """
    types = _lists()["types"]
    for draft in drafts:
        kind = draft.match.frame.type
        if kind in types["joint"]:
            _stand_by(draft, Asides(tree, cast, draft), told)
        elif kind in types["about"] and draft.match.frame.mode == "meet":
            _move_all(draft, Asides(tree, cast, draft).of_nouns())
        if kind in types["complaining"]:
            _before(draft, _venues(tree, cast, draft))
        if kind in types["carried"]:
            _before(draft, _carriers(tree, cast, draft))
        if kind == "CONSULT":
            _move_all(draft, _host(tree, cast, draft, places))
            _as_mediated(draft)


def _stand_by(draft: Draft, asides: Asides, told: Sequence[Event]) -> None:
    """Set apart whoever stands by, each in the role that the words say, else in the one that the frame or heads say."""
    known, draft.third = draft.third, []
    _between(draft, list(asides.own_verb()), told)
    _move_all(draft, asides.of_nouns())
    _move_all(draft, asides.of_event())
    for party in known:
        _add(draft, party)


def _move_all(draft: Draft, asides: Iterable[Aside]) -> None:
    for aside in asides:
        _move(draft, aside)


def _move(draft: Draft, aside: Aside) -> None:
    """Make somebody a third party, and no longer a side, where enough sides are left."""
    party = aside.participant
    actors = [p for p in draft.actors if not _same(p, party)]
    recipients = [p for p in draft.recipients if not _same(p, party)]
    among = len(actors) + len(recipients) < len(draft.actors) + len(draft.recipients)
    doubtful = aside.says is Says.FAINTLY or (aside.says is Says.SHARED and among)
    if _apart([*actors, *recipients]) < (2 if doubtful else 1):
        return
    draft.actors = actors or [replace(p, role="actor") for p in recipients]
    draft.recipients = recipients if actors else []
    _add(draft, party)


def _between(draft: Draft, asides: Sequence[Aside], told: Sequence[Event]) -> None:
    """Give a mediation that names no sides those told last: "Oman mediated", after talks of two others."""
    parties = [a.participant for a in asides if a.says is Says.PLAINLY]
    if not parties or draft.match.frame.type != "CONSULT":
        return
    if any(not any(_same(p, a) for a in parties) for p in [*draft.actors, *draft.recipients]):
        return
    joint = _lists()["types"]["joint"]
    for event in reversed(told):
        others = [p for p in event.actors if not any(_same(p, a) for a in parties)]
        if event.type in joint and _apart(others) > 1:
            draft.actors = [replace(p, mention=None, confidence=min(p.confidence, _TOLD)) for p in others]
            draft.recipients = []
            return


def _before(draft: Draft, parties: Iterable[Participant]) -> None:
    """Make a body a third party, and no longer whom the act befalls."""
    for party in parties:
        if any(_same(p, party) for p in draft.actors):
            continue
        draft.recipients = [p for p in draft.recipients if not _same(p, party)]
        _add(draft, party)


def _add(draft: Draft, party: Participant) -> None:
    if not any(_same(t, party) for t in draft.third):
        draft.third = [*draft.third, party]


def _apart(participants: Iterable[Participant]) -> int:
    """How many different parties there are; a state and whoever acts for it are one."""
    found: list[Participant] = []
    for p in participants:
        if not any(_same(p, f) for f in found):
            found.append(p)
    return len(found)


def _side(p: Participant) -> str:
    return p.actor.country or p.actor.id


def _same(a: Participant, b: Participant) -> bool:
    """Whether two participants are one: the same actor, the same words, or a body and whoever acts for it."""
    if a.actor.id in (b.actor.id, b.actor.part_of) or b.actor.id == a.actor.part_of:
        return True
    if a.mention is not None and a.mention == b.mention:
        return True
    states = "state" in (a.actor.kind, b.actor.kind)
    return states and a.actor.country is not None and a.actor.country == b.actor.country


def _words(tree: Tree, draft: Draft) -> list[int]:
    """The event's own words and the objects of its verbs."""
    match = draft.match
    own = {*match.parts, *([] if match.carrier is None else [match.carrier])}
    return sorted({*own, *(k for i in own for k in tree.kids(i, "dobj", "prt"))})


def _venues(tree: Tree, cast: Cast, draft: Draft) -> Iterator[Participant]:
    """The court or body before which a side complains: "lodged a complaint with X", "told X that"."""
    venue = _lists()["venue"]
    own = _words(tree, draft)
    if any(tree[i].lemma in venue["words"] for i in own):
        objects = [k for i in own if tree.is_verb(i) for k in tree.kids(i, "dobj", "dative")]
        yield from _bodies(cast, [*_under(tree, own, venue["prepositions"]), *objects], venue)


def _carriers(tree: Tree, cast: Cast, draft: Draft) -> Iterator[Participant]:
    """Who takes people or messages across: "handed over to the Red Cross", "exchanged messages through X"."""
    carrier = _lists()["carrier"]
    own = _words(tree, draft)
    if draft.match.frame.mode == "release":
        yield from _bodies(cast, _under(tree, own, carrier["into"]), carrier)
    through = _under(tree, own, carrier["through"])
    yield from _bodies(cast, through, carrier)
    yield from (replace(p, role=carrier["role"]) for k in through for p in cast.named(k) if p.actor.kind == "person")


def _under(tree: Tree, hosts: Iterable[int], prepositions: Sequence[str]) -> list[int]:
    return [k for i in hosts for p in prepositions for k in tree.under(i, p)]


def _bodies(cast: Cast, heads: Iterable[int], table: Mapping[str, Any]) -> Iterator[Participant]:
    """The bodies of no single country that nouns name, of the sectors of a table."""
    for p in (p for k in heads for p in cast.named(k)):
        if p.actor.sector in table["sectors"] and p.actor.country is None:
            yield replace(p, role=table["role"])


def _host(tree: Tree, cast: Cast, draft: Draft, places: Mapping[int, Place]) -> Iterator[Aside]:
    """The state on whose ground sides met who, as the heads see it, met through a third party."""
    seen = draft.proposal is not None and draft.proposal.mode == _MEDIATED
    if draft.third or not (seen or draft.match.frame.mode == _MEDIATED):
        return
    sides = {_side(p) for p in [*draft.actors, *draft.recipients]}
    for k in _grounds(tree, draft, places):
        party = _state(places[k].country, cast, k) if k in places else next(iter(cast.at(k)), None)
        if party is not None and _side(party) not in sides and party.actor.country is not None:
            yield Aside(replace(party, role="host", confidence=min(_HOST, party.confidence)))
            return


def _grounds(tree: Tree, draft: Draft, places: Mapping[int, Place]) -> Iterator[int]:
    """The nouns for places in the event's clause, those after its words first."""
    grounds = _lists()["grounds"]
    own = clause_of(tree, draft.match.head)
    sentence = range(draft.sentence.first, draft.sentence.last)
    for k in sorted(sentence, key=lambda k: (k < draft.match.head, k)):
        token = tree[k]
        at = token.dep == "pobj" and tree[token.head].lemma in grounds["prepositions"]
        if at and (k in places or token.lemma in grounds["nouns"]) and clause_of(tree, k) == own:
            yield k


def _state(country: str | None, cast: Cast, k: int) -> Participant | None:
    lexicon = load_lexicon()
    state = lexicon.states.get(country or "")
    link = cast.by_head.get(k)
    return None if state is None or link is None else Participant(actor=lexicon.actors[state], mention=link.span)


def _as_mediated(draft: Draft) -> None:
    """Talks at which somebody stands between the sides are mediated ones."""
    frame = draft.match.frame
    if draft.third and (frame.mode is None or (frame.mode == "visit" and _apart(draft.actors) > 1)):
        mediated = replace(frame, mode=_MEDIATED, cameo=cameo_for(frame.type, _MEDIATED))
        draft.match = replace(draft.match, frame=mediated)
