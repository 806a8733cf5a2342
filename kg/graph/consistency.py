"""Promises of the graph that shapes cannot state, or state too slowly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import pyoxigraph as ox

from kg.graph import names as n
from kg.graph.facts import Facts
from kg.graph.relations import FACTUAL
from kg.graph.report import Finding
from kg.graph.terms import dk, text
from kg.vocab.iris import article_iri
from kg.vocab.names import local_name, mode_name
from kg.vocab.namespaces import AG, EDTF, EV, PLOVER, XSD
from kg.vocab.relations import MEDIATED, RELATION_NAMES, SYMMETRIC, relation

_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}")
_REFERENCES = (dk("content"), dk("inResponseTo"), n.CAUSES, dk("provides"), dk("statusChange"))


def consistency_findings(facts: Facts, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Everything that is inconsistent.

    Args:
        facts: The graph.
        texts: Article texts by key, for those at hand; quotes are compared with them.
    """
    yield from wrong_quotes(facts, texts)
    yield from unsupported_relations(facts)
    yield from dangling_references(facts)
    yield from shared_ids(facts)
    yield from impossible_dates(facts)


def wrong_quotes(facts: Facts, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Quotes and triggers that differ from the text at their offsets."""
    stretches = (
        (n.ANCHOR_OF, n.BEGIN_INDEX, n.END_INDEX),
        (dk("trigger"), dk("triggerBegin"), dk("triggerEnd")),
    )
    by_article = {article_iri(key): words for key, words in texts.items()}
    for quote, begin, end in stretches:
        for subject, value in facts.pairs(quote):
            words = by_article.get(facts.one(subject, n.DERIVED_FROM) or subject.partition("#")[0])
            first, last = facts.one(subject, begin), facts.one(subject, end)
            if words is None or first is None or last is None:
                continue
            if text(words[int(first) : int(last)]).value != value.value:
                yield _finding(facts, subject, quote, f"differs from the text at {first} to {last}", value.value)


def unsupported_relations(facts: Facts) -> Iterator[Finding]:
    """Plain triples behind which no event or agreement stands that took place."""
    supported = {*_from_events(facts), *_from_agreements(facts)}
    for name in RELATION_NAMES:
        for subject, value in facts.pairs(dk(name)):
            if (subject, name, value.value) not in supported:
                message = "no event that occurred or goes on says this"
                yield _finding(facts, subject, dk(name), message, value.value)


def _from_events(facts: Facts) -> Iterator[tuple[str, str, str]]:
    factual = {dk(status) for status in FACTUAL}
    for event, status in facts.pairs(dk("eventStatus")):
        kind = (facts.one(event, n.EVENT_TYPE) or "").removeprefix(PLOVER)
        if status not in factual or not kind.isupper():
            continue
        mode = mode_name(facts.one(event, dk("mode")) or "", kind)
        name = relation(kind, mode, local_name(facts.one(event, dk("cameo")) or "") or None)
        actors = [v.value for v in facts.values(event, dk("actor"))]
        others = [v.value for v in facts.values(event, dk("recipient"))]
        others = others or (actors if name in SYMMETRIC else [])
        yield from ((a, name, o) for a in actors for o in others)
        for mediator in facts.values(event, dk("mediator")):
            yield from ((mediator.value, MEDIATED, side) for side in (*actors, *others))


def _from_agreements(facts: Facts) -> Iterator[tuple[str, str, str]]:
    factual = {dk(status) for status in FACTUAL}
    for agreement, step in facts.pairs(dk("statusChange")):
        if factual.intersection(facts.values(step.value, dk("eventStatus"))):
            for mediator in facts.values(agreement, dk("mediator")):
                yield mediator.value, MEDIATED, agreement


def dangling_references(facts: Facts) -> Iterator[Finding]:
    """Events and agreements that are named and nowhere described."""
    for predicate in _REFERENCES:
        for subject, value in facts.pairs(predicate):
            cls = dk("Agreement") if value.value.startswith(AG) else n.EVENT
            if value.value.startswith((EV, AG)) and not facts.is_a(value.value, cls):
                yield _finding(facts, subject, predicate, "names what is nowhere described", value.value)


def shared_ids(facts: Facts) -> Iterator[Finding]:
    """Ids that two resources share, and entities with two names."""
    for predicate, severity in (
        (dk("eventKey"), "Violation"),
        (n.SHA_IDENTIFIER, "Violation"),
        (n.IDENTIFIER, "Warning"),
        (n.EXACT_MATCH, "Warning"),
    ):
        owners: dict[str, set[str]] = defaultdict(set)
        for subject, value in facts.pairs(predicate):
            owners[value.value].add(subject)
        for shared, subjects in sorted(owners.items()):
            if len(subjects) > 1:
                message = f"the same id as {', '.join(sorted(subjects)[1:])}"
                yield _finding(facts, min(subjects), predicate, message, shared, severity)
    for subject, values in facts.by_predicate.get(n.PREF_LABEL.value, {}).items():
        if len(values) > 1:
            yield _finding(facts, subject, n.PREF_LABEL, "more than one name", " / ".join(v.value for v in values))


def impossible_dates(facts: Facts) -> Iterator[Finding]:
    """Dates that are not in the calendar; the store takes them as they come."""
    for predicate, subjects in facts.by_predicate.items():
        for subject, values in subjects.items():
            for value in values:
                if isinstance(value, ox.Literal) and not _exists(value):
                    message = "a date that is not in the calendar"
                    yield _finding(facts, subject, ox.NamedNode(predicate), message, value.value)


def _exists(value: ox.Literal) -> bool:
    if value.datatype.value not in (XSD + "date", EDTF):
        return True
    try:
        days = [date.fromisoformat(found) for found in _DAYS.findall(value.value)]
    except ValueError:
        return False
    return bool(days) or value.datatype.value == EDTF


def _finding(
    facts: Facts, focus: str, path: ox.NamedNode, message: str, value: str, severity: str = "Violation"
) -> Finding:
    return Finding(
        severity=severity,
        focus=focus,
        path=path.value,
        message=message,
        value=value,
        article=facts.articles.get(focus),
    )
