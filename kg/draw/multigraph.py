"""The events as a networkx graph, for those who want to count and measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from kg.draw.choose import Choice, chosen
from kg.draw.compose import is_hub, nodes_of
from kg.draw.facts import read_facts
from kg.draw.picture import Party, PictureEvent
from kg.query.properties import Queryable

if TYPE_CHECKING:
    import networkx as nx

_T = TypeVar("_T")
_SENDERS = frozenset({"actor", "speaker", "mediator", "host", "guarantor"})


def to_networkx(
    store: Queryable,
    *,
    actor: str | None = None,
    type: str | None = None,  # noqa: A002 - the word that the vocabulary uses
    since: date | None = None,
    until: date | None = None,
    status: Sequence[str] | None = None,
    min_confidence: float = 0.0,
) -> nx.MultiDiGraph[str]:
    """A directed multigraph of actors and events, with the same filters as ``draw``.

    Actors are nodes with ``node="actor"``, ``label``, ``kind`` and, where known, ``country`` and
    ``sector``. An event of one actor and one recipient is an edge whose key is the event's IRI; of
    two on the same side, the edge runs from the first by IRI. Any other event is a node with
    ``node="event"``, joined to each party by an edge with its ``role``: from those who act to the event,
    from the event to those acted upon. Edges and nodes of events carry ``id``, ``type``, ``stance``,
    ``status``, ``done`` (bool), ``label``, and where known ``mode``, ``begin``, ``end`` (ISO dates) and
    ``confidence`` (0 to 1). What is not known is left out, so that every networkx writer can write it.
    Count only edges with ``done`` where you mean what happened.

    Raises:
        UsageError: there is no such actor, type, status or confidence.
        QueryError: the store cannot answer.

    >>> import networkx as nx
    >>> from kg import open_store
    >>> with open_store(":memory:") as store:
    ...     isinstance(to_networkx(store), nx.MultiDiGraph)
    True
    """
    import networkx as nx

    facts = read_facts(store)
    choice = Choice(actor=actor, type=type, since=since, until=until, status=status, min_confidence=min_confidence)
    events = chosen(facts, choice)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes_of(events, facts, top=0):
        known = {"country": node.country, "sector": node.sector}
        graph.add_node(node.id, node="actor", label=node.label, kind=node.kind, **_known(known))
    for event in events:
        _add(graph, event)
    return graph


def _add(graph: nx.MultiDiGraph[str], event: PictureEvent) -> None:
    attributes = _attributes(event)
    if len(event.actors) == 2 and not is_hub(event):
        source, target = _ends(event)
        graph.add_edge(source, target, key=event.id, **attributes)
        return
    graph.add_node(event.id, node="event", **attributes)
    for party in event.parties:
        ends = (party.actor, event.id) if party.role in _SENDERS else (event.id, party.actor)
        graph.add_edge(*ends, key=f"{event.id} {party.role}", id=event.id, role=party.role)


def _ends(event: PictureEvent) -> tuple[str, str]:
    """The two actors, the one who acts first."""
    ranked: list[Party] = sorted(event.parties, key=lambda p: (p.role not in _SENDERS, p.actor))
    source = ranked[0].actor
    return source, next(p.actor for p in ranked if p.actor != source)


def _attributes(event: PictureEvent) -> dict[str, str | float | bool]:
    known: dict[str, str | float | None] = {
        "mode": event.mode,
        "begin": None if event.begin is None else event.begin.isoformat(),
        "end": None if event.end is None else event.end.isoformat(),
        "confidence": event.confidence,
    }
    return {
        "id": event.id,
        "label": event.label,
        "type": event.type,
        "stance": event.stance,
        "status": event.status,
        "done": event.done,
        **_known(known),
    }


def _known(values: Mapping[str, _T | None]) -> dict[str, _T]:
    return {name: value for name, value in values.items() if value is not None}
