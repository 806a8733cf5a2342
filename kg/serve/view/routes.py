"""``/api/view``: what the page of a large store asks for."""

from __future__ import annotations

import json
import math
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import unknown
from kg.query.named import Parameter
from kg.serve.fields import known_fields, once, url_fields
from kg.serve.protocol import content_type
from kg.serve.view.kinds import KINDS
from kg.serve.view.saving import MOST_SAVED
from kg.serve.view.wanted import LONGEST, MOST_WITHIN, wanted
from kg.serve.writing import as_json, written_json
from kg.vocab.namespaces import EV

VALUES: tuple[Parameter, ...] = (
    Parameter("kind", "text", None, f"Which kind of choice: {', '.join(KINDS)}."),
    Parameter("find", "text", None, f"Only values with this in their word, to {LONGEST} characters."),
    Parameter("every", "text", None, "1 for up to 500 values, also those without an event."),
)
"""Of ``/api/view/values``, besides those of ``/api/view``."""


def start(request: Request) -> Response:
    """``/api/view/start``: what does not change with the view: legend, words, days, the outline of the world."""
    import numpy as np

    known_fields(request, ())
    index = request.app.state.keeper.index()
    begun = np.sort(index["begin"][index["begin"] > 0])
    left_out = {"edges", "hubs", "spots", "flows", "kinds", "events", "actors"}
    told = {name: value for name, value in index.meta.items() if name not in left_out}
    kinds = {name: len(kind.values) for name, kind in index.kinds.items()}
    told |= {"state": index.state, "totalEvents": index.events, "totalActors": index.actors, "eventIds": EV}
    told |= {"mostWithin": MOST_WITHIN, "mostSaved": MOST_SAVED}
    return as_json(told | {"kinds": kinds, "days": _days(begun.tolist())})


def view(request: Request) -> Response:
    """``/api/view``: counts, drawing, rows and cards of the events that filters leave.

    Raises:
        HTTPException: 400, naming the parameter; 410, where a choice of events is not kept.
        PoolBusy: The events are being read.
    """
    from kg.serve.view.answer import view as answer
    from kg.serve.view.within import narrowed

    asked = wanted(url_fields(request))
    index = request.app.state.keeper.index()
    asked = narrowed(index, asked)
    with index.turn:
        text = answer(index, asked)
    return written_json(text)


def values(request: Request) -> Response:
    """``/api/view/values``: the values of one kind of choice, found by word.

    Raises:
        HTTPException: 400, naming the parameter; 410, where a choice of events is not kept.
        PoolBusy: The events are being read.
    """
    from kg.serve.view.answer import listed
    from kg.serve.view.chosen import choose
    from kg.serve.view.within import narrowed

    fields = url_fields(request)
    own = {p.name: once(fields, p.name) or "" for p in VALUES}
    if own["kind"] not in KINDS:
        raise HTTPException(400, f"kind: {unknown('kind of choice', own['kind'][:100], KINDS)}")
    if len(own["find"]) > LONGEST:
        raise HTTPException(400, f"find: has {len(own['find'])} characters; give {LONGEST} at most")
    asked = wanted({name: given for name, given in fields.items() if name not in own})
    index = request.app.state.keeper.index()
    asked = narrowed(index, asked)
    name, chosen = own["kind"], asked.chosen.get(own["kind"], ())
    told = listed(index, choose(index, asked), name, text=own["find"], every=own["every"] == "1", own=chosen)
    if name == "actor":
        places = [index.actor_named(value) for value, _, _ in told["values"]]
        told["nodes"] = {at: index.node(at) for at in places if at is not None}
    return as_json(told | {"state": index.state})


async def within(request: Request) -> Response:
    """``POST /api/view/within``: keeps a choice of events, and gives the name by which views ask for it.

    Raises:
        HTTPException: 400 or 415, where what was sent is no such choice.
        PoolBusy: The events are being read.
    """
    from kg.serve.view.within import keep

    media = "application/json"
    if content_type(request)[0] != media:
        raise HTTPException(415, f'send {media}: {{"events": ["IRI", ...]}}')
    iris = _iris(await request.body())
    return await run_in_threadpool(lambda: as_json(keep(request.app.state.keeper.index(), iris)))


def actors(request: Request) -> Response:
    """``/api/view/actors``: the actors of most events whose names have what is typed, for the boxes of questions.

    Raises:
        HTTPException: 400, naming the parameter.
        PoolBusy: The events are being read.
    """
    from kg.serve.view.suggesting import suggested

    find = known_fields(request, ("find",)).get("find", "")
    if len(find) > LONGEST:
        raise HTTPException(400, f"find: has {len(find)} characters; give {LONGEST} at most")
    return as_json(suggested(request.app.state.keeper.index(), find))


def _iris(body: bytes) -> list[str]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, 'the body is not JSON; send {"events": ["IRI", ...]}') from error
    events = told.get("events") if isinstance(told, dict) else None
    if not isinstance(events, list) or not all(isinstance(one, str) for one in events):
        raise HTTPException(400, 'events: a list of IRIs is missing; send {"events": ["IRI", ...]}')
    if len(events) > MOST_WITHIN:
        raise HTTPException(400, f"events: {len(events)} were given; give {MOST_WITHIN} at most")
    return events


def _days(begun: list[int]) -> list[str]:
    """The first day, those that a tenth of the events lie before and after, and the last."""
    if not begun:
        return []
    size = len(begun)
    places = (0, math.floor(size * 0.1), math.ceil(size * 0.9) - 1, size - 1)  # as endsOf of the page
    return [date.fromordinal(begun[at]).isoformat() for at in places]
