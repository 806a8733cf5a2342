"""The description of the API for programs (OpenAPI 3.1) and, as a page, for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg.query.named import Parameter, Question, question, questions
from kg.serve import openapi_writing as writing
from kg.serve.api import MOST_OFFSET, MOST_ROWS, PAGING, QUESTIONS
from kg.serve.events import FILTERS
from kg.serve.pages import page
from kg.serve.view import routes as views
from kg.serve.view.saving import MEDIA, MOST_SAVED
from kg.serve.view.wanted import LONGEST, MOST_WITHIN, PARAMETERS
from kg.serve.writing import as_json

_TYPES: Mapping[str, Mapping[str, Any]] = {
    "number": {"type": "number"},
    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "country": {"type": "string", "pattern": "^[A-Za-z]{3}$"},
    "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
}
_PAGING_TYPES: Mapping[str, Mapping[str, Any]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
    "offset": {"type": "integer", "minimum": 0, "maximum": MOST_OFFSET},
}
_ENTITY = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}, "country": {"type": ["string", "null"]}},
}
_TEXT = {"type": ["string", "null"]}
_SCHEMAS: Mapping[str, Any] = {
    "Entity": _ENTITY,
    "Event": {
        "type": "object",
        "properties": {
            **{name: {"type": "string"} for name in ("id", "key", "label", "type")},
            **dict.fromkeys(("mode", "cameo", "status", "date", "begin", "end"), _TEXT),
            **{
                name: {"type": "array", "items": {"$ref": "#/components/schemas/Entity"}}
                for name in ("actors", "recipients", "third_parties")
            },
            "place": {"anyOf": [{"$ref": "#/components/schemas/Entity"}, {"type": "null"}]},
            "confidence": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "reports": {"type": "integer", "minimum": 0},
        },
    },
    "Events": {
        "type": "object",
        "properties": {
            **{name: {"type": "integer"} for name in ("total", "limit", "offset")},
            "events": {"type": "array", "items": {"$ref": "#/components/schemas/Event"}},
        },
    },
    "Rows": {
        "type": "object",
        "properties": {
            **{name: {"type": "integer"} for name in ("total", "limit", "offset")},
            "columns": {"type": "array", "items": {"type": "string"}},
            "rows": {"type": "array", "items": {"type": "object"}},
        },
    },
    "View": {
        "type": "object",
        "description": "Events, actors, lines and diamonds are named by their places, and told in ``told``.",
        "properties": {
            "state": {"type": "string", "description": "Names the state of the store; places hold within one."},
            **{name: {"type": "integer", "minimum": 0} for name in ("events", "actors", "passing")},
            "unknown": {"type": "array", "description": "Kinds and values that no event has; they are passed over."},
            "kinds": {
                "type": "object",
                "description": "By kind of choice: values, words, and counts of one more click.",
            },
            "days": {"type": "object", "description": "Events by first day, of each stance; scores of what happened."},
            "score": {"type": "array", "description": "Sum and number of the PLOVER scores of what happened."},
            "graph": {
                "type": "object",
                "description": "Actors, lines and diamonds to draw; lines tell what is not done.",
            },
            "map": {"type": ["object", "null"], "description": "Places, countries and flows, where the view is map."},
            "rows": {"type": "array", "items": {"type": "integer"}},
            "shown": {
                "type": "object",
                "description": "The events of what is selected, newest first; else the latest.",
            },
            "unfolded": {"type": "array", "items": {"type": "integer"}},
            "told": {"type": "object", "description": "Actors, lines, diamonds and events by place."},
        },
    },
    "ViewStart": {
        "type": "object",
        "description": "What holds for all views of one state of the store.",
        "properties": {
            "state": {"type": "string"},
            **{name: {"type": "integer"} for name in ("totalEvents", "totalActors")},
            **{name: {"type": "object"} for name in ("legend", "ranges", "words", "kinds")},
            **{name: {"type": "array"} for name in ("days", "capitals")},
            "world": {"type": "string", "description": "The outline of the land, as the path of an SVG in degrees."},
        },
    },
    "ViewValues": {
        "type": "object",
        "properties": {
            "state": {"type": "string"},
            "values": {"type": "array", "description": "Each a value, its word and its count."},
            **{name: {"type": "integer", "minimum": 0} for name in ("left", "all")},
            "nodes": {"type": "object", "description": "Of actors: what the page draws, by place."},
        },
    },
    "Suggested": {
        "type": "object",
        "properties": {
            "actors": {"type": "array", "description": "Each what a question takes for it, its name and its events."},
            "left": {"type": "integer", "minimum": 0},
        },
    },
    "Choice": {
        "type": "object",
        "properties": {
            "state": {"type": "string"},
            "within": {"type": "string", "description": "The name of the choice, for views of the same state."},
            **{name: {"type": "integer", "minimum": 0} for name in ("known", "unknown")},
        },
    },
    "Questions": {"type": "object", "properties": {"questions": {"type": "array", "items": {"type": "object"}}}},
    "Problem": {
        "type": "object",
        "properties": {
            **{name: {"type": "string"} for name in ("type", "title", "detail")},
            "status": {"type": "integer"},
        },
    },
}


_FIND = (Parameter("find", "text", None, f"In the name or the IRI, to {LONGEST} characters; none for all."),)
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_CHOICE: Mapping[str, Any] = {
    "post": {
        "summary": "Keeps a choice of events, for views of these alone.",
        "description": f"Up to {MOST_WITHIN:,} IRIs; the same events have the same name.",
        "parameters": [],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "events": {"type": "array", "items": {"type": "string"}, "maxItems": MOST_WITHIN}
                        },
                        "required": ["events"],
                    }
                }
            },
        },
        "responses": {
            "200": {
                "description": "The name of the choice.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Choice"}}},
            },
            "400": {"description": "It is no list of IRIs, or too long.", "content": _PROBLEM},
            "503": {"description": "The events are being read; see Retry-After.", "content": _PROBLEM},
        },
    }
}


def as_openapi(request: Request) -> Response:
    """``/openapi.json``."""
    return as_json(_told(request))


def as_page(request: Request) -> Response:
    """``/docs``: the same in words, with nothing loaded from elsewhere."""
    told = _told(request)
    return page("docs.html", title="The JSON API", paths=told["paths"], schemas=told["components"]["schemas"])


def _told(request: Request) -> dict[str, Any]:
    return document(str(request.base_url).rstrip("/"), writable=request.app.state.gate is not None)


def document(server: str, *, writable: bool = False) -> dict[str, Any]:
    """The OpenAPI document, made of the same tables that the handlers read.

    Args:
        server: The service's address.
        writable: Whether it takes updates.

    >>> sorted(document("http://localhost")["paths"])[:3]
    ['/api/actors', '/api/dyads', '/api/events']
    """
    import kg

    paths: dict[str, Any] = {
        "/api/events": _path("Events by actor, country, type, status and time.", (*FILTERS, *PAGING), "Events"),
        "/api/view": _path("What the page at /explore shows of the events that filters leave.", PARAMETERS, "View"),
        "/api/view/start": _path("Legend, words, days and outline of the world for these views.", (), "ViewStart"),
        "/api/view/values": _path(
            "The values of one kind of choice, found by word.", (*views.VALUES, *PARAMETERS), "ViewValues"
        ),
        "/api/view/actors": _path("Actors whose names have a text, those of most events first.", _FIND, "Suggested"),
        "/api/view/within": _CHOICE,
        **{f"/api/view/events.{kind}": _file(kind) for kind in MOST_SAVED},
        "/api/questions": _path("The named questions with their parameters.", (), "Questions"),
    }
    for path, name in QUESTIONS.items():
        paths[path] = _asked(question(name))
    for named in questions():
        paths[f"/api/questions/{named.name}"] = _asked(named)
        paths[f"/api/questions/{named.name}/sparql"] = _written(named)
    components: dict[str, Any] = {"schemas": _SCHEMAS}
    if writable:
        paths |= writing.PATHS
        components["securitySchemes"] = writing.SCHEMES
    return {
        "openapi": "3.1.0",
        "info": {"title": "kg", "version": kg.__version__, "description": "Who did what to whom, when, who says so."},
        "servers": [{"url": server}],
        "paths": paths,
        "components": components,
    }


def _asked(named: Question) -> dict[str, Any]:
    return _path(f"{named.title}.", (*named.parameters, *PAGING), "Rows", named.description)


def _written(named: Question) -> dict[str, Any]:
    told = _path(f"{named.title}, as SPARQL.", named.parameters, "Rows")
    told["get"]["responses"]["200"]["content"] = {"application/sparql-query": {"schema": {"type": "string"}}}
    return told


def _file(kind: str) -> dict[str, Any]:
    told = _path(f"All events that filters leave, as {kind.upper()}.", PARAMETERS, "View")
    responses = told["get"]["responses"]
    responses["200"]["content"] = {MEDIA[kind]: {"schema": {"type": "string"}}}
    responses["413"] = {"description": f"More than {MOST_SAVED[kind]:,} events pass.", "content": _PROBLEM}
    return told


def _path(summary: str, parameters: Iterable[Parameter], schema: str, description: str = "") -> dict[str, Any]:
    found = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {
        "get": {
            "summary": summary,
            "description": description,
            "parameters": [_parameter(p) for p in parameters],
            "responses": {
                "200": {"description": "A whole page of the answer.", "content": found},
                "400": {"description": "A parameter is wrong.", "content": _PROBLEM},
                "429": {
                    "description": "Too many requests of your address at once; see Retry-After.",
                    "content": _PROBLEM,
                },
                "503": {"description": "Too busy; see Retry-After.", "content": _PROBLEM},
                "504": {"description": "It took too long.", "content": _PROBLEM},
            },
        }
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_PAGING_TYPES.get(parameter.name) or _TYPES.get(parameter.type, {"type": "string"}))
    if parameter.default is not None:
        kind = {"integer": int, "number": float}.get(schema["type"], str)
        schema["default"] = kind(parameter.default)
    return {"name": parameter.name, "in": "query", "description": parameter.help, "schema": schema}
