"""A store of three hand-made articles, one of them hostile, a pool inside the process, and a client."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.errors import KgError, QueryError
from kg.graph import Run, article_quads
from kg.model import (
    Actor,
    Article,
    Coded,
    Event,
    EventMention,
    Factuality,
    Linked,
    Participant,
    Quantity,
    Sentence,
    Span,
    Status,
    When,
)
from kg.serve.answers import Request, Result
from kg.serve.app import make_app
from kg.serve.guards import Limits
from kg.store.guard import check
from kg.vocab.namespaces import PREFIXES

HOSTILE = "<script>alert(1)</script>\"' onmouseover=x \u202e{{ 7*7 }}"
ADA = Actor(id="ada", name="Ada Ruler", kind="person", country="AAA", sector="GOV", part_of="aland")
ALAND = Actor(id="aland", name="Aland", kind="state", country="AAA", wikidata="Q1")
BLAND = Actor(id="bland", name="Bland", kind="state", country="BBB")
PAPER = Actor(id="paper", name="Bland Post", kind="organization", sector="JRN")
EVIL = Actor(id="evil/<x>", name=HOSTILE, kind="person", country="BBB")
TEXT = "Ada Ruler phoned Bland on Friday, the Bland Post said. Over 30 people were killed in Aland."
OTHER = "Ada Ruler called Bland."
BAD = f"{HOSTILE} met Bland."


def p(actor: Actor) -> Participant:
    return Participant(actor=actor, role="actor")


def mention(article: Article, quote: str, trigger: str, **more: object) -> EventMention:
    start = article.text.index(quote)
    at = start + quote.index(trigger)
    told: dict[str, object] = {
        "article": article.key, "span": Span(start, start + len(quote)), "quote": quote, "sentence": 1,
        "trigger": trigger, "trigger_span": Span(at, at + len(trigger)), "rule": "hand", "confidence": 0.9,
    }  # fmt: skip
    return EventMention(**{**told, **more})  # type: ignore[arg-type]


ONE = Article(
    id="one", text=TEXT, published=date(2024, 3, 2), title="Leaders talk", publisher="Bland Post",
    url="https://news.example/one?a=1&b=2", reference="https://archive.example/1",
)  # fmt: skip
TWO = Article(id="two", text=OTHER, url="javascript:alert(1)")
THREE = Article(id="three", text=BAD, title=HOSTILE, publisher=HOSTILE, url='https://evil.example/"><script>')
CALL = Event(
    key="0000000000000001", type="CONSULT", mode="phone", cameo="041", label="Ada Ruler phones Bland",
    status=Status.OCCURRED, actors=(p(ADA),), recipients=(p(BLAND),),
    when=When(edtf="2024-03-01", begin=date(2024, 3, 1), end=date(2024, 3, 1), precision="Day"),
    mentions=(
        mention(ONE, "Ada Ruler phoned Bland on Friday", "phoned", attributed_to=(p(PAPER),)),
        mention(TWO, "Ada Ruler called Bland", "called", confidence=0.6),
    ),
)  # fmt: skip
KILLING = Event(
    key="0000000000000002", type="ASSAULT", label="Over 30 killed", status=Status.ONGOING, recipients=(p(ALAND),),
    quantities=(Quantity(kind="Killed", value=30.0, approximation="MoreThan", unit="person"),),
    mentions=(mention(ONE, "Over 30 people were killed in Aland", "killed", sentence=2, confidence=0.4),),
)  # fmt: skip
MEETING = Event(
    key="0000000000000003", type="CONSULT", label=f"{HOSTILE} to meet Bland", status=Status.EXPECTED,
    actors=(p(EVIL),), recipients=(p(BLAND),),
    when=When(edtf="2024-05", begin=date(2024, 5, 1), end=date(2024, 5, 31), precision="Month"),
    mentions=(mention(THREE, BAD[:-1], "met", factuality=Factuality.PROMISED, confidence=0.8),),
)  # fmt: skip
EVENTS = (CALL, KILLING, MEETING)


def coded(article: Article, *events: Event) -> Coded:
    cut = article.text.find(". ") + 1 or len(article.text)
    spans = [Span(0, cut)] + ([Span(cut + 1, len(article.text))] if cut < len(article.text) else [])
    sentences = tuple(Sentence(number=i, span=s, first=0, last=1) for i, s in enumerate(spans, start=1))
    return Coded(article=article, sentences=sentences, events=events)


RECORDS = (coded(ONE, CALL, KILLING), coded(TWO, CALL), coded(THREE, MEETING))


def quads() -> Iterator[ox.Quad]:
    """Each article's graph, and the union once more as the default graph."""
    linked = Linked(events=EVENTS)
    for record in RECORDS:
        run = Run.of(record.article.key, (("kg", "0.1"),))
        for quad in article_quads(record, linked, run):
            yield quad
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


@dataclass
class InProcess:
    """The pool's promise, kept without processes: no limits of time or memory."""

    rdf: ox.Store
    asked: list[Request] = field(default_factory=list)
    refreshed: threading.Event = field(default_factory=threading.Event)
    failing: Callable[[Request], KgError | None] = lambda _: None
    strict: bool = True
    """Whether the guard looks at the text first, as it does in the real one."""
    base: str | None = None
    """What relative IRIs are relative to."""

    def answer(self, request: Request) -> Result:
        self.asked.append(request)
        error = self.failing(request)
        if error:
            raise error
        if self.strict:
            check(request.sparql)
        try:
            found = self.rdf.query(request.sparql, prefixes=dict(PREFIXES), base_iri=self.base, **_dataset(request))
        except SyntaxError as error_:
            raise QueryError(f"line 1, column 1: not valid SPARQL here; {error_}") from error_
        if isinstance(found, ox.QueryTriples):
            form = ox.RdfFormat.from_media_type(request.media)
        else:
            form = ox.QueryResultsFormat.from_media_type(request.media)
        assert form is not None, request.media
        return Result(request.media, found.serialize(format=form) or b"")

    def refresh(self) -> None:
        self.refreshed.set()

    def close(self) -> None:
        pass

    def stats(self) -> Mapping[str, int]:
        return {"workers": 1, "answers_total": len(self.asked)}


def _dataset(request: Request) -> dict[str, Sequence[ox.NamedNode] | Sequence[ox.DefaultGraph]]:
    if not request.default_graphs and not request.named_graphs:
        return {}
    return {
        "default_graph": [ox.NamedNode(g) for g in request.default_graphs],
        "named_graphs": [ox.NamedNode(g) for g in request.named_graphs],
    }


@pytest.fixture(scope="session")
def rdf() -> ox.Store:
    """The graphs of the three articles; nobody may write to it."""
    store = ox.Store()
    store.extend(quads())
    return store


@pytest.fixture
def pool(rdf: ox.Store) -> InProcess:
    """A pool over it."""
    return InProcess(rdf)


@pytest.fixture
def client(pool: InProcess) -> Iterator[TestClient]:
    """A client of the service over that pool."""
    with TestClient(make_app("news/kg-store", pool), base_url="http://localhost", follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def small(pool: InProcess) -> Iterator[TestClient]:
    """The same with small limits: 200 bytes of URL, 1,000 of body, a tenth of a second for it."""
    limits = Limits(url_bytes=200, headers=20, header_bytes=1000, body_bytes=1000, body_s=0.1)
    with TestClient(make_app("kg-store", pool, limits=limits), base_url="http://localhost") as opened:
        yield opened


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether something comes to be so in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture(scope="session")
def keys() -> dict[str, str]:
    """The key of each article by its id."""
    return {record.article.id: record.article.key for record in RECORDS}
