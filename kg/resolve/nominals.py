"""Nouns and pronouns that stand for actors and places: "the Russian leader", "its fighters", "he"."""

from __future__ import annotations

from kg.model import Link
from kg.resolve.again import body_again, place_again
from kg.resolve.offices import in_office
from kg.resolve.plurals import points_back, several
from kg.resolve.pronouns import pronoun
from kg.resolve.role_nouns import in_role
from kg.resolve.scene import Scene


def nominal_at(scene: Scene, i: int) -> Link | None:
    """The link of the nominal or pronoun at a token, if it is one and it can be told whom it means."""
    token = scene.tree[i]
    if token.pos == "PRON" or token.tag in ("PRP", "PRP$"):
        return pronoun(scene, i)
    if token.pos not in ("NOUN", "PROPN", "NUM", "DET", "ADJ") or i in scene.hits:
        return None
    if token.dep in ("compound", "amod") and scene.tree[token.head].pos in ("NOUN", "PROPN"):
        return None
    lemma = token.lemma
    if scene.is_plural(i) and points_back(scene, i):
        many = several(scene, i, lemma)
        if many is not None:
            return many
    if token.pos not in ("NOUN", "PROPN"):
        return None
    return in_office(scene, i) or in_role(scene, i) or body_again(scene, i, lemma) or place_again(scene, i, lemma)
