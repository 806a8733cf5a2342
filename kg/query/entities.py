"""Finds the entity that a parameter means: by id, IRI or name, in any case."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.errors import QueryError, unknown
from kg.query.properties import Queryable
from kg.vocab.iris import entity_iri
from kg.vocab.namespaces import ENT

if TYPE_CHECKING:
    import pyoxigraph as ox

_NAMES = "SELECT DISTINCT ?entity ?name WHERE { ?entity skos:prefLabel|skos:altLabel ?name }"


def find_entities(store: Queryable, wanted: str) -> tuple[ox.NamedNode, ...]:
    """The entities that a text names: an IRI or id, else a whole name, else a part of exactly one's name.

    Raises:
        QueryError: The store has no such entity, or the part fits several.
    """
    import pyoxigraph as ox

    names: dict[str, set[str]] = defaultdict(set)
    for row in store.query(_NAMES).rows:
        entity, name = (term.value for term in row if term is not None)
        names[entity].add(name)
    found = _by_id(names, wanted) or _by_name(names, wanted)
    if not found:
        raise QueryError(_not_found(names, wanted))
    return tuple(ox.NamedNode(iri) for iri in sorted(found))


def _by_id(names: dict[str, set[str]], wanted: str) -> set[str]:
    bare = wanted.strip().strip("<>").removeprefix("ent:")
    candidates = {bare, entity_iri(bare), entity_iri(bare.lower())} if bare else set()
    return candidates & names.keys()


def _by_name(names: dict[str, set[str]], wanted: str) -> set[str]:
    key = _folded(wanted)
    whole = {iri for iri, known in names.items() if key in map(_folded, known)}
    if whole or not key:
        return whole
    part = re.compile(rf"\b{re.escape(key)}\b")
    some = {iri for iri, known in names.items() if any(part.search(_folded(name)) for name in known)}
    if len(some) > 1:
        listed = ", ".join(f"{min(names[iri])!r}" for iri in sorted(some)[:6])
        raise QueryError(f"{wanted!r} fits {len(some)} entities; give one whole name: {listed}")
    return some


def _not_found(names: dict[str, set[str]], wanted: str) -> str:
    if not names:
        return f"the store knows no {wanted!r}; it holds no entity at all, so build a graph first"
    labels = {name for known in names.values() for name in known}
    ids = {iri.removeprefix(ENT) for iri in names if iri.startswith(ENT)}
    told = unknown("entity", wanted, labels | ids).partition("known: ")[0]
    return f"{told}list them with: kg query actors"


def _folded(name: str) -> str:
    return re.sub(r"^the\s+", "", " ".join(name.casefold().split()))
