"""Who stands where: fills a frame's slots with the actors that the article names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.code.match import Match
from kg.lexicon.wordlists import words
from kg.model import Link, Participant, Tree

_MODIFIERS = ("poss", "amod", "compound", "nmod", "nummod")
_INSIDE = ("of", "from", "for", "by")


class Cast:
    """The actors of an article by the token that carries their mention."""

    def __init__(self, tree: Tree, links: Iterable[Link]) -> None:
        self.tree = tree
        self.by_head: dict[int, Link] = {}
        for link in links:
            known = self.by_head.get(link.head)
            if known is None or (bool(link.actors), len(link.span)) > (bool(known.actors), len(known.span)):
                self.by_head[link.head] = link

    def at(self, head: int, *, depth: int = 2) -> list[Participant]:
        """The actors that a noun phrase names, through its conjuncts and, failing that, its modifiers."""
        found: list[Participant] = []
        for i in self.tree.conjuncts(head):
            found += self._named(i) or (self._modifying(i, depth) if depth else [])
        return _once(found)

    def named(self, head: int) -> list[Participant]:
        """The actors that the noun phrase itself names, modifiers aside."""
        return _once(p for i in self.tree.conjuncts(head) for p in self._named(i))

    def _named(self, i: int) -> list[Participant]:
        link = self.by_head.get(self.tree.antecedent(i))
        if link is None:
            return []
        found = [Participant(actor=a, mention=link.span, confidence=link.confidence) for a in link.actors]
        if link.rule == "demonym":
            # "Ethiopian-Eritrean": the first demonym hangs on the second
            found = [p for k in self.tree.kids(i, "amod", "npadvmod") for p in self._named(k)] + found
        return found

    def _modifying(self, i: int, depth: int) -> list[Participant]:
        for k in [*self.tree.kids(i, "appos"), *self.tree.kids(i, *_MODIFIERS)]:
            found = [p for c in self.tree.conjuncts(k) for p in self._named(c)]
            if found:
                return found
        for preposition in _INSIDE:
            for k in self.tree.under(i, preposition):
                found = self.at(k, depth=depth - 1)
                if found:
                    return found
        return []


def _once(participants: Iterable[Participant]) -> list[Participant]:
    seen: dict[str, Participant] = {}
    for p in participants:
        seen.setdefault(p.actor.id, p)
    return list(seen.values())


def fill(tree: Tree, cast: Cast, match: Match, slots: tuple[str, ...], *, named: bool = False) -> list[Participant]:
    """The actors in the first of these slots that holds somebody.

    Args:
        tree: the article's parse.
        cast: the actors by token.
        match: the frame and where it fits.
        slots: where to look, in order.
        named: whether the noun itself must name somebody, not a possessor or demonym within its phrase.
    """
    for slot in slots:
        find = cast.named if slot == "self" or (named and slot not in ("mod", "poss", "between")) else cast.at
        found = _once(p for head in slot_heads(tree, match, slot) for p in find(head))
        if found:
            return found
    return []


def slot_heads(tree: Tree, match: Match, slot: str) -> list[int]:
    """The nouns that stand in a slot of a match."""
    if match.frame.reciprocal and slot in ("in", "at"):
        # Where sides meet is no side.
        return []
    if slot == "self":
        return list(match.parts)
    if slot == "subject":
        return _subject(tree, match)
    if slot == "object":
        return _object(tree, match)
    if slot == "dative":
        return _dative(tree, match)
    if slot == "clause":
        return _clause(tree, match)
    if slot == "cause":
        return _cause(tree, match)
    if slot == "poss":
        return [k for p in match.parts for k in tree.kids(p, "poss")]
    if slot == "mod":
        return [k for k in tree.kids(match.head, "amod", "compound", "nmod", "npadvmod") if k not in match.parts]
    hosts = {*match.parts, *([match.carrier] if match.carrier is not None else [])}
    for host in list(hosts):
        hosts.update(tree.kids(host, "dobj", "prt", "acomp"))
        if match.frame.change:
            # "the truce between them expired": the sides hang on the deal that is the subject
            hosts.update(tree.kids(host, "nsubj", "nsubjpass"))
    return [k for host in sorted(hosts) for k in tree.under(host, slot) if k not in match.parts]


def _subject(tree: Tree, match: Match) -> list[int]:
    if match.carrier == match.head:
        agent = tree.agent(match.head)
        return [] if agent is None else [agent]
    heads = tree.kids(match.head, "poss")
    if heads:
        return heads
    heads = [k for k in tree.kids(match.head, "amod", "compound", "nmod") if k not in match.parts]
    carrier = match.carrier
    if carrier is not None and tree[match.head].dep not in ("nsubj", "nsubjpass"):
        agent = tree.agent(carrier)
        return heads + ([] if agent is None else [agent]) if agent is None or heads == [] else [agent, *heads][:1]
    heads += tree.under(match.head, "by")
    if carrier is not None and tree.passive(carrier):
        agent = tree.agent(carrier)
        heads += [] if agent is None else [agent]
    if not heads and tree[match.head].dep == "pobj" and _takes_part(tree, match):
        subject = tree.clause_subject(match.head)
        heads += [] if subject is None else [subject]
    return heads


def _takes_part(tree: Tree, match: Match) -> bool:
    """Whether the clause around a noun says that its subject took part: "after talks with X", not "after the vote"."""
    preposition = tree[tree[match.head].head].lemma
    return preposition in ("at", "in", "during", "for") or bool(tree.under(match.head, "with"))


def _object(tree: Tree, match: Match) -> list[int]:
    if match.carrier == match.head:
        patients = tree.patients(match.head)
        heads = [h for h in patients if h not in match.parts] or patients
        if heads:
            return heads
        parts = [p for p in match.parts if p != match.head and tree[p].lemma not in ("in", "at", "near")]
        return [k for p in parts for k in _after(tree, p)]
    return [k for k in tree.under(match.head, "of") if k not in match.parts]


def _after(tree: Tree, part: int) -> list[int]:
    """What stands after a particle or in an object of the trigger's own: "turned down X's offer"."""
    return tree.kids(part, "pobj") + tree.kids(part, "poss")


def _dative(tree: Tree, match: Match) -> list[int]:
    hosts = [match.head] if match.carrier in (None, match.head) else [match.head, match.carrier or match.head]
    found = [k for h in hosts for k in tree.kids(h, "dative") if tree[k].pos != "ADP"]
    return found + [k for h in hosts for k in tree.under(h, "to") if k not in match.parts]


def _clause(tree: Tree, match: Match) -> list[int]:
    """The subjects of the clauses in a speech act's complement: "demanded that Israel withdraw"."""
    hosts = [match.head, *([match.carrier] if match.carrier is not None else [])]
    found: list[int] = []
    for host in dict.fromkeys(hosts):
        for k in tree.kids(host, "ccomp", "xcomp", "acl", "advcl"):
            subjects = tree.kids(k, "nsubj", "nsubjpass")
            found += subjects
    return found


def _cause(tree: Tree, match: Match) -> list[int]:
    """What the event results from: "as a result of Chad's raids", "in a French raid"."""
    found: list[int] = []
    for host in dict.fromkeys([match.head, match.carrier if match.carrier is not None else match.head]):
        for k in [*tree.under(host, "as"), *tree.under(host, "because"), *tree.under(host, "due")]:
            found += [inner for inner in tree.under(k, "of") or [k] if tree[inner].pos == "NOUN"]
        for preposition in ("in", "during", "by", "from"):
            found += [k for k in tree.under(host, preposition) if tree[k].pos == "NOUN" and tree[k].ent == ""]
    return [k for f in found for k in tree.kids(f, "amod", "compound", "poss", "nmod")]


def mediators(tree: Tree, cast: Cast, match: Match) -> list[Participant]:
    """Who brokered what a noun names: "Togo brokered a truce", "a truce brokered by Togo"."""
    verbs = words("grammar")["mediating"]["verbs"]
    # "a truce between A and B brokered by C": the parser hangs the clause on A or B
    deals = [*match.parts, *tree.kids(match.head, "dobj")]
    named = [*deals, *(k for d in deals for p in ("between", "of") for k in tree.under(d, p))]
    hosts = [k for n in dict.fromkeys(named) for k in tree.kids(n, "acl", "relcl") if tree[k].lemma in verbs]
    if match.carrier not in (None, match.head) and tree[match.carrier or 0].lemma in verbs:
        hosts.append(match.carrier or 0)
    agents = [a for h in hosts if (a := tree.agent(h)) is not None]
    return [replace(p, role="mediator") for a in agents for p in cast.at(a)]


def third_parties(tree: Tree, cast: Cast, match: Match) -> list[Participant]:
    """Mediators, hosts and others that the frame knows by slot."""
    found: list[Participant] = mediators(tree, cast, match)
    for role, slots in match.frame.third:
        found += [replace(p, role=role) for p in fill(tree, cast, match, slots)]
    return _once(found)


def sides(tree: Tree, cast: Cast, match: Match) -> Mapping[str, list[Participant]]:
    """Actors, recipients and third parties of a match, each as lists; nobody stands on two sides."""
    frame = match.frame
    third = third_parties(tree, cast, match)
    brokers = {p.actor.id for p in third if p.role == "mediator"}
    slots = frame.actor
    if brokers and not tree.is_verb(match.head):
        # The subject of "brokered a truce" is no party to it.
        slots = tuple(s for s in slots if s != "subject") or slots
    actors = fill(tree, cast, match, slots)
    taken = {p.actor.id for p in actors}
    recipients = [
        replace(p, role="recipient")
        for p in fill(tree, cast, match, frame.recipient, named=frame.reciprocal)
        if p.actor.id not in taken
    ]
    if frame.reciprocal:
        everyone = [*actors, *(replace(r, role="actor") for r in recipients)]
        # Whoever only stands between the sides is none of them; alone in the text it is all that is known.
        actors = [p for p in everyone if p.actor.id not in brokers] or everyone
        recipients = []
    return {"actors": actors, "recipients": recipients, "third": third}
