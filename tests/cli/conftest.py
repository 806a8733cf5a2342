"""Fixtures for the tests of the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

Run = Callable[..., Result]

MEETING = "French President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin on Monday."
ACCUSATION = "Kenya accused Somalia of attacking its troops on Tuesday, a spokesman said."


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs ``kg`` with arguments in an empty folder; stdout, stderr and the exit code come back."""
    monkeypatch.chdir(tmp_path)
    for name in ("KG_STORE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def command(*words: str | Path, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], input=stdin, env=env, prog_name="kg")

    return command


@pytest.fixture
def two_articles(tmp_path: Path) -> Path:
    """A folder with two short articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(f"---\ndate: 2024-05-08\n---\n{MEETING}\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"---\ndate: 2024-05-09\n---\n{ACCUSATION}\n", encoding="utf-8")
    return folder


@pytest.fixture
def hostile_store(tmp_path: Path) -> Path:
    """A store whose one actor has a name that would clear the screen."""
    import pyoxigraph as ox

    from kg.store import open_store

    ns = "https://w3id.org/dekg/"
    turtle = f"""@prefix ent: <{ns}id/entity/> . @prefix ev: <{ns}id/event/> . @prefix dk: <{ns}ns#> .
    @prefix plover: <{ns}plover/> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ent:x-1 a sem:Actor ; skos:prefLabel "Eve\\u001B[2J\\u202Eevil" .
    ev:1 a sem:Event ; sem:eventType plover:CONSULT ; dk:eventStatus dk:Occurred ; dk:actor ent:x-1 ;
      rdfs:label "Eve\\u001B[2J met" ."""
    graph = f"{ns}id/graph/00000000000000aa"
    quads = [
        ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(graph))
        for t in ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    ]
    folder = tmp_path / "hostile"
    with open_store(folder) as store:
        store.replace(graph, quads)
    return folder
