"""One self-contained page from a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.draw.choose import Choice, chosen
from kg.draw.compose import compose
from kg.draw.facts import Facts, read_facts
from kg.draw.picture import Picture
from kg.draw.render import render
from kg.draw.turtle import turtle_of
from kg.query.properties import Queryable, one
from kg.vocab.names import local_name

TURTLE_LIMIT = 2000
"""Events up to which the page carries their RDF; beyond, it would be half of the file."""


def draw(
    store: Queryable,
    *,
    actor: str | None = None,
    type: str | None = None,  # noqa: A002 - the word that the vocabulary uses
    since: date | None = None,
    until: date | None = None,
    status: Sequence[str] | None = None,
    min_confidence: float = 0.0,
    top: int = 60,
    served: bool = False,
) -> str:
    """An HTML page that shows the events of the store, needs no network and no server.

    Args:
        store: anything that answers SPARQL over the union of its graphs.
        actor: only events in which this actor takes part: IRI, id or name.
        type: only events of this type, such as CONSULT.
        since: only events that end on this day or later; events without a date are left out.
        until: only events that begin on this day or earlier; events without a date are left out.
        status: only events with one of these statuses, such as Occurred.
        min_confidence: only events with a mention of this confidence or more, 0 to 1.
        top: how many actors are shown from the start, those with most events first.
        served: whether ``kg serve`` sends it, so that it can offer questions and ask the service for answers.

    Returns:
        The text of the page; the same store gives the same text.

    Raises:
        UsageError: there is no such actor, type, status or confidence, or the range of days is empty.
        QueryError: the store cannot answer.

    >>> from kg import open_store
    >>> with open_store(":memory:") as store:
    ...     draw(store).lstrip().lower().startswith("<!doctype html>")
    True
    """
    choice = Choice(actor=actor, type=type, since=since, until=until, status=status, min_confidence=min_confidence)
    return render(picture(store, choice, top=top), served=served)


def picture(store: Queryable, choice: Choice | None = None, *, top: int = 60) -> Picture:
    """What the page of ``draw`` shows.

    Raises:
        UsageError: there is no such actor, type, status or confidence, or the range of days is empty.
        QueryError: the store cannot answer.
    """
    choice = choice or Choice()
    facts = read_facts(store)
    events = chosen(facts, choice)
    title = f"Events with {_name(facts, choice.actor)}" if choice.actor else "Events and their sources"
    if len(events) > TURTLE_LIMIT:
        return compose(facts, title=title, events=events, top=top)
    told = turtle_of(store, [e.id for e in events], facts)
    events = [replace(e, turtle=told.pop(e.id, None)) for e in events]
    return replace(compose(facts, title=title, events=events, top=top), turtle=tuple(sorted(told.items())))


def _name(facts: Facts, actor: str) -> str:
    """The label of the actor that an IRI, id or name means."""
    for iri, entity in facts.entities.items():
        label = one(entity, "prefLabel")
        if actor.casefold() in (iri.casefold(), local_name(iri).casefold(), label.casefold()):
            return label or actor
    return actor
