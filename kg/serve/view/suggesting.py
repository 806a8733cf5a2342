"""Suggests actors while a name is typed."""

from __future__ import annotations

from typing import Any

from kg.serve.view.index import Index
from kg.serve.view.texts import plain

MOST = 20
"""Actors suggested at once."""


def suggested(index: Index, text: str) -> dict[str, Any]:
    """The actors whose label or IRI has this text, those of most events first.

    Returns:
        ``actors``: each with what a question takes for it (its label where no other actor has it, else its IRI), its
        label, and its events; ``left``: how many more there are.
    """
    wanted = plain(text.strip())
    found = [at for at, name in enumerate(index.actor_names) if wanted in name]
    told = [index.node(at) for at in found[:MOST]]
    alone = [node["label"] if index.labels[node["label"]] == 1 else node["id"] for node in told]
    actors = [[value, node["label"], node["count"]] for value, node in zip(alone, told, strict=True)]
    return {"actors": actors, "left": len(found) - len(actors)}
