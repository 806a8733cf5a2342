"""The engine on Ray: on a cluster of this machine with two workers, and what is said without Ray."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from kg.engines import Engine, open_engine, run
from kg.errors import CoderError, EngineError, ModelMissing
from kg.model import Article
from kg.store.records import dump_record
from tests.engines import tasks

needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed; pip install 'dekg[ray]'")


def test_without_ray_one_line_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ModelMissing, match=r"^the engine 'ray' needs the package ray; pip install 'dekg\[ray\]'$"):
        open_engine("ray", tasks.work)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with open_engine("ray", tasks.work, workers=2) as opened:
        yield opened


@needs_ray
@pytest.mark.long
def test_ray_here_listens_to_this_machine_alone(engine):
    psutil = pytest.importorskip("psutil")
    started = psutil.Process().children(recursive=True)
    assert "gcs_server" in {p.name() for p in started}
    open_ports = [c.laddr.ip for p in started for c in p.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
    assert open_ports
    assert {ip.removeprefix("::ffff:") for ip in open_ports} == {"127.0.0.1"}
    assert engine.window == 4


@needs_ray
@pytest.mark.long
def test_two_ray_workers_of_which_one_is_killed_midway_give_the_bytes_of_a_local_run(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.engines.running.BATCH", 4)
    flag = tmp_path / "flag"
    given = [Article(id=str(n), text=f"text {n}") for n in range(40)]
    given[17] = Article(id="17", text=f"die-once {flag}")
    given[30] = Article(id="bad", text="die always")
    problems: list[CoderError] = []
    found = list(run(engine, given, versions=tasks.VERSIONS, on_problem=problems.append))
    assert flag.exists()
    assert [str(p).split(" (")[0] for p in problems] == ["bad: it could not be coded, also alone"]
    del given[30]
    assert list(map(dump_record, found)) == list(map(dump_record, tasks.coded(given)))


@needs_ray
@pytest.mark.long
def test_errors_of_ray_workers_are_those_of_kg(engine):
    with pytest.raises(EngineError, match=r"worker .+: kg is '1' there and '2' here"):
        list(run(engine, [Article(id="a", text="b")], versions=(("coder", "test"), ("kg", "2"))))
    with pytest.raises(CoderError, match=r"^a: not for me$"):
        list(run(engine, [Article(id="a", text="refuse")], versions=tasks.VERSIONS))
    with pytest.raises(CoderError, match="ValueError: this text is odd"):
        list(run(engine, [Article(id="a", text="fail")], versions=tasks.VERSIONS))
