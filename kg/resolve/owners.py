"""Whose: the actor that a noun belongs to, by its own words or by its sentence."""

from __future__ import annotations

from kg.lexicon.wordlists import words
from kg.model import Actor
from kg.resolve.people import owner_after
from kg.resolve.pronouns import pronoun
from kg.resolve.scene import Scene

_OF_SPEAKER = frozenset({"my", "our", "your"})


def owner_of(scene: Scene, i: int, first: int | None = None) -> tuple[Actor | None, float]:
    """Whose troops, officials, people: by adjective, possessor, compound, "of" or "in".

    Args:
        scene: the article being read.
        i: the noun.
        first: where its role words begin; those are no owners ("riot police").
    """
    for k in scene.tree.kids(i, "amod", "compound", "nmod", "poss", "nummod"):
        if first is not None and first <= k < i:
            continue
        for c in scene.tree.conjuncts(k):
            actor = actor_at(scene, c)
            if actor is not None and not _unlisted_body(actor):
                return actor, 0.85
    after = owner_after(scene.tree, scene.hits, i)
    if after is not None:
        return scene.lexicon.actors.get(after), 0.8
    for k in [*scene.tree.under(i, "in"), *scene.tree.under(i, "from"), *scene.tree.under(i, "of")]:
        actor = actor_at(scene, k) or state_of_place(scene, k)
        if actor is not None:
            return actor, 0.7
    for k in scene.tree.kids(i, "appos"):
        actor = actor_at(scene, k)
        if actor is not None:
            return actor, 0.7
    return None, 0.0


def other_owners(scene: Scene, i: int, owner: Actor) -> list[Actor]:
    """Further owners beside the first: "Russian and Belarusian paratroopers"."""
    found = [
        actor
        for k in scene.tree.kids(i, "amod", "compound", "nmod", "poss")
        for c in scene.tree.conjuncts(k)
        if (actor := actor_at(scene, c)) is not None and not _unlisted_body(actor)
    ]
    return [a for a in dict.fromkeys(found) if a.id != owner.id and a.kind == owner.kind]


def _unlisted_body(actor: Actor) -> bool:
    """Whether it is a name that no table knows, often a piece of a longer one."""
    return actor.id.startswith("x-") and actor.kind == "organization"


def actor_at(scene: Scene, k: int) -> Actor | None:
    """The one actor that a name, a possessive pronoun or a phrase read before means."""
    named = scene.named_heads.get(k)
    if named:
        return named[0]
    hit = scene.hits.get(k)
    if hit is not None:
        for sense in hit.senses:
            if sense.entity in scene.lexicon.actors:
                return scene.lexicon.actor_on(sense.entity, scene.on)
    if scene.tree[k].text.lower() == "whose":
        verb = scene.tree[scene.tree[k].head].head
        while scene.tree[verb].dep not in ("relcl", "ROOT") and scene.tree[verb].head != verb:
            verb = scene.tree[verb].head
        owner = scene.named_heads.get(scene.tree[verb].head)
        return owner[0] if owner else None
    if scene.tree[k].tag == "PRP$":
        link = pronoun(scene, k)
        return link.actors[0] if link and len(link.actors) == 1 else None
    return None


def named_ahead(scene: Scene, k: int) -> Actor | None:
    """The body or group whose name stands further on in the sentence."""
    hit = scene.hits.get(k)
    for sense in hit.senses if hit else ():
        actor = scene.lexicon.actors.get(sense.entity)
        if actor is not None and not sense.place and actor.kind in ("organization", "group"):
            return actor
    return None


def state_of_place(scene: Scene, k: int) -> Actor | None:
    """The state that the place named at a token lies in."""
    hit = scene.hits.get(k)
    if hit is None:
        return None
    for sense in hit.senses:
        place = scene.lexicon.places.get(sense.entity)
        state = scene.lexicon.states.get(place.country or "") if place else None
        if state:
            return scene.lexicon.actors[state]
    return None


def _told_otherwise(scene: Scene, i: int) -> bool:
    """Whether the noun has an owner of its own that is no single state: "Arab governments", "the armies of both"."""
    own = scene.tree.kids(i, "amod", "compound", "nmod", "poss")
    proper = any(scene.tree[k].text[:1].isupper() and scene.tree[k].span.start != _start(scene, i) for k in own)
    others = words("nominals")["unowned"]["adjectives"]
    return proper or any(scene.tree[k].lemma in others for k in own) or bool(scene.tree.under(i, "of"))


def _start(scene: Scene, i: int) -> int:
    """Where the sentence begins: its first word is written with a capital whatever it is."""
    return scene.tree.annotated.sentence_of(i).span.start


def country_around(scene: Scene, i: int) -> Actor | None:
    """Whose people a bare "civilians" or "the military" are, by the sentence.

    The owner of the noun it is coordinated with; the state of a place in the sentence; for "the army" the
    state named last before it in the sentence; the state of the dateline. Nobody for "our troops".
    """
    if _told_otherwise(scene, i):
        return None
    token = scene.tree[i]
    if any(scene.tree[k].text.lower() in _OF_SPEAKER for k in scene.tree.kids(i, "poss")):
        return None
    if token.dep == "conj" and token.head in scene.named_heads:
        first = scene.named_heads[token.head]
        if first and first[0].part_of in scene.lexicon.actors:
            return scene.lexicon.actors[first[0].part_of or ""]
    sentence = scene.tree.annotated.sentence_of(i)
    for k in range(sentence.first, sentence.last):
        other = scene.tree[k]
        if other.dep == "pobj" and scene.tree[other.head].lemma in ("in", "at", "near", "outside") and k in scene.hits:
            state = state_of_place(scene, k)
            if state is not None:
                return state
    state = next((s.actor for s in scene.discourse.back(0) if s.token < i and s.actor.kind == "state"), None)
    if state is not None:
        return state if scene.is_definite(i) else None
    return scene.discourse.home or _only_state(scene, i)


def _only_state(scene: Scene, i: int) -> Actor | None:
    """For "the government" the state of the sentence before, where that named just one."""
    states = {s.actor.id: s.actor for s in scene.discourse.back(1) if s.actor.kind == "state"}
    return next(iter(states.values())) if len(states) == 1 and scene.is_definite(i) else None
