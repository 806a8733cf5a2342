from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.model import Article, Coded, Event, EventMention, Figure, Link, Quantity
from kg.store import open_store
from kg.store.records import FolderRecords, dump_record, load_record

TEXT = st.text(st.characters(), max_size=20)  # lone surrogates too
st.register_type_strategy(str, TEXT)
st.register_type_strategy(float, st.floats(allow_nan=False))


@settings(max_examples=60, deadline=None)
@given(st.builds(Coded, article=st.from_type(Article), events=st.lists(st.from_type(Event), max_size=2).map(tuple)))
def test_every_record_comes_back_as_it_was(coded: Coded) -> None:
    assert load_record(dump_record(coded)) == coded


@settings(max_examples=30, deadline=None)
@given(st.one_of(st.from_type(EventMention), st.from_type(Quantity), st.from_type(Link), st.from_type(Figure)))
def test_the_parts_of_a_record_compare_by_value(part: object) -> None:
    assert part == part.__class__(**{n: getattr(part, n) for n in part.__slots__})  # type: ignore[attr-defined]


def test_the_same_record_gives_the_same_bytes() -> None:
    one, two = (Coded(article=Article(id="a", text="é\n"), versions=(("kg", "1"),)) for _ in range(2))
    assert dump_record(one) == dump_record(two)
    assert dump_record(one).isascii()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"article": {"id": 1}}'])
def test_a_text_that_is_no_record_says_where(text: str) -> None:
    with pytest.raises(StoreError, match="here: not a record of this version"):
        load_record(text, where="here")


def test_a_broken_record_file_is_named(tmp_path: Path) -> None:
    shelf = FolderRecords(tmp_path)
    (tmp_path / "a.json").write_bytes(b"\xff")
    with pytest.raises(StoreError, match=r"a\.json: not a record"):
        shelf.get("a")
    assert shelf.get("b") is None


def test_a_full_disk_is_reported_from_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / "s") as store:

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="the disk is full"):
            store.put_record("a" * 16, Coded(article=Article(id="a", text="x")))
        monkeypatch.undo()
