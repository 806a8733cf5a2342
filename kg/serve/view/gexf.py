"""The events of a view as a network in GEXF 1.3: actors and events are nodes, roles are edges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import numpy as np

from kg.serve.view.saving import Saved, stretches
from kg.serve.view.sheet import BATCH, Card, number

NODES = ("kind", "class", "country", "sector", "code", "mode", "status", "status_in_words", "date", "first_day",
         "last_day", "place", "source", "quote", "mentions", "iri")  # fmt: skip
EDGES = ("role", "code", "class", "status", "date", "source")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">'
    "<meta><description>{}</description></meta>"
    '<graph defaultedgetype="directed" mode="static">'
)
_SPOT = '<viz:position x="{}" y="{}" z="0"/><viz:size value="{}"/>'
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def gexf(events: Saved) -> Iterator[str]:
    """The network, some actors or events at a time: all nodes first, then all edges, as GEXF has them."""
    index = events.index
    yield _HEAD.format(escape(_clean(events.words))) + _columns("node", NODES) + _columns("edge", EDGES) + "<nodes>"
    passing = np.zeros(index.events, dtype=bool)
    passing[events.places] = True
    actors = np.unique(index["party_node"][passing[index["party_event"]]]).tolist()
    names: dict[int, str] = {}
    for some in stretches(actors, BATCH):
        told = []
        for at in some:
            node = index.node(at)
            names[at] = node["name"]
            told.append(_actor(node))
        yield "".join(told)
    for some in stretches(events.places, BATCH):
        yield "".join(_event(card) for card in map(index.card, some))
    yield "</nodes><edges>"
    for some in stretches(events.places, BATCH):
        yield "".join(_edges(card, names) for card in map(index.card, some))
    yield "</edges></graph></gexf>\n"


def _actor(node: Card) -> str:
    told = {
        "kind": "actor",
        "class": node.get("kind"),
        "country": node.get("country"),
        "sector": node.get("sector"),
        "iri": node["id"],
    }
    look = _SPOT.format(*(number(v + 0.0) for v in (node.get("x", 0), -node.get("y", 0), node.get("size", 0))))
    return _node(f"ent:{node['name']}", node["label"], told, look)


def _event(card: Card) -> str:
    reports = card.get("reports", ())
    told = {
        "kind": "event", "class": card.get("stance"), "code": card.get("type"), "mode": card.get("mode"),
        "status": card.get("status"), "status_in_words": card.get("statusWords"), "date": card.get("when"),
        "first_day": card.get("begin"), "last_day": card.get("end"), "place": card.get("place"),
        "source": _sources(card), "iri": card["id"],
        "quote": "".join(text for _, text in reports[0].get("parts", ())) if reports else None,
        "mentions": str(len(reports)),
    }  # fmt: skip
    return _node(f"ev:{card['name']}", card.get("label", ""), told, "")


def _edges(card: Card, names: Mapping[int, str]) -> str:
    told = {
        "code": card.get("type"),
        "class": card.get("stance"),
        "status": card.get("status"),
        "date": card.get("when"),
        "source": _sources(card),
    }
    found = []
    for role, at in card["parties"]:
        ends = [f"ent:{names[at]}", f"ev:{card['name']}"]
        source, target = reversed(ends) if role in {"recipient", "addressee"} else ends
        found.append(
            f"<edge{_attributes(id=f'{source} {role} {target}', source=source, target=target, label=role)}>"
            f"{_values(EDGES, {'role': role, **told})}</edge>"
        )
    return "".join(found)


def _sources(card: Card) -> str:
    """All publishers of the reports of an event, each once."""
    articles = (report["article"] for report in card.get("reports", ()))
    return "; ".join(dict.fromkeys(name for a in articles if (name := a.get("publisher") or a.get("source"))))


def _node(name: str, label: str, told: Mapping[str, Any], look: str) -> str:
    return f"<node{_attributes(id=name, label=label)}>{_values(NODES, told)}{look}</node>"


def _columns(kind: str, names: Sequence[str]) -> str:
    each = "".join(f"<attribute{_attributes(id=str(i), title=n, type='string')}/>" for i, n in enumerate(names))
    return f'<attributes class="{kind}" mode="static">{each}</attributes>'


def _values(names: Sequence[str], told: Mapping[str, Any]) -> str:
    each = (
        f"<attvalue{_attributes(**{'for': str(i), 'value': told[n]})}/>" for i, n in enumerate(names) if told.get(n)
    )
    return f"<attvalues>{''.join(each)}</attvalues>"


def _attributes(**told: str) -> str:
    return "".join(f' {name}="{escape(_clean(value), _ENTITIES)}"' for name, value in told.items())


def _clean(text: str) -> str:
    """Text that XML can hold: no control characters but tab and line ends, no halves of characters."""
    return _NO_XML.sub("\ufffd", text)
