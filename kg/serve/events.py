"""Events for the JSON API: a page of those that filters choose, with what is known of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kg.draw.happenings import ROLES
from kg.errors import QueryError, unknown
from kg.query.named import Parameter, Question
from kg.query.properties import Properties, grouped_tables, one
from kg.query.values import Terms, bind
from kg.serve.asking import Asked
from kg.serve.order import ordered_page
from kg.serve.things import TAKES_PART
from kg.vocab.names import local_name, mode_name
from kg.vocab.namespaces import DK
from kg.vocab.terms import SCHEMES

FILTERS: tuple[Parameter, ...] = (
    Parameter("actor", "actor", None, "Only events in which this actor takes part; a name, an id or an IRI."),
    Parameter("country", "country", None, "Only events in which this country or one of its actors takes part."),
    Parameter("type", "type", None, "Only events of this type, such as CONSULT."),
    Parameter("status", "text", None, f"Only events of this status: {', '.join(SCHEMES['StatusScheme'])}."),
    Parameter("since", "date", None, "Only events that end on or after this day, month or year."),
    Parameter("until", "date", None, "Only events that begin on or before this day, month or year."),
    Parameter("min_confidence", "confidence", None, "Only events with a mention of this confidence or more, 0 to 1."),
)
_BEGIN = "OPTIONAL { ?event sem:hasBeginTimeStamp|sem:hasEarliestBeginTimeStamp ?begin }"
_END = "OPTIONAL { ?event sem:hasEndTimeStamp|sem:hasLatestEndTimeStamp ?end }"
_CHOICES: Mapping[str, str] = {
    "actor": f"VALUES ?actor {{ UNDEF }} ?event {TAKES_PART} ?actor .",
    "country": f"VALUES ?country {{ UNDEF }} ?one dk:country ?country . ?event {TAKES_PART} ?one .",
    "type": "VALUES ?type { UNDEF } ?event sem:eventType ?type .",
    "status": "VALUES ?status { UNDEF } ?event dk:eventStatus ?status .",
    "since": "VALUES ?since { UNDEF } FILTER(COALESCE(?end, ?begin) >= ?since)",
    "until": "VALUES ?until { UNDEF } FILTER(COALESCE(?begin, ?end) <= ?until)",
    "min_confidence": """VALUES ?min_confidence { UNDEF }
      FILTER EXISTS { ?event gaf:denotedBy/dk:confidence ?sure FILTER(?sure >= ?min_confidence) }""",
}
"""The part of the query that each filter adds; all of them are written here, values are bound."""
_PROPERTIES = "SELECT ?s ?p ?o WHERE { VALUES ?s { UNDEF } ?s ?p ?o FILTER(?p != gaf:denotedBy) }"
_NAMES = f"""SELECT ?s ?p ?o WHERE {{
  {{ SELECT DISTINCT ?s WHERE {{ VALUES ?event {{ UNDEF }} ?event ({TAKES_PART}|sem:hasPlace) ?s }} }}
  {{ ?s skos:prefLabel ?o BIND(skos:prefLabel AS ?p) }} UNION {{ ?s dk:country ?o BIND(dk:country AS ?p) }}
}}"""
_REPORTS = """SELECT ?event (MAX(?sure) AS ?confidence) (COUNT(DISTINCT ?mention) AS ?reports) WHERE {
  VALUES ?event { UNDEF } ?event gaf:denotedBy ?mention OPTIONAL { ?mention dk:confidence ?sure }
} GROUP BY ?event"""
_LATE = ("since", "until", "min_confidence")
_SIDES = {"actor": "actors", "speaker": "actors", "recipient": "recipients", "addressee": "recipients"}


def event_page(asked: Asked, given: Mapping[str, str], limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
    """Events in order of their first day, undated ones first, and how many there are in all.

    Args:
        asked: What to ask.
        given: Values of ``FILTERS`` by name, as text.
        limit: How many at most.
        offset: How many to leave out.

    Raises:
        QueryError: A value does not fit its filter.
    """
    values: dict[str, Terms] = {p.name: _terms(asked, p, given[p.name]) for p in FILTERS if p.name in given}
    summary = asked.summary()
    if summary is not None and (known := ordered_page(summary, values, limit, offset)) is not None:
        return _told(asked, known[0]), known[1]
    page, count = (bind(Question("events", "", "", "", text), values) for text in _texts(values))
    rows = asked.query(f"{page} LIMIT {limit:d} OFFSET {offset:d}").rows
    events = list(dict.fromkeys(row[0].value for row in rows if row[0] is not None))
    total = offset + len(events)
    if len(rows) == limit or (not rows and offset):
        total = int(str(asked.query(count).rows[0][0]))
    return _told(asked, events), total


def _texts(values: Mapping[str, Terms]) -> tuple[str, str]:
    """The queries for a page of events and for their number.

    Each filter is a part of its own, so that an index serves it; days are looked up only where they are needed,
    because an OPTIONAL costs more than all else.
    """
    timed = "since" in values or "until" in values
    narrow = [_CHOICES[name] for name in values if name not in _LATE]
    late = [_CHOICES[name] for name in values if name in _LATE]
    chosen = " ".join([*narrow, "?event a sem:Event .", *([_BEGIN, _END] if timed else []), *late])
    # An actor may take part in two roles, a country through two actors, and a day may be told by two properties.
    page = f"SELECT DISTINCT ?event ?begin WHERE {{ {chosen} {'' if timed else _BEGIN} }} ORDER BY ?begin ?event"
    return page, f"SELECT (COUNT(DISTINCT ?event) AS ?n) WHERE {{ {chosen} }}"


def _terms(asked: Asked, parameter: Parameter, value: str) -> Terms:
    if parameter.name != "status":
        return asked.terms(parameter, value)
    import pyoxigraph as ox

    known = {name.lower(): name for name in SCHEMES["StatusScheme"]}
    if value.strip().lower() not in known:
        raise QueryError(unknown("status", value[:100], known.values()))
    return (ox.NamedNode(DK + known[value.strip().lower()]),)


def _told(asked: Asked, events: Sequence[str]) -> list[dict[str, Any]]:
    if not events:
        return []
    properties = grouped_tables(asked, asked.bound(_PROPERTIES, s=events))
    names = grouped_tables(asked, asked.bound(_NAMES, event=events))
    reports = {row["event"]: row for row in asked.query(asked.bound(_REPORTS, event=events)).dicts()}
    # One that a build took out between two queries is not shown without its properties.
    known = [iri for iri in events if (iri,) in properties]
    return [_event(iri, properties[iri,], names, reports.get(iri, {})) for iri in known]


def _event(
    iri: str,
    event: Properties,
    names: Mapping[tuple[str, ...], Properties],
    reports: Mapping[str, str | None],
) -> dict[str, Any]:
    kind = local_name(one(event, "eventType"))
    sides: dict[str, list[dict[str, str | None]]] = defaultdict(list)
    for role in ROLES:
        for party in event.get(role, ()):
            side = _SIDES.get(role, "third_parties")
            told = _entity(party, names) if side != "third_parties" else {"role": role, **_entity(party, names)}
            if told not in sides[side]:
                sides[side].append(told)
    places = [_entity(place, names) for place in event.get("hasPlace", ())]
    confidence = reports.get("confidence")
    return {
        "id": iri,
        "key": one(event, "eventKey") or local_name(iri),
        "label": one(event, "label"),
        "type": kind,
        "mode": mode_name(one(event, "mode"), kind),
        "cameo": local_name(one(event, "cameo")) or None,
        "status": local_name(one(event, "eventStatus")) or None,
        "date": one(event, "edtf") or None,
        "begin": one(event, "hasBeginTimeStamp", "hasEarliestBeginTimeStamp") or None,
        "end": one(event, "hasEndTimeStamp", "hasLatestEndTimeStamp") or None,
        "actors": sides["actors"],
        "recipients": sides["recipients"],
        "third_parties": sides["third_parties"],
        "place": places[0] if places else None,
        "confidence": float(confidence) if confidence else None,
        "reports": int(reports.get("reports") or 0),
    }


def _entity(iri: str, names: Mapping[tuple[str, ...], Properties]) -> dict[str, str | None]:
    about = names.get((iri,), {})
    return {
        "id": iri,
        "name": one(about, "prefLabel") or local_name(iri),
        "country": one(about, "country") or None,
    }
