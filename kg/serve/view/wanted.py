"""What a view is asked for: the words of the page's own address, read strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from starlette.exceptions import HTTPException

from kg.errors import unknown
from kg.query.named import Parameter
from kg.serve.fields import Fields, once
from kg.serve.view.kinds import KINDS

COLUMNS = ("when", "what", "who", "whom", "type", "status", "tally")
VIEWS = ("both", "graph", "table", "map")
SHOWN = ("actor", "event", "edge", "hub")
TOP, MOST_NODES, MOST_ROWS, MOST_CARDS, LONGEST = 60, 300, 1000, 200, 200
LAST = 10_000_000
MOST_WITHIN = 20_000
"""Events of one choice by IRIs."""
PARAMETERS: tuple[Parameter, ...] = (
    *(Parameter(name, "text", None, f"Only events with this {name}; may be repeated.") for name in KINDS),
    Parameter("from", "text", None, "Only events that end on this day or later, as 2024-01-31."),
    Parameter("to", "text", None, "Only events that begin on this day or earlier."),
    Parameter("text", "text", None, f"Only events with this in label, quote or title, to {LONGEST} characters."),
    Parameter("confidence", "number", "0", "Only events with a report of this confidence or more, in percent."),
    Parameter("within", "text", None, "Only events of a choice, by the name that /api/view/within gave it."),
    Parameter("actors", "text", str(TOP), f"How many actors to draw, 1 to {TOP}, or all: {MOST_NODES}."),
    Parameter("unfold", "text", None, "An actor to draw besides, by its name in the address; may be repeated."),
    Parameter("remove", "text", None, "An actor not to draw, by its name in the address; may be repeated."),
    Parameter("show", "text", None, "What is selected, such as actor.france or event.1f3a."),
    Parameter("sort", "text", "when", f"Column of the table: {', '.join(COLUMNS)}; with .down from last to first."),
    Parameter("view", "text", "both", f"What is looked at: {', '.join(VIEWS)}; the map is told for map alone."),
    Parameter("rows", "number", "100", f"Events of the table, 0 to {MOST_ROWS}."),
    Parameter("skip", "number", "0", "Events of the table to leave out first."),
    Parameter("cards", "number", "20", f"Events of what is selected, 1 to {MOST_CARDS}."),
)  # fmt: skip
"""Of ``/api/view``; all but the last three are the words of the page's address."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_REPEATED = frozenset({*KINDS, "unfold", "remove"})
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A view that is well asked for; whether its names mean anything is for the index to say."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values by kind."""
    since: int = 0
    """Day of the proleptic calendar, 1 for the first of year 1; 0 for none."""
    until: int = 0
    text: str = ""
    least: float = 0.0
    """0 to 100."""
    within: str = ""
    """Names a choice of events; empty for none."""
    only: Any = None
    """The places of its events, as an array of whole numbers; None for all."""
    top: int = TOP
    """0 for all."""
    unfold: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    show: tuple[str, str] | None = None
    column: str = "when"
    down: bool = False
    map: bool = False
    rows: int = 100
    skip: int = 0
    cards: int = 20


def wanted(fields: Fields) -> Wanted:
    """The view that a query string asks for.

    Raises:
        HTTPException: 400, naming the parameter and what would be right.

    >>> wanted({"type": ("AID",), "sort": ("who.down",)}).column
    'who'
    """
    known = [p.name for p in PARAMETERS]
    for name in fields:
        if name not in known:
            raise HTTPException(400, unknown("parameter", name[:100], known))
    one = {name: value for name in fields if name not in _REPEATED and (value := once(fields, name))}
    column, _, down = one.get("sort", "when").partition(".")
    return Wanted(
        chosen={name: fields[name] for name in KINDS if fields.get(name)},
        since=_day("from", one.get("from")),
        until=_day("to", one.get("to")),
        text=_at_most("text", one.get("text", "")),
        least=_number("confidence", one.get("confidence", "0"), 0, 100),
        within=one.get("within", ""),
        top=0 if one.get("actors") == "all" else _number("actors", one.get("actors", str(TOP)), 1, TOP, "all or "),
        unfold=fields.get("unfold", ()),
        remove=fields.get("remove", ()),
        show=_shown(one.get("show")),
        column=_among("sort", column, COLUMNS),
        down=_among("sort", down or "up", ("up", "down")) == "down",
        map=_among("view", one.get("view", "both"), VIEWS) == "map",
        rows=_number("rows", one.get("rows", "100"), 0, MOST_ROWS),
        skip=_number("skip", one.get("skip", "0"), 0, LAST),
        cards=_number("cards", one.get("cards", "20"), 1, MOST_CARDS),
    )


def _day(name: str, text: str | None) -> int:
    if text is None:
        return 0
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text).toordinal()
    except ValueError as error:
        raise HTTPException(400, f"{name}: {text[:100]!r} is no day; write it as 2024-01-31") from error


def _number(name: str, text: str, least: int, most: int, besides: str = "") -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
        raise HTTPException(400, f"{name}: {text[:100]!r} is not {besides}a whole number from {least} to {most}")
    return int(text)


def _among(name: str, text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise HTTPException(400, f"{name}: {unknown('value', text[:100], known)}")
    return text


def _at_most(name: str, text: str) -> str:
    if len(text) > LONGEST:
        raise HTTPException(400, f"{name}: has {len(text)} characters; give {LONGEST} at most")
    return text


def _shown(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    kind, dot, name = text.partition(".")
    if not dot or kind not in SHOWN:
        raise HTTPException(400, f"show: {text[:100]!r} names nothing; write it as actor.france, event.KEY or the like")
    return kind, name
