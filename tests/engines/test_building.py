"""Builds by an engine: the same graph, shards that are taken up again, and what is refused."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.code import TrainedCoder
from kg.errors import EngineError, UsageError
from kg.graph import RUNS_GRAPH
from kg.pipeline import build
from kg.store import open_store
from kg.store.records import dump_record

CALL = "Kenyan President William Ruto phoned Somali President Hassan Sheikh Mohamud on Monday, {} May 2024."


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Nine short articles in a file."""
    path = tmp_path / "news.jsonl"
    told = [{"id": str(n), "text": CALL.format(n), "date": "2024-05-20"} for n in range(1, 10)]
    path.write_text("\n".join(map(json.dumps, told)) + "\n", encoding="utf-8")
    return path


def built(source: Path, **options: object) -> list[str]:
    """Records and quads of a build, without the clock times of its run."""
    with open_store(":memory:") as store:
        report = build(source, store=store, **options)  # type: ignore[arg-type]
        assert (report.problems, report.coded) == ([], 9)
        quads = sorted(str(q) for name in store.graphs() if name != RUNS_GRAPH for q in store.quads(name))
        return [*quads, *(dump_record(store.record(key)) for key in store.record_keys())]


def test_a_build_takes_up_the_shards_of_an_earlier_one_and_gives_the_same_bytes(source, tmp_path, monkeypatch):
    shards = tmp_path / "shards"
    first = built(source, shards=shards)
    assert first == built(source)

    def refuse(*_: object) -> None:
        raise AssertionError("coded anew")

    monkeypatch.setattr("kg.engines.local.LocalEngine.submit", refuse)
    assert built(source, shards=shards) == first


def test_a_worker_whose_frames_are_of_another_version_is_refused(source, monkeypatch):
    monkeypatch.setattr("kg.pipeline.frames_version", lambda: "other")
    with pytest.raises(EngineError, match=r"worker \d+ on .+: frames is '\w+' there and 'other' here"):
        built(source, workers=2)


@pytest.mark.parametrize("options", [{"shards": "shards"}, {"engine": "ray"}, {"ray_address": "x"}])
def test_a_coder_of_the_callers_is_not_shared(source, options):
    with pytest.raises(UsageError, match="a coder of its own runs in this process"):
        built(source, coder=TrainedCoder(), **options)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--engine", "rey"), 2, "Error: unknown engine 'rey'; did you mean 'ray'? known: local, ray\n"),
        (("--engine", "ray"), 1, "Error: the engine 'ray' needs the package ray; pip install 'dekg[ray]'\n"),
        (("--ray-address", "x:1"), 2, "Error: the engine 'local' has no address such as 'x:1'; take the engine"),
    ],
)
def test_the_command_line_tells_what_is_wrong_with_an_engine(source, monkeypatch, words, code, told):
    monkeypatch.setitem(sys.modules, "ray", None)
    result = CliRunner().invoke(main, ["build", str(source), "--store", ":memory:", *words])
    assert result.exit_code == code
    assert result.stderr.startswith(told)


@pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed; pip install 'dekg[ray]'")
@pytest.mark.long
def test_a_build_on_ray_gives_the_bytes_of_a_local_one(source, tmp_path):
    assert built(source, engine="ray", workers=2, shards=tmp_path / "shards") == built(source)


@pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed; pip install 'dekg[ray]'")
@pytest.mark.parametrize("address", ["127.0.0.1:9", "ray://[::1]:9"])
def test_an_address_at_which_no_cluster_answers_is_told_at_once(source, address):
    with pytest.raises(EngineError, match=r":9: no Ray cluster that can be used \(\[Errno"):
        built(source, engine="ray", ray_address=address)
