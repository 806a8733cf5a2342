"""The packages that kg depends on keep the rules, and what breaks one is found."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from audit.__main__ import ROOT, findings
from audit.advisories import FILE, Advisory, affected, read_advisories, update
from audit.imports import dependencies, imported, undeclared
from audit.licences import stated
from audit.locks import Locked, read_lock

HASH = "--hash=sha256:" + "0a" * 32


def test_there_is_nothing_to_find_fault_with() -> None:
    assert list(findings()) == []


def test_it_says_so_at_the_terminal() -> None:
    run = subprocess.run([sys.executable, "-m", "audit"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "nothing to find fault with\n"), run.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("click>=8 \\\n    " + HASH, "'click>=8' is not NAME==VERSION"),
        ("click", "'click' is not NAME==VERSION"),
        ("click==8.*", "is not NAME==VERSION"),
        ("-e .", "'-e .' is not NAME==VERSION"),
        ("click @ https://example.org/click.whl \\\n    " + HASH, "is not NAME==VERSION"),
        ("click==8.1", "'click==8.1' has no hash"),
        ("click==8.1 \\\n    --hash=md5:00", "has no hash, or one that is not SHA-256"),
        ("click==8.1 ; python_version < '3' \\\n    " + HASH[:-1], "has no hash, or one that is not SHA-256"),
    ],
)
def test_an_entry_that_is_not_pinned_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "requirements.lock"
    file.write_text(f"# a remark\nanyio==4.1 \\\n    {HASH} \\\n    {HASH}\n{text}\n", encoding="utf-8")
    found, wrong = read_lock(file)
    assert found == [Locked("anyio", "4.1", "", 2)]
    [line] = wrong
    assert line.startswith("requirements.lock:5: ")
    assert said in line


def test_an_import_that_nobody_declared_is_told(tmp_path: Path) -> None:
    package = tmp_path / "kg"
    package.mkdir()
    (package / "a.py").write_text("import json, yaml.nodes\nfrom kg.b import c\nfrom . import d\n", encoding="utf-8")
    (package / "b.py").write_text("def f():\n    from attr import define\n    import ray\n", encoding="utf-8")
    modules = imported(package)
    assert modules == {"yaml": "kg/a.py", "attr": "kg/b.py", "ray": "kg/b.py"}
    known = {"yaml": ["PyYAML"], "attr": ["attrs"]}
    assert list(undeclared(modules, ["attrs", "ray"], known)) == [
        "kg/a.py: imports yaml, of pyyaml, which pyproject.toml does not name"
    ]


def test_extras_count_as_declared_and_tools_do_not() -> None:
    needed, extras = dependencies(ROOT / "pyproject.toml")
    assert {"click", "pyoxigraph"} <= set(needed)
    assert set(extras) == {"matplotlib", "ray"}


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License-Expression": "MIT OR Apache-2.0", "License": "x"}, "MIT OR Apache-2.0"),
        ({"License": "BSD", "Classifier": "License :: OSI Approved :: MIT License"}, "BSD"),
        ({"License": "Copyright\nall of it", "Classifier": "License :: OSI Approved :: MIT License"}, "MIT License"),
        ({"License": "UNKNOWN", "Classifier": "License :: OSI Approved :: ISC License (ISCL)"}, "ISC License (ISCL)"),
        ({}, ""),
    ],
)
def test_a_licence_is_read_from_what_a_package_states(fields: dict[str, str], licence: str) -> None:
    message = Message()
    for name, value in fields.items():
        message[name] = value
    assert stated(message) == licence


def test_a_vulnerable_version_is_told() -> None:
    known = [Advisory("jinja2", "<3.1.6", "CVE-2025-27516")]
    lock = [Locked("jinja2", "3.1.5", "", 1), Locked("jinja2", "3.1.6", "", 1), Locked("click", "1.0", "", 1)]
    assert list(affected(lock, known)) == ["jinja2 3.1.5: CVE-2025-27516 concerns <3.1.6; lock another"]


def test_what_pypi_tells_is_kept_with_the_date(tmp_path: Path) -> None:
    file = tmp_path / "advisories.toml"
    file.write_bytes(FILE.read_bytes())
    told: dict[str, Any] = {
        "a": [{"id": "PYSEC-1", "aliases": ["GHSA-x", "CVE-1-2"], "fixed_in": ["0.9", "1.10", "1.2"]}],
        "b": [
            {"id": "GHSA-y", "aliases": [], "fixed_in": []},
            {"id": "GHSA-z", "aliases": [], "withdrawn": "2024-01-01", "fixed_in": ["9"]},
        ],
        "c": [{"id": 'x" }, {', "fixed_in": ['2" }']}],
    }
    lock = [Locked("a", "1.1", "", 1), Locked("b", "2.0", "", 1), Locked("c", "1", "", 1), Locked("d", "1", "", 1)]

    def fetch(name: str, version: str) -> Any:
        return {"vulnerabilities": told.get(name, [])}

    assert update(lock, fetch, date(2030, 1, 2), file) == 3
    assert set(read_advisories(file)) - set(read_advisories()) == {
        Advisory("a", ">=1.1,<1.2", "CVE-1-2"), Advisory("b", "==2.0", "GHSA-y"), Advisory("c", "==1", "unnamed"),
    }  # fmt: skip
    text = file.read_text(encoding="utf-8")
    assert 'asked = "2030-01-02"\n' in text
    assert "not been asked" not in text
    assert text.startswith("# Known vulnerable versions")
    assert update(lock, fetch, date(2030, 1, 3), file) == 0


def test_the_file_stays_as_it_is_where_pypi_cannot_be_reached(tmp_path: Path) -> None:
    file = tmp_path / "advisories.toml"
    file.write_bytes(FILE.read_bytes())

    def fetch(name: str, version: str) -> Any:
        raise OSError("unreachable")

    with pytest.raises(OSError, match="unreachable"):
        update([Locked("a", "1", "", 1)], fetch, date(2030, 1, 2), file)
    assert file.read_bytes() == FILE.read_bytes()
