"""What an answer must look like: the schema that is sent, and the records that what comes back is read into."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kg.model import Factuality
from kg.vocab.plover import CONTEXTS, MODES, OWN_TYPES, SECTORS, TYPES
from kg.vocab.terms import SCHEMES

KINDS: Final = ("state", "person", "organization", "group", "collective")
ROLES: Final = ("mediator", "host", "guarantor", "beneficiary", "target")
AGREEMENTS: Final = ("ceasefire", "treaty", "deal", "memorandum", "other")
CHANGES: Final = tuple(s for s in SCHEMES["AgreementStatusScheme"] if s not in ("Proposed", "Agreed", "InForce"))
_ALL_MODES: Final = tuple(sorted({mode for modes in MODES.values() for mode in modes}))

_Schema = dict[str, Any]
"""JSON Schema, which is free in form."""


def _one_of(values: tuple[str, ...], *, or_none: bool = False) -> _Schema:
    if or_none:
        return {"type": ["string", "null"], "enum": [*values, None]}
    return {"type": "string", "enum": list(values)}


def _many(items: _Schema) -> _Schema:
    return {"type": "array", "items": items}


def _record(**fields: _Schema) -> _Schema:
    """An object with exactly these fields; strict decoding wants all of them required."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


_WORDS: Final[_Schema] = {"type": "string"}
_WORDS_OR_NONE: Final[_Schema] = {"type": ["string", "null"]}
_PERSON: Final[dict[str, _Schema]] = {
    "mention": _WORDS,
    "name": _WORDS,
    "kind": _one_of(KINDS),
    "country": _WORDS_OR_NONE,
    "sector": _one_of(SECTORS, or_none=True),
}
_EVENT: Final = _record(
    sentence={"type": "integer"},
    trigger=_WORDS,
    type=_one_of((*TYPES, *OWN_TYPES)),
    mode=_one_of(_ALL_MODES, or_none=True),
    actors=_many(_record(**_PERSON)),
    recipients=_many(_record(**_PERSON)),
    third_parties=_many(_record(role=_one_of(ROLES), **_PERSON)),
    factuality=_one_of(tuple(Factuality)),
    positive={"type": "boolean"},
    ongoing={"type": "boolean"},
    attributed_to=_many(_record(**_PERSON)),
    time=_WORDS_OR_NONE,
    place=_WORDS_OR_NONE,
    contexts=_many(_one_of(CONTEXTS)),
    about=_many({"type": "integer"}),
    agreement=_one_of(AGREEMENTS, or_none=True),
    change=_one_of(CHANGES, or_none=True),
)
SCHEMA: Final = _record(events=_many(_EVENT))
"""JSON Schema of an answer, in the subset that strict decoders know."""


def _none_is_empty(value: object) -> object:
    return [] if value is None else value


_Text = Annotated[str, Field(max_length=1000)]
_Code = Annotated[str, Field(max_length=100)]


class _Said(BaseModel):
    # An endpoint that does not hold the model to the schema may add fields; they say nothing.
    model_config = ConfigDict(extra="ignore", frozen=True)


class SaidPerson(_Said):
    """A participant as the model tells it; nothing in it is checked yet but its form."""

    mention: _Text
    name: _Text = ""
    kind: _Code = "collective"
    country: _Code | None = None
    sector: _Code | None = None
    role: _Code = ""


_People = Annotated[list[SaidPerson], BeforeValidator(_none_is_empty), Field(max_length=30)]


class SaidEvent(_Said):
    """An event as the model tells it; nothing in it is checked yet but its form."""

    sentence: int
    trigger: _Text
    type: _Code
    factuality: _Code
    positive: bool
    mode: _Code | None = None
    actors: _People = []
    recipients: _People = []
    third_parties: _People = []
    ongoing: bool = False
    attributed_to: _People = []
    time: _Text | None = None
    place: _Text | None = None
    contexts: Annotated[list[_Code], BeforeValidator(_none_is_empty), Field(max_length=100)] = []
    about: Annotated[list[int], BeforeValidator(_none_is_empty), Field(max_length=100)] = []
    agreement: _Code | None = None
    change: _Code | None = None
