"""The same event told twice, in one article or in many, becomes one event with all its mentions."""

from kg.link.above import above
from kg.link.across import link
from kg.link.score import THRESHOLD, comparable, score
from kg.link.within import link_article, renamed_agreement

__all__ = ["THRESHOLD", "above", "comparable", "link", "link_article", "renamed_agreement", "score"]
