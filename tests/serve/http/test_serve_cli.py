"""``kg serve`` as a command and as a process."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.store import open_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one triple."""
    import pyoxigraph as ox

    where = tmp_path / "kg-store"
    graph = "https://w3id.org/dekg/id/graph/00000000000000aa"
    with open_store(where) as store:
        node = ox.NamedNode("urn:x")
        store.replace(graph, [ox.Quad(node, node, node, ox.NamedNode(graph))])
    return where


def serve(*words: str | Path) -> Result:
    return CliRunner(env={"KG_STORE": None}).invoke(main, ["serve", *map(str, words)])


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--store", "nowhere"), 1, "Error: nowhere: no store there; make one with: kg build seeds/ --store nowhere\n"),
        (("--store", ":memory:"), 2, ":memory:: this command needs a store in a folder"),
        (("--port", "70000"), 2, "70000 is not in the range"),
        (("--workers", "0"), 2, "0 is not in the range"),
        (("--timeout", "0"), 2, "0.0 is not in the range"),
        (("--per-client", "-1"), 2, "-1 is not in the range"),
        (("--proxy", "example.org"), 2, "'example.org' is no address such as 10.0.0.7 and no network such as"),
        (
            ("--writable",),
            2,
            "Error: --writable needs a token in the environment: set KG_WRITE_TOKEN, such as from: python3",
        ),
        (("--scratch",), 2, "Error: --scratch is for stores that updates write; give --writable too\n"),
    ],
)
def test_it_says_what_was_asked_wrongly(words: tuple[str, ...], code: int, told: str) -> None:
    result = serve(*words)
    assert result.exit_code == code
    assert told in result.stderr


def test_a_port_in_use_is_one_line(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = serve("--store", folder, "--port", str(port))
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: --port {port}: something else listens on 127.0.0.1:{port} already; end it, or choose another port\n"
    )


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end(folder: Path, how: signal.Signals) -> None:
    words = ["serve", "--port", "0", "--store", str(folder), "--workers", "3", "--timeout", "4"]
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={k: v for k, v in os.environ.items() if k != "KG_STORE"},
    )  # fmt: skip
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        match = re.fullmatch(rf"Serving {folder} at (http://127\.0\.0\.1:\d+/); Ctrl-C ends it\.\n", line)
        assert match, line
        with urllib.request.urlopen(match[1] + "sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D") as response:
            assert (response.status, response.read()) == (200, b'{"head":{},"boolean":true}')
        process.send_signal(how)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0
    assert out == ""
    assert err == "Ended.\n"
