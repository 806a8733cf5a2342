"""Offices that stand for who holds them: "the Russian leader", "the Slovak foreign minister"."""

from __future__ import annotations

from kg.lexicon import Title
from kg.model import Actor, Link, Span
from kg.model.unlisted import unlisted
from kg.resolve.people import Titled, title_at
from kg.resolve.scene import Scene, is_person


def in_office(scene: Scene, i: int) -> Link | None:
    """Whom a title without a name means, from those named before or from the tables of the day."""
    found = title_at(scene.tree, scene.lexicon, scene.hits, i)
    if found is None or _before_a_name(scene, i):
        return None
    if scene.is_plural(i):
        return _in_offices(scene, i, found)
    if any(
        scene.tree[k].text.lower() in ("a", "an", "former", "another", "ex") for k in scene.tree.kids(i, "det", "amod")
    ):
        return None
    span = Span(scene.tree[found.first].span.start, scene.tree[i].span.end)
    if found.of:
        actor = _holder(scene, found.title, found.of)
        if actor is not None:
            return Link(span=scene.phrase(i), head=i, actors=(actor,), rule="office", confidence=0.9)
        return _officer(scene, i, found.of, span)
    offices = set(found.title.offices)
    person = scene.discourse.last(
        lambda a: is_person(a) and (not offices or bool(offices & scene.discourse.titles.get(a.id, set())))
    )
    if person is None and not offices:
        person = scene.discourse.last(is_person, reach=2)
    if person is not None:
        return Link(span=scene.phrase(i), head=i, actors=(person,), rule="title", confidence=0.8)
    if scene.discourse.home is not None and offices:
        return _officer(scene, i, scene.discourse.home.id, span)
    return None


def _before_a_name(scene: Scene, i: int) -> bool:
    """Whether a person's name follows at once: then the title belongs to it."""
    after = i + 1
    return after < len(scene.tree.tokens) and scene.tree[after].ent == "PERSON"


def _in_offices(scene: Scene, i: int, found: Titled) -> Link | None:
    """Those who hold one office in several states: "the presidents of Kenya and Uganda"."""
    heads = [*scene.tree.under(i, "of"), *scene.tree.kids(i, "amod", "compound", "poss", "nmod")]
    states: list[str] = []
    for k in dict.fromkeys(c for h in heads for c in scene.tree.conjuncts(h)):
        hit = scene.hits.get(k)
        states += [s.entity for s in hit.senses if s.entity in scene.lexicon.actors][:1] if hit else []
    if len(set(states)) < 2:
        return None
    span = Span(scene.tree[found.first].span.start, scene.tree[i].span.end)
    actors = [_holder(scene, found.title, of) or _officer(scene, i, of, span).actors[0] for of in dict.fromkeys(states)]
    return Link(span=scene.phrase(i), head=i, actors=tuple(actors), rule="office", confidence=0.85)


def _holder(scene: Scene, title: Title, of: str) -> Actor | None:
    """Who of those named holds the office, else who held it on the day by the tables."""
    body = scene.lexicon.actors[of]
    offices = set(title.offices)
    named = scene.discourse.last(
        lambda a: (
            is_person(a)
            and body.country is not None
            and a.country == body.country
            and (not offices or bool(offices & scene.discourse.titles.get(a.id, set())))
        )
    )
    if named is not None:
        return named
    if scene.on is None:
        return None
    if title.offices:
        return scene.lexicon.titled(title.title, of, scene.on)
    return scene.lexicon.leader(of, scene.on)


def _officer(scene: Scene, i: int, of: str, span: Span) -> Link:
    """An office holder whose name is not known: the Slovak foreign minister."""
    body = scene.lexicon.actors[of]
    word = " ".join(span.of(scene.tree.annotated.article.text).split())
    actor = unlisted("person", f"{word} of {body.name}", country=body.country, sector=_sector(body), part_of=of)
    return Link(span=scene.phrase(i), head=i, actors=(actor,), rule="office", confidence=0.7)


def _sector(body: Actor) -> str | None:
    return "GOV" if body.kind == "state" else body.sector
