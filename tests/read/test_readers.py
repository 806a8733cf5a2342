"""The table of readers and its plugins."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.read import READERS, Found, Item, Source, known_readers, read

GROUP = "kg.readers"


def read_upper(source: Source) -> Iterator[Item]:
    """A plugin's reader: gives its file in capitals."""
    with source.open() as stream:
        yield Found(source.name, Article(id=source.stem, text=stream.read().decode().upper()))


def install(monkeypatch: pytest.MonkeyPatch, *points: EntryPoint) -> None:
    # By module: ``kg.read`` is also the name of the function.
    readers = sys.modules["kg.read.readers"]
    monkeypatch.setattr(readers, "entry_points", lambda *, group: points if group == GROUP else ())


def test_a_plugin_adds_a_suffix(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    point = EntryPoint("upper", "module:read_upper", GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda self: read_upper)
    install(monkeypatch, point)
    (tmp_path / "a.upper").write_text("x")
    assert [article.text for article in read(tmp_path)] == ["X"]


@pytest.mark.parametrize("name", ["txt", ".txt", ".TXT"])
def test_a_plugin_cannot_replace_a_built_in(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    install(monkeypatch, EntryPoint(name, "module:read_upper", GROUP))
    assert known_readers() == READERS


def test_a_plugin_that_cannot_be_loaded_harms_only_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(monkeypatch, EntryPoint(".gone", "no_such_module:read", GROUP))
    (tmp_path / "a.gone").write_text("x")
    (tmp_path / "b.txt").write_text("y")
    problems: list[InputError] = []
    assert [article.id for article in read(tmp_path, on_problem=problems.append)] == ["b"]
    assert "the plugin '.gone' cannot load its reader 'no_such_module:read'" in str(problems[0])


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        READERS[".txt"] = read_upper  # type: ignore[index]
