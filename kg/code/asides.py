"""Finds who stands between or beside the sides of an event: mediators, hosts, witnesses, guarantors.

Which words say so stands in ``kg/lexicon/words/third.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from kg.code.aside_words import Patterns, aside_words, participle
from kg.code.draft import Draft
from kg.code.roles import Cast
from kg.lexicon import load_lexicon
from kg.model import Participant, Tree

_BELOW = (
    "dobj",
    "pobj",
    "prep",
    "nsubj",
    "nsubjpass",
    "attr",
    "prt",
    "agent",
    "dative",
    "oprd",
    "npadvmod",
    "advmod",
    "xcomp",
)
_APART = frozenset({"after", "before", "since", "despite", "until", "amid", "against", "following", "ahead", "over"})
"""Prepositions after which something else than the event is spoken of."""
_DEPTH = 4
_NAMED = 0.9
"""How sure somebody is whom only a compound such as "U.S.-brokered" names."""


class Says(Enum):
    """How clearly the words say that somebody is no side."""

    PLAINLY = 2
    """Only a third party does this: to mediate talks, to host them."""
    SHARED = 1
    """A side may do it as well: to draft a plan, to chair talks."""
    FAINTLY = 0
    """It is said of somebody in the sentence, not of this event: "mediator Oman said"."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Somebody who seems to stand beside the sides."""

    participant: Participant
    says: Says = Says.PLAINLY


class Asides:
    """Whoever stands beside the sides of one event.

    Args:
        tree: the article's parse.
        cast: the actors by token.
        draft: the event.
    """

    def __init__(self, tree: Tree, cast: Cast, draft: Draft) -> None:
        self.tree, self.cast, self.draft = tree, cast, draft
        match = draft.match
        self.own = sorted({*match.parts, *([] if match.carrier is None else [match.carrier])})
        self.nouns = list(dict.fromkeys([*self.own, *self._below()]))

    def of_nouns(self) -> Iterator[Aside]:
        """Who brokered, hosted or witnessed the talks or the deal that the event's words speak of."""
        for n in self.nouns:
            yield from self._compounds(n)
            yield from self._clauses(n)
            yield from self._under(n)

    def of_event(self) -> Iterator[Aside]:
        """Who is said to do so beside the event itself."""
        yield from self._above()
        yield from self._moved()
        for n in dict.fromkeys([*self.nouns, *self._carrying()]):
            yield from self._phrases(n)
            yield from self._absolute(n)
        yield from self._titled()

    def own_verb(self) -> Iterator[Aside]:
        """Who mediates or hosts, where that is what the event's words say."""
        for i in self.own:
            if self.tree.is_verb(i):
                yield from self._doing(i, shared=False)

    def _below(self) -> list[int]:
        """Nouns for talks and deals that hang on the event's words with no clause between."""
        found: list[int] = []
        waiting = [(k, 0) for k in self.own]
        while waiting:
            i, depth = waiting.pop(0)
            for k in self.tree.kids(i, *_BELOW):
                if self.tree[k].dep == "prep" and self.tree[k].lemma in _APART:
                    continue
                if self.tree[k].lemma in aside_words().nouns:
                    found.append(k)
                if depth < _DEPTH:
                    waiting.append((k, depth + 1))
        return found

    def _carrying(self) -> list[int]:
        """The verbs of which the event's noun is subject or object, or beside which its verb stands."""
        heads = [self.tree[i].head for i in self.own if self.tree[i].dep in ("dobj", "nsubj", "nsubjpass", "conj")]
        return [h for h in heads if self.tree.is_verb(h)]

    def _at(self, head: int, role: str, *, says: Says) -> Iterator[Aside]:
        for p in self.cast.at(head):
            yield Aside(replace(p, role=role), says)

    def _compounds(self, noun: int) -> Iterator[Aside]:
        """U.S.-brokered talks, Qatari-mediated truce."""
        for k in self.tree.kids(noun, "amod", "compound", "nmod"):
            name, hyphen, verb = self.tree[k].text.rpartition("-")
            role = participle(verb)
            if role is None:
                continue
            if hyphen:
                yield from _called(name, role)
                continue
            for m in self.tree.kids(k, "npadvmod", "amod", "compound", "nmod", "advmod", "nsubj"):
                yield from self._at(m, role, says=Says.PLAINLY)

    def _clauses(self, noun: int) -> Iterator[Aside]:
        """A truce brokered by X and guaranteed by Y; talks that X hosted.

        The parser often hangs the clause on a side: "a truce between A and B brokered by C".
        """
        inner = [k for p in ("between", "of", "with", "in", "on") for k in self.tree.under(noun, p)]
        for n in dict.fromkeys([noun, *inner]):
            for clause in self.tree.kids(n, "acl", "relcl"):
                for verb in self.tree.conjuncts(clause):
                    if self._befalls(verb):
                        yield from self._doing(verb, shared=True)

    def _under(self, noun: int) -> Iterator[Aside]:
        """Talks under X; they met under X. Other acts under X are of X's time."""
        if self.tree.is_verb(noun) and self.draft.match.frame.type != "CONSULT":
            return
        for k in self.tree.under(noun, "under"):
            for p in self.cast.named(k):
                if p.actor.kind == "person":
                    yield Aside(replace(p, role="mediator"))

    def _befalls(self, verb: int) -> bool:
        """Whether a clause on a noun tells what was done to it, not what it did or was to do."""
        if self.tree[verb].tag == "VBN" and self.tree[verb].dep != "relcl":
            return self.tree.passive(verb)
        subjects = self.tree.kids(verb, "nsubj")
        return self.tree.passive(verb) or any(self.tree.antecedent(s) == s for s in subjects)

    def _doing(self, verb: int, *, shared: bool) -> Iterator[Aside]:
        """Who does what a verb says, if it is what a third party does."""
        agent = self.tree.agent(verb)
        if agent is None:
            return
        role = self._role(verb, aside_words().verbs)
        if role is not None:
            yield from self._at(agent, role, says=Says.PLAINLY)
        elif shared and (role := self._role(verb, aside_words().shared)) is not None:
            yield from self._at(agent, role, says=Says.SHARED)

    def _role(self, verb: int, lists: Patterns) -> str | None:
        known = lists.get(self.tree[verb].lemma, ()) if self.tree.is_verb(verb) else ()
        below = self._with(verb) if any(needs for _, needs in known) else set()
        return next((role for role, needs in known if all(need & below for need in needs)), None)

    def _with(self, verb: int) -> set[str]:
        """The words after a verb in its clause, also under its object: "brought A and B together"."""
        inside = [self.tree[k] for k in self.tree.subtree(verb) if k > verb and clause_of(self.tree, k) == verb]
        return {w for token in inside for w in (token.lemma, token.text.lower())}

    def _above(self) -> Iterator[Aside]:
        """X hosted three days of talks; X brought them together.

        What X plans to do is an act of its own, and whoever hosts one visitor is a side.
        """
        frame = self.draft.match.frame
        for i in self.own:
            if not self.tree.is_verb(i):
                held = self._held(i)
                if held is not None:
                    yield from self._doing(held, shared=True)
            elif frame.type != "AGREE":
                weak = frame.mode == "visit"
                yield from (replace(a, says=Says.FAINTLY) if weak else a for a in self._doing(i, shared=False))

    def _held(self, noun: int) -> int | None:
        """The verb whose object a noun is, also through "three days of" or "presided over"."""
        tree = self.tree
        while tree[noun].dep == "pobj" and tree[tree[noun].head].lemma == "of":
            noun = tree[tree[noun].head].head
        if tree[noun].dep == "pobj" and tree[tree[noun].head].lemma in ("over", "to", "through"):
            return tree[tree[noun].head].head
        return tree[noun].head if tree[noun].dep in ("dobj", "nsubjpass") else None

    def _moved(self) -> Iterator[Aside]:
        """X got the two to talk; the two, prodded by X, agreed."""
        for i in self.own:
            for below, head in self.tree.governors(i):
                role = aside_words().moving.get(self.tree[head].lemma)
                if self.tree[below].dep not in ("xcomp", "ccomp", "pcomp", "prep"):
                    break
                agent = self.tree.agent(head) if role and self.tree.is_verb(head) else None
                if agent is not None:
                    yield from self._at(agent, role or "", says=Says.FAINTLY)
        subjects = [s for i in self.own if self.tree.is_verb(i) and (s := self.tree.surface_subject(i)) is not None]
        for k in (k for host in [*self.own, *subjects] for k in self.tree.kids(host, "acl", "advcl", "relcl")):
            role = aside_words().moving.get(self.tree[k].lemma)
            agent = self.tree.agent(k) if role and self.tree.passive(k) else None
            if agent is not None:
                yield from self._at(agent, role or "", says=Says.FAINTLY)

    def _phrases(self, host: int) -> Iterator[Aside]:
        """Under the auspices of X; through X's mediation; in the presence of X."""
        for p in self.tree.kids(host, "prep", "agent"):
            if self.tree[p].lemma not in aside_words().prepositions:
                continue
            for noun in self.tree.kids(p, "pobj"):
                for k in self.tree.conjuncts(noun):
                    role = aside_words().phrases.get(self.tree[k].text.lower())
                    if role is not None:
                        yield from self._owners(k, role)

    def _owners(self, noun: int, role: str) -> Iterator[Aside]:
        """Whose mediation it is; of "American and European mediation", both."""
        found = [
            aside
            for k in self.tree.kids(noun, "poss", "amod", "compound", "nmod")
            for aside in self._at(k, role, says=Says.PLAINLY)
        ]
        yield from found or self._at(noun, role, says=Says.PLAINLY)

    def _absolute(self, host: int) -> Iterator[Aside]:
        """With X looking on; with X in the chair; with X as host."""
        for p in self.tree.kids(host, "prep"):
            if self.tree[p].lemma != "with":
                continue
            for k in self.tree.kids(p, "pcomp"):
                role = self._stands(k)
                for subject in self.tree.kids(k, "nsubj", "nsubjpass") if role else ():
                    yield from self._at(subject, role or "", says=Says.PLAINLY)
            for k in self.tree.kids(p, "pobj"):
                below = [*self.tree.kids(k, "acl", "prep", "advmod"), *self._next(host, k)]
                role = next((r for b in below if (r := self._stands(b))), None)
                if role:
                    yield from self._at(k, role, says=Says.PLAINLY)

    def _next(self, host: int, noun: int) -> list[int]:
        """A phrase right after a noun that the parser hangs on the verb above both."""
        last = max(self.tree.subtree(noun))
        return [k for k in self.tree.kids(host, "prep", "advcl") if min(self.tree.subtree(k)) == last + 1]

    def _stands(self, i: int) -> str | None:
        """What somebody does there: the word itself or the noun after its preposition."""
        around = [i, *self.tree.kids(i, "pobj", "attr", "prep")]
        return next((r for k in around if (r := aside_words().standing.get(self.tree[k].lemma))), None)

    def _titled(self) -> Iterator[Aside]:
        """Whoever the clause calls so: mediator Oman; Egyptian mediators; X, who hosted the talks."""
        sentence = self.draft.sentence
        clauses = self._around()
        for i in range(sentence.first, sentence.last):
            token = self.tree[i]
            if i in self.own or clause_of(self.tree, i) not in clauses:
                continue
            role = aside_words().titles.get(token.lemma)
            if role is not None:
                name = token.head if token.dep in ("compound", "amod", "nmod", "appos") else i
                found = list(self._at(name, role, says=Says.FAINTLY))
                yield from found or self._at(i, role, says=Says.FAINTLY)
            for k in self.tree.kids(i, "relcl") if token.pos in ("NOUN", "PROPN") else ():
                if self.tree.surface_subject(k) == i and self._on_talks(k):
                    yield from (replace(a, says=Says.FAINTLY) for a in self._doing(k, shared=True))

    def _on_talks(self, verb: int) -> bool:
        """Whether the object of a verb is a noun for talks or a deal."""
        return any(self.tree[k].lemma in aside_words().nouns for k in self.tree.patients(verb))

    def _around(self) -> set[int]:
        """The verb of the event's clause, those above it, and those of the clauses that go along with it."""
        start = clause_of(self.tree, self.own[0])
        above = [start, *(h for _, h in self.tree.governors(start) if self.tree.is_verb(h))]
        return {*above, *self.tree.kids(start, "advcl")}


def clause_of(tree: Tree, i: int) -> int:
    """The verb of the clause that a token stands in; the token itself where there is none."""
    return i if tree.is_verb(i) else next((h for _, h in tree.governors(i) if tree.is_verb(h)), i)


def _called(name: str, role: str) -> Iterator[Aside]:
    """The actor that a name alone means, if the lexicon knows just one."""
    lexicon = load_lexicon()
    known = [a for sense in lexicon.senses(name) if (a := lexicon.actors.get(sense.entity)) is not None]
    if len(known) == 1:
        yield Aside(Participant(actor=known[0], role=role, confidence=_NAMED))
