"""What the model is told: the instructions, and the codes with their definitions from the ontology."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from kg.code.llm.schema import SCHEMA
from kg.paths import ontology_dir
from kg.vocab.iris import mode_iri, type_iri
from kg.vocab.namespaces import SKOS
from kg.vocab.plover import CONTEXTS, MODES, OWN_TYPES

_PROMPT = Path(__file__).with_name("prompt.txt")


@dataclass(frozen=True, slots=True)
class Codebook:
    """The instructions and their version: 12 hexadecimal digits that change with them or the schema."""

    text: str
    version: str


@cache
def load_codebook() -> Codebook:
    """The instructions with the codes of the ontology.

    >>> "CONSULT / phone: " in load_codebook().text
    True
    """
    text = "\n".join([_PROMPT.read_text("utf-8").strip(), "", *_codes(), "", "Contexts: " + ", ".join(CONTEXTS) + "."])
    told = json.dumps([text, SCHEMA], sort_keys=True)
    return Codebook(text, sha256(told.encode()).hexdigest()[:12])


def _codes() -> Iterator[str]:
    """One line a type and a mode, with its definition."""
    known = _definitions()
    yield "Types, and after a slash their modes:"
    for type_, modes in (*MODES.items(), *((own, ()) for own in OWN_TYPES)):
        yield f"{type_}: {known[type_iri(type_)]}"
        for mode in modes:
            yield f"{type_} / {mode}: {known[mode_iri(type_, mode)]}"


def _definitions() -> dict[str, str]:
    import pyoxigraph as ox

    found: dict[str, str] = {}
    for name in ("plover.ttl", "kg.ttl"):
        for triple in ox.parse((ontology_dir() / name).read_bytes(), format=ox.RdfFormat.TURTLE):
            if triple.predicate.value == SKOS + "definition" and isinstance(triple.object, ox.Literal):
                found[str(getattr(triple.subject, "value", ""))] = triple.object.value
    return found
