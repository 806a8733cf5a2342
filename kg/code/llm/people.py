"""Participants that the model names -> actors: those that the article's mentions mean, else made from its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.code.llm.finding import nearest, places
from kg.code.llm.schema import KINDS, SaidPerson
from kg.code.roles import Cast
from kg.lexicon import load_lexicon
from kg.model import Actor, Link, Participant, Sentence, Span, Tree, unlisted
from kg.vocab.plover import SECTORS

_GUESSED = frozenset({"pronoun", "plural", "nominal"})
"""Rules of links that a name in the text overrules: whom "he" means the model reads better."""
_UNLISTED = 0.6
"""Confidence in an actor that only the model made out."""


class People:
    """The participants of one article."""

    def __init__(self, tree: Tree, links: Sequence[Link], drop: Callable[[str], None]) -> None:
        self.tree = tree
        self.text = tree.annotated.article.text
        self.sentences = tree.annotated.sentences
        self.drop = drop
        self.cast = Cast(tree, links)
        self.links = [link for link in links if link.actors]
        self.rules = {link.span: link.rule for link in self.links}
        self.by_name = _index(self.links, self.text)

    def participants(self, said: Iterable[SaidPerson], role: str, sentence: Sentence, near: Span) -> list[Participant]:
        """Those that the text bears out, each once.

        Args:
            said: as the model tells them.
            role: what they are in the event.
            sentence: the event's sentence.
            near: the event's trigger; of several places where words stand the nearest counts.
        """
        found: dict[str, Participant] = {}
        for person in said:
            span = nearest(person.mention, self.text, self.sentences, sentence, near)
            if span is None:
                self.drop("participants whose words are not in the text")
                continue
            for p in self._meant(person, span, role):
                found.setdefault(p.actor.id, p)
        return list(found.values())

    def _meant(self, person: SaidPerson, span: Span, role: str) -> Iterator[Participant]:
        inside = [t.i for t in self.tree.tokens if t.span.meets(span)]
        linked = self._linked(inside, span)
        named = self.by_name.get(_folded(person.name))
        if named is not None and all(self._guessed(p) for p in linked):
            yield Participant(actor=named, role=role, mention=span, confidence=0.9)
        elif linked and not self._denied(person, linked):
            for p in linked:
                yield Participant(actor=p.actor, role=role, mention=p.mention, confidence=p.confidence)
        elif all(self.tree[i].pos in ("PRON", "DET", "PUNCT", "SPACE") for i in inside):
            self.drop("participants that are pronouns for nobody known")
        else:
            yield Participant(actor=self._made(person, span), role=role, mention=span, confidence=_UNLISTED)

    def _linked(self, inside: Sequence[int], span: Span) -> list[Participant]:
        """Whom the words mean by the links: those of the noun that carries them, else of the longest link."""
        within = set(inside)
        root = next((i for i in inside if self.tree[i].head not in within or self.tree[i].head == i), None)
        if root is not None:
            found = [p for p in self.cast.at(root) if p.mention is not None and p.mention.meets(span)]
            if found:
                return found
        meeting = [link for link in self.links if link.span.meets(span)]
        best = max(meeting, key=lambda link: (len(link.span), -link.span.start), default=None)
        if best is None:
            return []
        return [Participant(actor=a, mention=best.span, confidence=best.confidence) for a in best.actors]

    def _guessed(self, participant: Participant) -> bool:
        return participant.mention is None or self.rules.get(participant.mention) in _GUESSED

    def _denied(self, person: SaidPerson, linked: Sequence[Participant]) -> bool:
        """Whether a noun was taken up for somebody of another country than the model says."""
        nouns = all(p.mention is not None and self.rules.get(p.mention) in _GUESSED - {"pronoun"} for p in linked)
        return (
            nouns
            and person.country in load_lexicon().states
            and person.country not in {p.actor.country for p in linked}
        )

    def _made(self, person: SaidPerson, span: Span) -> Actor:
        """An actor of its own, under a name that the text holds."""
        whole = Span(0, len(self.text))
        told = places(_without_article(person.name), self.text, whole)
        name = next((s.of(self.text) for s in told), None) or span.of(self.text)
        # All states are in the lexicon: what is not there is something else.
        kind = person.kind if person.kind in KINDS and person.kind != "state" else "organization"
        country = person.country
        if country is not None and country not in load_lexicon().states:
            self.drop("codes of countries that do not exist")
            country = None
        sector = person.sector
        if sector is not None and sector not in SECTORS:
            self.drop("sectors that are not in the ontology")
            sector = None
        return unlisted(kind, _without_article(name), country=country, sector=sector)


def _index(links: Sequence[Link], text: str) -> dict[str, Actor]:
    """Actors by their names, and by the names that the article gives them."""
    found: dict[str, Actor] = {}
    for link in links:
        if len(link.actors) == 1 and link.rule not in _GUESSED and link.rule != "demonym":
            [actor] = link.actors
            found.setdefault(_folded(actor.name), actor)
            found.setdefault(_folded(link.span.of(text)), actor)
    return found


def _folded(name: str) -> str:
    return _without_article(" ".join(name.split())).casefold()


def _without_article(name: str) -> str:
    """The name without an article before it.

    >>> _without_article("the rebels"), _without_article("The")
    ('rebels', 'The')
    """
    first, _, rest = name.partition(" ")
    return rest.strip() if first.casefold() in ("the", "a", "an") and rest.strip() else name
