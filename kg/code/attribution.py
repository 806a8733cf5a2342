"""Who says so: the speakers of the clauses and quotations around an event, nearest first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from kg.code.roles import Cast
from kg.lexicon.wordlists import words
from kg.model import Participant, Sentence, Span, Tree, within

_ISSUED = 2_000
"""Tokens back in which whoever issued a statement is looked for."""
_BETWEEN = 200
"""Code points between two quotations of one speaker at most."""


class Attribution:
    """Finds the sources of what an article reports; keeps the last speaker for "the statement read"."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        self.tree = tree
        self.cast = cast
        reporting = words("grammar")["reporting"]
        self.verbs = frozenset(reporting["verbs"])
        self.texts = frozenset(reporting["texts"])
        self.last: list[Participant] = []
        self._next: list[Participant] = []
        self.quotes = tuple(tree.annotated.quotations)

    def begin(self) -> None:
        """Go on to the next sentence: "the statement" now means that of whoever spoke in those before."""
        self.last = self._next or self.last
        self._next = []

    def sources(self, trigger: int, sentence: Sentence) -> tuple[Participant, ...]:
        """Who reports the event at a token, nearest source first; empty: the narrator."""
        chain: list[Participant] = []
        reporting = [head for below, head in self.tree.governors(trigger) if self._reports(head, below)]
        for verb in self._inside_out(trigger, reporting):
            chain += [p for p in self.speaker(verb) if all(p.actor.id != c.actor.id for c in chain)]
        if not chain:
            chain = self._according(trigger, sentence) or self._quoted(trigger)
        return tuple(chain)

    def _inside_out(self, trigger: int, reporting: list[int]) -> list[int]:
        """The reporting verbs around a token, nearest first, with one that closes the sentence outside all others."""
        if self._closes(trigger):
            return []
        closing = [v for v in reporting if self._closes(v)]
        closing += [k for k in self.tree.kids(trigger, "ccomp") if self._closes(k)]
        return [v for v in reporting if v not in closing] + closing

    def _closes(self, verb: int) -> bool:
        """Whether a reporting clause stands after what it reports: "X said that Y will help, the statement read".

        The parser hangs such a clause on the verb of saying that it encloses.
        """
        token = self.tree[verb]
        if token.dep != "ccomp" or token.lemma not in self.verbs or token.head > verb:
            return False
        subjects = self.tree.kids(verb, "nsubj")
        reported = self.tree.kids(verb, "ccomp")
        if self.tree[token.head].lemma not in self.verbs or not subjects or not reported:
            return False
        first = min(self.tree.subtree(subjects[0]))
        return reported[0] < first and self.tree[first - 1].text == ","

    def _reports(self, verb: int, below: int) -> bool:
        token = self.tree[verb]
        if token.lemma not in self.verbs or not self.tree.is_verb(verb):
            return False
        return self.tree[below].dep in ("ccomp", "parataxis", "xcomp", "advcl", "dobj", "conj") and (
            self.tree[below].dep != "conj" or below < verb
        )

    def speaker(self, verb: int) -> list[Participant]:
        """The actors who speak in a reporting clause; a text speaks for whoever spoke last."""
        subject = self.tree.surface_subject(verb)
        if subject is None:
            return []
        found = self.cast.at(subject)
        if self.tree[subject].lemma in self.texts and not self.tree.kids(subject, "poss"):
            found = self._issuer(subject) or self.last
            self._next = found
            return found
        if found and not self._next:
            self._next = found
        return found

    def _issuer(self, text: int) -> list[Participant]:
        """Who issued the statement that a noun takes up: the subject or owner at its last mention before."""
        for k in range(text - 1, max(-1, text - 1 - _ISSUED), -1):
            if self.tree[k].lemma in self.texts:
                verb = next((h for _, h in self.tree.governors(k) if self.tree.is_verb(h)), None)
                subject = None if verb is None else self.tree.surface_subject(verb)
                for issuer in [*self.tree.kids(k, "poss"), *([] if subject is None else [subject])]:
                    found = self.cast.at(issuer)
                    if found:
                        return found
        return []

    def _according(self, trigger: int, sentence: Sentence) -> list[Participant]:
        """according to X: anywhere in the sentence, unless in a clause that does not hold the trigger."""
        for i in range(sentence.first, sentence.last):
            if self.tree[i].lemma in ("accord", "according", "per") and self.tree[i].dep in ("prep", "advcl"):
                host = self.tree[i].head
                if trigger in self.tree.subtree(host) or host == trigger:
                    for k in [*self.tree.under(i, "to"), *self.tree.kids(i, "pobj")]:
                        found = self.cast.at(k)
                        if found:
                            self._next = found
                            return found
        return []

    def _quoted(self, trigger: int) -> list[Participant]:
        """The speaker named beside the quotation that holds the trigger."""
        span = self.tree[trigger].span
        n = bisect_right(self.quotes, span.start, key=lambda q: q.start) - 1
        if n < 0 or not self.quotes[n].covers(span):
            return []
        quote = self.quotes[n]
        for other in self._beside(quote):
            for i in range(other.first, other.last):
                if self.tree[i].lemma in self.verbs and not quote.covers(self.tree[i].span):
                    found = self.speaker(i)
                    if found:
                        return found
        return self._goes_on(self.quotes[n - 1], quote) if n else []

    def _beside(self, quote: Span) -> list[Sentence]:
        """The sentences that hold the beginning or the end of a quotation, in text order."""
        sentences = self.tree.annotated.sentences
        found: dict[int, Sentence] = {}
        for place in (quote.start, quote.end):
            n = bisect_left(sentences, place, key=lambda s: s.span.end)
            while n < len(sentences) and sentences[n].span.start <= place:
                found[n] = sentences[n]
                n += 1
        return list(found.values())

    def _goes_on(self, before: Span, quote: Span) -> list[Participant]:
        """The speaker of the quotation before, where only that speaker's clause stands between."""
        if quote.start - before.end > _BETWEEN:
            return []
        verbs = (t.i for t in within(self.tree.tokens, Span(before.end, quote.start)) if t.lemma in self.verbs)
        return next((found for i in verbs if (found := self.speaker(i))), [])
