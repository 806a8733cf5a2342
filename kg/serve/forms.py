"""The named questions as forms: the words, the types and the choices that a page needs to offer them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.query.named import GROUPS, Parameter, Question, questions
from kg.query.values import CONCEPTS
from kg.vocab.plover import OWN_TYPES, TYPES

LABELS: Mapping[str, str] = {
    "actor": "Actor",
    "source": "Source",
    "country": "Country",
    "type": "Type of event",
    "state": "Status",
    "kind": "Kind of figure",
    "since": "From",
    "until": "To",
    "before": "Before",
    "text": "Words",
    "least": "At least",
    "articles": "Articles, at least",
    "below": "Confidence below",
    "min_confidence": "Confidence, at least",
}
"""A parameter's name for a reader; one that is not here is shown as it is, without underscores."""


def form(named: Question) -> dict[str, Any]:
    """A question as JSON values: name, group, title, description, path, and its parameters in their order.

    >>> from kg.query.named import question
    >>> form(question("doubtful"))["parameters"][0]["label"]
    'Confidence below'
    """
    return {
        "name": named.name,
        "group": named.group,
        "title": named.title,
        "description": named.description,
        "path": f"/api/questions/{named.name}",
        "parameters": [_field(p) for p in named.parameters],
    }


def forms() -> list[dict[str, Any]]:
    """All questions, group by group."""
    return [form(q) for q in sorted(questions(), key=lambda q: (GROUPS.index(q.group), q.title))]


def choices(parameter: Parameter) -> list[tuple[str, str]] | None:
    """The values of a parameter with a closed list, each with its words; None where any value of its type will do.

    >>> choices(Parameter("state", "status", None, ""))[2]
    ('Expected', 'planned, not yet happened')
    """
    from kg.draw.words import STATUS_WORDS, kind_in_words

    if parameter.type == "type":
        return [(name, kind_in_words(name, None)) for name in (*TYPES, *OWN_TYPES)]
    if parameter.type == "status":
        return [(name, STATUS_WORDS[name]) for name in CONCEPTS["status"]]
    if parameter.type == "figure":
        return [(name, name.lower()) for name in CONCEPTS["figure"]]
    return None


def _field(parameter: Parameter) -> dict[str, Any]:
    words = parameter.name.replace("_", " ")
    return {
        "name": parameter.name,
        "label": LABELS.get(parameter.name, words[:1].upper() + words[1:]),
        "type": parameter.type,
        "default": parameter.default,
        "help": parameter.help,
        "choices": choices(parameter),
    }
