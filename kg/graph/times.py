"""When an event happened, with only those calendar days that the text justifies."""

from __future__ import annotations

import re

from kg.graph import names as n
from kg.graph.terms import Triples, day, dk, edtf, text, triple
from kg.model import When

_EXACT = re.compile(r"\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?")


def time_triples(iri: str, when: When) -> Triples:
    """An event's time.

    A day, or an interval between two days, gives begin and end. Anything vaguer (a month, about a day,
    an open side) gives the earliest begin and the latest end, each only where the record has it.
    """
    yield triple(iri, dk("edtf"), edtf(when.edtf))
    yield triple(iri, dk("timePrecision"), dk(when.precision))
    yield triple(iri, dk("timeResolution"), dk(when.resolution))
    if when.expression:
        yield triple(iri, dk("timeExpression"), text(when.expression))
    exact = _EXACT.fullmatch(when.edtf) is not None
    if when.begin:
        yield triple(iri, n.BEGIN if exact else n.EARLIEST_BEGIN, day(when.begin))
    if when.end:
        yield triple(iri, n.END if exact else n.LATEST_END, day(when.end))
