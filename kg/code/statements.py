"""Speech acts: who said something, and which events are what was said."""

from __future__ import annotations

from collections.abc import Iterator

from kg.code.attribution import Attribution
from kg.lexicon.wordlists import words
from kg.model import Participant, Sentence, Tree


def statements(tree: Tree, attribution: Attribution, sentence: Sentence) -> Iterator[tuple[int, list[Participant]]]:
    """The reporting verbs of a sentence that have a known speaker, with the speakers."""
    verbs = frozenset(words("grammar")["reporting"]["verbs"])
    for i in range(sentence.first, sentence.last):
        if not tree.is_verb(i) or tree[i].lemma not in verbs or tree.passive(i):
            continue
        if not tree.kids(i, "ccomp", "dobj", "parataxis", "advcl") and tree[i].dep != "parataxis":
            continue
        if tree.kids(i, "neg") or any(tree[k].tag == "MD" for k in tree.kids(i, "aux")):
            continue
        speakers = attribution.speaker(i)
        if speakers:
            yield i, speakers
