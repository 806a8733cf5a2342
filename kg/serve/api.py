"""The JSON API: events, actors, dyads, time lines, and every named question, a page of rows at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import UsageError, unknown
from kg.model import Answer, Term
from kg.query.asking import from_summary
from kg.query.named import Parameter, Question, question, questions
from kg.query.values import Terms, bind
from kg.serve.asking import Asked, form_of
from kg.serve.events import FILTERS, event_page
from kg.serve.fields import known_fields
from kg.serve.forms import forms
from kg.serve.one_state import of_one_state
from kg.serve.writing import as_json
from kg.vocab.namespaces import XSD

MOST_ROWS = 1000
ROWS = 100
MOST_OFFSET = 1_000_000
PAGING: tuple[Parameter, ...] = (
    Parameter("limit", "number", str(ROWS), f"How many at most, 1 to {MOST_ROWS}."),
    Parameter("offset", "number", "0", f"How many to leave out, to {MOST_OFFSET}."),
)
QUESTIONS: Mapping[str, str] = {"/api/actors": "actors", "/api/dyads": "dyads", "/api/timeline": "timeline"}
"""Paths that are named questions under a name of their own."""
_INTEGER = XSD + "integer"
_FRACTIONS = frozenset(XSD + name for name in ("decimal", "double", "float"))


def events(request: Request) -> Response:
    """``/api/events``: a page of events, and how many there are in all.

    Raises:
        HTTPException: 400, naming the parameter.
        QueryError: A value does not fit, or as ``Answers.answer`` has it.
    """
    given = known_fields(request, [p.name for p in (*FILTERS, *PAGING)])
    limit, offset = _paging(given)
    found, total = of_one_state(request.app.state.asked, lambda asked: event_page(asked, given, limit, offset))
    return as_json({"total": total, "limit": limit, "offset": offset, "events": found})


def question_list(request: Request) -> Response:
    """``/api/questions``: every named question with its parameters and their choices, group by group."""
    known_fields(request, ())
    return as_json({"questions": forms()})


def one_question(request: Request, name: str | None = None) -> Response:
    """``/api/questions/NAME``: a page of a named question's rows.

    Raises:
        HTTPException: 404 for an unknown question, 400 for an unknown parameter.
        QueryError: A value does not fit, or as ``Answers.answer`` has it.
    """
    named = _question(name or request.path_params["name"])
    given = known_fields(request, [p.name for p in (*named.parameters, *PAGING)])
    limit, offset = _paging(given)

    def work(asked: Asked) -> tuple[Answer, int]:
        whole = from_summary(asked, named.name, _terms(asked, named, given))
        if whole is None:
            return _page(asked, sparql(asked, named, given), limit, offset)
        return _part(whole, limit, offset)

    answer, total = of_one_state(request.app.state.asked, work)
    return as_json({"total": total, "limit": limit, "offset": offset, "columns": answer.columns, "rows": rows(answer)})


def question_sparql(request: Request) -> Response:
    """``/api/questions/NAME/sparql``: the SPARQL that a named question comes to, without its header.

    Raises:
        HTTPException: 404 for an unknown question, 400 for an unknown parameter.
        QueryError: A value does not fit.
    """
    named = _question(request.path_params["name"])
    given = known_fields(request, [p.name for p in named.parameters])
    text = sparql(request.app.state.asked, named, given)
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return Response(f"{bare}\n", media_type="application/sparql-query")


def _page(asked: Asked, text: str, limit: int, offset: int) -> tuple[Answer, int]:
    """Some of a question's rows, and how many there are; a LIMIT would not count triples, so graphs come whole."""
    if form_of(text) != "SELECT":
        return _part(asked.query(text), limit, offset)
    answer = asked.query(f"{text}\nLIMIT {limit:d} OFFSET {offset:d}")
    if len(answer) < limit and (len(answer) or not offset):
        return answer, offset + len(answer)
    counted = asked.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {{ {text}\n}} }}").rows
    return answer, int(str(counted[0][0]))


def _part(whole: Answer, limit: int, offset: int) -> tuple[Answer, int]:
    return replace(whole, rows=whole.rows[offset : offset + limit]), len(whole)


def sparql(asked: Asked, named: Question, given: Mapping[str, str]) -> str:
    """The SPARQL that a question comes to; values are bound as terms, and actors looked up in the store.

    Raises:
        QueryError: A value does not fit its parameter.
    """
    return bind(named, _terms(asked, named, given))


def _terms(asked: Asked, named: Question, given: Mapping[str, str]) -> dict[str, Terms]:
    wanted = {p.name: given.get(p.name) or p.default for p in named.parameters}
    return {p.name: asked.terms(p, v) for p in named.parameters if (v := wanted[p.name])}


def rows(answer: Answer) -> list[dict[str, str | int | float | bool | None]]:
    """The rows as objects, with numbers and truth values as JSON's own.

    >>> rows(Answer("select", ("n",), ((Term("literal", "7", XSD + "integer"),), (None,))))
    [{'n': 7}, {'n': None}]
    """
    return [{c: native(t) for c, t in zip(answer.columns, row, strict=True)} for row in answer.rows]


def native(term: Term | None) -> str | int | float | bool | None:
    """A term as JSON: integers of up to 18 digits, finite fractions and truth values as such, else its text."""
    if term is None:
        return None
    if term.datatype == _INTEGER and len(term.value) <= 18:
        return int(term.value)
    if term.datatype in _FRACTIONS:
        try:
            number = float(term.value)
        except ValueError:
            return term.value
        return number if math.isfinite(number) else term.value
    if term.datatype == XSD + "boolean":
        return term.value in {"true", "1"}
    return term.value


def _question(name: str) -> Question:
    try:
        return question(name)
    except UsageError as error:
        raise HTTPException(404, unknown("question", name[:100], (q.name for q in questions()))) from error


def _paging(given: Mapping[str, str]) -> tuple[int, int]:
    return _whole(given, "limit", ROWS, 1, MOST_ROWS), _whole(given, "offset", 0, 0, MOST_OFFSET)


def _whole(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
        raise HTTPException(400, f"{name}: {text[:100]!r} is not a whole number from {least} to {most}")
    return int(text)


def under_own_path(path: str) -> partial[Response]:
    """The handler of a question that has a path of its own."""
    return partial(one_question, name=QUESTIONS[path])
