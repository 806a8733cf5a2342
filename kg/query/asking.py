"""Asks a store: a named question with its parameters, or SPARQL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kg.errors import UsageError
from kg.model import Answer
from kg.query.counted import COUNTED, Summarised
from kg.query.entities import find_entities
from kg.query.named import Parameter, Question, question
from kg.query.properties import Queryable
from kg.query.values import Terms, Value, bind, term_for

_SPARQL = re.compile(r"[\s{]")


def ask(store: Queryable, question_or_sparql: str, /, **params: Value | None) -> Answer:
    """The answer to a named question or to a SPARQL query.

    Args:
        store: What to ask, such as ``open_store()`` gives.
        question_or_sparql: The name of a question, or SPARQL: anything with white space or a ``{``.
            The prefixes of ``kg.vocab`` need no declaration.
        params: Values for the parameters of a named question; None is as if it were not given.

    Raises:
        UsageError: There is no such question or parameter, or parameters were given with SPARQL.
        QueryError: A value does not fit its parameter, or the SPARQL is wrong, with line and column.
        QueryRefused: The SPARQL would change something or reach the network.
        QueryTooLarge: The SPARQL is past a limit.

    >>> from kg.store import open_store
    >>> len(ask(open_store(":memory:"), "provenance-gaps"))
    0
    """
    if not _SPARQL.search(question_or_sparql):
        named = question(question_or_sparql)
        values = _values(store, named, params)
        answer = from_summary(store, named.name, values)
        return store.query(bind(named, values)) if answer is None else answer
    if params:
        raise UsageError(f"{min(params)!r} was given, but only named questions take parameters, not SPARQL")
    return store.query(question_or_sparql)


def sparql_for(store: Queryable, named: Question, params: dict[str, Value | None]) -> str:
    """The SPARQL that a named question comes to with these parameters.

    Raises:
        UsageError: The question has no such parameter.
        QueryError: A value does not fit its parameter.
    """
    return bind(named, _values(store, named, params))


def from_summary(store: Queryable, name: str, values: Mapping[str, Terms]) -> Answer | None:
    """The answer to a question from what the store keeps for counting; None where it keeps nothing that answers it.

    Args:
        store: What to ask.
        name: The question's name.
        values: The terms of its parameters.
    """
    if name not in COUNTED or not isinstance(store, Summarised) or (summary := store.summary()) is None:
        return None
    return COUNTED[name](summary, values)


def _values(store: Queryable, named: Question, params: dict[str, Value | None]) -> dict[str, Terms]:
    for name in params:
        named.parameter(name)
    values: dict[str, Terms] = {}
    for parameter in named.parameters:
        given = params.get(parameter.name)
        value = parameter.default if given is None else given
        if value is not None and value != "":
            values[parameter.name] = _terms(store, parameter, value)
    return values


def _terms(store: Queryable, parameter: Parameter, value: str | float | date) -> Terms:
    if parameter.type == "actor":
        return find_entities(store, str(value))
    return (term_for(parameter, value),)
