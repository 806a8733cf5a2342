"""What the README shows works as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

ROOT = Path(__file__).resolve().parents[1]


def blocks(language: str) -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_the_lines_of_python_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(code, names)
    assert "23 articles" in capsys.readouterr().out
    assert str(names["page"]).lower().startswith("<!doctype html>")
    assert b"sem:Event" in bytes(names["turtle"])  # type: ignore[call-overload]
    assert len([line for line in code.splitlines() if line]) <= 10


@pytest.mark.slow
def test_the_lines_for_the_terminal_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (block,) = blocks("console")
    lines = [line.removeprefix("$ ") for line in block.splitlines()]
    assert all(line.startswith("kg ") for line in lines)
    for line in lines:
        result = CliRunner().invoke(main, shlex.split(line)[1:], prog_name="kg")
        assert result.exit_code == 0, (line, result.output)
    assert (tmp_path / "graph.html").is_file()
    assert (tmp_path / "graph.ttl").is_file()


def test_the_files_it_links_to_are_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []
