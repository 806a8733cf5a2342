"""Opening a source."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read.source import Source, shown


def test_a_named_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(InputError, match="not a regular file"):
        Source(tmp_path / "a.txt").open()


@pytest.mark.parametrize(
    ("value", "words"),
    [("a", "'a'"), (3, "3"), ([1], "a list"), ({}, "an object"), ("\n\u20ac", "'\\n\\u20ac'")],
)
def test_a_value_is_shown_on_one_line(value: object, words: str) -> None:
    assert shown(value) == words
