"""The store as a network for Gephi, yEd and Cytoscape: actors and events are nodes, roles are edges."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.export.days import known_days
from kg.export.events import status_in
from kg.export.options import Options
from kg.export.reading import Entity, EventRead, read_events
from kg.store import Store
from kg.vocab.iris import entity_iri
from kg.vocab.namespaces import EV

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GEXF_CLOCK = re.compile(rb' lastmodifieddate="[^"]*"')


def network(store: Store, options: Options) -> Network:
    """Actors and events as nodes; edges run from an actor to what it does, and on to the recipient.

    Nodes and edges have text attributes only, since dates may be cut to a month or year. One event is one
    node, however many take part.
    """
    import networkx as nx

    graph: Network = nx.MultiDiGraph()
    events = [e for e in read_events(store) if (e.plover or options.untyped) and e.confidence >= options.min_confidence]
    entities = {entity.id: entity for event in events for _, entity in event.participants}
    for id_ in sorted(entities):
        graph.add_node(f"ent:{id_}", **_clean(_actor(entities[id_])))
    for event in events:
        node = f"ev:{event.iri.removeprefix(EV)}"
        graph.add_node(node, **_clean(_event(event)))
        for role, entity in event.participants:
            ends = (node, f"ent:{entity.id}") if role == "recipient" else (f"ent:{entity.id}", node)
            # GraphML takes the key for the edge's id, which must be unique in the file.
            graph.add_edge(*ends, key=f"{ends[0]} {role} {ends[1]}", role=role, code=event.type)
    return graph


def graphml(store: Store, options: Options) -> Iterator[bytes]:
    """The network in GraphML."""
    from networkx.readwrite.graphml import GraphMLWriter

    writer: Any = GraphMLWriter(encoding="utf-8", prettyprint=True)  # networkx has no types for it
    writer.add_graph_element(network(store, options))
    text = io.BytesIO()
    writer.dump(text)
    yield text.getvalue() + b"\n"


def gexf(store: Store, options: Options) -> Iterator[bytes]:
    """The network in GEXF, without the clock time that networkx writes into it."""
    import networkx as nx

    text = io.BytesIO()
    nx.write_gexf(network(store, options), text, encoding="utf-8", prettyprint=True)
    yield _GEXF_CLOCK.sub(b"", text.getvalue(), count=1) + b"\n"


def _actor(entity: Entity) -> dict[str, str]:
    return {
        "kind": "actor",
        "label": entity.name,
        "country": entity.country or "",
        "sector": entity.sector or "",
        "iri": entity_iri(entity.id),
    }


def _event(event: EventRead) -> dict[str, str]:
    begin, end = known_days(event.edtf)
    return {
        "kind": "event",
        "label": event.label,
        "code": event.type,
        "mode": event.mode or "",
        "status": status_in(event, event.mentions),
        "first_day": begin or "",
        "last_day": end or "",
        "place": event.place.name if event.place else "",
        "quote": event.mentions[0].quote if event.mentions else "",
        "mentions": str(len(event.mentions)),
        "iri": event.iri,
    }


def _clean(attributes: dict[str, str]) -> dict[str, str]:
    return {name: _NOT_XML.sub("\ufffd", value) for name, value in attributes.items()}
