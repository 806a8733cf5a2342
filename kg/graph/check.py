"""Is the graph what it promises to be: its shapes, and what shapes cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.graph.consistency import consistency_findings
from kg.graph.facts import Facts
from kg.graph.report import Finding, Report
from kg.graph.shacl import shacl_findings

__all__ = ["Finding", "Report", "check"]


def check(quads: Iterable[ox.Quad], *, texts: Mapping[str, str] | None = None) -> Report:
    """Everything that is wrong with a graph, sorted.

    Args:
        quads: The quads of all articles together, since one article may name what another describes.
        texts: Article texts by article key; quotes are compared with those that are given.

    Raises:
        ModelMissing: If pyshacl is not installed.

    >>> check([]).conforms
    True
    """
    held = list(quads)
    facts = Facts.of(held)
    found = {*shacl_findings(held, facts.articles), *consistency_findings(facts, texts or {})}
    return Report(tuple(sorted(found)))
