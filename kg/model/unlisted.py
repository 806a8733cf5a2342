"""Actors and places that no table knows: made from the words of the text."""

from __future__ import annotations

from hashlib import sha256

from kg.model.actor import Actor, Place


def unlisted(
    kind: str, name: str, *, country: str | None = None, sector: str | None = None, part_of: str | None = None
) -> Actor:
    """An actor of its own, with an id from its kind, name, country and sector.

    >>> unlisted("person", "Anna Berg").id == unlisted("person", "Anna  Berg").id
    True
    """
    plain = " ".join(name.split())
    digest = sha256(f"{kind}|{plain}|{country or ''}|{sector or ''}".encode()).hexdigest()[:16]
    return Actor(id=f"x-{digest}", name=plain, kind=kind, country=country, sector=sector, part_of=part_of)


def unlisted_place(name: str, *, kind: str = "site", country: str | None = None, within: str | None = None) -> Place:
    """A place of its own, with an id from its name and country."""
    plain = " ".join(name.split())
    digest = sha256(f"place|{plain.casefold()}|{country or ''}".encode()).hexdigest()[:16]
    return Place(id=f"x-{digest}", name=plain, kind=kind, country=country, within=within)
