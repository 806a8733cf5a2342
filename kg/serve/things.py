"""Reads from the store what a page about one event, actor or article says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.draw import facts, picture
from kg.query.properties import Properties, grouped_tables, one
from kg.serve.asking import Asked
from kg.vocab.names import local_name

MOST_REPORTS = 200
MOST_EVENTS = 100
TAKES_PART = (
    "(dk:actor|dk:recipient|dk:speaker|dk:addressee|dk:mediator|dk:host|dk:guarantor|dk:beneficiary|dk:target"
    "|dk:thirdParty)"
)
"""The property path from an event to whoever takes part in it."""

_REPORTS = f"""{{ SELECT DISTINCT ?m WHERE {{ VALUES ?event {{ UNDEF }} ?event gaf:denotedBy ?m }}
  ORDER BY ?m LIMIT {MOST_REPORTS} }}"""
# Names by path and not by a variable property: a much-named actor has a triple for each place that names it.
_NAMED = "?s (skos:prefLabel|rdfs:label) ?o BIND(skos:prefLabel AS ?p)"
_EVENT = f"""SELECT ?kind ?s ?p ?o WHERE {{
  {{ VALUES ?event {{ UNDEF }} ?event a sem:Event ; ?p ?o BIND(?event AS ?s) BIND("events" AS ?kind) }}
  UNION {{ {_REPORTS} ?m ?p ?o BIND(?m AS ?s) BIND("mentions" AS ?kind) }}
  UNION {{ {_REPORTS} ?m nif:referenceContext ?context ; dk:sentenceNumber ?number .
    ?s nif:referenceContext ?context ; dk:sentenceNumber ?number ; a nif:Sentence ; ?p ?o BIND("sentences" AS ?kind) }}
  UNION {{ {_REPORTS} ?m prov:wasDerivedFrom ?s . ?s ?p ?o BIND("articles" AS ?kind) }}
  UNION {{ {_REPORTS} ?m (dk:attributedTo|dk:attributedVia|(prov:wasDerivedFrom/schema:publisher)) ?s .
    {_NAMED} BIND("entities" AS ?kind) }}
  UNION {{ VALUES ?event {{ UNDEF }} ?event ({TAKES_PART}|sem:hasPlace|dk:topic) ?s .
    {_NAMED} BIND("entities" AS ?kind) }}
  UNION {{ VALUES ?event {{ UNDEF }} ?event dk:content ?s . ?s rdfs:label ?o
    BIND(rdfs:label AS ?p) BIND("events" AS ?kind) }}
  UNION {{ VALUES ?event {{ UNDEF }} ?event dk:quantity ?s . ?s ?p ?o BIND("figures" AS ?kind) }}
}}"""
_THING = """SELECT ?s ?p ?o WHERE {
  VALUES ?thing { UNDEF } ?thing ?p ?o BIND(?thing AS ?s) FILTER(?p != gaf:denotedBy)
}"""
_LABELS = f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ UNDEF }} {_NAMED} }}"
_OF_ACTOR = f"""SELECT DISTINCT ?event ?label ?edtf ?status ?begin WHERE {{
  VALUES ?thing {{ UNDEF }} ?event {TAKES_PART} ?thing ; a sem:Event ; rdfs:label ?label ; dk:eventStatus ?status
  OPTIONAL {{ ?event dk:edtf ?edtf }}
  OPTIONAL {{ ?event sem:hasBeginTimeStamp|sem:hasEarliestBeginTimeStamp ?begin }}
}} ORDER BY DESC(?begin) ?event LIMIT {MOST_EVENTS + 1}"""
_OF_ARTICLE = f"""SELECT DISTINCT ?event ?label ?edtf ?status WHERE {{
  VALUES ?thing {{ UNDEF }} ?mention prov:wasDerivedFrom ?thing . ?event gaf:denotedBy ?mention ; a sem:Event ;
    rdfs:label ?label ; dk:eventStatus ?status OPTIONAL {{ ?event dk:edtf ?edtf }}
}} ORDER BY ?event LIMIT {MOST_EVENTS + 1}"""


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event in words, with who takes part and every report of it, 200 at most."""

    event: picture.PictureEvent
    parties: tuple[tuple[str, str, str], ...]
    """Role, IRI and name of each."""
    reports: tuple[tuple[str, picture.Evidence], ...]
    """Each report with the IRI of its article."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event in a list, in words."""

    id: str
    label: str
    when: str
    status: str


def event_page(asked: Asked, iri: str) -> EventPage | None:
    """What there is to say about an event; None where the store has no event of this IRI."""
    from kg.draw.evidence import evidence_of, name_of
    from kg.draw.happenings import event_of

    found = grouped_tables(asked, asked.bound(_EVENT, event=[iri]))
    read = _facts(iri, found)
    if "eventStatus" not in read.events.get(iri, {}):
        return None
    event = event_of(iri, read)
    parties = tuple((p.role, p.actor, name_of(p.actor, read)) for p in event.parties)
    reports = []
    for name, mention in sorted(read.mentions.items(), key=_place):
        (report,) = evidence_of(iri, replace(read, mentions={name: mention}))
        reports.append((one(mention, "wasDerivedFrom"), report))
    return EventPage(event, parties, tuple(reports))


def properties_of(asked: Asked, iri: str) -> Properties:
    """What the store says of a thing, without the places in texts that name it; empty where it says nothing."""
    return grouped_tables(asked, asked.bound(_THING, thing=[iri])).get((iri,), {})


def names_of(asked: Asked, iris: list[str]) -> dict[str, str]:
    """The label of each, or the last part of its IRI where it has none."""
    found = grouped_tables(asked, asked.bound(_LABELS, s=iris)) if iris else {}
    return {iri: one(found.get((iri,), {}), "prefLabel", "label") or local_name(iri) for iri in iris}


def events_of(asked: Asked, iri: str, *, told_in: bool = False) -> list[Line]:
    """Events in which an actor takes part, latest first, or that an article tells; 101 at most."""
    from kg.draw.words import status_in_words, when_in_words

    text = asked.bound(_OF_ARTICLE if told_in else _OF_ACTOR, thing=[iri])
    lines: dict[str, Line] = {}
    for row in asked.query(text).dicts():
        event, status = row["event"] or "", local_name(row["status"] or "")
        line = Line(event, row["label"] or "", when_in_words(row["edtf"] or ""), status_in_words(status, ()))
        lines.setdefault(event, line)
    return list(lines.values())


def _facts(iri: str, found: Mapping[tuple[str, ...], Properties]) -> facts.Facts:
    by_kind: dict[str, dict[str, Properties]] = defaultdict(dict)
    for (kind, thing), properties in found.items():
        by_kind[kind][thing] = properties
    sentences = {(one(s, "referenceContext"), one(s, "sentenceNumber")): s for s in by_kind["sentences"].values()}
    return facts.Facts(
        events=by_kind["events"],
        mentions=by_kind["mentions"],
        sentences=sentences,
        articles=by_kind["articles"],
        entities=by_kind["entities"],
        figures={iri: tuple(by_kind["figures"][f] for f in sorted(by_kind["figures"]))},
    )


def _place(mention: tuple[str, Properties]) -> tuple[str, int, str]:
    """Where a report stands: article, offset in it, IRI."""
    begin = one(mention[1], "beginIndex")
    return one(mention[1], "wasDerivedFrom"), int(begin) if begin.isdecimal() else -1, mention[0]
