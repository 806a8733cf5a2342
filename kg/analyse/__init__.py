"""Analyses of the graph that analysts ask for, each with what it means and what it does not show.

Every analysis reads a store, counts only what happened unless told otherwise, gives the same result for the same
graph, and returns a frozen record that shows itself in a notebook, as text, as CSV and as JSON.

>>> from kg.store import open_store
>>> with open_store(":memory:") as store:
...     mediators(store).rows(), coalitions(store).rows(), activity(store).rows()
([], [], [])
"""

from kg.analyse.acts import UNITS, Unit
from kg.analyse.changes import Segment, segments
from kg.analyse.coalition import Coalition, Coalitions, coalitions
from kg.analyse.counts import PERIODS, Activity, Period, activity
from kg.analyse.dyads import Dyad, Dyads, dyads
from kg.analyse.mediation import Mediator, Mediators, mediators
from kg.analyse.result import Result
from kg.analyse.returned import Reciprocity, Returned, Ties, reciprocity
from kg.analyse.trends import ChangePoint, Month, Trend, trend

__all__ = [
    "PERIODS",
    "UNITS",
    "Activity",
    "ChangePoint",
    "Coalition",
    "Coalitions",
    "Dyad",
    "Dyads",
    "Mediator",
    "Mediators",
    "Month",
    "Period",
    "Reciprocity",
    "Result",
    "Returned",
    "Segment",
    "Ties",
    "Trend",
    "Unit",
    "activity",
    "coalitions",
    "dyads",
    "mediators",
    "reciprocity",
    "segments",
    "trend",
]
