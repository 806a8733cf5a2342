"""Reads an article from left to right and says for each name, nominal and pronoun whom it means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.lexicon import Lexicon, Sense, load_lexicon
from kg.model import Actor, Annotated, Link, Place, Span, Tree
from kg.resolve.discourse import Discourse
from kg.resolve.names import Hit, NameFinder, head_of, place_after, stands_for_government
from kg.resolve.nominals import Nominals
from kg.resolve.people import Surnames, Titled, as_titled, person, surname, title_before, title_beside
from kg.resolve.unlisted import unlisted, unlisted_place

_NEW_ORG = frozenset({"ORG"})
_NEW_PLACE = frozenset({"GPE", "LOC", "FAC"})


class Resolver:
    """Links the mentions of articles to the actors and places of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.finder = NameFinder(lexicon)
        self.surnames = Surnames(lexicon)

    def __call__(self, annotated: Annotated) -> tuple[Link, ...]:
        """All links of an article, in text order."""
        return tuple(_Reading(self, annotated).links())


@lru_cache(maxsize=4)
def _shared(version: str) -> Resolver:
    return Resolver(load_lexicon())


def resolve(annotated: Annotated, lexicon: Lexicon | None = None) -> tuple[Link, ...]:
    """Say for each name, nominal and pronoun of an article whom or what it means, in text order.

    >>> from kg.model import Annotated, Article
    >>> resolve(Annotated(Article(id="a", text="")))
    ()
    """
    if lexicon is not None:
        return Resolver(lexicon)(annotated)
    return _shared(load_lexicon().version)(annotated)


class _Reading:
    """One article being read."""

    def __init__(self, resolver: Resolver, annotated: Annotated) -> None:
        self.lexicon = resolver.lexicon
        self.surnames = resolver.surnames
        self.annotated = annotated
        self.text = annotated.article.text
        self.on = annotated.article.published
        self.tree = Tree(annotated)
        self.hits = list(resolver.finder.find(self.tree))
        self.by_token = {k: h for h in self.hits for k in range(h.first, h.last)}
        self.discourse = Discourse(home=self._home())
        self.nominals = Nominals(self.lexicon, self.tree, self.by_token, self.discourse)
        self.family: dict[str, Actor] = {}
        self.initials: dict[str, Actor] = {}

    def _home(self) -> Actor | None:
        """The state whose city the dateline names."""
        dateline = self.annotated.article.dateline
        if not dateline:
            return None
        for name in (dateline, *reversed([p.strip() for p in dateline.split(",")])):
            for sense in self.lexicon.senses(name.title() if name.isupper() else name):
                place = self.lexicon.places.get(sense.entity)
                if place is not None and place.country in self.lexicon.states:
                    return self.lexicon.actors[self.lexicon.states[place.country]]
        return None

    def links(self) -> Iterator[Link]:
        starts = {h.first: h for h in self._with_new_names()}
        for sentence in self.annotated.sentences:
            self.discourse.sentence = sentence.number
            i = sentence.first
            while i < sentence.last:
                hit = starts.get(i)
                link = self._name(hit) if hit else self.nominals.at(i)
                if link is not None:
                    self._note(link, named=hit is not None)
                    yield link
                i = hit.last if hit else i + 1

    def _with_new_names(self) -> list[Hit]:
        """The lexicon's hits, and the names that only the language model saw."""
        found = list(self.hits)
        index = {t.span.start: t.i for t in self.annotated.tokens}
        for name in self.annotated.names:
            if name.label not in _NEW_ORG | _NEW_PLACE | {"PERSON"}:
                continue
            tokens = self._tokens(name.span, index)
            while tokens and (
                self.tree[tokens[0]].pos in ("DET", "PUNCT") or self._is_title(tokens)
            ):
                tokens = tokens[1:]
            while tokens and self.tree[tokens[-1]].text in ("'s", "’s", "'", "’", ",", "."):
                tokens = tokens[:-1]
            if not tokens or not self.tree[tokens[0]].text[:1].isupper():
                continue
            overlapping = [h for h in found if h.first < tokens[-1] + 1 and tokens[0] < h.last]
            if overlapping and not (name.label == "PERSON" and self._inside(overlapping, tokens)):
                continue
            for h in overlapping:
                found.remove(h)
            sense = Sense(entity="", kind=name.label, written=name.span.of(self.text))
            found.append(Hit(tokens[0], tokens[-1] + 1, head_of(self.tree, tokens[0], tokens[-1] + 1), (sense,)))
        return found

    def _inside(self, hits: list[Hit], tokens: list[int]) -> bool:
        """Whether hits are single words within a longer person's name, such as "Jordan" in "Neil Jordan"."""
        return all(
            h.last - h.first == 1 and tokens[0] < h.first and h.last == tokens[-1] + 1
            and all(s.kind in ("name", "alias") for s in h.senses)
            and self.lexicon.actors.get(h.senses[0].entity, unlisted("", "")).kind != "person"
            for h in hits
        )

    def _is_title(self, tokens: list[int]) -> bool:
        word = self.tree[tokens[0]]
        return len(tokens) > 1 and (word.lemma,) in self.lexicon.titles

    def _tokens(self, span: Span, index: dict[int, int]) -> list[int]:
        first = index.get(span.start)
        if first is None:
            return []
        last = first
        while last + 1 < len(self.annotated.tokens) and self.annotated.tokens[last + 1].span.end <= span.end:
            last += 1
        return list(range(first, last + 1))

    def _note(self, link: Link, *, named: bool) -> None:
        token = self.tree[link.head]
        subject = token.dep in ("nsubj", "nsubjpass")
        # A demonym ("Russian missile") brings its state to mind only weakly.
        if link.rule != "demonym" and (link.place is None or link.place.kind == "country"):
            self.discourse.note(link.actors, link.head, subject=subject, named=named)
        if link.place is not None and link.place.kind != "country":
            self.discourse.places.append(link.place)
        if len(link.actors) > 1:
            self.discourse.pair(link.actors)
        self.nominals.note_pair(link)

    # Names

    def _name(self, hit: Hit) -> Link | None:
        sense = self._choose(hit)
        span = hit.span(self.annotated)
        known = self.family.get(surname(span.of(self.text))) if hit.last - hit.first == 1 else None
        if known is not None and sense.entity != known.id and sense.kind != "demonym":
            # "Jordan" after "Michael Jordan", "Chad" after "Chad Smith"
            return Link(span=span, head=hit.head, actors=(known,), rule="name", confidence=0.9)
        if not sense.entity:
            return self._new(hit, sense, span)
        if sense.place:
            return self._place_link(hit, sense, span)
        actor = self.lexicon.actor_on(sense.entity, self.on)
        if actor.kind == "person":
            return self._person(hit, actor, span)
        if sense.kind == "demonym":
            return self._demonym(hit, actor, span)
        place = self.lexicon.places.get(actor.id) if sense.kind in ("name", "alias", "acronym") else None
        rule = "metonym" if sense.kind in ("capital", "seat") else "name"
        self._acronym(hit, actor)
        return Link(span=span, head=hit.head, actors=(actor,), place=place, rule=rule)

    def _choose(self, hit: Hit) -> Sense:
        """Place or government, person or country: what the name means here."""
        senses = hit.senses
        if len(senses) == 1:
            return senses[0]
        places = [s for s in senses if s.place]
        seats = [s for s in senses if s.kind in ("capital", "seat")]
        if places and seats:
            return seats[0] if stands_for_government(self.tree, hit.head) else places[0]
        if places and place_after(self.tree, hit.head):
            return places[0]
        alive = [s for s in senses if self._in_time(s)]
        return (alive or senses)[0]

    def _in_time(self, sense: Sense) -> bool:
        return self.on is None or self.lexicon.validity(sense.entity).may_hold(self.on)

    def _place_link(self, hit: Hit, sense: Sense, span: Span) -> Link:
        place = self.lexicon.places[sense.entity]
        state = self.lexicon.states.get(place.country or "")
        # A place outside its state's borders policy has no government behind it.
        actors: tuple[Actor, ...] = ()
        if place.kind == "country" and sense.entity in self.lexicon.actors:
            actors = (self.lexicon.actors[sense.entity],)
        elif state and not place_after(self.tree, hit.head):
            actors = (self.lexicon.actors[state],)
        confidence = 1.0 if place.kind == "country" else 0.5
        return Link(span=span, head=hit.head, actors=actors, place=place, rule="name", confidence=confidence)

    def _demonym(self, hit: Hit, state: Actor, span: Span) -> Link | None:
        token = self.tree[hit.head]
        adjective = token.dep in ("amod", "compound", "nmod", "npadvmod") or token.tag == "JJ"
        if adjective and not (token.dep in ("nsubj", "nsubjpass", "dobj", "pobj") and token.tag in ("NNS", "NNPS")):
            return Link(span=span, head=hit.head, actors=(state,), rule="demonym", confidence=0.8)
        people = unlisted("collective", span.of(self.text), country=state.country, sector="CVL", part_of=state.id)
        return Link(span=span, head=hit.head, actors=(people,), rule="demonym", confidence=0.8)

    def _acronym(self, hit: Hit, actor: Actor) -> None:
        """Remember the letters in brackets after a name: "the Revolutionary Front (RF)"."""
        i = hit.last
        tokens = self.annotated.tokens
        if i + 1 < len(tokens) and tokens[i].text == "(" and tokens[i + 1].text.isupper():
            self.initials[tokens[i + 1].text] = actor

    def _new(self, hit: Hit, sense: Sense, span: Span) -> Link | None:
        words = span.of(self.text)
        if sense.kind == "PERSON":
            return self._unknown_person(hit, span)
        if words in self.initials:
            return Link(span=span, head=hit.head, actors=(self.initials[words],), rule="acronym", confidence=0.9)
        if sense.kind in _NEW_ORG:
            owner = self._owner(hit)
            actor = unlisted("organization", words, country=owner.country if owner else None)
            self._acronym(hit, actor)
            return Link(span=span, head=hit.head, actors=(actor,), rule="new", confidence=0.6)
        place = unlisted_place(words, kind="city" if sense.kind == "GPE" else "site")
        return Link(span=span, head=hit.head, place=place, rule="new", confidence=0.5)

    def _owner(self, hit: Hit) -> Actor | None:
        """The state whose demonym or name modifies a name: "the Dutch company Fugro"."""
        for k in self.tree.kids(hit.head, "amod", "poss", "compound", "nmod"):
            other = self.by_token.get(k)
            if other is not None and not other.senses[0].place:
                return self.lexicon.actors.get(other.senses[0].entity)
        return None

    # Persons

    def _person(self, hit: Hit, actor: Actor, span: Span) -> Link:
        titled = self._titled(hit)
        actor = as_titled(actor, self.lexicon, titled)
        self._introduce(actor, titled)
        return Link(span=span, head=hit.head, actors=(actor,), rule="name")

    def _titled(self, hit: Hit) -> Titled | None:
        return title_before(self.tree, self.lexicon, self.by_token, hit.first) or title_beside(
            self.tree, self.lexicon, self.by_token, hit.head
        )

    def _introduce(self, actor: Actor, titled: Titled | None) -> None:
        self.family[surname(actor.name)] = actor
        known = self.discourse.titles.setdefault(actor.id, set())
        if titled:
            known.update(titled.title.offices)
            if titled.title.gender:
                self.discourse.genders.setdefault(actor.id, titled.title.gender)
        if self.on is not None:
            known.update(o.office for o in self.lexicon.offices.offices_of(actor.id, self.on))
        gender = self.lexicon.genders.get(actor.id)
        if gender:
            self.discourse.genders[actor.id] = gender

    def _unknown_person(self, hit: Hit, span: Span) -> Link:
        words = span.of(self.text)
        family = self.family.get(surname(words))
        if family is not None and (len(words.split()) == 1 or words.split()[0] == family.name.split()[0]):
            return Link(span=span, head=hit.head, actors=(family,), rule="name", confidence=0.95)
        titled = self._titled(hit)
        if len(words.split()) == 1:
            listed = self.surnames.in_office(words, self.on)
            if listed is not None and (titled is None or titled.of in (None, listed.part_of)):
                self._introduce(listed, titled)
                return Link(span=span, head=hit.head, actors=(listed,), rule="office", confidence=0.8)
        if titled and titled.of and self.on:
            holder = self.lexicon.titled(titled.title.title, titled.of, self.on)
            if holder is not None and surname(holder.name) == surname(words):
                self._introduce(holder, titled)
                return Link(span=span, head=hit.head, actors=(holder,), rule="office", confidence=0.95)
        made, confidence = person(self.tree, self.lexicon, span, titled, self._owner(hit), self.discourse.home)
        self._introduce(made, titled)
        return Link(span=span, head=hit.head, actors=(made,), rule="new", confidence=confidence)


