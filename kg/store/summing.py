"""Reads the columns of a summary out of a graph, a property at a time."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from kg.errors import StoreError
from kg.store.snapshots import hold
from kg.store.summary import COLUMNS, MISSING, NO_SCORE, Summary, read_summary, write_summary
from kg.vocab.cameo import GOLDSTEIN
from kg.vocab.iris import cameo_iri, mode_iri, type_iri
from kg.vocab.namespaces import DK, RDF, SEM, XSD
from kg.vocab.plover import SCORES

ROLES: Final = (
    "actor", "recipient", "speaker", "addressee", "mediator", "host", "guarantor", "beneficiary", "target",
    "thirdParty",
)  # fmt: skip
_HAPPENED = (DK + "Occurred", DK + "Ongoing")
_MEDIATION = mode_iri("CONSULT", "third-party")
_BEGINS = (SEM + "hasBeginTimeStamp", SEM + "hasEarliestBeginTimeStamp")
_ENDS = (SEM + "hasEndTimeStamp", SEM + "hasLatestEndTimeStamp")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOST = 2**15 - 1

Numbers = NDArray[np.int64]
Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple


class Unsummed(StoreError):
    """The graph holds something that has no place in the columns."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What events, or actors, have: two numbers a pair, in order, each pair once."""

    of: Numbers
    value: Numbers

    @classmethod
    def distinct(cls, of: Numbers, value: Numbers) -> Pairs:
        """Pairs in order, each once."""
        return cls(*distinct(of, value))

    def only(self, mask: NDArray[np.bool_]) -> Pairs:
        """Those for which the mask is true."""
        return Pairs(self.of[mask], self.value[mask])


@dataclass(slots=True)
class Names:
    """Numbers for texts, in order of their coming."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        """The number of a text, a new one for a new text."""
        return self.numbers.setdefault(text, len(self.numbers))

    def sorted(self) -> tuple[tuple[str, ...], Numbers]:
        """The texts in order, and for each number so far the place of its text in that order.

        Raises:
            Unsummed: There are more than a column has numbers for.
        """
        words = sorted(self.numbers)
        if len(words) > _MOST:
            raise Unsummed(f"the graph has {len(words)} kinds such as {words[0][:100]!r}, more than {_MOST}")
        place = {word: i for i, word in enumerate(words)}
        return tuple(words), np.array([place[word] for word in self.numbers], np.int64)


def distinct(*columns: Numbers) -> tuple[Numbers, ...]:
    """The rows of some columns in order, each once.

    >>> [c.tolist() for c in distinct(np.array([2, 1, 2]), np.array([0, 5, 0]))]
    [[1, 2], [5, 0]]
    """
    order = np.lexsort(columns[::-1])
    ordered = [c[order] for c in columns]
    new = np.ones(len(order), bool)
    if len(order):
        new[1:] = np.logical_or.reduce([c[1:] != c[:-1] for c in ordered])
    return tuple(c[new] for c in ordered)


def joined(keys: Numbers, pairs: Pairs, missing: int | None = None) -> tuple[Numbers, Numbers]:
    """For each pair that a key has, the key's place and the pair's value.

    Args:
        keys: What to look up.
        pairs: Where.
        missing: The value for a key without a pair; None leaves it out.

    >>> two = Pairs.distinct(np.array([7, 7]), np.array([1, 2]))
    >>> [c.tolist() for c in joined(np.array([7, 8]), two, missing=-1)]
    [[0, 0, 1], [1, 2, -1]]
    """
    low, high = np.searchsorted(pairs.of, keys, "left"), np.searchsorted(pairs.of, keys, "right")
    found = high - low
    many = found if missing is None else np.maximum(found, 1)
    place = np.repeat(np.arange(len(keys)), many)
    at = np.arange(len(place)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(low, many)
    if missing is None:
        return place, pairs.value[at]
    lacking = found[place] == 0
    value = np.full(len(place), missing, np.int64)
    value[~lacking] = pairs.value[at[~lacking]]
    return place, value


def summarise(folder: Path) -> str | None:
    """Count what a store has published last, once; any process may, while another one writes.

    Args:
        folder: The store's folder.

    Returns:
        Why it could not be: what in the graph has no place in the columns; None where the summary is there.

    Raises:
        OSError: The disk refuses.
    """
    held = hold(folder)
    if held is None:
        return "nothing was published"
    try:
        if read_summary(held.path) is None:
            write_summary(held.path, summed(ox.Store.read_only(str(held.rdf))))
    except Unsummed as error:
        return str(error)
    finally:
        held.close()
    return None


def summed(rdf: ox.Store) -> Summary:
    """The summary of the union of a store's graphs.

    Raises:
        Unsummed: An event has no IRI, a type or status none, a day none of the years 1 to 9999, or a country is no
            plain text.
        OSError: The disk refuses.
    """
    reader = _Reader(rdf)
    type_words, of_type = reader.words((SEM + "eventType",), _iri)
    status_words, of_status = reader.words((DK + "eventStatus",), _iri)
    begin, end = reader.pairs(_BEGINS, _day), reader.pairs(_ENDS, _day)
    roles = {role: reader.pairs((DK + role,), reader.entity) for role in ROLES}
    codes, country = reader.countries()

    rows = _outer([reader.events], (of_type, MISSING), (of_status, MISSING), (begin, MISSING), (end, MISSING))
    everyone = Pairs(*(np.concatenate(c) for c in zip(*((p.of, p.value) for p in roles.values()), strict=True)))
    parties = _of_countries(everyone.only(np.isin(everyone.of, reader.events)), country)

    happened = [n for n, iri in enumerate(status_words) if iri in _HAPPENED]
    acts = _dyads(reader, roles, country, of_status.only(np.isin(of_status.value, happened)).of)
    event, by, to, score = _inner(acts, _scores_of_types(type_words, of_type))
    event, by, to, score, of_mode = _outer([event, by, to, score], (reader.scores(DK + "mode", _MODE_SCORES), NO_SCORE))
    score = np.where(of_mode == NO_SCORE, score, of_mode)
    goldstein = reader.scores(DK + "cameo", _GOLDSTEIN)
    dyads = _outer([event, by, to, score], (goldstein, NO_SCORE), (begin, MISSING), (end, MISSING))

    iris = [iri.encode("utf-8") for iri in reader.iris]
    columns: list[Numbers] = [
        *distinct(*rows), parties.of, parties.value, *distinct(*dyads),
        np.frombuffer(b"".join(iris), np.uint8).astype(np.int64), np.cumsum([0, *map(len, iris)]),
    ]  # fmt: skip
    held = {name: c.astype(kind) for (name, kind), c in zip(COLUMNS.items(), columns, strict=True)}
    return Summary(type_words, status_words, codes, held)


def _outer(rows: Sequence[Numbers], *more: tuple[Pairs, int]) -> list[Numbers]:
    """The rows with a column more for each of some pairs, or the number that stands for none, by the first column."""
    found = list(rows)
    for pairs, missing in more:
        at, value = joined(found[0], pairs, missing)
        found = [*(c[at] for c in found), value]
    return found


def _inner(rows: Sequence[Numbers], pairs: Pairs) -> list[Numbers]:
    """The rows that the pairs know, with a column more."""
    at, value = joined(rows[0], pairs)
    return [*(c[at] for c in rows), value]


def _scores_of_types(types: Sequence[str], of_type: Pairs) -> Pairs:
    scores = np.array([_TYPE_SCORES.get(iri, NO_SCORE) for iri in (*types, "")], np.int64)
    return Pairs.distinct(of_type.of, scores[of_type.value])


class _Reader:
    """Reads pairs, with events and actors as numbers."""

    def __init__(self, rdf: ox.Store) -> None:
        self._rdf = rdf
        told = {_event(q.subject) for q in self._quads(RDF + "type", ox.NamedNode(SEM + "Event"))}
        # A pair of countries counts events whatever their class.
        known = told | {_event(q.subject) for q in self._quads(SEM + "eventType")}
        self.iris = sorted(known)
        self._numbers = {iri: n for n, iri in enumerate(self.iris)}
        self.events: Numbers = np.array([n for n, iri in enumerate(self.iris) if iri in told], np.int64)
        self._entities = Names()

    def _quads(self, predicate: str, value: ox.NamedNode | None = None) -> Iterable[ox.Quad]:
        return self._rdf.quads_for_pattern(None, ox.NamedNode(predicate), value, ox.DefaultGraph())

    def pairs(self, predicates: Iterable[str], number: Callable[[Term], int | None]) -> Pairs:
        """What the events have by one of these properties; values without a number are left out."""
        of, values = array("q"), array("q")
        for predicate in predicates:
            for quad in self._quads(predicate):
                event = self._numbers.get(getattr(quad.subject, "value", ""))
                if event is not None and (value := number(quad.object)) is not None:
                    of.append(event)
                    values.append(value)
        return Pairs.distinct(np.array(of, np.int64), np.array(values, np.int64))

    def words(self, predicates: Iterable[str], word: Callable[[Term], str]) -> tuple[tuple[str, ...], Pairs]:
        """The same for values that words name: the words in order, and pairs with the place of each."""
        names = Names()
        found = self.pairs(predicates, lambda term: names.number(word(term)))
        words, place = names.sorted()
        return words, Pairs.distinct(found.of, place[found.value])

    def entity(self, term: Term) -> int:
        """The number of whoever takes part."""
        return self._entities.number(str(term))

    def countries(self) -> tuple[tuple[str, ...], Pairs]:
        """The countries of those that take part: the codes in order, and pairs with the place of each."""
        names, of, values = Names(), array("q"), array("q")
        for quad in self._quads(DK + "country"):
            entity, term = self._entities.numbers.get(str(quad.subject)), quad.object
            if entity is None:
                continue
            if not isinstance(term, ox.Literal) or term.language or term.datatype.value != XSD + "string":
                raise Unsummed(f"{quad.subject} has the country {term}, which is no plain text")
            of.append(entity)
            values.append(names.number(term.value))
        words, place = names.sorted()
        return words, Pairs.distinct(np.array(of, np.int64), place[np.array(values, np.int64)])

    def scores(self, predicate: str, scores: dict[str, int]) -> Pairs:
        """The scores that a table has for the values of a property."""
        return self.pairs((predicate,), lambda term: scores.get(term.value) if isinstance(term, ox.NamedNode) else None)


def _dyads(reader: _Reader, roles: dict[str, Pairs], country: Pairs, happened: Numbers) -> list[Numbers]:
    """Event and two countries, for what happened, of which the first acted on the other, or mediated."""
    mediated = reader.pairs((DK + "mode",), lambda term: 1 if str(term) == f"<{_MEDIATION}>" else None).of
    parts: list[tuple[Numbers, ...]] = []
    for one, other, among in (("actor", "recipient", None), ("mediator", "actor", mediated)):
        left, right = _of_countries(roles[one], country), _of_countries(roles[other], country)
        at, to = joined(left.of, right)
        event, by = left.of[at], left.value[at]
        mask = (by != to) & np.isin(event, happened)
        if among is not None:
            mask &= np.isin(event, among)
        parts.append((event[mask], by[mask], to[mask]))
    return list(distinct(*(np.concatenate(c) for c in zip(*parts, strict=True))))


def _of_countries(parties: Pairs, country: Pairs) -> Pairs:
    at, code = joined(parties.value, country)
    return Pairs.distinct(parties.of[at], code)


def _event(term: Term) -> str:
    if not isinstance(term, ox.NamedNode):
        raise Unsummed(f"the event {term} has no IRI")
    return term.value


def _iri(term: Term) -> str:
    if not isinstance(term, ox.NamedNode):
        raise Unsummed(f"an event has the type or status {term}, which is no IRI")
    return term.value


def _day(term: Term) -> int:
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "date" and _DAY.fullmatch(term.value):
        try:
            return date.fromisoformat(term.value).toordinal()
        except ValueError:
            pass
    raise Unsummed(f"an event begins or ends at {term}, which is no day of the years 1 to 9999")


def _hundredths(score: float) -> int:
    return round(score * 100)


_TYPE_SCORES = {type_iri(t): _hundredths(s) for (t, m), s in SCORES.items() if not m}
_MODE_SCORES = {mode_iri(t, m): _hundredths(s) for (t, m), s in SCORES.items() if m}
_GOLDSTEIN = {cameo_iri(code): _hundredths(s) for code, s in GOLDSTEIN.items()}
