"""What the graph says of events, of who takes part and of where it was read, as Turtle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.draw.facts import QUERIES, Facts
from kg.model import Term
from kg.query.properties import Queryable
from kg.vocab.namespaces import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

_ABOUT = ("events", "mentions", "articles", "things", "entities")


def turtle_of(store: Queryable, events: Iterable[str], facts: Facts) -> dict[str, str]:
    """The triples of the store about these events, in pieces that can be put together in any choice.

    Each piece stands under the IRI of an event (the event and its mentions), of an article that reports one of them
    (the article, and those who publish it or are named in it as sources), or of any other entity that an event names.
    Figures are left out, since they may have no names.

    Args:
        store: what holds the triples.
        events: IRIs.
        facts: tells which mentions belong to which event.

    Raises:
        QueryError: the store cannot answer.
    """
    about = _triples(store)
    found: dict[str, str] = {}
    sources: dict[str, set[str]] = defaultdict(set)
    for event in events:
        mentions = facts.events[event].get("denotedBy", ())
        found[event] = _pieces((event, *mentions), about)
        for values in facts.events[event].values():
            found.update({iri: _pieces([iri], about) for iri in values if iri in facts.entities and iri not in found})
        for mention in (facts.mentions[m] for m in mentions if m in facts.mentions):
            for article in mention.get("wasDerivedFrom", ()):
                sources[article].update(mention.get("attributedTo", ()), mention.get("attributedVia", ()))
    for article, named in sources.items():
        named.update(facts.articles.get(article, {}).get("publisher", ()))
        found[article] = _pieces([article, *sorted(named)], about)
    return found


def _triples(store: Queryable) -> Mapping[str, set[ox.Triple]]:
    """The triples by subject, without those that end in a blank node."""
    import pyoxigraph as ox

    about: dict[str, set[ox.Triple]] = defaultdict(set)
    for query in _ABOUT:
        for subject, name, value in store.query(QUERIES[query]).rows:
            if subject and name and value and subject.kind == "iri" and value.kind != "blank":
                triple = ox.Triple(ox.NamedNode(subject.value), ox.NamedNode(name.value), term_of(value))
                about[subject.value].add(triple)
    return about


def _pieces(things: Iterable[str], about: Mapping[str, set[ox.Triple]]) -> str:
    return "\n".join(filter(None, (written(about[thing]) for thing in things if thing in about)))


def term_of(term: Term) -> ox.NamedNode | ox.Literal:
    """An IRI or a literal as pyoxigraph has it."""
    import pyoxigraph as ox

    if term.kind == "iri":
        return ox.NamedNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype) if term.datatype else None)


def written(triples: Iterable[ox.Triple]) -> str:
    """Triples, sorted, under the prefixes that every query knows; these are not declared."""
    import pyoxigraph as ox

    whole = ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b""
    lines = whole.decode("utf-8", "replace").split("\n")
    return "\n".join(line for line in lines if not line.startswith("@prefix ")).strip()
