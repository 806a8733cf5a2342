"""Bodies and places taken up again by a bare noun: "the alliance", "the enclave"."""

from __future__ import annotations

from collections.abc import Mapping

from kg.lexicon.wordlists import words
from kg.model import Actor, Link, Place
from kg.resolve.owners import actor_at
from kg.resolve.scene import Scene, is_person


def body_again(scene: Scene, i: int, lemma: str) -> Link | None:
    """The state, body, group or person that a definite noun takes up: the last one of that kind."""
    if not any(scene.tree[k].text.lower() in ("the", "this", "that") for k in scene.tree.kids(i, "det")):
        return None
    lists = words("nominals")["single"]
    wanted: dict[str, str] = {}
    for kind, nouns in lists.items():
        if lemma in nouns:
            wanted[kind] = lemma
    if not wanted:
        return None
    owners = {a.country for k in scene.tree.kids(i, "amod", "compound", "nmod") if (a := actor_at(scene, k))}
    found = scene.discourse.last(
        lambda a: _is_such(scene, a, lemma, wanted) and (not owners or a.country in owners), reach=8
    )
    if found is None:
        return None
    return Link(span=scene.phrase(i), head=i, actors=(found,), rule="nominal", confidence=0.75)


def _is_such(scene: Scene, actor: Actor, lemma: str, wanted: Mapping[str, str]) -> bool:
    if lemma in scene.lexicon.nominals.get(actor.id, ()):
        return True
    if "state" in wanted and actor.kind == "state":
        return True
    if "group" in wanted and actor.kind == "group":
        return not scene.lexicon.nominals.get(actor.id)
    if "body" in wanted and actor.kind == "organization" and actor.sector == "IGO":
        return not scene.lexicon.nominals.get(actor.id)
    return "person" in wanted and is_person(actor)


def place_again(scene: Scene, i: int, lemma: str) -> Link | None:
    """The place that a definite noun takes up: the last one of that kind, with the state behind it."""
    if not any(scene.tree[k].text.lower() in ("the", "this", "that") for k in scene.tree.kids(i, "det")):
        return None
    kinds = {kind for kind, nouns in words("nominals")["place"].items() if lemma in nouns}
    if not kinds:
        return None
    found: Place | None = next((p for p in reversed(scene.discourse.places.values()) if p.kind in kinds), None)
    if found is None:
        return None
    state = scene.lexicon.states.get(found.country or "")
    actors = (scene.lexicon.actors[state],) if state else ()
    return Link(span=scene.phrase(i), head=i, actors=actors, place=found, rule="nominal", confidence=0.7)
