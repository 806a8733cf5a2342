"""Articles to graph: what a build writes, keeps, replaces and tells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kg.errors import ModelMissing, UsageError
from kg.graph import RUNS_GRAPH
from kg.model import Article, Coded, Status
from kg.pipeline import build, code, code_all, forget, versions
from kg.store import Store, open_store
from kg.vocab.iris import graph_iri
from kg.vocab.relations import RELATION_NAMES

SEEDS = Path(__file__).parent.parent / "seeds"
CALL = "Kenyan President William Ruto phoned Somali President Hassan Sheikh Mohamud on Monday, 6 May 2024."
RAID = "Kenya attacked Somalia on Tuesday, 7 May 2024. Uganda condemned the attack."


def lines(folder: Path, *records: dict[str, str]) -> Path:
    """A JSON lines file with these records, published on 8 May 2024 unless they say otherwise."""
    path = folder / "news.jsonl"
    told = [json.dumps({"date": "2024-05-08", **r}) for r in records]
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    return path


def graph(store: Store) -> list[str]:
    """All quads of the articles' graphs, sorted; without the clock times of the runs."""
    return sorted(str(q) for name in store.graphs() if name != RUNS_GRAPH for q in store.quads(name))


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    with open_store(":memory:") as opened:
        yield opened


@pytest.fixture(scope="module")
def seeds() -> list[Coded]:
    """The seed corpus, coded."""
    from kg.read import read

    return list(code(read(SEEDS)))


@pytest.fixture(scope="module")
def built() -> Iterator[Store]:
    """The seed corpus in a store."""
    with open_store(":memory:") as opened:
        assert build(SEEDS, store=opened).problems == []
        yield opened


def test_a_build_counts_what_it_read_coded_and_wrote(store, tmp_path):
    report = build(lines(tmp_path, {"id": "a", "text": CALL}, {"id": "b", "text": RAID}), store=store)
    assert (report.articles, report.coded, report.written, report.problems) == (2, 2, 2, [])
    assert len(store.record_keys()) == 2


def test_building_twice_changes_nothing(store, tmp_path):
    source = lines(tmp_path, {"id": "a", "text": CALL}, {"id": "b", "text": RAID})
    build(source, store=store)
    before, runs = graph(store), sorted(map(str, store.quads(RUNS_GRAPH)))
    report = build(source, store=store)
    assert (report.articles, report.coded, report.written) == (2, 0, 0)
    assert graph(store) == before
    assert sorted(map(str, store.quads(RUNS_GRAPH))) == runs


def test_two_stores_built_from_the_same_sources_hold_the_same(store, tmp_path):
    source = lines(tmp_path, {"id": "a", "text": CALL}, {"id": "b", "text": RAID})
    build(source, store=store)
    with open_store(":memory:") as other:
        build(source, store=other)
        assert graph(other) == graph(store)


def test_a_changed_article_replaces_only_its_own_support(store, tmp_path):
    build(lines(tmp_path, {"id": "a", "text": CALL}, {"id": "b", "text": RAID}), store=store)
    [old] = [k for k in store.record_keys() if store.record(k).article.id == "b"]
    [kept] = [k for k in store.record_keys() if k != old]
    untouched = sorted(map(str, store.quads(graph_iri(kept))))
    changed = {"id": "b", "text": RAID.replace("Uganda", "Ethiopia")}
    report = build(lines(tmp_path, {"id": "a", "text": CALL}, changed), store=store)
    assert (report.coded, report.written) == (1, 1)
    assert graph_iri(old) not in store.graphs()
    assert sorted(map(str, store.quads(graph_iri(kept)))) == untouched
    assert not any("/uganda>" in quad for quad in graph(store))
    assert any("/ethiopia>" in quad for quad in graph(store))


def test_a_change_of_metadata_alone_codes_an_article_anew(store, tmp_path):
    build(lines(tmp_path, {"id": "a", "text": CALL}), store=store)
    report = build(lines(tmp_path, {"id": "a", "text": CALL, "title": "A call"}), store=store)
    assert report.coded == 1
    assert any("A call" in quad for quad in graph(store))


def test_other_versions_code_an_article_anew(store, tmp_path, monkeypatch):
    source = lines(tmp_path, {"id": "a", "text": CALL})
    build(source, store=store)
    monkeypatch.setattr("kg.pipeline.frames_version", lambda: "other")
    assert build(source, store=store).coded == 1
    assert build(source, store=store).coded == 0


def test_the_times_of_a_run_are_those_of_articles_that_are_there(store, tmp_path):
    build(lines(tmp_path, {"id": "a", "text": CALL}), store=store)
    once = {q.subject for q in store.quads(RUNS_GRAPH)}
    build(lines(tmp_path, {"id": "a", "text": RAID}), store=store)
    again = {q.subject for q in store.quads(RUNS_GRAPH)}
    assert (len(once), len(again), once & again) == (1, 1, set())


def test_a_second_text_under_one_id_in_one_build_is_told_and_left_out(store, tmp_path):
    report = build(lines(tmp_path, {"id": "a", "text": CALL}, {"id": "a", "text": RAID}), store=store)
    assert [store.record(k).article.text for k in store.record_keys()] == [CALL]
    assert len(report.problems + report.notices) == 1


def test_reports_of_one_event_in_two_articles_are_one_event(store, tmp_path):
    other = f"The two spoke at length. {CALL}"
    build(lines(tmp_path, {"id": "a", "text": CALL}, {"id": "b", "text": other}), store=store)
    answer = store.query(
        "SELECT (COUNT(DISTINCT ?e) AS ?events) (COUNT(DISTINCT ?m) AS ?mentions) "
        "WHERE { ?e a sem:Event ; gaf:denotedBy ?m ; dk:mode ?mode }"
    )
    assert [(r["events"], r["mentions"]) for r in answer.dicts()] == [("1", "2")]


def test_a_forgotten_article_leaves_what_a_build_without_it_gives(store, tmp_path):
    both = lines(tmp_path, {"id": "a", "text": CALL}, {"id": "b", "text": RAID})
    build(both, store=store)
    assert forget(store, "b")
    with open_store(":memory:") as other:
        build(lines(tmp_path, {"id": "a", "text": CALL}), store=other)
        assert graph(other) == graph(store)


def test_an_article_is_forgotten_by_its_key_as_well(store, tmp_path):
    build(lines(tmp_path, {"id": "a", "text": CALL}), store=store)
    assert forget(store, store.record_keys()[0])
    assert store.record_keys() == ()


def test_forgetting_the_only_article_leaves_an_empty_store(store, tmp_path):
    build(lines(tmp_path, {"id": "a", "text": CALL}), store=store)
    forget(store, "a")
    assert store.count() == 0


def test_an_article_that_is_not_there_cannot_be_forgotten(store):
    assert not forget(store, "a")


def test_the_number_of_workers_does_not_change_a_byte(store, tmp_path):
    texts = [CALL.replace("6 May", f"{day} May") for day in range(1, 8)]
    articles = [{"id": str(n), "text": text} for n, text in enumerate([*texts, RAID])]
    source = lines(tmp_path, *articles)
    build(source, store=store)
    with open_store(":memory:") as other:
        seen: list[int] = []
        report = build(source, store=other, workers=2, on_progress=seen.append)
        assert (report.coded, sum(seen)) == (8, 8)
        assert graph(other) == graph(store)


def test_more_articles_than_the_workers_take_at_a_time_come_back_in_order(monkeypatch):
    monkeypatch.setattr("kg.engines.running.BATCH", 4)
    articles = [Article(id=str(n), text="") for n in range(11)]
    assert [c.article.id for c in code_all(articles, workers=2)] == [a.id for a in articles]


@pytest.mark.parametrize("workers", [0, -1])
def test_no_workers_are_too_few(store, workers):
    with pytest.raises(UsageError, match=f"workers: {workers} is not positive; give 1 or more"):
        build([], store=store, workers=workers)


def test_problems_are_told_and_the_other_articles_built(store, tmp_path):
    source = lines(tmp_path, {"id": "a", "text": CALL}, {"id": "b"})
    with source.open("a") as out:
        out.write("{not json\n")
    report = build([source, tmp_path / "nowhere.txt"], store=store)
    assert report.coded == 1
    assert [p.rsplit("/", 1)[-1].split(": ")[0] for p in report.problems] == [
        "news.jsonl:2",
        "news.jsonl:3",
        "nowhere.txt",
    ]


def test_a_text_that_is_not_plain_english_gives_a_notice_with_its_id(store, tmp_path):
    report = build(lines(tmp_path, {"id": "a", "text": CALL, "language": "de"}), store=store)
    assert report.notices == ["a: language is 'de'; the coder reads English"]
    assert report.coded == 1


def test_a_repeated_text_is_told_as_a_notice_and_coded_once(store, tmp_path):
    report = build(lines(tmp_path, {"id": "a", "text": CALL}, {"id": "b", "text": CALL}), store=store)
    assert (report.coded, report.problems, len(report.notices)) == (1, [], 1)


def test_progress_counts_articles_that_were_known_too(store, tmp_path):
    source = lines(tmp_path, {"id": "a", "text": CALL}, {"id": "b", "text": RAID})
    seen: list[int] = []
    for _ in range(2):
        build(source, store=store, on_progress=seen.append)
    assert seen == [1, 1, 1, 1]


def test_a_build_opens_the_store_at_a_path_and_closes_it(tmp_path):
    place = tmp_path / "store"
    build(lines(tmp_path, {"id": "a", "text": CALL}), store=place)
    with open_store(place) as opened:
        assert len(opened.record_keys()) == 1


def test_an_article_without_a_date_takes_the_one_given(store, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Kenya held talks with Somalia on Monday.")
    build(path, store=store, published=date(2024, 5, 8))
    assert any("2024-05-06" in quad for quad in graph(store))


def test_a_publisher_of_the_lexicon_is_named_by_it(store, tmp_path):
    build(lines(tmp_path, {"id": "a", "text": CALL, "publisher": "Reuters"}), store=store)
    assert any("/entity/reuters>" in quad for quad in graph(store))


def test_a_missing_language_model_is_not_hidden(store, tmp_path, monkeypatch):
    def missing() -> str:
        raise ModelMissing("no model")

    monkeypatch.setattr("kg.pipeline.model_version", missing)
    with pytest.raises(ModelMissing):
        build(lines(tmp_path, {"id": "a", "text": CALL}), store=store)


def test_versions_name_all_that_decides_what_an_article_gives():
    assert [name for name, _ in versions()] == ["coder", "frames", "kg", "lexicon", "model"]


def test_a_package_that_is_not_installed_has_an_unknown_version(monkeypatch):
    from importlib.metadata import PackageNotFoundError

    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("kg.pipeline.version", absent)
    assert dict(versions())["kg"] == "unknown"


def test_only_what_happened_is_written_in_short(store, tmp_path):
    text = (
        "Kenya will attack Somalia. Kenya denied attacking Uganda. If Kenya attacks Chad, Rwanda will withdraw. "
        "Kenya did not bomb Ethiopia. Kenya plans to attack Malawi."
    )
    build(lines(tmp_path, {"id": "a", "text": text}), store=store)
    assert len(store.record(store.record_keys()[0]).events) >= 5
    assert [quad for quad in graph(store) if any(f"#{name}>" in quad for name in RELATION_NAMES)] == []


def test_every_quote_of_the_seeds_equals_the_text_at_its_offsets(seeds):
    assert sum(len(c.events) for c in seeds) > 20
    for coded in seeds:
        text = coded.article.text
        for event in coded.events:
            for m in event.mentions:
                assert m.article == coded.article.key
                assert m.span.of(text) == m.quote
                assert m.trigger_span.of(text) == m.trigger
                assert m.span.covers(m.trigger_span)


def test_every_link_and_participant_of_the_seeds_lies_in_its_text(seeds):
    for coded in seeds:
        size = len(coded.article.text)
        spans = [k.span for k in coded.links]
        spans += [
            p.mention
            for e in coded.events
            for p in (
                *e.actors,
                *e.recipients,
                *e.third_parties,
                *(s for m in e.mentions for s in m.attributed_to),
            )
            if p.mention
        ]
        spans += [q.span for e in coded.events for q in e.quantities if q.span]
        assert all(0 <= s.start < s.end <= size for s in spans)


def test_events_of_the_seeds_point_only_to_events_of_their_article(seeds):
    for coded in seeds:
        keys = {e.key for e in coded.events}
        assert len(keys) == len(coded.events)
        for e in coded.events:
            assert {*e.content, *e.in_response_to, *e.causes} <= keys - {e.key}
        for a in coded.agreements:
            assert {c.event for c in a.changes} | set(a.provides) <= keys


def test_every_short_triple_of_the_seeds_has_an_event_that_happened(built):
    happened = built.query(
        "SELECT (COUNT(*) AS ?n) WHERE { VALUES ?s { dk:Occurred dk:Ongoing } ?e a sem:Event ; dk:eventStatus ?s }"
    )
    assert int(next(happened.dicts())["n"]) > 10
    for name in sorted(RELATION_NAMES):
        alone = built.query(
            f"SELECT ?a ?b WHERE {{ ?a dk:{name} ?b FILTER NOT EXISTS {{ VALUES ?s {{ dk:Occurred dk:Ongoing }} "
            "?e dk:eventStatus ?s ; ?first ?a ; ?second ?b } "
            # A mediated agreement stands on the event that brought it about.
            "FILTER NOT EXISTS { ?b a dk:Agreement ; dk:mediator ?a ; dk:statusChange/dk:eventStatus dk:Occurred } }"
        )
        assert list(alone.dicts()) == [], name


def test_no_event_of_the_seeds_without_a_fact_counts_as_one(seeds):
    for e in (e for c in seeds for e in c.events):
        facts = [m for m in e.mentions if m.factuality.value in ("Asserted", "Presupposed") and m.positive]
        assert (e.status in (Status.OCCURRED, Status.ONGOING)) == bool(facts)


def test_building_the_seeds_twice_changes_nothing(built):
    before = graph(built)
    assert build(SEEDS, store=built).written == 0
    assert graph(built) == before
