"""The engine of this machine: order, bytes, workers that die, articles that fail."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Iterator

import pytest

from kg.engines import WorkerLost, open_engine, run
from kg.engines.running import TRIES, batches
from kg.errors import CoderError, EngineError, UsageError
from kg.model import Article, Coded
from kg.store.records import dump_record
from tests.engines import tasks

SMALL = 4


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.engines.running.BATCH", SMALL)


def articles(number: int, text: str = "text") -> list[Article]:
    return [Article(id=str(n), text=f"{text} {n}") for n in range(number)]


def coded(given: list[Article], workers: int = 2, **options: object) -> list[Coded]:
    with open_engine("local", tasks.work, workers=workers) as engine:
        return list(run(engine, given, versions=tasks.VERSIONS, **options))  # type: ignore[arg-type]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_records_come_in_the_order_of_the_articles_and_are_the_same_bytes_on_one_worker_and_on_two():
    given = articles(40)
    given[3] = Article(id="3", text="slow 3")
    one, two = coded(given, 1), coded(given, 2)
    assert [c.article for c in two] == given
    assert list(map(dump_record, one)) == list(map(dump_record, two))
    assert list(map(dump_record, one)) == list(map(dump_record, tasks.coded(given)))


def test_articles_are_read_only_so_far_ahead_as_the_workers_need():
    read: list[str] = []

    def source() -> Iterator[Article]:
        for article in articles(200):
            read.append(article.id)
            yield article

    with open_engine("local", tasks.work, workers=1) as engine:
        next(iter(run(engine, source(), versions=tasks.VERSIONS)))
    assert len(read) <= 2 * SMALL * (engine.window + 1)


def test_a_worker_that_is_killed_costs_one_shard_which_is_done_again(tmp_path):
    log, flag = tmp_path / "log", tmp_path / "flag"
    given = [Article(id=str(n), text=f"log {log}") for n in range(20)]
    given[9] = Article(id="9", text=f"die-once {flag}")
    problems: list[CoderError] = []
    found = coded(given, on_problem=problems.append)
    assert (problems, [c.article for c in found]) == ([], given)
    seen = [line.split()[0] for line in log.read_text().splitlines()]
    twice = {i for i in seen if seen.count(i) > 1}
    [batch] = [b for b in batches(given, SMALL) if given[9] in b]
    assert len(batch) < 10
    assert twice <= {a.id for a in batch}
    assert not alive(int(flag.read_text()))


@pytest.mark.parametrize(("word", "told"), [("die", "signal 9"), ("fail", "ValueError: this text is odd")])
def test_an_article_that_always_fails_is_told_and_the_others_come(word, told):
    given = articles(12)
    given[5] = Article(id="bad", text=f"{word} always")
    problems: list[CoderError] = []
    found = coded(given, on_problem=problems.append)
    assert [c.article for c in found] == [a for a in given if a.id != "bad"]
    [problem] = problems
    assert str(problem).startswith("bad: it could not be coded, also alone (")
    assert told in str(problem)


def test_what_a_coder_says_of_an_article_is_told_as_it_is():
    given = [*articles(4), Article(id="no", text="refuse it"), *articles(4)[2:]]
    problems: list[CoderError] = []
    assert len(coded(given, on_problem=problems.append)) == 6
    assert list(map(str, problems)) == ["no: not for me"]


def test_without_anybody_to_tell_the_first_article_that_fails_is_raised():
    with pytest.raises(CoderError, match="bad: it could not be coded"):
        coded([Article(id="bad", text="fail")])


def test_workers_that_finish_nothing_end_the_run(monkeypatch):
    monkeypatch.setattr("kg.engines.running.MOST_LOST", 4)
    problems: list[CoderError] = []
    with pytest.raises(EngineError, match="4 articles in a row could not be coded, the last because ValueError"):
        coded(articles(30, "fail"), on_problem=problems.append)
    assert len(problems) == 3


def test_a_worker_of_another_version_is_refused_and_both_versions_are_named():
    with (
        open_engine("local", tasks.work) as engine,
        pytest.raises(EngineError, match=r"worker \d+ on .+: kg is '1' there and '2' here; install the same"),
    ):
        list(run(engine, articles(3), versions=(("coder", "test"), ("kg", "2"))))


def test_records_of_other_articles_are_refused():
    with open_engine("local", tasks.liar) as engine, pytest.raises(EngineError, match="other articles or versions"):
        list(run(engine, articles(3), versions=tasks.VERSIONS))


def test_closing_ends_the_processes_and_drops_what_is_under_way(tmp_path):
    log = tmp_path / "log"
    given = [Article(id=str(n), text=f"log {log}" if n % 2 else f"slow {n}") for n in range(100)]
    with open_engine("local", tasks.work, workers=2) as engine:
        found = list(itertools.islice(run(engine, given, versions=tasks.VERSIONS), 8))
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert len(found) == 8
    pids = {int(line.split()[1]) for line in log.read_text().splitlines()}
    assert pids
    assert [pid for pid in pids if alive(pid)] == []


def test_a_job_of_a_killed_worker_is_lost_and_the_next_one_done(tmp_path):
    from kg.engines.shard import Shard

    job = Shard.of(articles(1), tasks.VERSIONS).pack()
    with open_engine("local", tasks.work) as engine:
        lost = engine.submit(Shard.of([Article(id="a", text=f"die-once {tmp_path / 'flag'}")], tasks.VERSIONS).pack())
        with pytest.raises(WorkerLost, match=rf"its process \d+ ended by signal {int(signal.SIGKILL)}"):
            engine.result(lost)
        assert Shard.unpack(engine.result(engine.submit(job))).records[0].article.id == "0"


def test_the_local_engine_has_no_address():
    with pytest.raises(UsageError, match="'local' has no address such as 'ray://x'"):
        open_engine("local", tasks.work, address="ray://x")


def test_batches_meet_again_after_some_articles_are_left_out():
    given = articles(400)
    whole, later = list(batches(given, 16)), list(batches(given[37:], 16))
    assert [a for b in whole for a in b] == given
    assert all(8 <= len(b) <= 32 for b in whole[:-1])
    assert len([b for b in later if b in whole]) >= len(later) - 3


def test_a_shard_is_tried_so_often_before_its_articles_are_tried_alone(tmp_path):
    log = tmp_path / "log"
    given = [Article(id="a", text=f"log {log}"), Article(id="b", text="fail")]
    assert list(batches(given, SMALL)) == [given]
    coded(given, workers=1, on_problem=lambda _: None)
    assert len(log.read_text().splitlines()) == TRIES + 1
