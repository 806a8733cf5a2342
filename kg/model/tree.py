"""Finds one's way in a parse: subjects, objects, what hangs on which preposition."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.article import Annotated, Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_CLAUSAL = frozenset({"ccomp", "relcl", "advcl", "acl", "csubj", "csubjpass", "parataxis", "conj"})
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "swear", "pledge", "offer", "use", "take"})
_PARTITIVE = frozenset(
    {"some", "part", "most", "many", "number", "majority", "all", "dozen", "hundred", "thousand", "group"}
)
_RELATIVE = frozenset({"who", "which", "that", "whom"})


class Tree:
    """Questions about the grammar of one annotated article; tokens are indices."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.tokens = annotated.tokens
        self.below = annotated.children
        # Who does what to whom is asked for again and again while an article is coded.
        self._passive: dict[int, bool] = {}
        self._agents: dict[int, int | None] = {}
        self._patients: dict[int, list[int]] = {}

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def kids(self, i: int, *deps: str) -> list[int]:
        """Dependants of a token, all or those with one of these labels."""
        return [k for k in self.below[i] if not deps or self.tokens[k].dep in deps]

    def is_verb(self, i: int) -> bool:
        return self.tokens[i].pos in ("VERB", "AUX")

    def conjuncts(self, i: int) -> Iterator[int]:
        """The token and all that is coordinated with it, in text order of the chain."""
        yield i
        for k in self.below[i]:
            token = self.tokens[k]
            if token.dep == "conj" and (token.pos == self.tokens[i].pos or not self.is_verb(k)):
                yield from self.conjuncts(k)
            elif token.dep == "appos" and token.pos == "PROPN" and self.tokens[i].pos == "PROPN":
                # "Mali, Niger and Chad": the parser takes the second of a list for another name of the first
                for name in [k, *self.kids(k, "appos")]:
                    if self.kids(name, "conj"):
                        yield from self.conjuncts(name)
            elif token.dep == "nsubj" and token.pos == "PROPN" and not self.is_verb(i) and self.kids(k, "cc"):
                # "President Roe and Prime Minister Doe": the parser takes the first name for a subject of the second
                yield k

    def passive(self, i: int) -> bool:
        """Whether a verb is in the passive, also as a bare participle."""
        known = self._passive.get(i)
        if known is None:
            known = self._passive[i] = self._is_passive(i)
        return known

    def _is_passive(self, i: int) -> bool:
        token = self.tokens[i]
        if token.tag not in ("VBN", "VBD"):
            return False
        if self.kids(i, "auxpass") or self.kids(i, *PASSIVE_SUBJECTS):
            return True
        if self.kids(i, *SUBJECTS) and token.dep == "conj" and token.text.endswith("ed"):
            # "two were killed and six wounded": the tagger takes the second for an active past
            return self.passive(token.head) and not self.kids(i, "aux", "dobj", "prep")
        if self.kids(i, *SUBJECTS):
            return False
        if token.dep == "acl":
            return token.tag == "VBN"
        if token.dep == "conj" and not self.kids(i, "dobj", "aux"):
            return self.passive(token.head) and token.tag == "VBN"
        return token.dep in ("advcl", "amod") and token.tag == "VBN" and not self.kids(i, "dobj", "aux")

    def surface_subject(self, i: int, hops: int = 0) -> int | None:
        """The token in subject position of a verb, also where it is shared or understood."""
        own = self.kids(i, *SUBJECTS, *PASSIVE_SUBJECTS)
        if own:
            return self.antecedent(own[-1])
        if hops > 20:
            return None
        token = self.tokens[i]
        head = token.head
        if token.dep in ("conj", "aux", "auxpass") and self.is_verb(head):
            return self.surface_subject(head, hops + 1)
        if token.dep in ("acl", "relcl") and not self.is_verb(head):
            if token.tag in ("VBG", "VBN") or token.dep == "relcl":
                return head
            before = [k for k in self._asked_of(head) if k < i]
            return before[-1] if before else self.owner(head, hops + 1)
        if token.dep == "ccomp" and token.tag in ("VBD", "VBZ", "VBP"):
            # A finite clause has a subject of its own, even where the parser did not find it.
            return None
        if token.dep in ("xcomp", "ccomp") and self.is_verb(head) and not self.kids(i, "mark"):
            objects = self.kids(head, "dobj", "dative")
            if objects and objects[0] < i and self.controls_object(head):
                return objects[0]
            if self.kids(i, "aux") and (asked := self._asked(head)) is not None:
                return asked
            return self.surface_subject(head, hops + 1)
        if token.dep == "pcomp" and (held := self._held(i)) is not None:
            return held
        if token.dep in ("advcl", "pcomp", "prep") or (token.dep == "conj" and not self.is_verb(head)):
            return self.clause_subject(i, hops + 1)
        return None

    def _asked(self, verb: int) -> int | None:
        """In "call on X to stop" the one who is to stop."""
        for p in self.kids(verb, "prep"):
            if self.tokens[p].lemma in ("on", "upon", "to", "for", "with"):
                for o in self.kids(p, "pobj"):
                    return o
        return None

    def _held(self, i: int) -> int | None:
        """In "accused X of looting", "barred X from leaving" the one who loots or leaves."""
        preposition = self.tokens[self.tokens[i].head]
        if preposition.lemma in ("of", "for", "from", "into") and self.is_verb(preposition.head):
            objects = self.patients(preposition.head)
            return objects[0] if objects and objects[0] != i else None
        return None

    def _asked_of(self, noun: int) -> list[int]:
        """In "an invitation to X to visit", "a call for X to leave" the one who is to do it."""
        return [*self.under(noun, "to"), *self.under(noun, "for"), *self.under(noun, "on")]

    def controls_object(self, verb: int) -> bool:
        """Whether the object of a verb does what its infinitive says: ask X to, not promise X to."""
        return self.tokens[verb].lemma not in _SUBJECT_CONTROL

    def clause_subject(self, i: int, hops: int = 0) -> int | None:
        """The subject of the nearest clause above."""
        head = self.tokens[i].head
        while head != i and hops < 20:
            if self.is_verb(head):
                return self.surface_subject(head, hops + 1)
            if self.tokens[head].dep == "ROOT":
                break
            i, head, hops = head, self.tokens[head].head, hops + 1
        return None

    def owner(self, noun: int, hops: int = 0) -> int | None:
        """Whose plan, pledge or promise a noun is: a possessor, or the subject of the verb above."""
        for k in self.kids(noun, "poss"):
            return k
        return self.clause_subject(noun, hops + 1)

    def antecedent(self, i: int) -> int:
        """For a relative pronoun the noun that its clause hangs on, else the token itself."""
        token = self.tokens[i]
        if token.text.lower() in _RELATIVE and token.tag in ("WP", "WDT", "IN"):
            verb = token.head
            for _ in range(4):
                if self.tokens[verb].dep == "relcl":
                    return self.tokens[verb].head
                verb = self.tokens[verb].head
        return i

    def agent(self, i: int) -> int | None:
        """Who does what the verb says: the subject, or in the passive the one after "by"."""
        if i not in self._agents:
            self._agents[i] = self._agent(i)
        return self._agents[i]

    def _agent(self, i: int) -> int | None:
        if not self.passive(i):
            return self.surface_subject(i)
        for by in self.kids(i, "agent", "prep"):
            if self.tokens[by].lemma == "by":
                for k in self.kids(by, "pobj"):
                    return k
        return None

    def patients(self, i: int) -> list[int]:
        """Whom the verb's action befalls: its objects, or in the passive its subject."""
        if i not in self._patients:
            self._patients[i] = self._patients_of(i)
        return list(self._patients[i])

    def _patients_of(self, i: int) -> list[int]:
        if self.passive(i):
            subject = self.surface_subject(i)
            return [] if subject is None else [subject]
        objects = self.kids(i, "dobj")
        if objects:
            return [self.antecedent(o) for o in objects]
        token = self.tokens[i]
        if token.dep == "relcl":
            wh = [k for k in self.kids(i, "dobj", "pobj") if self.tokens[k].text.lower() in _RELATIVE]
            return [token.head] if wh else []
        return []

    def under(self, i: int, preposition: str) -> list[int]:
        """The nouns that hang on a preposition of this token."""
        found: list[int] = []
        for p in self.kids(i, "prep", "agent", "dative"):
            if self.tokens[p].lemma == preposition or self.tokens[p].text.lower() == preposition:
                found += self.kids(p, "pobj")
                for inner in self.kids(p, "prep"):
                    found += self.kids(inner, "pobj")
        return found

    def subtree(self, i: int) -> Iterator[int]:
        """The token and all below it."""
        waiting = [i]
        while waiting:
            k = waiting.pop()
            yield k
            waiting += reversed(self.below[k])

    def words_below(self, i: int, depth: int = 3) -> dict[str, int]:
        """Lemmas and words that hang on a token without a clause in between, with their index."""
        found: dict[str, int] = {}
        self._collect(i, depth, found)
        token = self.tokens[i]
        if token.dep == "acl" and token.tag == "VBN":
            # "the tanker seized by Iran": the noun above is what the participle befalls
            found.setdefault(self.tokens[token.head].lemma, token.head)
        return found

    def _collect(self, i: int, depth: int, found: dict[str, int]) -> None:
        for k in self.below[i]:
            token = self.tokens[k]
            if token.dep == "ccomp" or (token.dep == "advcl" and token.tag == "VB"):
                # "demanded that X leave", "voted to leave": the verb of the complement is seen, not what hangs on it
                found.setdefault(token.lemma, k)
            if token.dep in _CLAUSAL or token.dep in SUBJECTS or token.dep == "appos":
                continue
            found.setdefault(token.lemma, k)
            found.setdefault(token.text.lower(), k)
            # "some of the prisoners" are prisoners: such words do not count as a step.
            deeper = depth if token.lemma in _PARTITIVE or self.tokens[i].lemma in _PARTITIVE else depth - 1
            if deeper > 0:
                self._collect(k, deeper, found)

    def governors(self, i: int) -> Iterator[tuple[int, int]]:
        """From a token upwards: pairs of (token below, its head)."""
        for _ in range(40):
            head = self.tokens[i].head
            if head == i:
                return
            yield i, head
            i = head
