from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.export import export, format_for
from kg.export.target import worded, write_file, write_stream
from kg.store import Store


def fails(code: int) -> Iterator[bytes]:
    yield b"half"
    raise OSError(code, os.strerror(code))


def test_a_file_holds_what_the_bytes_are(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "graph.ttl")
    assert (tmp_path / "graph.ttl").read_bytes() == export(store, format="ttl")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_stream_gets_the_bytes(store: Store) -> None:
    stream = io.BytesIO()
    assert export(store, stream, format="csv") is None
    assert stream.getvalue() == export(store, format="csv")


def test_a_dash_is_standard_output(store: Store, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    export(store, "-", format="nt")
    assert capfdbinary.readouterr().out == export(store, format="nt")


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "graph.nt"
    target.write_bytes(b"old")
    with pytest.raises(ExportError, match="the disk is full; nothing was written"):
        write_file(target, fails(errno.ENOSPC))
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["graph.nt"]


def test_an_error_of_the_writer_leaves_nothing(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ExportError("rdf: no")

    with pytest.raises(ExportError, match="rdf: no"):
        write_file(tmp_path / "graph.rdf", pieces())
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told_in_one_line(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="there is no folder") as caught:
        export(store, tmp_path / "no" / "graph.ttl")
    assert "\n" not in str(caught.value)


def test_a_folder_is_no_target(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="this is a folder"):
        export(store, tmp_path, format="ttl")


def test_a_link_stays_a_link_and_the_rights_stay(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", [b"new"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="devices are files on Unix only")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(Path(os.devnull), [b"x"])
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EACCES, "no permission"),
        (errno.EROFS, "only be read"),
        (errno.EDQUOT, "disk is full"),
        (errno.EIO, "input/output"),
    ],
)
def test_refusals_of_the_system_are_worded(code: int, words: str) -> None:
    assert words in worded(OSError(code, os.strerror(code)))


def test_a_stream_that_refuses_is_an_export_error_and_a_closed_pipe_stays_one() -> None:
    with pytest.raises(ExportError, match="the disk is full"):
        write_stream(io.BytesIO(), fails(errno.ENOSPC))
    with pytest.raises(BrokenPipeError):
        write_stream(io.BytesIO(), fails(errno.EPIPE))


@pytest.mark.parametrize(
    ("target", "name", "wrong"),
    [
        ("graph.tll", None, "did you mean '.ttl'"),
        ("graph", None, "no ending"),
        (None, None, "no format given"),
        ("-", None, "no format given"),
        ("graph.ttl", "turtel", "unknown export format 'turtel'"),
    ],
)
def test_a_format_that_is_not_there_is_told(target: str | None, name: str | None, wrong: str) -> None:
    with pytest.raises(ExportError, match=wrong):
        format_for(target, name)


def test_the_ending_counts_in_any_case_and_the_name_before_it() -> None:
    assert format_for("Graph.TTL") == "ttl"
    assert format_for("graph.ttl", "nt") == "nt"


def test_an_option_that_a_format_cannot_follow_is_told(store: Store) -> None:
    with pytest.raises(ExportError, match="csv: cannot follow the option 'text'; these can: ttl"):
        export(store, format="csv", text=True)
