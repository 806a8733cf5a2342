"""The TOML file beside an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read.sidecar import read_sidecar
from kg.read.source import STDIN


def test_without_a_sidecar_there_is_no_metadata(tmp_path: Path) -> None:
    assert dict(read_sidecar(tmp_path / "a.txt").values) == {}


def test_standard_input_has_no_sidecar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-.toml").write_text('title = "x"')
    assert dict(read_sidecar(STDIN).values) == {}


def test_a_key_knows_its_line_in_the_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('# note\ntitle = "x"\n"date" = "y"\n')
    fields = read_sidecar(tmp_path / "a.txt")
    assert fields.place("date") == f"{tmp_path}/a.toml:3"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"title = x", "line 1"),
        (b"date = 2024-02-30", "line 1"),
        (b"a = " + b"[" * 5000, "not TOML"),
        (b"a = " + b"1" * 5000, "not TOML"),
        (b"title = '\xff'", "byte 0xFF"),
        (b"", "empty"),
    ],
)
def test_a_broken_sidecar_is_told_by_name(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.toml").write_bytes(data)
    with pytest.raises(InputError) as error:
        read_sidecar(tmp_path / "a.txt")
    assert str(error.value).startswith(f"{tmp_path}/a.toml")
    assert message in str(error.value)
