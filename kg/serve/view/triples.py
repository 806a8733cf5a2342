"""The events of a view as Turtle, read from the store some at a time by the workers that answer queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.draw.facts import ENTITIES
from kg.draw.turtle import term_of, written
from kg.errors import PoolBusy
from kg.serve.asking import Asked
from kg.serve.one_state import Noted
from kg.serve.view.reading import MENTION, askable
from kg.serve.view.saving import Saved, stretches
from kg.vocab.namespaces import DK, GAF, PREFIXES, PROV, RDF, SCHEMA, SEM, SKOS

if TYPE_CHECKING:
    import pyoxigraph as ox

BATCH = 100
"""Events that are read at once."""
_OWN = "SELECT ?s ?p ?o WHERE { VALUES ?s { UNDEF } ?s ?p ?o }"
Triples = Mapping[str, list["ox.Triple"]]


def turtle(asked: Asked, events: Saved) -> Iterator[str]:
    """The triples of these events and their mentions, of who takes part, and of the articles with who is named in them.

    Each part is sorted; things that several events share stand in the part of the first that needs them. Figures are
    left out, since they may have no names, as where the page saves the events that it holds.

    Raises:
        PoolBusy: The store has changed since the events were counted, or while they were read.
        QueryError: The store cannot answer.
    """
    index = events.index
    noted = Noted(asked.pool)
    asked = replace(asked, pool=noted)
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + f"# {events.words}\n"
    seen: set[str] = set()
    for some in stretches(events.places, BATCH):
        cards = [index.card(at) for at in some]
        actors = dict.fromkeys(index.node(at)["id"] for card in cards for _, at in card["parties"])
        told = _batch(asked, [card["id"] for card in cards], actors, seen)
        if len(noted.states) > 1:
            raise PoolBusy("the store changed while its events were read; save them once more")
        yield head + told
        head = ""
    if head:
        yield head


def _batch(asked: Asked, iris: list[str], actors: Iterable[str], seen: set[str]) -> str:
    """Some events, with what of theirs was not told yet."""
    own = _kept(_about(asked, iris), SEM + "Event")
    if len(own) < len(iris):
        raise PoolBusy("the store has changed since its events were counted; save them once more")
    mentions = _kept(_about(asked, _values(own, GAF + "denotedBy")), MENTION)
    articles = _kept(_about(asked, _values(mentions, PROV + "wasDerivedFrom") - seen), SCHEMA + "NewsArticle")
    named = _values(mentions, DK + "attributedTo", DK + "attributedVia") | _values(articles, SCHEMA + "publisher")
    entities = _entities(_about(asked, ({*actors} | named) - seen))
    seen |= {*entities, *articles}
    told = [t for things in (own, mentions, entities, articles) for about in things.values() for t in about]
    return f"\n{written(told)}\n"


def _about(asked: Asked, iris: Iterable[str]) -> Triples:
    """The triples of these things, without those that end in a blank node."""
    import pyoxigraph as ox

    about: dict[str, list[ox.Triple]] = defaultdict(list)
    for some in askable(sorted(iris)):
        for subject, name, value in asked.query(asked.bound(_OWN, s=some)).rows:
            if subject and name and value and value.kind != "blank":
                triple = ox.Triple(ox.NamedNode(subject.value), ox.NamedNode(name.value), term_of(value))
                about[subject.value].append(triple)
    return about


def _values(things: Triples, *names: str) -> set[str]:
    """The IRIs that these properties lead to."""
    return {
        str(getattr(t.object, "value", ""))
        for about in things.values()
        for t in about
        if t.predicate.value in names and str(t.object).startswith("<")
    }


def _is(about: Iterable[ox.Triple], kind: str) -> bool:
    return any(t.predicate.value == RDF + "type" and str(t.object) == f"<{kind}>" for t in about)


def _kept(things: Triples, kind: str) -> Triples:
    return {iri: about for iri, about in things.items() if _is(about, kind)}


def _entities(things: Triples) -> Triples:
    """What the page tells of actors and sources: of a ``dk:Thing`` all, of others with a name what it shows."""
    found: dict[str, list[ox.Triple]] = {}
    for iri, about in things.items():
        if _is(about, DK + "Thing"):
            found[iri] = about
        elif any(t.predicate.value == SKOS + "prefLabel" for t in about):
            found[iri] = [t for t in about if t.predicate.value in ENTITIES]
    return found
