"""Text for the terminal, and the progress bar."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import output
from kg.cli.output import escaped, me, tolerant, width
from kg.cli.progress import progress


@given(st.text())
def test_nothing_but_line_breaks_can_move_the_cursor(text: str) -> None:
    shown = escaped(text)
    assert all(c == "\n" or c >= " " for c in shown)
    assert shown.count("\n") == text.count("\n")
    assert not set(shown) & {"\x7f", "\x9b", "\u202e", "\u2066"}


def test_a_stream_writes_what_its_encoding_lacks_as_escapes() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    tolerant(stream)
    stream.write("Zürich 北京")
    stream.flush()
    assert raw.getvalue() == b"Z\\xfcrich \\u5317\\u4eac"
    tolerant(io.StringIO())


def test_the_terminal_has_a_width_and_a_pipe_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert width() is None
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "77")
    assert width() == 77


def test_the_program_is_named_as_it_can_be_called(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", [os.fspath(Path.cwd() / "bin" / "kg")])
    monkeypatch.setattr(output.shutil, "which", lambda _: None)
    assert me() == os.path.join("bin", "kg")  # noqa: PTH118 - the text as it stands on a command line
    monkeypatch.setattr(output.shutil, "which", lambda _: "/usr/bin/kg")
    assert me() == "kg"
    monkeypatch.setattr(sys, "argv", ["-m"])
    assert me() == "kg"


def test_a_terminal_sees_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress("articles", 4, quiet=False) as advance:
        assert advance is not None
        advance(4)
    assert "articles" in terminal.getvalue()
    assert "4/4" in terminal.getvalue() or "0/4" in terminal.getvalue()


@pytest.mark.parametrize("quiet", [True, False])
def test_a_pipe_and_the_quiet_see_no_bar(quiet: bool, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("articles", 4, quiet=quiet) as advance:
        assert advance is None
    assert capsys.readouterr() == ("", "")
