"""Nouns for people and bodies in a role: "Russian troops", "its fighters", "the government"."""

from __future__ import annotations

from kg.lexicon import Role, fold
from kg.lexicon.wordlists import words
from kg.model import Actor, Link
from kg.model.unlisted import unlisted
from kg.resolve.owners import country_around, named_ahead, other_owners, owner_of
from kg.resolve.scene import Scene, is_person


def _ends(name: str, word: str) -> bool:
    return name.casefold().endswith(" " + word.casefold())


def in_role(scene: Scene, i: int) -> Link | None:
    """The people or body that a role noun means, with its owner as far as can be told."""
    key, first = _role_key(scene, i)
    role = scene.lexicon.roles.get(key)
    if role is None:
        return None
    apposed = next((a for k in scene.tree.kids(i, "appos") if (a := named_ahead(scene, k))), None)
    if apposed is not None:
        # "his party, Sinn Fein"
        return Link(span=scene.phrase(i), head=i, actors=(apposed,), rule="apposition", confidence=0.9)
    owner, sure = owner_of(scene, i, first)
    if owner is not None and owner.kind == "state" and role.sector == "REB" and _by_pronoun(scene, i):
        # "its fighters" are those of a group, though a state was spoken of last
        owner = scene.discourse.last(lambda a: a.kind == "group", reach=2) or owner
    if owner is None and (back := _again(scene, i, role)) is not None:
        return back
    if owner is None:
        owner, sure = country_around(scene, i), 0.5
    if owner is None and role.generic:
        return None
    if role.word in words("nominals")["sides"]["words"] and owner is not None:
        return Link(span=scene.phrase(i), head=i, actors=(owner,), rule="nominal", confidence=0.9)
    owners = [owner, *(other_owners(scene, i, owner) if owner else [])]
    actors = tuple(_collective(scene, i, first, role, o) for o in owners)
    return Link(span=scene.phrase(i), head=i, actors=actors, rule="nominal", confidence=sure)


def _again(scene: Scene, i: int, role: Role) -> Link | None:
    """Whom "the troops", "the minister", "the government" without an owner take up again."""
    found: Actor | None = None
    rule, sure = "nominal", 0.7
    if scene.is_definite(i):
        found = scene.discourse.last(
            lambda a: (
                a.kind in ("collective", "organization") and a.country is not None and _ends(a.name, scene.tree[i].text)
            )
        )
    if found is None and role.kind == "person" and scene.is_definite(i):
        found = scene.discourse.last(lambda a: is_person(a) and _holds(scene, a, role.word))
        rule = "title"
    if found is None and role.generic:
        found, rule, sure = _state_again(scene, i), "nominal", 0.6
    if found is None:
        return None
    return Link(span=scene.phrase(i), head=i, actors=(found,), rule=rule, confidence=sure)


def _holds(scene: Scene, person: Actor, word: str) -> bool:
    """Whether the article gave a person an office of this word: "the minister" after a foreign minister."""
    offices = scene.discourse.titles.get(person.id, set())
    return any(office == word or office.endswith("-" + word) for office in offices)


def _by_pronoun(scene: Scene, i: int) -> bool:
    return any(scene.tree[k].tag == "PRP$" for k in scene.tree.kids(i, "poss"))


def _role_key(scene: Scene, i: int) -> tuple[tuple[str, ...], int]:
    """The longest role word that ends at a token, in the text's or the lemma's form."""
    for start in range(max(0, i - 2), i + 1):
        text = [fold(scene.tree[k].text) for k in range(start, i + 1)]
        for key in (tuple(text), (*text[:-1], scene.tree[i].lemma)):
            if key in scene.lexicon.roles:
                return key, start
    return (), i


def _collective(scene: Scene, i: int, first: int, role: Role, owner: Actor | None) -> Actor:
    tokens = scene.tree.annotated.tokens
    word = " ".join(t.text for t in tokens[first : i + 1])
    if owner is not None and owner.kind == "person" and (state := scene.lexicon.states.get(owner.country or "")):
        owner = scene.lexicon.actors[state]
    name = f"{_adjective(scene, owner)} {word}" if owner else word
    kind = "person" if role.kind == "person" and not scene.is_plural(i) else "collective"
    return unlisted(
        kind if role.kind != "organization" else "organization",
        name,
        country=owner.country if owner else None,
        sector=role.sector,
        part_of=owner.id if owner else None,
    )


def _adjective(scene: Scene, owner: Actor) -> str:
    """How a name of a body begins: Russian troops, Hamas fighters."""
    if owner.kind == "state":
        written = scene.lexicon.written.get(owner.id, ())
        demonyms = [w for w in written if scene.lexicon.demonyms.get(fold(w)) == owner.id and not w.endswith("s")]
        return demonyms[0] if demonyms else owner.name
    return owner.name


def _state_again(scene: Scene, i: int) -> Actor | None:
    """For "the government", "the authorities": the state that the article is at home in, or was spoken of last."""
    if not scene.is_definite(i):
        return None
    return scene.discourse.home or scene.discourse.last(lambda a: a.kind == "state", reach=1)
