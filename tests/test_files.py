from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.files import write_whole


def test_what_was_written_is_there_and_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", [b"one ", b"two"])
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"one two")]


def test_a_very_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 250)
    write_whole(path, [b"x"])
    assert path.read_bytes() == b"x"


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    write_whole(path, [b"old"])

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, [b"new"])
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.skipif(os.name != "posix", reason="folders are opened on Unix only")
def test_a_folder_that_may_not_be_listed_takes_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.open

    def forbidden(path: object, *rest: int) -> int:
        if path == tmp_path:
            raise PermissionError(13, "Permission denied")
        return write(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", forbidden)
    write_whole(tmp_path / "a", [b"x"])
    assert (tmp_path / "a").read_bytes() == b"x"
