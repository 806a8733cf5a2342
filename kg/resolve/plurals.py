"""Plurals that point back: both sides, the two leaders, these countries."""

from __future__ import annotations

from kg.lexicon.wordlists import words
from kg.model import Actor, Link
from kg.resolve.scene import Scene, is_body, is_person, is_state

_BOTH = frozenset({"both", "two", "these", "those", "neither", "either", "three"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their"})


def points_back(scene: Scene, i: int) -> bool:
    """the, both, the two, these; without a demonym or name of its own."""
    if scene.tree[i].text.lower() in ("two", "both"):
        return scene.tree[i].dep in ("nsubj", "nsubjpass", "pobj", "dobj", "poss")
    if any(k in scene.hits for k in scene.tree.kids(i, "amod", "compound", "poss", "nmod")):
        return False
    return any(
        scene.tree[k].text.lower() in _DEFINITE | _BOTH
        for k in scene.tree.kids(i, "det", "predet", "nummod", "preconj")
    )


def several(scene: Scene, i: int, lemma: str) -> Link | None:
    """Those whom a plural takes up again: both sides, the four countries, the two leaders."""
    lists = words("nominals")["plural"]
    bare = scene.tree[i].text.lower() in ("two", "both")
    number = _number(scene, i)
    two = number in (None, 2)
    discourse = scene.discourse
    actors: tuple[Actor, ...] = ()
    if lemma in lists["persons"] or bare:
        actors = discourse.latest_pair(is_person, reach=6, number=number)
        actors = actors or (discourse.latest_two(is_person) if two else ())
    if lemma in lists["states"]:
        actors = discourse.latest_pair(is_state, number=number)
        actors = actors or (discourse.latest_two(is_state, reach=4) if two else ())
    if not actors and (lemma in lists["bodies"] or bare):
        actors = discourse.first_pair(is_body) if lemma in lists["sides"] and two else ()
        actors = actors or discourse.latest_pair(is_body, number=number)
        actors = actors or (discourse.latest_two(is_body, reach=4) if two else ())
    if not actors and lemma in lists["persons"] and number == 2:
        actors = discourse.latest_two(is_body, reach=3)
    if not actors:
        return None
    return Link(span=scene.phrase(i), head=i, actors=actors, rule="plural", confidence=0.7)


def _number(scene: Scene, i: int) -> int | None:
    """How many are meant: both, the two, the four; None where it is not said."""
    told = [scene.tree[i].text.lower()]
    told += [scene.tree[k].text.lower() for k in scene.tree.kids(i, "nummod", "det", "predet", "preconj")]
    numbers = words("nominals")["numbers"]
    return next((numbers[w] for w in told if w in numbers), None)
