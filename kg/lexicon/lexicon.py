"""The lexicon as one record: names, actors, places, offices and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.lexicon.dates import Validity
from kg.lexicon.entities import in_office
from kg.lexicon.keys import name_key
from kg.lexicon.offices import OfficeBook
from kg.lexicon.roles import Role, Title
from kg.lexicon.senses import Sense
from kg.model import Actor, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Who and what there is to be named, and by which words."""

    names: Mapping[tuple[str, ...], tuple[Sense, ...]] = field(repr=False)
    """Senses by name_key of each name; the usual sense of a shared name comes first."""
    actors: Mapping[str, Actor] = field(repr=False)
    """Actors by id; a person has the country and sector of the latest office."""
    places: Mapping[str, Place] = field(repr=False)
    """Places by id; each state is a place of kind country under the same id."""
    written: Mapping[str, tuple[str, ...]] = field(repr=False)
    """For each id its name and then its aliases and demonyms, as the tables write them."""
    offices: OfficeBook = field(repr=False)
    demonyms: Mapping[str, str] = field(repr=False)
    """State id by folded demonym, such as ``palestinians``; without those that two states share."""
    states: Mapping[str, str] = field(repr=False)
    """State id by ISO 3166-1 alpha-3 code; former states by their code in ISO 3166-3."""
    titles: Mapping[tuple[str, ...], Title] = field(repr=False)
    roles: Mapping[tuple[str, ...], Role] = field(repr=False)
    nominals: Mapping[str, tuple[str, ...]] = field(repr=False)
    """Nouns by which an article takes up a group or body again: movement, alliance."""
    genders: Mapping[str, str] = field(repr=False)
    """f or m by person id, where known."""
    leaders: Mapping[str, str] = field(repr=False)
    """For each state the office of the one whom news calls its leader."""
    validities: Mapping[str, Validity] = field(repr=False)
    version: str
    """12 hexadecimal digits that change with any table."""

    def senses(self, name: str) -> tuple[Sense, ...]:
        """What a name can mean, given how it is written.

        >>> from kg.lexicon import load_lexicon
        >>> [s.entity for s in load_lexicon().senses("WHO")], load_lexicon().senses("Who")
        (['who'], ())
        """
        return tuple(s for s in self.names.get(name_key(name), ()) if s.fits(name))

    def validity(self, actor: str) -> Validity:
        """From when to when an actor or place existed; open where the table gives no date."""
        return self.validities.get(actor, Validity())

    def actor_on(self, actor: str, on: date | None) -> Actor:
        """The actor as of that day: a person with the country and sector of the office then held.

        Raises:
            KeyError: no actor has this id.
        """
        found = self.actors[actor]
        terms = self.offices.offices_of(actor, on) if on else ()
        return in_office(found, terms[0], self.offices.kinds, self.actors) if terms else found

    def leader(self, of: str, on: date) -> Actor | None:
        """Whom news of that day calls the leader of a state, body or group; None where not known.

        >>> from kg.lexicon import load_lexicon
        >>> load_lexicon().leader("germany", date(2010, 5, 1)).name
        'Angela Merkel'
        """
        if of in self.leaders:
            return self.offices.holder(self.leaders[of], of, on)
        kinds = sorted(self.offices.kinds.values(), key=lambda k: k.rank)
        held = (self.offices.holder(kind.id, of, on) for kind in kinds if kind.single)
        return next((actor for actor in held if actor), None)

    def titled(self, title: str, of: str, on: date) -> Actor | None:
        """Who bore the title of that state, body or group on that day; None where not known.

        >>> from kg.lexicon import load_lexicon
        >>> load_lexicon().titled("president", "palestine", date(2023, 12, 22)).name
        'Mahmoud Abbas'
        """
        found = self.titles.get(name_key(title))
        held = (self.offices.holder(office, of, on) for office in (found.offices if found else ()))
        return next((actor for actor in held if actor), None)
