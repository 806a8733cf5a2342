"""The parts of the OpenAPI document on changing the store, for a service that takes updates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.store.updating import FORMATS

SCHEMES: Mapping[str, Any] = {"token": {"type": "http", "scheme": "bearer"}}
_TEXT = {"type": "string"}
_GRAPH = (
    {"name": "graph", "in": "query", "description": "The IRI of a graph of your own.", "schema": _TEXT},
    {"name": "default", "in": "query", "description": "The default graph, of a scratch store only.", "schema": _TEXT},
)
_USING = tuple(
    {"name": name, "in": "query", "description": f"Graphs that {what}.", "schema": {"type": "array", "items": _TEXT}}
    for name, what in (
        ("using-graph-uri", "patterns are asked over"),
        ("using-named-graph-uri", "GRAPH may name in patterns"),
    )
)
_REFUSALS: Mapping[str, str] = {
    "400": "It is wrong.",
    "401": "The token is missing or wrong.",
    "403": "It would change what the articles say, reach something outside, or comes from a page of another origin.",
    "413": "It is past a limit of size.",
    "503": "Too busy, or out of memory.",
    "504": "It took too long and was stopped.",
}


def _operation(
    summary: str, parameters: Iterable[Mapping[str, Any]], done: Mapping[str, str], body: Iterable[str] = ()
) -> dict[str, Any]:
    told = {status: {"description": text} for status, text in {**done, **_REFUSALS}.items()}
    found: dict[str, Any] = {
        "summary": summary,
        "description": "",
        "parameters": list(parameters),
        "security": [{"token": []}],
        "responses": told,
    }
    if content := {media: {"schema": _TEXT} for media in body}:
        found["requestBody"] = {"required": True, "content": content}
    return found


_READ = {
    "summary": "A whole graph.",
    "description": "Graph Store Protocol.",
    "parameters": list(_GRAPH),
    "responses": {"200": {"description": "All its triples."}, "404": {"description": "No such graph."}},
}
PATHS: Mapping[str, Any] = {
    "/sparql": {
        "post": _operation(
            "A SPARQL 1.1 update, as one transaction; it writes graphs of your own.",
            _USING,
            {"204": "Done; whoever asks from now on sees it."},
            ("application/sparql-update", "application/x-www-form-urlencoded"),
        )
    },
    "/graphs": {
        "get": _READ,
        "put": _operation("A graph of your own, put whole.", _GRAPH, {"201": "Made.", "204": "Replaced."}, FORMATS),
        "post": _operation(
            "Triples added to a graph; without a name a new one is made.",
            _GRAPH,
            {"201": "Made.", "204": "Added."},
            FORMATS,
        ),
        "delete": _operation("A graph of your own, taken away.", _GRAPH, {"204": "Gone.", "404": "No such graph."}),
    },
}
"""The paths, by method."""
