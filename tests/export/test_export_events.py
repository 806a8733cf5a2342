from __future__ import annotations

import json
from datetime import date

import pytest

from kg.export import export
from kg.export.days import known_days
from kg.model import Article, Coded
from kg.store import Store

KEYS = [
    "event", "article", "type", "mode", "cameo", "status", "actors", "recipients", "third_parties", "place", "from", "to",
    "attributed_to", "quantities", "contexts", "confidence", "evidence",
]  # fmt: skip


def lines(store: Store, **options: bool) -> list[dict[str, object]]:
    return [json.loads(line) for line in export(store, format="events", **options).decode().splitlines()]  # type: ignore[call-overload]


def line(store: Store, event: str, article: str = "wire-1", **options: bool) -> dict[str, object]:
    (found,) = (
        x
        for x in lines(store, **options)
        if x["event"] == f"https://w3id.org/dekg/id/event/{event}" and x["article"] == article
    )
    return found


def test_each_line_has_the_promised_keys_in_order(store: Store) -> None:
    assert all(list(found) == KEYS for found in lines(store))


def test_an_event_has_one_line_for_each_article_that_tells_it(store: Store) -> None:
    told = [(x["article"], x["evidence"][0]["quote"]) for x in lines(store) if str(x["event"]).endswith("/e1")]  # type: ignore[index]
    assert told == [("wire-1", "Israel and Hamas agreed on a truce"), ("wire-2", "the truce of last week")]


def test_a_line_says_who_did_what_to_whom_with_whose_help(store: Store) -> None:
    found = line(store, "e1")
    assert found["type"] == "AGREE"
    assert found["mode"] is None
    assert found["cameo"] == "0871"
    assert found["contexts"] == ["military"]
    assert found["actors"] == [
        {"name": "Hamas", "country": "PSE", "id": "hamas", "role": "actor"},
        {"name": "Israel", "country": "ISR", "id": "israel", "role": "actor"},
    ]
    assert found["recipients"] == []
    assert found["third_parties"] == [{"name": "Qatar", "country": "QAT", "id": "qatar", "role": "mediator"}]
    assert (found["from"], found["to"], found["place"]) == ("2023-11-24", None, None)


def test_the_mode_stands_without_its_type(store: Store) -> None:
    assert line(store, "e8")["mode"] == "restrict"


def test_a_visit_to_come_is_recorded_as_an_agreement(store: Store) -> None:
    found = line(store, "e3")
    assert (found["type"], found["mode"], found["status"]) == ("AGREE", None, "future")


def test_what_is_only_asked_for_is_no_record_of_its_own(store: Store) -> None:
    assert not [x for x in lines(store) if x["event"].endswith("/e9")]
    assert [x for x in lines(store, untyped=True) if x["event"].endswith("/e9")]


def test_the_narrator_is_no_source(store: Store) -> None:
    assert line(store, "e1")["attributed_to"] is None
    assert line(store, "e2")["attributed_to"] == {"name": "Egypt", "country": "EGY", "id": "egypt"}


def test_evidence_and_confidence_are_those_of_the_article(store: Store) -> None:
    found = line(store, "e1", "wire-2")
    assert found["confidence"] == 0.7
    assert found["evidence"] == [
        {"quote": "the truce of last week", "start": 10, "end": 32, "trigger": "truce"},
        {"quote": "which both sides had accepted", "start": 40, "end": 69, "trigger": "accepted"},
    ]


def test_figures_keep_their_exactness(store: Store) -> None:
    assert line(store, "e4")["quantities"] == [
        {
            "kind": "killed",
            "value": 120.0,
            "approximation": "MoreThan",
            "unit": "people",
            "as_of": "1948-05-15",
        }
    ]


@pytest.mark.parametrize(
    ("event", "article", "status"),
    [
        ("e1", "wire-1", "occurred"),
        ("e1", "wire-2", "historical"),
        ("e3", "wire-1", "future"),
        ("e4", "wire-1", "historical"),
        ("e8", "wire-1", "ongoing"),
    ],
)
def test_the_status_is_worded_for_the_article(store: Store, event: str, article: str, status: str) -> None:
    assert line(store, event, article)["status"] == status


def test_events_without_a_plover_type_come_only_when_asked_for(store: Store) -> None:
    assert {x["type"] for x in lines(store)} >= {"AGREE", "CONSULT"}
    assert "Statement" not in {x["type"] for x in lines(store)}
    found = line(store, "e6", untyped=True)
    assert (found["type"], found["mode"]) == ("Statement", None)
    assert found["actors"] == [{"name": "Egypt", "country": "EGY", "id": "egypt", "role": "actor"}]


def test_the_text_comes_only_when_asked_for(store: Store) -> None:
    article = Article(id="wire-1", text="Israel and Hamas agreed on a truce.", published=date(2023, 12, 2))
    store.put_record("aaaaaaaaaaaaaaaa", Coded(article=article))
    assert line(store, "e2", text=True)["text"] == article.text
    assert line(store, "e1", "wire-2", text=True)["text"] is None


def test_lines_are_in_order_of_article_and_place(store: Store) -> None:
    places = [(x["article"], x["evidence"][0]["start"]) for x in lines(store)]  # type: ignore[index]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2023-11-24", ("2023-11-24", None)),
        ("2023-11-24/2023-12-01", ("2023-11-24", "2023-12-01")),
        ("../2023-12", (None, "2023-12")),
        ("2023-12-22/..", ("2023-12-22", None)),
        ("../..", (None, None)),
        ("1947?", ("1947", None)),
        ("2023-12-22~", ("2023-12-22", None)),
        ("2023-23", ("2023", None)),
        ("199X", (None, None)),
        ("XXXX-10-07", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_dates_are_cut_to_what_is_known(edtf: str | None, days: tuple[str | None, str | None]) -> None:
    assert known_days(edtf) == days
