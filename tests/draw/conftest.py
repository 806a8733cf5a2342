"""A small graph of every kind of event, one of hostile text, and a browser."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.draw.compose import compose
from kg.draw.facts import Facts
from kg.draw.picture import Evidence, Party, Picture, PictureEvent
from kg.store import Store, open_store
from kg.vocab.namespaces import PREFIXES
from kg.vocab.plover import TYPES

GRAPH = """
ent:aland a dk:State, sem:Actor ; skos:prefLabel "Aland"@en, "Pays d'A"@fr ; dk:country "AAA" .
ent:bland a dk:State, sem:Actor ; skos:prefLabel "Bland"@en ; dk:country "BBB" .
ent:cland a dk:State, sem:Actor ; skos:prefLabel "Cland"@en ; dk:country "CCC" .
ent:ada a dk:Person, sem:Actor ; skos:prefLabel "Ada Ruler"@en ; dk:country "AAA" ; dk:actorRole "GOV" .
ent:front a dk:Group, sem:Actor ; skos:prefLabel "Free Front"@en ; dk:country "BBB" ; dk:actorRole "REB" .
ent:league a dk:Organization, sem:Actor ; skos:prefLabel "League of Very Long Names and Even Longer Sittings"@en .
ent:press a dk:Organization ; skos:prefLabel "Morning Press"@en .
art:one a schema:NewsArticle ; schema:headline "Leaders talk" ; schema:publisher ent:press ;
  schema:datePublished "2024-03-02"^^xsd:date ; schema:url <https://news.example/one> ; schema:citation "Gazette 7" .
art:two a schema:NewsArticle ; schema:publisher ent:press .
<https://w3id.org/dekg/id/article/one#char=0,52> a nif:Sentence ; nif:beginIndex 0 ; dk:sentenceNumber 1 ;
  nif:referenceContext <urn:context:one> ; nif:anchorOf "\U0001f54a Ada Ruler phoned Bland on Friday, the League said." .
mn:call a dk:EventMention ; nif:beginIndex 2 ; nif:anchorOf "Ada Ruler phoned Bland" ; dk:sentenceNumber 1 ;
  nif:referenceContext <urn:context:one> ; dk:triggerBegin 12 ; dk:triggerEnd 18 ; dk:factuality dk:Asserted ;
  dk:polarity dk:Positive ; dk:attributedTo ent:league ; dk:attributedVia ent:press ; dk:confidence 0.9 ;
  prov:wasDerivedFrom art:one .
ev:call a sem:Event ; rdfs:label "Ada Ruler phones Bland"@en ; sem:eventType plover:CONSULT ; dk:mode plover:CONSULT-phone ;
  dk:cameo cameo:041 ; dk:eventStatus dk:Occurred ; dk:edtf "2024-03-01" ; sem:hasBeginTimeStamp "2024-03-01"^^xsd:date ;
  dk:actor ent:ada ; dk:recipient ent:bland ; gaf:denotedBy mn:call .
mn:visit a dk:EventMention ; nif:anchorOf "invited to come" ; dk:factuality dk:Invited ; dk:polarity dk:Positive ;
  dk:confidence 0.8 ; prov:wasDerivedFrom art:one .
ev:visit a sem:Event ; rdfs:label "Ada Ruler visits Bland"@en ; sem:eventType plover:CONSULT ; dk:mode plover:CONSULT-visit ;
  dk:eventStatus dk:Expected ; dk:edtf "2024-03-02/.." ; sem:hasEarliestBeginTimeStamp "2024-03-02"^^xsd:date ;
  dk:actor ent:ada ; dk:recipient ent:bland ; gaf:denotedBy mn:visit .
mn:strike a dk:EventMention ; nif:anchorOf "shelled the town" ; dk:factuality dk:Asserted ; dk:polarity dk:Positive ;
  dk:attributedTo ent:bland ; prov:wasDerivedFrom art:two .
mn:denial a dk:EventMention ; nif:anchorOf "shelled nobody" ; dk:factuality dk:Asserted ; dk:polarity dk:Negative ;
  dk:attributedTo ent:front ; prov:wasDerivedFrom art:two .
ev:strike a sem:Event ; rdfs:label "Free Front shells Bland"@en ; sem:eventType plover:ASSAULT ;
  dk:eventStatus dk:Occurred ; dk:edtf "2023-11" ; sem:hasBeginTimeStamp "2023-11-01"^^xsd:date ;
  sem:hasEndTimeStamp "2023-11-30"^^xsd:date ; dk:actor ent:front ; dk:recipient ent:bland ; sem:hasPlace ent:bland ;
  dk:quantity qty:strike-1 ; gaf:denotedBy mn:strike, mn:denial .
qty:strike-1 dk:quantityKind dk:Killed ; dk:approximation dk:AtLeast ; schema:minValue 30 ; schema:unitText "person" ;
    prov:wasAttributedTo ent:bland .
ev:talks a sem:Event ; rdfs:label "Cland mediates between Aland and Bland"@en ; sem:eventType plover:CONSULT ;
  dk:mode plover:CONSULT-third-party ; dk:eventStatus dk:Occurred ; dk:edtf "2024-01-10" ;
  sem:hasBeginTimeStamp "2024-01-10"^^xsd:date ; dk:actor ent:aland, ent:bland ; dk:mediator ent:cland .
ev:pact a sem:Event ; rdfs:label "Three states to sign a pact"@en ; sem:eventType plover:AGREE ; dk:eventStatus dk:Expected ;
  dk:actor ent:aland, ent:bland, ent:cland .
ev:plea a sem:Event ; rdfs:label "League asks Free Front to stop"@en ; sem:eventType plover:REQUEST ;
  dk:mode plover:REQUEST-yield ; dk:eventStatus dk:Occurred ; dk:edtf "2024-02" ; dk:actor ent:league ;
  dk:recipient ent:front ; dk:content ev:strike .
ev:speech a sem:Event, dk:Statement ; rdfs:label "League speaks"@en ; sem:eventType dk:Statement ; dk:eventStatus dk:Occurred ;
  dk:edtf "2024-03-01" ; sem:hasBeginTimeStamp "2024-03-01"^^xsd:date ; dk:speaker ent:league .
ev:nothing a sem:Event ; rdfs:label "Aland did not attack Cland"@en ; sem:eventType plover:ASSAULT ;
  dk:eventStatus dk:NotOccurred ; dk:edtf "2024-02-30" ; sem:hasBeginTimeStamp "2024-02-30" ;
  dk:actor ent:aland ; dk:recipient ent:cland .
"""

HOSTILE = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<svg onload=window.hacked=1>",
    "<svg/onload=window.hacked=1//",
    '" onmouseover="window.hacked=1',
    "' onfocus='window.hacked=1' autofocus='",
    "javascript:window.hacked=1",
    "JaVaScRiPt:window.hacked=1",
    "java\tscript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    "vbscript:window.hacked=1",
    "//evil.example/x.js",
    'https://evil.example/"onclick=window.hacked=1',
    "line\u2028window.hacked=1",
    "paragraph\u2029window.hacked=1",
    "{{ 7*7 }}{% for x in y %}",
    "${window.hacked=1}`",
    "{{constructor.constructor('window.hacked=1')()}}",
    "<!--<script>window.hacked=1",
    "]]><script>window.hacked=1</script>",
    "</style><script>window.hacked=1</script>",
    "</title><script>window.hacked=1</script>",
    "</textarea><iframe srcdoc='<script>parent.hacked=1</script>'>",
    "\\u003cscript\\u003ewindow.hacked=1\\u003c/script\\u003e",
    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
    "__proto__",
    "constructor",
    "\u202emid-txet desrever",
    "nul\x00byte \x1b[31m",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<base href=https://evil.example/>",
    "<a href=javascript:window.hacked=1>click</a>",
    "*{background:url(https://evil.example)}",
    "A" * 400,
)

WORDS = [
    "the",
    "minister",
    "of",
    "said",
    "talks",
    "on",
    "border",
    "after",
    "week",
    "government",
    "met",
    "with",
    "delegation",
    "from",
    "region",
    "agreed",
    "to",
    "send",
    "aid",
    "troops",
    "statement",
    "against",
    "decision",
    "council",
    "called",
    "for",
    "end",
    "violence",
    "trade",
    "envoy",
    "city",
    "north",
    "south",
    "would",
    "not",
]


def _parsed(turtle: str) -> list[ox.Triple]:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return [q.triple for q in ox.parse(head + turtle, format=ox.RdfFormat.TURTLE)]


@pytest.fixture
def fill() -> Iterator[Callable[[str], Store]]:
    """Makes a store in memory from Turtle without prefixes, in one named graph."""
    opened: list[Store] = []

    def make(turtle: str) -> Store:
        store = open_store(":memory:")
        opened.append(store)
        graph = "https://w3id.org/dekg/id/graph/test"
        store.replace(graph, [ox.Quad(*triple, ox.NamedNode(graph)) for triple in _parsed(turtle)])
        return store

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(fill: Callable[[str], Store]) -> Store:
    """Eight events between six actors: done, planned, denied, mediated, undated."""
    return fill(GRAPH)


@pytest.fixture
def hostile_store(fill: Callable[[str], Store]) -> Store:
    """Every hostile string as name, label, title, quote, publisher, citation and link."""
    lines = []
    for i, text in enumerate(HOSTILE):
        word = str(ox.Literal(text.replace("\x00", "\ufffd")))
        lines.append(f"""
        ent:h{i} a sem:Actor, dk:Person ; skos:prefLabel {word} ; dk:country {word} ; dk:actorRole {word} .
        art:h{i} a schema:NewsArticle ; schema:headline {word} ; schema:publisher ent:h{i} ; schema:citation {word} ;
          schema:url {word} ; schema:datePublished {word} .
        mn:h{i} a dk:EventMention ; nif:anchorOf {word} ; dk:factuality dk:Asserted ; dk:attributedTo ent:h{i} ;
          dk:confidence {word} ; prov:wasDerivedFrom art:h{i} .
        ev:h{i} a sem:Event ; rdfs:label {word} ; sem:eventType plover:CONSULT ; dk:eventStatus dk:Occurred ; dk:edtf {word} ;
          dk:actor ent:h{i} ; dk:recipient ent:h{(i + 1) % len(HOSTILE)} ; gaf:denotedBy mn:h{i} .""")
    lines.append('<javascript:window.hacked=1> a sem:Actor ; skos:prefLabel "iri" .')
    lines.append(
        "<javascript:window.hacked=2> a sem:Event ; sem:eventType <javascript:window.hacked=3> ; dk:actor <javascript:window.hacked=1> ."
    )
    return fill("\n".join(lines))


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens the text of a page from a file; ``page.trouble`` collects requests, console errors and dialogs."""
    contexts = []

    def open_page(html: str, *, width: int = 1400, height: int = 900, scheme: str = "light") -> Any:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8", newline="\n")
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.trouble = []
        own = path.as_uri()
        page.on("request", lambda r: r.url in (own, "data:,") or page.trouble.append(f"request {r.url}"))
        page.on("console", lambda m: m.type in ("error", "warning") and page.trouble.append(m.text))
        page.on("pageerror", lambda e: page.trouble.append(str(e)))
        page.on("dialog", lambda d: (page.trouble.append(f"dialog {d.message}"), d.dismiss()))
        page.goto(own)
        page.wait_for_selector("#rows tr, #no-rows:not([hidden])")
        return page

    yield open_page
    for context in contexts:
        context.close()


def _crowd(*, actors: int, events: int, seed: int = 1) -> Picture:
    """A picture of so many actors and events, each event with one report of some 25 words."""
    chance = random.Random(seed)
    names = [f"https://w3id.org/dekg/id/entity/actor-{i}" for i in range(actors)]
    made = []
    told = []
    for _ in range(events):
        a, b = (names[min(int(chance.expovariate(1 / 40)), actors - 1)] for _ in range(2))
        b = names[(names.index(b) + 1) % actors] if a == b else b
        kind = chance.choice(TYPES)
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(1800))
        iri = f"https://w3id.org/dekg/id/event/{chance.getrandbits(64):016x}"
        stance = chance.choice(("cooperation", "conflict", "neutral"))
        done = chance.random() < 0.8
        made.append(
            PictureEvent(
                id=iri,
                label=f"Actor {a[-3:]} · {kind.lower()} · Actor {b[-3:]}",
                type=kind,
                mode=None,
                kind_words=kind.lower(),
                stance=stance,
                status="Occurred" if done else "Expected",
                status_words="happened" if done else "planned, not yet happened",
                when_words=f"{day:%d %B %Y}",
                done=done,
                begin=day,
                end=day,
                parties=(Party("actor", a), Party("recipient", b)),
                codes=(f"PLOVER {kind}",),
                confidence=round(chance.random(), 3),
                score=round(chance.uniform(-10, 10), 1),
                reported_as=(iri[-16:],),
            )
        )
        words = [chance.choice(WORDS) for _ in range(25)]
        number = chance.randrange(max(1, events // 4))
        told.append(
            Evidence(
                event=iri,
                parts=(
                    ("text", " ".join(words[:9]) + " "),
                    ("trigger", words[9]),
                    ("text", " " + " ".join(words[10:])),
                ),
                says=f"Press {number % 40}",
                sayers=(f"Press {number % 40}",),
                factuality="stated as fact",
                title=f"{words[0]} {words[1]} {number}",
                source=f"Press {number % 40}, {day:%d %B %Y}",
                publisher=f"Press {number % 40}",
                article=f"urn:article:{number}",
                link=f"https://news.example/{number}",
                confidence=round(chance.random(), 3),
            )
        )
    picture = compose(Facts(events={e.id: {} for e in made}), title="Many events", events=made)
    return replace(picture, evidence=tuple(told))


@pytest.fixture(scope="session")
def crowd() -> Callable[..., Picture]:
    """Makes pictures of many made-up events."""
    return _crowd
