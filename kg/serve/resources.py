"""The pages and RDF of what the project's IRIs name: ``/event/KEY``, ``/actor/KEY``, ``/article/KEY``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.draw.evidence import safe_link
from kg.query.properties import Properties, one
from kg.serve import things
from kg.serve.answers import Request as Query
from kg.serve.asking import Asked
from kg.serve.negotiation import HTML, SUFFIXES, TRIPLES, negotiated
from kg.serve.one_state import of_one_state
from kg.serve.pages import local_link, page
from kg.serve.protocol import written
from kg.vocab.iris import article_iri, entity_iri, event_iri
from kg.vocab.names import local_name

_MOST_LINKS = 1000
_EVENT = f"""CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?thing {{ UNDEF }} ?thing a sem:Event ; ?p ?o BIND(?thing AS ?s) }}
  UNION {{ {{ SELECT DISTINCT ?s WHERE {{ VALUES ?thing {{ UNDEF }} ?thing gaf:denotedBy ?s }}
    ORDER BY ?s LIMIT {things.MOST_REPORTS} }} ?s ?p ?o }}
  UNION {{ VALUES ?thing {{ UNDEF }} ?thing dk:quantity ?s . ?s ?p ?o }}
  UNION {{ VALUES ?thing {{ UNDEF }} ?thing ({things.TAKES_PART}|sem:hasPlace) ?s . ?s skos:prefLabel ?o
    BIND(skos:prefLabel AS ?p) }}
}}"""
_ACTOR = f"""CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?thing {{ UNDEF }} ?thing ?p ?o BIND(?thing AS ?s) FILTER(?p != gaf:denotedBy) }}
  UNION {{ SELECT ?s ?p ?o WHERE {{
    VALUES ?thing {{ UNDEF }} ?s ?p ?thing ; a sem:Event BIND(?thing AS ?o) }} ORDER BY ?s ?p LIMIT {_MOST_LINKS} }}
}}"""
_ARTICLE = f"""CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?thing {{ UNDEF }} ?thing ?p ?o BIND(?thing AS ?s) }}
  UNION {{ SELECT ?s ?p ?o WHERE {{ VALUES ?thing {{ UNDEF }} ?o prov:wasDerivedFrom ?thing . ?s gaf:denotedBy ?o ;
    a sem:Event BIND(gaf:denotedBy AS ?p) }} ORDER BY ?s ?o LIMIT {_MOST_LINKS} }}
}}"""
_THERE = "ASK { VALUES ?thing { UNDEF } ?thing a ?class }"

KINDS: Mapping[str, tuple[Callable[[str], str], str]] = {
    "event": (event_iri, _EVENT),
    "actor": (entity_iri, _ACTOR),
    "article": (article_iri, _ARTICLE),
}
"""For each kind how its IRIs are made from keys, and the RDF that is given of it."""

FACTS: Mapping[str, str] = {
    "country": "country",
    "actorRole": "sector",
    "partOf": "part of",
    "placeKind": "kind of place",
    "isPartOf": "lies in",
    "exactMatch": "the same elsewhere",
    "identifier": "id",
    "datePublished": "published",
    "publisher": "publisher",
    "dateline": "dateline",
    "inLanguage": "language",
    "url": "address",
    "citation": "taken from",
    "license": "licence",
}
"""The properties that a page of an actor or article tells, in order, in words."""


def resource(request: Request) -> Response:
    """One event, actor or article, as a page or as RDF, by the ending of the path or by what is accepted.

    Raises:
        HTTPException: 404, 406.
        QueryError: As ``Answers.answer`` has it.
    """
    kind, key, media = _named(request)
    make, construct = KINDS[kind]
    iri = make(key)
    response = of_one_state(
        request.app.state.asked,
        lambda asked: _page(asked, kind, iri) if media == HTML else _rdf(asked, construct, iri, media),
    )
    if response is None:
        raise HTTPException(404, f"no {kind} with the key {key[:200]!r} in this store")
    response.headers["Link"] = f'<{iri}>; rel="describes"'
    return response


def see_other(request: Request) -> Response:
    """Where what ``/id/KIND/KEY`` names is told of: the IRIs of the graph name things, not pages."""
    kind = {"entity": "actor"}.get(request.path_params["kind"], request.path_params["kind"])
    if kind not in (*KINDS, "graph"):
        raise HTTPException(404, f"nothing is told of {kind[:100]!r} by itself; ask /sparql to DESCRIBE it")
    key: str = request.path_params["key"]
    link = local_link(KINDS[kind][0](key)) if kind in KINDS else None
    return RedirectResponse(link or f"/{kind}/{quote(key, safe='')}", 303)


def _named(request: Request) -> tuple[str, str, str]:
    """Kind, key and media type that a request asks for."""
    kind = request.url.path.split("/", 2)[1]
    key: str = request.path_params["key"]
    written_as: bytes = request.scope.get("raw_path") or b""
    for suffix, media in SUFFIXES.items():
        # In a key that ends so itself the dot comes as %2E.
        if key.endswith(suffix) and len(key) > len(suffix) and written_as.endswith(suffix.encode()):
            return kind, key.removesuffix(suffix), media
    return kind, key, negotiated(request, (HTML, *TRIPLES))


def _rdf(asked: Asked, construct: str, iri: str, media: str) -> Response | None:
    if not asked.query(asked.bound(_THERE, thing=[iri])).truth:
        return None
    return written(asked.pool.answer(Query(asked.bound(construct, thing=[iri]), TRIPLES[media])).body, media)


def _page(asked: Asked, kind: str, iri: str) -> Response | None:
    if kind == "event":
        found = things.event_page(asked, iri)
        return page("event.html", title=found.event.label, iri=iri, forms=_forms(iri), found=found) if found else None
    about = things.properties_of(asked, iri)
    if not about:
        return None
    events = things.events_of(asked, iri, told_in=kind == "article")
    title = one(about, "prefLabel", "headline", "label") or f"{kind} {local_name(iri)}"
    return page(
        "thing.html",
        title=title,
        iri=iri,
        forms=_forms(iri),
        facts=_facts(asked, about),
        classes=", ".join(sorted({local_name(c) for c in about.get("type", ())})),
        events=events[: things.MOST_EVENTS],
        more=len(events) > things.MOST_EVENTS,
        key=local_name(iri),
        told_in=kind == "article",
    )


def _forms(iri: str) -> list[tuple[str, str]]:
    """The other forms of a page: media type and path."""
    return [(media, f"{local_link(iri)}{end}") for end, media in SUFFIXES.items() if media != HTML]


def _facts(asked: Asked, about: Properties) -> list[tuple[str, str, str | None]]:
    """What is told, its value in words, and where it leads if a browser may go there."""
    names = things.names_of(asked, [v for p in FACTS for v in about.get(p, ()) if local_link(v)])
    return [
        (words, names.get(value, value), local_link(value) or safe_link(value))
        for name, words in FACTS.items()
        for value in about.get(name, ())
    ]
