"""Nouns and pronouns that stand for actors and places: "the Russian leader", "its fighters", "both sides", "he"."""

from __future__ import annotations

from collections.abc import Mapping

from kg.lexicon import Lexicon, Role, Title, fold
from kg.lexicon.wordlists import words
from kg.model import Actor, Link, Place, Span, Tree
from kg.resolve.discourse import Discourse
from kg.resolve.names import Hit
from kg.resolve.people import owner_after, title_at
from kg.resolve.unlisted import unlisted

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_BOTH = frozenset({"both", "two", "these", "those", "neither", "either", "three"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their"})


def _is_body(actor: Actor) -> bool:
    return actor.kind in ("state", "organization", "group")


def _ends(name: str, word: str) -> bool:
    return name.casefold().endswith(" " + word.casefold())


def _is_person(actor: Actor) -> bool:
    return actor.kind == "person"


class Nominals:
    """Resolves what is not a name, from the lexicon's titles and roles and from what went before."""

    def __init__(self, lexicon: Lexicon, tree: Tree, hits: Mapping[int, Hit], discourse: Discourse) -> None:
        self.lexicon = lexicon
        self.tree = tree
        self.hits = hits
        self.discourse = discourse
        self.on = tree.annotated.article.published
        self.named_heads: dict[int, tuple[Actor, ...]] = {}

    def note_pair(self, link: Link) -> None:
        """Remember names that are coordinated: Israel and Hamas."""
        self.named_heads[link.head] = link.actors
        token = self.tree[link.head]
        if token.dep == "conj" and token.head in self.named_heads:
            first, second = self.named_heads[token.head], link.actors
            if len(first) == 1 and len(second) == 1 and _is_person(first[0]) == _is_person(second[0]):
                self.discourse.pair((first[0], second[0]))

    def at(self, i: int) -> Link | None:
        """The link of the nominal or pronoun at a token, if it is one and it can be told whom it means."""
        token = self.tree[i]
        if token.pos == "PRON" or token.tag in ("PRP", "PRP$"):
            return self._pronoun(i)
        if token.pos not in ("NOUN", "PROPN", "NUM", "DET", "ADJ") or i in self.hits:
            return None
        if token.dep in ("compound", "amod") and self.tree[token.head].pos in ("NOUN", "PROPN"):
            return None
        lemma = token.lemma
        if self._is_plural(i) and self._points_back(i):
            several = self._several(i, lemma)
            if several is not None:
                return several
        if token.pos not in ("NOUN", "PROPN"):
            return None
        return self._titled(i) or self._role(i) or self._single(i, lemma) or self._place(i, lemma)

    # Pronouns

    def _pronoun(self, i: int) -> Link | None:
        word = self.tree[i].text.lower()
        actors: tuple[Actor, ...] = ()
        rule = "pronoun"
        barred = self._subject_of_clause(i)
        if word in _HE or word in _SHE:
            wanted = "m" if word in _HE else "f"
            other = "f" if wanted == "m" else "m"
            found = self.discourse.pronoun(
                lambda a: _is_person(a) and a.id not in barred and self.discourse.genders.get(a.id, wanted) != other
            )
            actors = (found,) if found else ()
        elif word in _IT:
            if self._expletive(i):
                return None
            found = self.discourse.pronoun(lambda a: _is_body(a) and a.id not in barred)
            actors = (found,) if found else ()
        elif word in _THEY:
            actors = tuple(a for a in self._they() if a.id not in barred)
        elif word in _BOTH:
            actors = self.discourse.latest_pair(lambda _: True, reach=3)
            rule = "plural"
        if not actors:
            return None
        return Link(span=self.tree[i].span, head=i, actors=actors, rule=rule, confidence=0.7)

    def _subject_of_clause(self, i: int) -> frozenset[str]:
        """For "him" and "them" the ids of the clause's subject: "Lavrov pressed him" is not about Lavrov."""
        if self.tree[i].tag == "PRP$" or self.tree[i].dep not in ("dobj", "pobj", "dative"):
            return frozenset()
        head = self.tree[i].head
        while not self.tree.is_verb(head) and self.tree[head].head != head:
            head = self.tree[head].head
        subject = self.tree.surface_subject(head)
        return frozenset(a.id for a in self.named_heads.get(subject if subject is not None else -1, ()))

    def _expletive(self, i: int) -> bool:
        """Weather and anticipatory "it"."""
        head = self.tree[self.tree[i].head]
        return head.lemma in ("be", "seem", "appear") and bool(self.tree.kids(head.i, "ccomp", "xcomp", "acomp"))

    def _they(self) -> tuple[Actor, ...]:
        pair = self.discourse.latest_pair(lambda _: True, reach=2)
        last = self.discourse.last(lambda a: a.kind in ("collective", "group"), reach=1, prefer_subject=True)
        if last is not None and (not pair or not self._after_pair(last)):
            return (last,)
        return pair or ((last,) if last else ())

    def _after_pair(self, actor: Actor) -> bool:
        return bool(self.discourse.pairs) and self.discourse.pairs[-1][0] == self.discourse.sentence

    # Several

    def _is_plural(self, i: int) -> bool:
        return self.tree[i].tag in ("NNS", "NNPS", "CD", "DT")

    def _points_back(self, i: int) -> bool:
        """the, both, the two, these; without a demonym or name of its own."""
        if self.tree[i].text.lower() in ("two", "both"):
            return self.tree[i].dep in ("nsubj", "nsubjpass", "pobj", "dobj", "poss")
        if any(k in self.hits for k in self.tree.kids(i, "amod", "compound", "poss", "nmod")):
            return False
        return any(
            self.tree[k].text.lower() in _DEFINITE | _BOTH
            for k in self.tree.kids(i, "det", "predet", "nummod", "preconj")
        )

    def _several(self, i: int, lemma: str) -> Link | None:
        lists = words("nominals")["plural"]
        bare = self.tree[i].text.lower() in ("two", "both")
        actors: tuple[Actor, ...] = ()
        if lemma in lists["persons"] or bare:
            actors = self.discourse.latest_pair(_is_person, reach=6) or self.discourse.latest_two(_is_person)
        if not actors and (lemma in lists["bodies"] or bare):
            actors = self.discourse.latest_pair(_is_body) or self.discourse.latest_two(_is_body, reach=4)
        if not actors and lemma in lists["persons"] and len(self.tree.kids(i, "nummod")) > 0:
            actors = self.discourse.latest_two(_is_body, reach=3)
        if not actors:
            return None
        return Link(span=self._phrase(i), head=i, actors=actors, rule="plural", confidence=0.7)

    # One in an office

    def _titled(self, i: int) -> Link | None:
        found = title_at(self.tree, self.lexicon, self.hits, i)
        if found is None or self._is_plural(i):
            return None
        if any(self.tree[k].text.lower() in ("a", "an", "former", "another", "ex") for k in self.tree.kids(i, "det", "amod")):
            return None
        span = Span(self.tree[found.first].span.start, self.tree[i].span.end)
        if found.of:
            actor = self._holder(found.title, found.of)
            if actor is not None:
                return Link(span=self._phrase(i), head=i, actors=(actor,), rule="office", confidence=0.9)
            return self._officer(i, found.title, found.of, span)
        offices = set(found.title.offices)
        person = self.discourse.last(
            lambda a: _is_person(a) and (not offices or bool(offices & self.discourse.titles.get(a.id, set())))
        )
        if person is None and not offices:
            person = self.discourse.last(_is_person, reach=2)
        if person is not None:
            return Link(span=self._phrase(i), head=i, actors=(person,), rule="title", confidence=0.8)
        if self.discourse.home is not None and offices:
            return self._officer(i, found.title, self.discourse.home.id, span)
        return None

    def _holder(self, title: Title, of: str) -> Actor | None:
        """Who of those named holds the office, else who held it on the day by the tables."""
        body = self.lexicon.actors[of]
        offices = set(title.offices)
        named = self.discourse.last(
            lambda a: _is_person(a)
            and body.country is not None
            and a.country == body.country
            and (not offices or bool(offices & self.discourse.titles.get(a.id, set())))
        )
        if named is not None:
            return named
        if self.on is None:
            return None
        if title.offices:
            return self.lexicon.titled(title.title, of, self.on)
        return self.lexicon.leader(of, self.on)

    def _officer(self, i: int, title: Title, of: str, span: Span) -> Link:
        """An office holder whose name is not known: the Slovak foreign minister."""
        body = self.lexicon.actors[of]
        word = " ".join(span.of(self.tree.annotated.article.text).split())
        actor = unlisted(
            "person", f"{word} of {body.name}", country=body.country, sector=self._sector(body), part_of=of
        )
        return Link(span=self._phrase(i), head=i, actors=(actor,), rule="office", confidence=0.7)

    def _sector(self, body: Actor) -> str | None:
        return "GOV" if body.kind == "state" else body.sector

    # People and bodies in a role

    def _role(self, i: int) -> Link | None:
        key, first = self._role_key(i)
        role = self.lexicon.roles.get(key)
        if role is None:
            return None
        owner, sure = self._owner(i)
        if owner is None and self._definite(i):
            same = self.discourse.last(lambda a: a.kind in ("collective", "organization") and _ends(a.name, self.tree[i].text))
            if same is not None and same.country is not None:
                return Link(span=self._phrase(i), head=i, actors=(same,), rule="nominal", confidence=0.7)
        if owner is None and role.generic:
            back = self._back(i)
            if back is not None:
                return Link(span=self._phrase(i), head=i, actors=(back,), rule="nominal", confidence=0.6)
        if owner is None:
            owner, sure = self._country_around(i), 0.5
        if owner is None and role.generic:
            return None
        if role.word in words("nominals")["sides"]["words"] and owner is not None:
            return Link(span=self._phrase(i), head=i, actors=(owner,), rule="nominal", confidence=0.9)
        actor = self._collective(i, first, role, owner)
        return Link(span=self._phrase(i), head=i, actors=(actor,), rule="nominal", confidence=sure)

    def _definite(self, i: int) -> bool:
        return any(self.tree[k].text.lower() in _DEFINITE for k in self.tree.kids(i, "det"))

    def _role_key(self, i: int) -> tuple[tuple[str, ...], int]:
        """The longest role word that ends at a token, in the text's or the lemma's form."""
        for start in range(max(0, i - 2), i + 1):
            text = [fold(self.tree[k].text) for k in range(start, i + 1)]
            for key in (tuple(text), (*text[:-1], self.tree[i].lemma)):
                if key in self.lexicon.roles:
                    return key, start
        return (), i

    def _collective(self, i: int, first: int, role: Role, owner: Actor | None) -> Actor:
        tokens = self.tree.annotated.tokens
        word = " ".join(t.text for t in tokens[first : i + 1])
        if owner is not None and owner.kind == "person" and owner.country in self.lexicon.states:
            owner = self.lexicon.actors[self.lexicon.states[owner.country]]
        name = f"{self._adjective(owner)} {word}" if owner else word
        kind = "person" if role.kind == "person" and not self._is_plural(i) else "collective"
        return unlisted(
            kind if role.kind != "organization" else "organization",
            name,
            country=owner.country if owner else None,
            sector=role.sector,
            part_of=owner.id if owner else None,
        )

    def _adjective(self, owner: Actor) -> str:
        """How a name of a body begins: Russian troops, Hamas fighters."""
        if owner.kind == "state":
            written = self.lexicon.written.get(owner.id, ())
            demonyms = [w for w in written if self.lexicon.demonyms.get(fold(w)) == owner.id and not w.endswith("s")]
            return demonyms[0] if demonyms else owner.name
        return owner.name

    def _owner(self, i: int) -> tuple[Actor | None, float]:
        """Whose troops, officials, people: by adjective, possessor, compound, "of" or "in"."""
        for k in self.tree.kids(i, "amod", "compound", "nmod", "poss", "nummod"):
            for c in self.tree.conjuncts(k):
                actor = self._actor_at(c)
                if actor is not None and not self._unlisted_body(actor):
                    return actor, 0.85
        after = owner_after(self.tree, self.hits, i)
        if after is not None:
            return self.lexicon.actors.get(after), 0.8
        for k in [*self.tree.under(i, "in"), *self.tree.under(i, "from"), *self.tree.under(i, "of")]:
            actor = self._actor_at(k) or self._state_of_place(k)
            if actor is not None:
                return actor, 0.7
        for k in self.tree.kids(i, "appos"):
            actor = self._actor_at(k)
            if actor is not None:
                return actor, 0.7
        return None, 0.0

    def _unlisted_body(self, actor: Actor) -> bool:
        """Whether it is a name that no table knows, often a piece of a longer one."""
        return actor.id.startswith("x-") and actor.kind == "organization"

    def _actor_at(self, k: int) -> Actor | None:
        named = self.named_heads.get(k)
        if named:
            return named[0]
        hit = self.hits.get(k)
        if hit is not None:
            for sense in hit.senses:
                if sense.entity in self.lexicon.actors:
                    return self.lexicon.actor_on(sense.entity, self.on)
        if self.tree[k].tag == "PRP$":
            link = self._pronoun(k)
            return link.actors[0] if link and len(link.actors) == 1 else None
        return None

    def _state_of_place(self, k: int) -> Actor | None:
        hit = self.hits.get(k)
        if hit is None:
            return None
        for sense in hit.senses:
            place = self.lexicon.places.get(sense.entity)
            state = self.lexicon.states.get(place.country or "") if place else None
            if state:
                return self.lexicon.actors[state]
        return None

    def _country_around(self, i: int) -> Actor | None:
        """Whose people a bare "civilians" or "the military" are, by the sentence.

        The owner of the noun it is coordinated with; the state of a place in the sentence; for "the army" the
        state named last before it in the sentence; the state of the dateline, if the sentence names no other.
        """
        token = self.tree[i]
        if token.dep == "conj" and token.head in self.named_heads:
            first = self.named_heads[token.head]
            if first and first[0].part_of in self.lexicon.actors:
                return self.lexicon.actors[first[0].part_of or ""]
        sentence = self.tree.annotated.sentence_of(i)
        for k in range(sentence.first, sentence.last):
            other = self.tree[k]
            if other.dep == "pobj" and self.tree[other.head].lemma in ("in", "at", "near", "outside") and k in self.hits:
                state = self._state_of_place(k)
                if state is not None:
                    return state
        named = [s.actor for s in self.discourse.seen if s.sentence == self.discourse.sentence and s.token < i]
        states = [a for a in named if a.kind == "state"]
        if states:
            return states[-1] if self._definite(i) else None
        return None if any(a.country for a in named) else self.discourse.home

    def _back(self, i: int) -> Actor | None:
        """For "the government", "the authorities": the state that was spoken of last, if the article is definite."""
        if not self._definite(i):
            return None
        found = self.discourse.last(lambda a: a.kind == "state", reach=1)
        return found

    # One body or place taken up again

    def _single(self, i: int, lemma: str) -> Link | None:
        if not any(self.tree[k].text.lower() in ("the", "this", "that") for k in self.tree.kids(i, "det")):
            return None
        lists = words("nominals")["single"]
        wanted: dict[str, str] = {}
        for kind, nouns in lists.items():
            if lemma in nouns:
                wanted[kind] = lemma
        if not wanted:
            return None
        owners = {a.country for k in self.tree.kids(i, "amod", "compound", "nmod") if (a := self._actor_at(k))}
        found = self.discourse.last(
            lambda a: self._is_such(a, lemma, wanted) and (not owners or a.country in owners), reach=8
        )
        if found is None:
            return None
        return Link(span=self._phrase(i), head=i, actors=(found,), rule="nominal", confidence=0.75)

    def _is_such(self, actor: Actor, lemma: str, wanted: Mapping[str, str]) -> bool:
        if lemma in self.lexicon.nominals.get(actor.id, ()):
            return True
        if "state" in wanted and actor.kind == "state":
            return True
        if "group" in wanted and actor.kind == "group":
            return not self.lexicon.nominals.get(actor.id)
        if "body" in wanted and actor.kind == "organization" and actor.sector == "IGO":
            return not self.lexicon.nominals.get(actor.id)
        return "person" in wanted and _is_person(actor)

    def _place(self, i: int, lemma: str) -> Link | None:
        if not any(self.tree[k].text.lower() in ("the", "this", "that") for k in self.tree.kids(i, "det")):
            return None
        kinds = {kind for kind, nouns in words("nominals")["place"].items() if lemma in nouns}
        if not kinds:
            return None
        found: Place | None = next((p for p in reversed(self.discourse.places) if p.kind in kinds), None)
        if found is None:
            return None
        state = self.lexicon.states.get(found.country or "")
        actors = (self.lexicon.actors[state],) if state else ()
        return Link(span=self._phrase(i), head=i, actors=actors, place=found, rule="nominal", confidence=0.7)

    def _phrase(self, i: int) -> Span:
        """The noun with what stands before it in its phrase, and "of X" right after."""
        before = [
            k for k in self.tree.kids(i, "det", "amod", "compound", "nmod", "poss", "nummod", "predet", "quantmod")
            if k < i and i - k <= 6
        ]
        first = min([*before, i])
        if first != i:
            first = min(first, *[j for j in self.tree.subtree(first) if j < i and i - j <= 8])
        return Span(self.tree[first].span.start, self.tree[i].span.end)
