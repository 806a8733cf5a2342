"""Colours and shapes that also those who see colours otherwise can tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.draw.facts import Facts
from kg.draw.picture import ActorNode, Legend
from kg.query.properties import one
from kg.vocab.names import local_name

COUNTRY_COLOURS = ("#77aadd", "#ee8866", "#eedd88", "#ffaabb", "#99ddff", "#44bb99", "#bbcc33", "#aaaa00")
"""Paul Tol's light scheme: made to be told apart by all, and to carry dark text."""
OTHER_COLOUR = "#cccccc"
STANCE_COLOURS: Mapping[str, str] = {"cooperation": "#00629b", "neutral": "#6b6e76", "conflict": "#b94700"}
"""Blue and orange, which the colour-blind tell apart, on white; the same as in the page's style sheet."""
SHAPES: Mapping[str, str] = {
    "state": "square",
    "person": "dot",
    "organization": "hexagon",
    "group": "triangle",
    "collective": "triangleDown",
    "place": "star",
    "other": "dot",
}


def legend_of(nodes: Iterable[ActorNode], facts: Facts) -> Legend:
    """Colours for the countries with most events, shapes for the kinds that occur."""
    nodes = tuple(nodes)
    counts: Counter[str] = Counter()
    for node in nodes:
        if node.country:
            counts[node.country] += node.events
    ranked = sorted(counts, key=lambda code: (-counts[code], code))[: len(COUNTRY_COLOURS)]
    names = country_names(facts)
    kinds = {n.kind for n in nodes}
    return Legend(
        countries=tuple(
            (code, names.get(code, code), colour) for code, colour in zip(ranked, COUNTRY_COLOURS, strict=False)
        ),
        kinds=tuple((kind, shape) for kind, shape in SHAPES.items() if kind in kinds),
    )


def country_names(facts: Facts) -> dict[str, str]:
    """The label of each country's state, as far as the graph has one."""
    states = (e for e in facts.entities.values() if "State" in {local_name(t) for t in e.get("type", ())})
    return {one(e, "country"): one(e, "prefLabel") for e in states}
