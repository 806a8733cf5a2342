"""Who held which office when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.lexicon.dates import Validity, earliest
from kg.lexicon.tables import Row
from kg.model import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One term of one person in an office."""

    person: str
    title: str
    """As news would write it: president, chancellor, supreme leader."""
    office: str
    """An id of office_kinds.csv, such as head-of-state."""
    of: str
    """Id of the state, organ, organisation or group."""
    term: Validity
    source: str = ""

    @property
    def begin(self) -> str | None:
        """First day in office, in ISO as exact as known."""
        return self.term.begin

    @property
    def end(self) -> str | None:
        """Last day in office, in ISO as exact as known; None while the term lasts."""
        return self.term.end


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """An office that actors have; a lower ``rank`` is a higher office."""

    id: str
    label: str
    single: bool
    """Whether one person holds it at a time."""
    rank: int
    sector: str


@dataclass(frozen=True, slots=True)
class OfficeBook:
    """All terms of office, to be asked by office and day or by person and day."""

    kinds: Mapping[str, OfficeKind]
    actors: Mapping[str, Actor] = field(repr=False)
    _by_office: Mapping[tuple[str, str], tuple[Office, ...]] = field(repr=False)
    _by_person: Mapping[str, tuple[Office, ...]] = field(repr=False)

    def terms(self, office: str, of: str, on: date) -> tuple[Office, ...]:
        """The terms in that office that can cover the day, surest first, then the newest."""
        held = [o for o in self._by_office.get((of, office), ()) if o.term.may_hold(on)]
        return tuple(sorted(held, key=lambda o: (o.term.surely_holds(on), _begin(o)), reverse=True))

    def holder(self, office: str, of: str, on: date) -> Actor | None:
        """Who held the office on that day; None where nobody is known to, or several held it at once.

        On a day of handover it is the successor.
        """
        terms = self.terms(office, of, on)
        if not terms:
            return None
        if not self.kinds[office].single and len({t.person for t in terms}) > 1:
            return None
        return self.actors[terms[0].person]

    def holders(self, office: str, of: str, on: date) -> tuple[Actor, ...]:
        """Everyone known to have held the office on that day."""
        return tuple(self.actors[p] for p in dict.fromkeys(t.person for t in self.terms(office, of, on)))

    def offices_of(self, person: str, on: date | None = None) -> tuple[Office, ...]:
        """The person's offices on that day, highest first; all of them, oldest first, without a day."""
        held = self._by_person.get(person, ())
        if on is None:
            return held
        now = [o for o in held if o.term.may_hold(on)]
        return tuple(sorted(now, key=lambda o: (not o.term.surely_holds(on), self.kinds[o.office].rank)))


def _begin(office: Office) -> date:
    return earliest(office.begin) if office.begin else date.min


def read_kinds(rows: Iterable[Row]) -> Mapping[str, OfficeKind]:
    """The kinds of office by id."""
    return {
        r["office"]: OfficeKind(r["office"], r["label"], r["single"] == "1", int(r["rank"]), r["sector"]) for r in rows
    }


def read_offices(rows: Iterable[Row]) -> tuple[Office, ...]:
    """The terms of office, by person and then by their first day."""
    terms = [
        Office(
            person=r["person"],
            title=r["title"],
            office=r["office"],
            of=r["of"],
            term=Validity(r.get("from"), r.get("to")),
            source=r["source"],
        )
        for r in rows
    ]
    return tuple(sorted(terms, key=lambda o: (o.person, _begin(o))))


def office_book(offices: Iterable[Office], kinds: Mapping[str, OfficeKind], actors: Mapping[str, Actor]) -> OfficeBook:
    """The terms arranged for look-up."""
    by_office: dict[tuple[str, str], list[Office]] = {}
    by_person: dict[str, list[Office]] = {}
    for term in offices:
        by_office.setdefault((term.of, term.office), []).append(term)
        by_person.setdefault(term.person, []).append(term)
    return OfficeBook(
        kinds,
        actors,
        {k: tuple(v) for k, v in by_office.items()},
        {k: tuple(v) for k, v in by_person.items()},
    )
