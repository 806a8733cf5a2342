"""Events as analyses count them: who acts on whom, in which month, how friendly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.analyse.units import UNITS, Unit, Units, read_units
from kg.errors import UsageError, unknown
from kg.model import Status
from kg.model.confidence import checked_confidence
from kg.query.properties import Properties, Queryable, one, property_tables
from kg.vocab.names import local_name, mode_name
from kg.vocab.stance import HAPPENED, score_of, stance_of

__all__ = ["UNITS", "Act", "Acts", "Unit", "between", "read_acts"]

_EVENTS = """SELECT ?s ?p ?o WHERE {
  VALUES ?state { %s }
  VALUES ?p { rdfs:label sem:eventType dk:mode dk:edtf dk:actor dk:recipient dk:mediator
    sem:hasBeginTimeStamp sem:hasEarliestBeginTimeStamp sem:hasEndTimeStamp sem:hasLatestEndTimeStamp }
  ?s a sem:Event ; dk:eventStatus ?state ; ?p ?o }"""
_CONFIDENCE = """SELECT ?s ?p ?o WHERE {
  ?s a sem:Event ; gaf:denotedBy/dk:confidence ?o BIND(dk:confidence AS ?p) }"""
_POINT = re.compile(r"\d{4}(?:-\d\d)?(?:-\d\d)?[~?%]?", re.ASCII)
_MUTUAL = frozenset({"ASSAULT", "ACCUSE"})
"""Hostile types that, told of several actors and no recipient, are told of each other: they clash, they trade blame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One event, with each side as the units that its actors stand for, sorted, each once."""

    id: str
    """IRI."""
    label: str
    type: str
    mode: str | None
    stance: str
    """cooperation, conflict or neutral."""
    score: float | None
    """PLOVER score, -10 hostile to 10 friendly; None for the project's own types."""
    actors: tuple[Unit, ...] = ()
    recipients: tuple[Unit, ...] = ()
    mediators: tuple[Unit, ...] = ()
    begin: date | None = None
    end: date | None = None
    year: date | None = None
    """The first day of the year in which it begins; None where the text does not tell it."""
    month: date | None = None
    """The first day of the month in which it begins; None where it is dated less exactly."""
    day: date | None = None
    """The day on which it begins; None where it is dated less exactly."""

    @property
    def sides(self) -> tuple[Unit, ...]:
        """All that act or are acted upon, without those who mediate."""
        return tuple(sorted({*self.actors, *self.recipients} - set(self.mediators)))


@dataclass(frozen=True, slots=True)
class Acts:
    """The events that an analysis counts, by begin and IRI, and what their actors stand for."""

    acts: tuple[Act, ...]
    units: Units


def read_acts(
    store: Queryable,
    *,
    by: str = "country",
    since: date | None = None,
    until: date | None = None,
    status: Sequence[str] | None = None,
    min_confidence: float = 0.0,
) -> Acts:
    """The events that pass the filters.

    Args:
        store: Anything that answers SPARQL over the union of its graphs.
        by: ``country`` or ``actor``; see ``kg.analyse.units``.
        since: Only events that end on this day or later; events without a date are left out.
        until: Only events that begin on this day or earlier; events without a date are left out.
        status: Only events with one of these statuses; None: those that happened, at least in part.
        min_confidence: Only events with a mention of this confidence or more, 0 to 1.

    Raises:
        UsageError: There is no such unit, status or confidence, or the range of days is empty.
        QueryError: The store cannot answer.
    """
    if by not in UNITS:
        raise UsageError(unknown("unit", by, UNITS))
    if since and until and since > until:
        raise UsageError(f"since {since} is after until {until}; give the earlier day first")
    wanted = sorted(HAPPENED if status is None else set(status))
    for name in wanted:
        if name not in set(Status):
            raise UsageError(unknown("status", name, map(str, Status)))
    least = checked_confidence(min_confidence)
    units = read_units(store, by)
    found = property_tables(store, _EVENTS % " ".join(f"dk:{name}" for name in wanted)) if wanted else {}
    sure = _sure(store, least) if least else found
    acts = (_act(iri, event, units) for iri, event in found.items() if iri in sure)
    kept = (act for act in acts if _in_time(act, since, until))
    return Acts(tuple(sorted(kept, key=lambda a: (a.begin or a.end or date.max, a.id))), units)


def between(act: Act) -> Iterator[tuple[Unit, Unit, bool]]:
    """The pairs that the event is between, each once, and whether the first one acts on the second.

    An event of actors and recipients is between each actor and each recipient, and directed. One of several actors
    and no recipient (a meeting, a clash) is between each two of them, in no direction; hostile acts of several
    against somebody whom the text leaves out are between none of them.
    """
    if act.recipients:
        yield from ((a, b, True) for a in act.actors for b in act.recipients if a != b)
    elif act.stance == "cooperation" or act.type in _MUTUAL:
        yield from ((a, b, False) for i, a in enumerate(act.actors) for b in act.actors[i + 1 :])


def _act(iri: str, event: Properties, units: Units) -> Act:
    kind = local_name(one(event, "eventType")) or "Event"
    mode = mode_name(one(event, "mode"), kind)
    begin = _day(event, "hasBeginTimeStamp", "hasEarliestBeginTimeStamp")
    end = _day(event, "hasEndTimeStamp", "hasLatestEndTimeStamp")
    edtf = one(event, "edtf") or one(event, "hasBeginTimeStamp")[:10]
    return Act(
        id=iri,
        label=one(event, "label") or kind.lower(),
        type=kind,
        mode=mode,
        stance=stance_of(kind, mode),
        score=score_of(kind, mode),
        actors=units.of(event.get("actor", ())),
        recipients=units.of(event.get("recipient", ())),
        mediators=units.of(event.get("mediator", ())),
        begin=begin,
        end=end,
        year=_first(edtf, 4),
        month=_first(edtf, 7),
        day=_first(edtf, 10),
    )


def _first(edtf: str, digits: int) -> date | None:
    """The first day of the year (4 digits), month (7) or day (10) in which an EDTF time begins, where it tells it.

    >>> _first("2023-11-24~/2023-12-01", 7), _first("2023-11", 7), _first("2023", 7), _first("../1948-05", 7)
    (datetime.date(2023, 11, 1), datetime.date(2023, 11, 1), None, None)
    >>> _first("[2023-11-02..2023-11-09]", 7), _first("[2023-11-02..2023-12-09]", 7), _first("2023-21", 4)
    (datetime.date(2023, 11, 1), None, datetime.date(2023, 1, 1))
    """
    ends = edtf[1:-1].split("..") if edtf.startswith("[") else [edtf.partition("/")[0]]
    found = {end[:digits] for end in ends if _POINT.fullmatch(end)}
    if len(found) != 1 or not all(map(_POINT.fullmatch, ends)):
        return None
    text = found.pop()
    try:
        return date.fromisoformat((text + "-01-01")[:10]) if len(text) == digits else None
    except ValueError:
        return None


def _sure(store: Queryable, least: float) -> set[str]:
    """The events of which one mention at least has this confidence."""
    told = property_tables(store, _CONFIDENCE)
    return {iri for iri, event in told.items() if any(_number(text) >= least for text in event["confidence"])}


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def _in_time(act: Act, since: date | None, until: date | None) -> bool:
    first, last = act.begin or act.end, act.end or act.begin
    if first is None or last is None:
        return since is None and until is None
    return (since is None or last >= since) and (until is None or first <= until)


def _day(event: Mapping[str, tuple[str, ...]], *names: str) -> date | None:
    for name in names:
        for value in event.get(name, ()):
            try:
                return date.fromisoformat(value[:10])
            except ValueError:
                continue
    return None
