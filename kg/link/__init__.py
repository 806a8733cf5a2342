"""The same event told twice, in one article or in many, becomes one event with all its mentions."""

from kg.link.above import above
from kg.link.across import link
from kg.link.compare import START, THRESHOLD, Comparison, compare, points
from kg.link.corrections import Corrections, load_corrections
from kg.link.deciding import applied, join, reset, split
from kg.link.part import Part
from kg.link.report import Report
from kg.link.why import Links, Near, Why
from kg.link.within import link_article, renamed_agreement

__all__ = [
    "START",
    "THRESHOLD",
    "Comparison",
    "Corrections",
    "Links",
    "Near",
    "Part",
    "Report",
    "Why",
    "above",
    "applied",
    "compare",
    "join",
    "link",
    "link_article",
    "load_corrections",
    "points",
    "renamed_agreement",
    "reset",
    "split",
]
