"""``kg`` as a process of its own: time, pipes, interrupts, encodings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KG = [sys.executable, "-m", "kg.cli"]
# Unbuffered, Python has nothing left to write at its end, which hides what it would say there.
PLAIN = {k: v for k, v in os.environ.items() if k not in ("KG_STORE", "NO_COLOR", "PYTHONUNBUFFERED")}


def kg(*words: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KG, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env=PLAIN | env,
        encoding="utf-8",
    )


def test_help_comes_at_once() -> None:
    """In seconds of the processor: those by the clock measure the neighbours."""
    times = []
    for _ in range(3):
        start = os.times()
        assert kg("--help").returncode == 0
        end = os.times()
        times.append(end.children_user + end.children_system - start.children_user - start.children_system)
    assert 0 < min(times) < 0.3


@pytest.mark.parametrize("module", ["spacy", "pyoxigraph", "rdflib", "networkx", "pyvis", "pydantic", "trafilatura"])
def test_help_imports_nothing_heavy(module: str) -> None:
    code = f"import sys, kg.cli; print({module!r} in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"


def test_the_store_is_taken_from_the_environment(seed_folder: Path) -> None:
    result = kg("query", "articles", "--format", "csv", KG_STORE=str(seed_folder))
    assert (result.returncode, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == 24


def test_an_error_is_one_line_on_stderr(tmp_path: Path) -> None:
    result = kg("info", "--store", tmp_path / "nowhere")
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [("query", "evidence"), ("export", "-o", "-", "--format", "nt"), ("draw", "-o", "-"), ("--help",)],
)
def test_a_reader_who_leaves_early_is_no_error(seed_folder: Path, words: tuple[str, ...]) -> None:
    env = PLAIN | {"KG_STORE": str(seed_folder)}
    with subprocess.Popen([*KG, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", [("query", "articles"), ("info",), ("export", "-o", "-", "--format", "nt")])
def test_a_full_disk_is_told_in_one_line(seed_folder: Path, words: tuple[str, ...]) -> None:
    env = PLAIN | {"KG_STORE": str(seed_folder)}
    with Path("/dev/full").open("w") as full:
        result = subprocess.run([*KG, *words], stdout=full, stderr=subprocess.PIPE, env=env, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.endswith("the disk is full\n")
    assert len(result.stderr.splitlines()) == 1


def test_no_colour_reaches_a_pipe(seed_folder: Path) -> None:
    assert "\x1b" not in kg("info", "--store", seed_folder).stdout


def test_an_encoding_without_the_letters_stops_nothing(seed_folder: Path) -> None:
    result = subprocess.run(
        [*KG, "query", "SELECT ('北京' AS ?city) {}"], capture_output=True, check=False,
        env=PLAIN | {"KG_STORE": str(seed_folder), "PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"\\u5317\\u4eac" in result.stdout


# A process that a shell started in the background ignores SIGINT, and so would its children.
LISTENING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "


@pytest.mark.slow
def test_ctrl_c_says_so_and_ends_with_130(root: Path, tmp_path: Path) -> None:
    code = LISTENING + "from kg.cli import main; main(prog_name='kg')"
    words = [sys.executable, "-c", code, "build", str(root / "seeds"), "--store", str(tmp_path / "s")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=PLAIN, text=True) as process:
        until = time.monotonic() + 60
        while not list((tmp_path / "s").glob("records/*")) and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (130, "")
    assert err == "\nInterrupted; what was finished is kept.\n"
    assert kg("info", "--store", tmp_path / "s").returncode == 0
