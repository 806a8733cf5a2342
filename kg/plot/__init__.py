"""Figures that a paper can print, from the results of ``kg.analyse``: SVG, PDF and PNG.

They need matplotlib: ``pip install 'dekg[plot]'``. The same result gives the same bytes with the same version of
matplotlib. Colours are those of the page, told apart by the colour-blind, and never alone: hatches, dashes and marks
say the same in grey. Names are shown as they are, cut where long, and never read as mathematics or markup.

>>> from kg.analyse import activity
>>> from kg.store import open_store
>>> with open_store(":memory:") as store:
...     figure = timeline(activity(store))
>>> figure.svg().startswith(b"<?xml")
True
"""

from kg.plot.bars import timeline
from kg.plot.figure import Figure
from kg.plot.heat import dyads
from kg.plot.lines import trend
from kg.plot.ranking import mediators
from kg.plot.sureness import reliability

__all__ = ["Figure", "dyads", "mediators", "reliability", "timeline", "trend"]
