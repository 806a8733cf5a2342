"""The summary of a store: the same counts as SPARQL gives over the graph, and none for another state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Answer
from kg.query import ask, question
from kg.query.asking import sparql_for
from kg.query.counted import COUNTED
from kg.query.properties import Queryable
from kg.store import Store, open_store
from kg.store.answers import to_answer
from kg.store.layout import SUMMARY, prepare
from kg.store.snapshots import current
from kg.store.summary import Summary, read_summary
from kg.store.summing import summarise, summed
from kg.store.updating import UpdatableStore
from kg.store.upkeep import backup, compact, restore
from kg.vocab.iris import cameo_iri, graph_iri, mode_iri, type_iri
from kg.vocab.namespaces import DK, ENT, EV, PREFIXES, RDF, SEM, XSD

GRAPH = graph_iri("a" * 16)
DAY = ox.NamedNode(XSD + "date")


def quad(subject: str, predicate: str, value: str | ox.Literal, graph: str = GRAPH) -> ox.Quad:
    term = ox.NamedNode(value) if isinstance(value, str) else value
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term, ox.NamedNode(graph))


def day(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=DAY)


EVENTS = tuple(EV + name for name in ("one", "two", "three", "vier%C3%A9"))
ACTORS = tuple(ENT + name for name in ("ada", "ben", "cyd"))
VALUES: dict[str, list[str | ox.Literal]] = {
    RDF + "type": [SEM + "Event"],
    SEM + "eventType": [type_iri(t) for t in ("CONSULT", "ASSAULT", "Statement")]
    + ["https://elsewhere.example/CONSULT"],
    DK + "eventStatus": [
        DK + s
        for s in ("Occurred", "Ongoing", "Occurred", "Ongoing", "PartlyRealized", "Expected", "NotOccurred", "Odd")
    ],
    DK + "mode": [mode_iri("CONSULT", "third-party"), mode_iri("CONSULT", "phone"), "https://elsewhere.example/mode"],
    DK + "cameo": [cameo_iri("040"), cameo_iri("190"), "https://elsewhere.example/040"],
    **{DK + role: list(ACTORS) for role in ("mediator", "target")},
    DK + "actor": [ENT + "ada", ENT + "ada", ENT + "cyd"],
    DK + "recipient": [ENT + "ben", ENT + "ben", ENT + "ada"],
    **{
        SEM + f"has{name}TimeStamp": [day(d) for d in ("0031-02-03", "1999-12-31", "2020-01-01", "2020-01-31")]
        for name in ("Begin", "EarliestBegin", "End", "LatestEnd")
    },
}
"""What may be said of an event: several of anything, and nothing at all."""
USUAL = (RDF + "type", SEM + "eventType", DK + "eventStatus", DK + "actor", DK + "recipient")


def about(least: int) -> st.SearchStrategy[dict[str, Any]]:
    """What is said of an event, with at least so many values of what events usually have."""
    return st.fixed_dictionaries(
        {p: st.lists(st.sampled_from(v), min_size=least * (p in USUAL), max_size=2) for p, v in VALUES.items()}
    )


PEOPLE = st.fixed_dictionaries(
    {
        ENT + "ada": st.sampled_from([["FRA"], ["FRA", "Été"]]),
        ENT + "ben": st.sampled_from([["DEU"], ["DEU"], ["FRA", "DEU"], []]),
        ENT + "cyd": st.sampled_from([["FRA"], ["Été"], []]),
    }
)
GRAPHS = st.dictionaries(st.sampled_from(EVENTS), st.one_of(about(1), about(1), about(0)), min_size=3)
ASKED: list[dict[str, Any]] = [
    {}, {"since": "2020"}, {"until": "2020-01-15"}, {"since": "1999-12-31", "until": "2020"}, {"country": "FRA"},
    {"country": "DEU", "since": "0031", "until": "2019"}, {"country": "XXX"},
]  # fmt: skip


def graph_of(events: dict[str, dict[str, list[str | ox.Literal]]], people: dict[str, list[str]]) -> list[ox.Quad]:
    told = [quad(event, p, v) for event, about in events.items() for p, values in about.items() for v in values]
    return told + [quad(who, DK + "country", ox.Literal(c)) for who, codes in people.items() for c in codes]


def by_graph(store: Queryable, name: str, **params: Any) -> Answer:
    """The answer that the question's own SPARQL gives."""
    return store.query(sparql_for(store, question(name), params))


@dataclass(frozen=True)
class Kept:
    """A store in memory with a summary of what it holds."""

    rdf: ox.Store

    def query(self, sparql: str, /) -> Answer:
        return to_answer(self.rdf.query(sparql, prefixes=dict(PREFIXES)))

    def summary(self) -> Summary:
        return summed(self.rdf)


@settings(max_examples=40)
@given(events=GRAPHS, people=PEOPLE, params=st.one_of(st.just({}), st.sampled_from(ASKED)))
def test_a_summary_counts_as_sparql_does(
    events: dict[str, dict[str, list[Any]]], people: dict[str, list[str]], params: dict[str, Any]
) -> None:
    store = Kept(ox.Store())
    store.rdf.extend(ox.Quad(q.subject, q.predicate, q.object) for q in graph_of(events, people))
    for name in COUNTED:
        assert ask(store, name, **params) == by_graph(store, name, **params), name


CALL = {RDF + "type": [SEM + "Event"], SEM + "eventType": [type_iri("CONSULT")], DK + "eventStatus": [DK + "Occurred"]}
"""An event that happened."""


def events(number: int, *more: ox.Quad) -> list[ox.Quad]:
    return [*graph_of({f"{EV}{n}": CALL for n in range(number)}, {}), *more]  # type: ignore[misc]


def counted(store: Store) -> list[str]:
    return [str(row[1]) for row in ask(store, "types").rows]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_store(tmp_path / "s") as store:
        store.commit([(GRAPH, events(3))])
        assert store.summarise() is None
    return tmp_path / "s"


def test_a_change_leaves_no_summary_until_it_is_counted_again(folder: Path) -> None:
    with open_store(folder) as store:
        assert store.summary() is not None
        store.replace(GRAPH, events(5))
        assert store.summary() is None
        assert counted(store) == ["5"]
        with open_store(folder, read_only=True) as reader:  # of the state published before
            assert reader.summary() is not None
            assert counted(reader) == ["3"]
        store.flush()
        assert store.summary() is None
        store.summarise()
        assert store.summary() is not None
        assert counted(store) == ["5"]
    with open_store(folder, read_only=True) as reader:
        assert reader.summary() is not None
        assert counted(reader) == ["5"]


def test_an_update_hands_the_summary_on_since_it_changes_nothing_that_is_counted(folder: Path) -> None:
    own = UpdatableStore(folder)
    own.update("INSERT DATA { GRAPH <urn:own> { <urn:e> a sem:Event ; dk:eventStatus dk:Occurred } }")
    own.publish()
    with open_store(folder, read_only=True) as reader:
        assert reader.count() == 3 * len(CALL) + 2
        assert reader.summary() is not None
        assert counted(reader) == ["3"]
    own.close()
    with open_store(folder) as store:
        assert store.summary() is not None
        store.replace(GRAPH, events(5))
        store.flush()
        assert store.summary() is None


def test_an_update_of_a_scratch_store_leaves_none_since_it_may_change_all(tmp_path: Path) -> None:
    prepare(tmp_path / "s", scratch=True)
    own = UpdatableStore(tmp_path / "s")
    assert summarise(tmp_path / "s") is None
    own.update("INSERT DATA { <urn:e> a sem:Event ; dk:eventStatus dk:Occurred ; sem:eventType plover:AGREE }")
    own.publish()
    home = current(tmp_path / "s")
    assert home is not None
    assert read_summary(home) is None
    own.close()


def test_a_commit_that_fails_within_leaves_none(folder: Path) -> None:
    def stopped() -> Iterator[tuple[str, list[ox.Quad]]]:
        for n, graph in enumerate(graph_iri(letter * 16) for letter in "bcdef"):
            yield graph, [quad(f"{EV}{graph[-1]}{n}", p, v[0], graph) for p, v in CALL.items()]
        raise KeyboardInterrupt

    with open_store(folder) as store:
        store.step = 1  # type: ignore[attr-defined]  # three articles are then written at once, two are not reached
        with pytest.raises(KeyboardInterrupt):
            store.commit(stopped())
        assert store.summary() is None
        assert counted(store) == ["6"]
    with open_store(folder) as store:
        assert store.summary() is None
        store.commit([])
        store.summarise()
        assert store.summary() is not None
        assert counted(store) == ["6"]
    with open_store(folder, read_only=True) as reader:
        assert counted(reader) == ["6"]


def test_there_is_none_while_a_change_goes_on_and_one_again_where_nothing_changed(folder: Path) -> None:
    with open_store(folder) as store:
        seen: list[bool] = []

        def told() -> Iterator[ox.Quad]:
            seen.append(store.summary() is None)
            yield from events(3)

        store.replace(GRAPH, told())
        store.commit([(GRAPH, told())])
        assert seen == [True, True]
        assert store.summary() is not None


@pytest.mark.parametrize("damage", [b"", b"{}\n", b'{"head":{},"columns":[],"crc":0}\n', None])
def test_a_damaged_summary_is_as_none(folder: Path, damage: bytes | None) -> None:
    path = current(folder)
    assert path is not None
    whole = (path / SUMMARY).read_bytes()
    (path / SUMMARY).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]) if damage is None else damage)
    with open_store(folder, read_only=True) as store:
        assert store.summary() is None
        assert counted(store) == ["3"]


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        (quad(EV + "0", SEM + "hasBeginTimeStamp", ox.Literal("-0043-03-15", datatype=DAY)), "no day of the years"),
        (quad(EV + "0", SEM + "hasEndTimeStamp", ox.Literal("soon")), "no day of the years"),
        (quad(EV + "0", DK + "eventStatus", ox.Literal("Occurred")), "no IRI"),
    ],
)
def test_what_has_no_place_in_a_summary_is_told_and_asked_of_the_graph(tmp_path: Path, odd: ox.Quad, told: str) -> None:
    with open_store(tmp_path / "s") as store:
        store.replace(GRAPH, events(2, odd))
        found = store.summarise()
        assert found is not None
        assert told in found
        assert store.summary() is None
        assert ask(store, "types") == by_graph(store, "types")


def test_the_same_graph_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "other") as store:
        for number in (7, 3):
            store.replace(GRAPH, events(number))
            store.summarise()
    paths = [current(home) for home in (folder, tmp_path / "other")]
    one, other = ((path / SUMMARY).read_bytes() for path in paths if path is not None)
    assert one == other


def test_compact_and_restore_count_anew(folder: Path, tmp_path: Path) -> None:
    backup(folder, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "new")
    (folder / "snapshots" / (current(folder) or folder).name / SUMMARY).unlink()
    compact(folder)
    for home in (folder, tmp_path / "new"):
        path = current(home)
        assert path is not None
        assert read_summary(path) is not None


def test_a_reader_does_not_take_the_summary_of_a_backup_put_in_the_stores_place(folder: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "other") as store:
        store.replace(GRAPH, events(7))
    backup(tmp_path / "other", tmp_path / "copy")
    restore(tmp_path / "copy", folder, force=True)
    with open_store(folder, read_only=True) as reader:
        restore(tmp_path / "copy", folder, force=True)
        assert reader.summary() is None
        assert counted(reader) == ["7"]
    with open_store(folder, read_only=True) as reader:
        assert reader.summary() is not None


def test_a_store_in_memory_keeps_none() -> None:
    with open_store(":memory:") as store:
        store.replace(GRAPH, events(2))
        assert store.summarise() is None
        assert store.summary() is None
        assert counted(store) == ["2"]
