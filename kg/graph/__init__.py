"""The graph: records become quads, one named graph an article, and the quads are checked."""

from kg.graph.check import Finding, Report, check
from kg.graph.quads import Index, article_ntriples, article_quads
from kg.graph.run import RUNS_GRAPH, Run, run_quads

__all__ = ["RUNS_GRAPH", "Finding", "Index", "Report", "Run", "article_ntriples", "article_quads", "check", "run_quads"]
