"""Name -> Actor, Place: a place or its government, a person by surname and title."""

from __future__ import annotations

from collections.abc import Mapping

from kg.lexicon import Sense, fold
from kg.model import Actor, Link, Span
from kg.model.unlisted import unlisted, unlisted_place
from kg.resolve.names import Hit, place_after, stands_for_government
from kg.resolve.new_names import NEW_ORG, is_movement
from kg.resolve.people import Surnames, Titled, as_titled, person, surname, title_before, title_beside
from kg.resolve.scene import Scene


class Naming:
    """Reads the names of one article in text order; remembers persons by surname and bodies by initials."""

    def __init__(self, scene: Scene, surnames: Surnames) -> None:
        self.scene = scene
        self.lexicon = scene.lexicon
        self.tree = scene.tree
        self.annotated = scene.tree.annotated
        self.text = scene.tree.annotated.article.text
        self.on = scene.on
        self.by_token: Mapping[int, Hit] = scene.hits
        self.discourse = scene.discourse
        self.surnames = surnames
        self.family: dict[str, Actor] = {}
        self.given: dict[str, Actor] = {}
        self.initials: dict[str, Actor] = {}

    def link(self, hit: Hit) -> Link | None:
        """Whom or what a name means."""
        sense = self._choose(hit)
        span = hit.span(self.annotated)
        known = self.family.get(surname(span.of(self.text))) if hit.last - hit.first == 1 else None
        if known is not None and sense.entity != known.id and sense.kind != "demonym":
            # "Jordan" after "Michael Jordan"
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

    def initial(self, i: int) -> Link | None:
        """Whom the letters at a token mean that the article gave in brackets."""
        actor = self.initials.get(self.tree[i].text)
        if actor is None:
            return None
        return Link(span=self.tree[i].span, head=i, actors=(actor,), rule="acronym", confidence=0.9)

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
        elif state:
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
        # A state's name before the bracket is the end of a longer one: "the Front of Mali (FM)".
        if actor.kind != "state" and i + 1 < len(tokens) and tokens[i].text == "(" and tokens[i + 1].text.isupper():
            self.initials[tokens[i + 1].text] = actor

    def _new(self, hit: Hit, sense: Sense, span: Span) -> Link | None:
        words = span.of(self.text)
        if sense.kind == "PERSON":
            return self._unknown_person(hit, span)
        if words in self.initials:
            return Link(span=span, head=hit.head, actors=(self.initials[words],), rule="acronym", confidence=0.9)
        if " " not in words and (listed := self.surnames.in_office(words, self.on)) is not None:
            # The language model often takes a bare surname for a body or a place.
            self._introduce(listed, None)
            return Link(span=span, head=hit.head, actors=(listed,), rule="office", confidence=0.7)
        if sense.kind in NEW_ORG:
            owner = self._owner(hit)
            country = owner.country if owner else None
            actor = unlisted("organization", words, country=country)
            if is_movement(self.tree, range(hit.first, hit.last)):
                actor = unlisted("group", words, country=country, sector="REB")
            self._acronym(hit, actor)
            return Link(span=span, head=hit.head, actors=(actor,), rule="new", confidence=0.6)
        place = unlisted_place(words, kind="city" if sense.kind == "GPE" else "site")
        return Link(span=span, head=hit.head, place=place, rule="new", confidence=0.5)

    def _owner(self, hit: Hit) -> Actor | None:
        """The state whose demonym or name modifies a name: "the Dutch company Fugro"."""
        inside = range(hit.first, hit.last)
        for k in [*self.tree.kids(hit.head, "amod", "poss", "compound", "nmod"), *inside]:
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
        self.given[fold(actor.name.split()[0])] = actor
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
        family = self.family.get(surname(words)) or self.given.get(fold(words))
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
