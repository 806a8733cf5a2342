"""Answers as text: a table for terminals, CSV, TSV, JSON, JSON lines, Markdown, and Turtle for graphs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import UsageError, unknown
from kg.model import Answer, Row, Term
from kg.query.grid import grid, visible
from kg.vocab.names import split_prefix
from kg.vocab.namespaces import PREFIXES, XSD

if TYPE_CHECKING:
    import pyoxigraph as ox

_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?")
_NUMERIC = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))
_MARKUP = re.compile(r"([\\`*_\[\]<>|#&~])")
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def render(answer: Answer, format: str = "table", *, width: int | None = None) -> str:  # noqa: A002
    """The answer as text that ends in a line break.

    Args:
        answer: What ``ask`` gave.
        format: A name in ``FORMATS``.
        width: For ``table`` the columns of the terminal; None for as wide as it gets.

    Raises:
        UsageError: There is no such format, or it does not fit this kind of answer.

    >>> print(render(Answer("ask", truth=True)), end="")
    yes
    """
    if format not in FORMATS:
        raise UsageError(unknown("format", format, FORMATS))
    if format == "table":
        return _table(answer, width)
    return FORMATS[format](answer)


def shortened(iri: str) -> str:
    """The IRI with a known prefix, or in angle brackets.

    >>> shortened("https://w3id.org/dekg/id/entity/qatar"), shortened("urn:x")
    ('ent:qatar', '<urn:x>')
    """
    known = split_prefix(iri)
    return ":".join(known) if known and _LOCAL.fullmatch(known[1]) else f"<{iri}>"


def _table(answer: Answer, width: int | None = None) -> str:
    if answer.kind == "ask":
        return "yes\n" if answer.truth else "no\n"
    rows = [[_plain(term) for term in row] for row in answer.rows]
    right = [_is_numeric(answer, i) for i in range(len(answer.columns))]
    count = f"{len(rows) or 'no'} row{'' if len(rows) == 1 else 's'}"
    if not answer.columns:
        return count + "\n"
    return f"{grid(answer.columns, rows, width=width, right=right)}\n{count}\n"


def _markdown(answer: Answer) -> str:
    if answer.kind == "ask":
        return _table(answer)
    head = [_marked(column) for column in answer.columns]
    rule = ["---:" if _is_numeric(answer, i) else "---" for i in range(len(answer.columns))]
    rows = [[_marked(_plain(term)) for term in row] for row in answer.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def _csv(answer: Answer) -> str:
    """SPARQL 1.1 results in CSV: bare values."""
    if answer.kind == "ask":
        return f"{_truth(answer)}\n"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(answer.columns)
    writer.writerows(["" if t is None else _bare(t) for t in row] for row in answer.rows)
    return text.getvalue()


def _tsv(answer: Answer) -> str:
    """SPARQL 1.1 results in TSV: terms as in Turtle, so that kinds and types are kept."""
    if answer.kind == "ask":
        return f"{_truth(answer)}\n"
    lines = ["\t".join(f"?{column}" for column in answer.columns)]
    lines += ["\t".join("" if t is None else str(_ox(t)) for t in row) for row in answer.rows]
    return "".join(f"{line}\n" for line in lines).replace("\x7f", "\\u007F")


def _json(answer: Answer) -> str:
    """SPARQL 1.1 results in JSON."""
    if answer.kind == "ask":
        return _dumped({"head": {}, "boolean": bool(answer.truth)}, indent=1) + "\n"
    bindings = [
        {c: _binding(t) for c, t in zip(answer.columns, row, strict=True) if t is not None} for row in answer.rows
    ]
    return _dumped({"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}, indent=1) + "\n"


def _jsonl(answer: Answer) -> str:
    """One object a row, with numbers and truth values as JSON's own."""
    if answer.kind == "ask":
        return f"{_truth(answer)}\n"
    return "".join(
        _dumped({c: _native(t) for c, t in zip(answer.columns, row, strict=True)}) + "\n" for row in answer.rows
    )


def _turtle(answer: Answer) -> str:
    import pyoxigraph as ox

    found = ox.serialize(_triples(answer), format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    return (found or b"").decode()


def _ntriples(answer: Answer) -> str:
    import pyoxigraph as ox

    return (ox.serialize(_triples(answer), format=ox.RdfFormat.N_TRIPLES) or b"").decode()


FORMATS: Mapping[str, Callable[[Answer], str]] = MappingProxyType(
    {
        "table": _table,
        "csv": _csv,
        "tsv": _tsv,
        "json": _json,
        "jsonl": _jsonl,
        "markdown": _markdown,
        "turtle": _turtle,
        "nt": _ntriples,
    }
)
"""Every format of an answer with the function that writes it; turtle and nt are for graphs alone."""


def _triples(answer: Answer) -> list[ox.Triple]:

    if answer.kind != "graph":
        raise UsageError("turtle and nt hold triples, and this answer has none; use table, csv or json")
    return sorted((_triple(row) for row in answer.rows), key=str)


def _triple(row: Row) -> ox.Triple:
    import pyoxigraph as ox

    subject, predicate, value = (_ox(term) for term in row if term is not None)
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        raise UsageError(f"not a triple: {subject} {predicate} {value}; a subject and a property are IRIs")
    return ox.Triple(subject, predicate, value)


def _ox(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    import pyoxigraph as ox

    if term.kind == "iri":
        return ox.NamedNode(term.value)
    if term.kind == "blank":
        return ox.BlankNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    datatype = ox.NamedNode(term.datatype) if term.datatype else None
    return ox.Literal(term.value, datatype=datatype)


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return shortened(term.value) if term.kind == "iri" else _bare(term)


def _bare(term: Term) -> str:
    return f"_:{term.value}" if term.kind == "blank" else term.value


def _truth(answer: Answer) -> str:
    return "true" if answer.truth else "false"


def _marked(text: str) -> str:
    return _MARKUP.sub(r"\\\1", visible(text))


def _is_numeric(answer: Answer, column: int) -> bool:
    terms = [row[column] for row in answer.rows if row[column] is not None]
    return bool(terms) and all(t is not None and t.datatype in _NUMERIC for t in terms)


def _binding(term: Term) -> dict[str, str]:
    kind = {"iri": "uri", "blank": "bnode"}.get(term.kind, "literal")
    extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype}
    return {"type": kind, "value": term.value, **{k: v for k, v in extra.items() if v}}


def _native(term: Term | None) -> str | int | float | bool | None:
    if term is None:
        return None
    if term.datatype == XSD + "integer":
        return int(term.value)
    if term.datatype in _NUMERIC and re.fullmatch(r"[+-]?[\d.]+(?:[eE][+-]?\d+)?", term.value):
        return float(term.value)
    if term.datatype == XSD + "boolean":
        return term.value in {"true", "1"}
    return _bare(term)


def _dumped(value: object, indent: int | None = None) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
