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

    # An id is looked up alone, because reading all names takes longer than most questions do.
    known = [iri for iri in _candidates(wanted) if _is_iri(iri)]
    found = (
        _names(store, f"VALUES ?entity {{ {' '.join(str(ox.NamedNode(i)) for i in known)} }}").keys()
        if known
        else set()
    )
    names = {} if found else _names(store)
    found = found or _by_name(names, wanted)
    if not found:
        raise QueryError(_not_found(names, wanted))
    return tuple(ox.NamedNode(iri) for iri in sorted(found))


def _names(store: Queryable, only: str = "") -> dict[str, set[str]]:
    """Every name of each entity, or of those that a VALUES block tells."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in store.query(_NAMES.replace("{", "{ " + only, 1)).rows:
        entity, name = (term.value for term in row if term is not None)
        names[entity].add(name)
    return names


def _candidates(wanted: str) -> list[str]:
    """The IRIs that the text is, or that it is the id of."""
    bare = wanted.strip().strip("<>").removeprefix("ent:")
    return sorted({bare, entity_iri(bare), entity_iri(bare.lower())}) if bare else []


def _is_iri(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+", text) is not None


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
