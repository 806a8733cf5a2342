"""The view that the server counts, against the same counted one by one over the data of the offline page."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from kg.serve.fields import fields_of
from kg.serve.view.answer import view
from kg.serve.view.index import Index
from kg.serve.view.kinds import KINDS, short_names
from kg.serve.view.texts import plain
from kg.serve.view.wanted import Wanted, wanted
from tests.serve.view.conftest import some_address


def values_of(data: dict[str, Any], event: dict[str, Any], kind: str) -> set[str]:
    """The values of an event of the offline page, as its ``facets.js`` has them."""
    nodes = data["nodes"]
    names = data.setdefault("names", short_names([n["id"] for n in nodes]))
    actors = {at for _, at in event.get("parties", ())}
    reports = event.get("reports", ())
    match kind:
        case "stance" | "status" | "type":
            return {event[kind]}
        case "mode":
            return {f"{event['type']}-{event['mode']}"} if event.get("mode") else set()
        case "actor":
            return {names[at] for at in actors}
        case "country" | "sector":
            return {value for at in actors if (value := nodes[at].get(kind))}
        case "place":
            return {name for name, _, _ in event.get("spots", ())} or {p for p in [event.get("place")] if p}
        case "publisher":
            return {p for r in reports if (p := data["articles"][r["article"]].get("publisher"))}
        case "article":
            return {titles(data)[r["article"]] for r in reports}
        case _:
            return {sayer for r in reports for sayer in r.get("sayers", ())}


def titles(data: dict[str, Any]) -> list[str]:
    if "titles" not in data:
        taken: list[str] = []
        for article in data["articles"]:
            tries = [article["title"], f"{article['title']} ({article['source']})"]
            taken.append(next((t for t in tries if t not in taken), f"{tries[1]} {len(taken)}"))
        data["titles"] = taken
    found: list[str] = data["titles"]
    return found


def timely(event: dict[str, Any], asked: Wanted, data: dict[str, Any]) -> bool:
    from datetime import date

    if not asked.since and not asked.until:
        return True
    if "begin" not in event:
        return False
    begin, end = (date.fromisoformat(event[name]).toordinal() for name in ("begin", "end"))
    return (not asked.since or end >= asked.since) and (not asked.until or begin <= asked.until)


def words(data: dict[str, Any], event: dict[str, Any]) -> str:
    reports = event.get("reports", ())
    quotes = ["".join(text for _, text in r.get("parts", ())) for r in reports]
    return plain("\n".join([event["label"], *(data["articles"][r["article"]]["title"] for r in reports), *quotes]))


@pytest.mark.parametrize("seed", range(60))
def test_a_view_counts_what_counting_one_by_one_counts(index: Index, embedded: dict[str, Any], seed: int) -> None:
    asked = wanted(fields_of(some_address(index, seed).encode()))
    told = json.loads(view(index, asked))
    events = embedded["events"]
    assert told["events"] == len(events)

    def passes(event: dict[str, Any], but: str = "") -> bool:
        if (event.get("confidence") or 0) * 100 < asked.least:
            return False
        if asked.text.strip() and plain(asked.text.strip()) not in words(embedded, event):
            return False
        chosen = {k: v for k, v in asked.chosen.items() if k != but}
        return all(values_of(embedded, event, k) & set(v) for k, v in chosen.items())

    passing = [at for at, e in enumerate(events) if passes(e) and timely(e, asked, embedded)]
    assert told["passing"] == len(passing)
    assert set(told["rows"]) == set(passing) if len(passing) <= 100 else set(told["rows"]) <= set(passing)
    for kind in KINDS:
        counts = Counter(
            v for e in events if timely(e, asked, embedded) and passes(e, kind) for v in values_of(embedded, e, kind)
        )
        listed = told["kinds"][kind]["values"]
        assert [(v, counts[v]) for v, _, _ in listed] == [(v, n) for v, _, n in listed]
    days = Counter(e["begin"] for e in events if passes(e) and "begin" in e)
    assert dict(zip(told["days"]["day"], map(sum, told["days"]["stances"]), strict=True)) == days
    happened = [events[at]["score"] for at in passing if events[at].get("done") and "score" in events[at]]
    assert told["score"] == [pytest.approx(sum(happened), abs=0.01), len(happened)]
    done = {at for at in passing if events[at].get("done")}
    for at, number, _, _, *undone in told["graph"]["edges"]:
        edge = embedded["edges"][at]
        assert (number, edge["done"]) == (
            len(set(edge["events"]) & set(passing)),
            told["told"]["edges"][str(at)]["done"],
        )
        assert set(edge["events"]) & set(passing) <= done if edge["done"] else not done & set(edge["events"])
        assert sum(undone) == number
    for at, number, *_ in told["graph"]["hubs"]:
        assert number == len(set(embedded["hubs"][at]["events"]) & set(passing))


def test_what_is_not_done_is_never_told_as_done(index: Index, embedded: dict[str, Any]) -> None:
    for at, event in enumerate(embedded["events"]):
        card = index.card(at)
        assert (card["id"], card.get("done", False), card["statusWords"]) == (
            event["id"],
            event.get("done", False),
            event["statusWords"],
        )
        assert [r["parts"] for r in card.get("reports", [])] == [
            [list(p) for p in r["parts"]] for r in event.get("reports", [])
        ]


def test_a_value_that_no_event_has_is_passed_over_and_told(index: Index) -> None:
    told = json.loads(view(index, wanted({"type": ("AID", "NOSUCH"), "show": ("actor.nobody",)})))
    assert told["unknown"] == [["type", "NOSUCH"]]
    assert told["passing"] == json.loads(view(index, wanted({"type": ("AID",)})))["passing"]
    assert "kind" not in told["shown"]


def test_an_empty_store_has_a_view(tmp_path: Any) -> None:
    from kg.serve.view.build import build
    from kg.serve.view.index import open_index
    from kg.store import open_store

    with open_store(":memory:") as store:
        build(store, tmp_path)
    asked = wanted({"text": ("x",), "show": ("event.y",), "view": ("map",)})
    told = json.loads(view(open_index(tmp_path, "none"), asked))
    assert (told["passing"], told["rows"], told["graph"]["actors"]) == (0, [], [])
