"""Pronouns: whom he, she, it, they and both mean, from what went before."""

from __future__ import annotations

from kg.lexicon.wordlists import words
from kg.model import Actor, Link
from kg.resolve.scene import Scene, is_body, is_person

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_BOTH = frozenset({"both", "two", "these", "those", "neither", "either", "three"})


def pronoun(scene: Scene, i: int) -> Link | None:
    """The link of a pronoun, where it can be told whom it means."""
    word = scene.tree[i].text.lower()
    actors: tuple[Actor, ...] = ()
    rule = "pronoun"
    barred = _subject_of_clause(scene, i)
    if word in _HE or word in _SHE:
        wanted = "m" if word in _HE else "f"
        other = "f" if wanted == "m" else "m"
        found = scene.discourse.pronoun(
            lambda a: is_person(a) and a.id not in barred and scene.discourse.genders.get(a.id, wanted) != other
        )
        actors = (found,) if found else ()
    elif word in _IT:
        if _expletive(scene, i) or _is_thing(scene, i):
            # An object "it" is mostly a plan or a deal: "rejected it".
            return None
        found = scene.discourse.pronoun(lambda a: is_body(a) and a.id not in barred)
        actors = (found,) if found else ()
    elif word in _THEY:
        actors = tuple(a for a in _they(scene) if a.id not in barred)
    elif word in _BOTH:
        actors = scene.discourse.latest_pair(lambda _: True, reach=3)
        rule = "plural"
    if not actors:
        return None
    return Link(span=scene.tree[i].span, head=i, actors=actors, rule=rule, confidence=0.7)


def _subject_of_clause(scene: Scene, i: int) -> frozenset[str]:
    """For "him" and "them" the ids of the clause's subject: "Lavrov pressed him" is not about Lavrov."""
    if scene.tree[i].tag == "PRP$" or scene.tree[i].dep not in ("dobj", "pobj", "dative"):
        return frozenset()
    head = scene.tree[i].head
    while not scene.tree.is_verb(head) and scene.tree[head].head != head:
        head = scene.tree[head].head
    subject = scene.tree.surface_subject(head)
    return frozenset(a.id for a in scene.named_heads.get(subject if subject is not None else -1, ()))


def _is_thing(scene: Scene, i: int) -> bool:
    """Whether an object "it" is a plan or a deal, as with "rejected it", and no actor, as with "attacked it"."""
    token = scene.tree[i]
    verbs = words("nominals")["thing"]["verbs"]
    return token.text.lower() == "it" and token.dep == "dobj" and scene.tree[token.head].lemma in verbs


def _expletive(scene: Scene, i: int) -> bool:
    """Weather and anticipatory "it"."""
    head = scene.tree[scene.tree[i].head]
    return head.lemma in ("be", "seem", "appear") and bool(scene.tree.kids(head.i, "ccomp", "xcomp", "acomp"))


def _they(scene: Scene) -> tuple[Actor, ...]:
    pair = scene.discourse.latest_pair(lambda _: True, reach=2)
    last = scene.discourse.last(lambda a: a.kind in ("collective", "group"), reach=1, prefer_subject=True)
    if last is not None and all(a.id != last.id for a in pair) and not (pair and _paired_here(scene)):
        return (last,)
    return pair or ((last,) if last else ())


def _paired_here(scene: Scene) -> bool:
    return bool(scene.discourse.pairs) and scene.discourse.pairs[-1][0] == scene.discourse.sentence
