"""Shards: their bytes, their names, and the folder that keeps them."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from kg.engines import ShardFolder, open_engine, run
from kg.engines.shard import Shard
from kg.errors import StoreError
from kg.model import Article, Coded
from tests.engines import tasks

ODD = Article(id="odd\u2028", text="\ud800 \x85 \u2028 \x1b", published=date(2024, 5, 8))


def wanted(number: int = 3, versions: tuple[tuple[str, str], ...] = tasks.VERSIONS) -> Shard:
    return Shard.of([Article(id=str(n), text=f"text {n}") for n in range(number)], versions)


def finished(shard: Shard) -> bytes:
    return tasks.work(shard.pack())


def test_a_shard_is_a_gzip_file_of_json_lines_with_a_head():
    head, *lines = gzip.decompress(finished(wanted())).decode("ascii").splitlines()
    assert json.loads(head) == {"shard": 1, "versions": [["coder", "test"], ["kg", "1"]], "records": 3}
    assert [json.loads(line)["article"]["id"] for line in lines] == ["0", "1", "2"]


def test_odd_texts_come_back_as_they_were():
    shard = Shard.of([ODD], ())
    assert Shard.unpack(shard.pack()) == shard


def test_the_same_shard_is_the_same_bytes():
    assert finished(wanted()) == finished(wanted())


@pytest.mark.parametrize(
    "other",
    [
        wanted(4),
        wanted(versions=(("coder", "test"), ("kg", "2"))),
        Shard(tasks.VERSIONS, (*wanted(2).records, Coded(article=Article(id="2", text="text 2", title="A title")))),
        Shard(tasks.VERSIONS, wanted().records[::-1]),
    ],
    ids=["articles", "versions", "metadata", "order"],
)
def test_a_shard_of_something_else_has_another_name(other):
    assert other.name != wanted().name
    assert Shard.of([c.article for c in wanted().records], tasks.VERSIONS).name == wanted().name


def path_in(folder: Path) -> Path:
    [path] = [p for p in folder.rglob("*") if p.is_file()]
    return path


def test_a_finished_shard_is_found_again_and_nothing_else_lies_in_the_folder(tmp_path):
    folder = ShardFolder(tmp_path / "shards")
    assert folder.get(wanted()) is None
    folder.put(wanted(), finished(wanted()))
    assert folder.get(wanted()) == Shard.unpack(finished(wanted()))
    assert path_in(tmp_path / "shards").name == f"{wanted().name}.jsonl.gz"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a shard",
        finished(wanted())[:-9],
        finished(wanted())[:40],
        finished(wanted(2)),
        finished(wanted(4)),
        wanted().pack(),
        Shard((), Shard.unpack(finished(wanted())).records).pack(),
        gzip.compress(b"[]\n"),
        gzip.compress(b'{"shard":1,"versions":3,"records":0}\n'),
        gzip.compress(b'{"shard":1,"versions":[],"records":1}\n' + b"[" * 200_000 + b"\n"),
        gzip.compress(b'{"shard":1,"versions":[],"records":2}\n{}\n'),
        gzip.compress(b"[" * 200_000),
        gzip.compress(b"\xff\xfe"),
    ],
    ids=range(14),
)
def test_a_torn_or_foreign_file_in_its_place_is_no_finished_shard(tmp_path, content):
    folder = ShardFolder(tmp_path)
    folder.put(wanted(), content)
    assert folder.get(wanted()) is None


def test_a_shard_that_unpacks_to_more_than_it_may_is_refused(monkeypatch):
    packed = finished(wanted())
    monkeypatch.setattr("kg.engines.shard.LARGEST", 100)
    with pytest.raises(StoreError, match="no end, or is larger than 100 bytes"):
        Shard.unpack(packed)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"cannot be written \(.+\); give another folder"):
        ShardFolder(tmp_path / "file").put(wanted(), b"")


def test_a_second_run_codes_nothing_but_what_is_missing_or_torn(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.engines.running.BATCH", 4)
    log, folder = tmp_path / "log", ShardFolder(tmp_path / "shards")
    given = [Article(id=str(n), text=f"log {log}", title=f"{n}") for n in range(32)]

    def coded(articles: list[Article]) -> list[Coded]:
        log.write_text("")
        with open_engine("local", tasks.work, workers=1) as engine:
            return list(run(engine, articles, versions=tasks.VERSIONS, shards=folder))

    first = coded(given)
    assert len(log.read_text().splitlines()) == 32
    assert coded(given) == first
    assert log.read_text() == ""
    torn = sorted(p for p in (tmp_path / "shards").rglob("*.gz"))[0]
    whole = torn.read_bytes()
    torn.write_bytes(whole[: len(whole) // 2])
    assert coded(given) == first
    assert 1 <= len(log.read_text().splitlines()) <= 8
    assert torn.read_bytes() == whole
