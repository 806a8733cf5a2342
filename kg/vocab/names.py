"""The way back from IRIs to the names, ids and prefixes in them."""

from __future__ import annotations

from urllib.parse import unquote

from kg.vocab.namespaces import ENT, PREFIXES


def local_name(iri: str) -> str:
    """The part of an IRI after its last ``#`` or ``/``.

    >>> local_name("https://w3id.org/dekg/ns#Occurred"), local_name("https://sws.geonames.org/281184/")
    ('Occurred', '281184')
    """
    return iri.rstrip("/").replace("#", "/").rpartition("/")[2]


def entity_id(iri: str) -> str:
    """The slug of an actor or place, from its IRI.

    >>> entity_id("https://w3id.org/dekg/id/entity/c%C3%B4te")
    'côte'
    """
    return unquote(iri.removeprefix(ENT))


def mode_name(iri: str, type_: str) -> str | None:
    """The mode without its type, None where there is none.

    >>> mode_name("https://w3id.org/dekg/plover/CONSULT-phone", "CONSULT"), mode_name("", "CONSULT")
    ('phone', None)
    """
    return local_name(iri).removeprefix(f"{type_}-") or None


def split_prefix(iri: str) -> tuple[str, str] | None:
    """The known prefix that covers most of an IRI, and what follows; None where none does.

    >>> split_prefix("https://w3id.org/dekg/id/entity/qatar"), split_prefix("urn:x")
    (('ent', 'qatar'), None)
    """
    fitting = [prefix for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return None
    prefix = max(fitting, key=lambda p: len(PREFIXES[p]))
    return prefix, iri.removeprefix(PREFIXES[prefix])
