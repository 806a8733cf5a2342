"""Parameters as RDF terms, and their place in a question: the row of a VALUES block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from kg.days import day_range
from kg.errors import QueryError, UsageError, choices
from kg.model.confidence import checked_confidence
from kg.query.named import Parameter, Question
from kg.vocab.cameo import GOLDSTEIN
from kg.vocab.iris import cameo_iri, mode_iri, type_iri
from kg.vocab.namespaces import XSD
from kg.vocab.plover import OWN_TYPES, SCORES, TYPES
from kg.vocab.terms import SCHEMES

if TYPE_CHECKING:
    import pyoxigraph as ox

    Term = ox.NamedNode | ox.Literal

Value = str | int | float | date
Terms = Sequence["Term"]
CONCEPTS: Mapping[str, Sequence[str]] = {"status": SCHEMES["StatusScheme"], "figure": SCHEMES["QuantityKindScheme"]}
"""What a parameter of these types may be."""
_ESCAPE = re.compile(r"\\\\([uU])|\\.")
"""A doubled backslash before a u, else any escape as a whole, so that none is read from its middle."""
_BLOCK = re.compile(
    r"VALUES\s+(?:\?(?P<one>\w+)\s*\{\s*UNDEF\s*\}"
    r"|\((?P<many>(?:\s*\?\w+)+)\s*\)\s*\{\s*\((?:\s*UNDEF)+\s*\)\s*\})"
)

_CASE = re.compile(
    r"(?P<head>VALUES \(\?(?P<name>\w+)\) )\{ \((?P<row>UNDEF|[^\n]*?)\) \} FILTER\((?P<not>!?)BOUND\(\?(?P=name)\)\)"
)
"""A block of one parameter with the filter that says whether the branch is for that parameter given."""


def bind(question: Question, values: Mapping[str, Terms]) -> str:
    """The question's SPARQL with its VALUES blocks filled, by terms that the RDF library writes.

    Args:
        question: The question; its text has a block such as ``VALUES (?actor ?since) { (UNDEF UNDEF) }``.
        values: The terms for each parameter; one that is not there stays UNDEF, which restricts nothing.

    >>> from pyoxigraph import Literal
    >>> q = Question("q", "", "", "", "SELECT * { VALUES ?x { UNDEF } }")
    >>> bind(q, {"x": [Literal('"} DROP')]})
    'SELECT * { VALUES (?x) { ("\\\\"} DROP") } }'
    """
    tables = {(first, second): _TABLES[name] for name, first, second in question.tables}

    def filled(match: re.Match[str]) -> str:
        columns = tuple(re.findall(r"\w+", match["one"] or match["many"]))
        table = tables.get(columns[:2]) if len(columns) == 2 else None
        rows = _figures(table()) if table else _rows(values, columns)
        body = " ".join("(" + " ".join(map(_written, row)) + ")" for row in rows)
        return f"VALUES ({' '.join('?' + column for column in columns)}) {{ {body} }}"

    # A branch for a parameter that is given, or for one that is not, gets no row where it is not the case:
    # the store then leaves the branch out, where a filter would have it read the branch's data first.
    return _CASE.sub(
        lambda m: m[0] if bool(m["not"]) == (m["row"] == "UNDEF") else m["head"] + "{ }",
        _BLOCK.sub(filled, question.sparql),
    )


def term_for(parameter: Parameter, value: Value) -> Term:
    """The term for a parameter of any type but actor, which needs the store.

    Raises:
        QueryError: The value is not of the parameter's type, or not text that RDF can hold.

    >>> str(term_for(Parameter("country", "country", None, ""), "fra"))
    '"FRA"'
    """
    try:
        return _MAKERS[parameter.type](parameter, value)
    except ValueError as error:
        raise QueryError(f"{parameter.name}: {value!r} is not a {parameter.type}; {error}") from error


def _text(_: Parameter, value: Value) -> Term:
    import pyoxigraph as ox

    words = str(value)
    if any("\ud800" <= c <= "\udfff" for c in words):
        raise ValueError("it holds half of a surrogate pair; give whole characters")
    return ox.Literal(words)


def _country(_: Parameter, value: Value) -> Term:
    import pyoxigraph as ox

    code = str(value).strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError("give the three letters of ISO 3166-1, such as FRA")
    return ox.Literal(code)


def _type(_: Parameter, value: Value) -> Term:
    import pyoxigraph as ox

    known = {name.upper(): name for name in (*TYPES, *OWN_TYPES)}
    return ox.NamedNode(type_iri(_one_of(known, value)))


def _concept(parameter: Parameter, value: Value) -> Term:
    """The name of a concept of one of the ontology's closed lists, in its own capitals."""
    import pyoxigraph as ox

    return ox.Literal(_one_of({name.upper(): name for name in CONCEPTS[parameter.type]}, value))


def _one_of(known: Mapping[str, str], value: Value) -> str:
    """The name of a closed list that a value in any capitals is; the list is by capitals."""
    name = str(value).strip().upper()
    if name not in known:
        raise ValueError(choices(name[:100], known.values()))
    return known[name]


def _date(parameter: Parameter, value: Value) -> Term:
    import pyoxigraph as ox

    if isinstance(value, date):
        day_given = date(value.year, value.month, value.day).isoformat()
        return ox.Literal(day_given, datatype=ox.NamedNode(XSD + "date"))
    first, last = day_range(str(value).strip())
    given = last if parameter.name == "until" else first
    return ox.Literal(given.isoformat(), datatype=ox.NamedNode(XSD + "date"))


def _number(_: Parameter, value: Value) -> Term:
    import pyoxigraph as ox

    words = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[+-]?\d{1,18}(\.\d{1,12})?", words, re.ASCII):
        raise ValueError("give digits, such as 3 or 0.5")
    return ox.Literal(words, datatype=ox.NamedNode(XSD + ("decimal" if "." in words else "integer")))


def _confidence(parameter: Parameter, value: Value) -> Term:
    try:
        checked_confidence(float(value) if isinstance(value, str | int | float) else float("nan"))
    except (ValueError, UsageError) as error:
        raise ValueError("give a number from 0 to 1, such as 0.5") from error
    return _number(parameter, value)


_MAKERS: Mapping[str, Callable[[Parameter, Value], Term]] = {
    "text": _text,
    "country": _country,
    "type": _type,
    "status": _concept,
    "figure": _concept,
    "date": _date,
    "number": _number,
    "confidence": _confidence,
}


def _written(term: Term | None) -> str:
    # Some servers undo codepoint escapes before they read the grammar, even behind a doubled backslash;
    # so no u may follow one.
    if term is None:
        return "UNDEF"
    return _ESCAPE.sub(lambda e: f"\\\\\\u{ord(e[1]):04X}" if e[1] else e[0], str(term))


def _rows(values: Mapping[str, Terms], columns: Sequence[str]) -> Iterator[Sequence[Term | None]]:
    """Every combination of the parameters' terms."""
    nothing: Sequence[Term | None] = [None]
    choices: list[Sequence[Term | None]] = [values.get(column) or nothing for column in columns]
    return product(*choices)


def _figures(figures: Iterable[tuple[str, float]]) -> Iterator[Sequence[Term | None]]:
    import pyoxigraph as ox

    for iri, figure in figures:
        # Plain text, which the question casts to the type that it reckons with.
        yield ox.NamedNode(iri), ox.Literal(f"{figure:g}")


def _plover_scores() -> list[tuple[str, float]]:
    return [(mode_iri(t, m) if m else type_iri(t), score) for (t, m), score in SCORES.items()]


def _goldstein() -> list[tuple[str, float]]:
    return [(cameo_iri(code), score) for code, score in sorted(GOLDSTEIN.items())]


_TABLES: Mapping[str, Callable[[], list[tuple[str, float]]]] = {
    "plover-scores": _plover_scores,
    "goldstein": _goldstein,
}
