"""Fixtures for all tests: the seeds, built once, and SPARQL servers of others, started once where they are installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from kg.store import Store

# No deadlines: on a shared machine they measure the neighbours.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = Path("/usr/bin/chromium")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--approve``: what the page looks like now is how it shall look."""
    parser.addoption(
        "--approve", action="store_true", help="keep new pictures of the page where they differ from the approved"
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def seed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with the graph of seeds/; nobody may write to it."""
    from kg.pipeline import build

    folder = tmp_path_factory.mktemp("seeds") / "kg-store"
    report = build(ROOT / "seeds", store=folder)
    assert report.problems == []
    return folder


@pytest.fixture(scope="session")
def seed_store(seed_folder: Path) -> Iterator[Store]:
    """The graph of seeds/, open for reading."""
    from kg.store import open_store

    with open_store(seed_folder, read_only=True) as store:
        yield store


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Headless Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed; on Debian: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@dataclass(frozen=True)
class SparqlServer:
    """A server of others on 127.0.0.1, with the settings under which ``--store sparql`` finds it."""

    name: str
    settings: dict[str, str]


def free_ports(number: int) -> list[int]:
    """Ports of 127.0.0.1 on which nobody listens."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


@contextmanager
def running(words: Sequence[str | Path], url: str, folder: Path, *, seconds: float) -> Iterator[None]:
    """A process that answers at the address; it alone is ended."""
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(words, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    try:
        for _ in range(int(seconds / 0.05)):
            if process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(url, timeout=1):
                    break
            except OSError as error:
                if getattr(error, "code", None):  # it answers, if only with an error
                    break
                time.sleep(0.05)
        else:
            pytest.skip(f"{words[0]} did not answer within {seconds:g} s")
        if process.poll() is not None:
            told = (folder / "output.txt").read_text(errors="replace").strip().splitlines()
            pytest.skip(f"{words[0]} could not be started: {told[-1] if told else process.returncode}")
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparqlServer]:
    """Oxigraph's own server, in memory."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if binary is None:
        pytest.skip("the server oxigraph is not installed: pip install oxigraph")
    (port,) = free_ports(1)
    base = f"http://127.0.0.1:{port}"
    with running([binary, "serve", "--bind", f"127.0.0.1:{port}"], base, tmp_path_factory.mktemp("oxi"), seconds=20):
        urls = {"QUERY": f"{base}/query", "UPDATE": f"{base}/update", "GRAPH_STORE": f"{base}/store"}
        yield SparqlServer("oxigraph", {f"KG_{name}_URL": url for name, url in urls.items()})


VIRTUOSO_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 20
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 6
CheckpointInterval = 0
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
DirsAllowed = .
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 6
[SPARQL]
ResultSetMaxRows = 20000
"""
"""Buffers of 16 MB, and all files in the working directory."""


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparqlServer]:
    """Virtuoso 7.2 with a new database of its own; queries go to its public address, changes need its user."""
    binary = shutil.which("virtuoso-t")
    if binary is None:
        pytest.skip("virtuoso-t is not installed: apt-get install virtuoso-opensource virtuoso-opensource-7")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = free_ports(2)
    (folder / "kg.ini").write_text(VIRTUOSO_INI.format(sql=sql, http=http))
    base = f"http://127.0.0.1:{http}"
    words = [binary, "+foreground", "+configfile", "kg.ini"]
    with running(words, f"{base}/sparql?query=ASK%7B%7D", folder, seconds=60):
        urls = {"QUERY": "sparql", "UPDATE": "sparql-auth", "GRAPH_STORE": "sparql-graph-crud-auth"}
        settings = {f"KG_{name}_URL": f"{base}/{path}" for name, path in urls.items()}
        yield SparqlServer("virtuoso", settings | {"KG_SPARQL_USER": "dba", "KG_SPARQL_PASSWORD": "dba"})


@pytest.fixture
def sparql_server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], SparqlServer]:
    """Gives a server by name, emptied of our graphs, and named by the environment."""

    def ready(name: str) -> SparqlServer:
        from kg.store.endpoint import endpoint
        from kg.store.server import Server, solutions
        from kg.vocab.namespaces import BASE

        server: SparqlServer = request.getfixturevalue(f"{name}_server")
        for variable, value in server.settings.items():
            monkeypatch.setenv(variable, value)
        client = Server(endpoint())
        found = f'SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{BASE}")) }}'
        for row in list(solutions(client, client.select(found))):
            client.drop_graph(row["g"].value)  # type: ignore[union-attr]
        if name == "oxigraph":
            client.update("CLEAR ALL")
        client.close()
        return server

    return ready
