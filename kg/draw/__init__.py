"""Draws the graph: one self-contained HTML page, and a networkx graph for analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.draw.draw import draw
from kg.draw.multigraph import to_networkx
from kg.draw.picture import Picture

if TYPE_CHECKING:
    from kg.draw.network import KGNetwork as KGNetwork

__all__ = ["KGNetwork", "Picture", "draw", "to_networkx"]


def __getattr__(name: str) -> Any:
    """Import pyvis, which takes half a second, only when its subclass is asked for."""
    if name == "KGNetwork":
        from kg.draw.network import KGNetwork

        return KGNetwork
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
