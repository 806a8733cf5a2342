"""What an editor of SPARQL can offer: prefixes, the terms of the ontology with what they mean, and examples."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.paths import ontology_dir
from kg.serve.examples import EXAMPLES
from kg.vocab.namespaces import OWL, PREFIXES, RDF, RDFS, SH, SKOS

if TYPE_CHECKING:
    import pyoxigraph as ox

KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "property",
    OWL + "DatatypeProperty": "property",
    OWL + "AnnotationProperty": "property",
    SKOS + "Concept": "concept",
}
"""What a term is by its types; of a class that is a concept too, the class counts."""
_BORROWED = {
    RDFS + "domain": "class",
    RDFS + "range": "class",
    RDFS + "subClassOf": "class",
    SH + "targetClass": "class",
    SH + "class": "class",
    SH + "path": "property",
    RDFS + "subPropertyOf": "property",
}
"""What a term of another vocabulary is, by the property of ours that points to it."""
_WORDS = (SKOS + "definition", RDFS + "comment", SKOS + "prefLabel", RDFS + "label")
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


@cache
def completion() -> dict[str, Any]:
    """Prefixes by name; terms as ``[name, kind, meaning]``, sorted; examples as ``{title, sparql}``.

    >>> next(t for t in completion()["terms"] if t[0] == "dk:State")[1]
    'class'
    """
    return {
        "prefixes": dict(PREFIXES),
        "terms": [[name, kind, meaning] for name, (kind, meaning) in sorted(_terms().items())],
        "examples": [{"title": title, "sparql": text} for title, text in EXAMPLES],
    }


def _terms() -> dict[str, tuple[str, str]]:
    """Each prefixed name with its kind and its meaning, from the files of the ontology."""
    found: dict[str, tuple[str, str]] = {"rdf:type": ("property", "Is of this class; SPARQL writes it as a.")}
    known = _triples()
    for iri, about in known.items():
        kind = next((kind for type_, kind in KINDS.items() if type_ in about.get(RDF + "type", ())), None)
        name = prefixed(iri)
        if kind and name:
            found[name] = kind, next((about[p][0] for p in _WORDS if p in about), "")
    for about in known.values():
        for points, kind in _BORROWED.items():
            for iri in about.get(points, ()):
                name = prefixed(iri)
                if name and not name.startswith("xsd:"):
                    found.setdefault(name, (kind, ""))
    return found


def _triples() -> dict[str, dict[str, list[str]]]:
    """All that the ontology's files say, by subject and property."""
    import pyoxigraph as ox

    held: dict[str, dict[str, list[str]]] = {}
    for path in sorted(ontology_dir().glob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            about = held.setdefault(_text(quad.subject), {})
            about.setdefault(quad.predicate.value, []).append(_text(quad.object))
    return held


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(getattr(term, "value", ""))


def prefixed(iri: str) -> str | None:
    """The IRI with a prefix; None where no prefix fits, or what is left cannot stand as a name.

    >>> prefixed("https://w3id.org/dekg/ns#metWith"), prefixed("urn:x")
    ('dk:metWith', None)
    """
    fitting = [(base, prefix) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return None
    base, prefix = max(fitting, key=lambda pair: len(pair[0]))
    local = iri.removeprefix(base)
    return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else None
