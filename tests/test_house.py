"""The house is in order: style, types, layers, docs, and nothing in it that belongs to one machine."""

from __future__ import annotations

import ast
import hashlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg import errors
from kg.cli.group import COMMANDS
from kg.vocab.plover import OWN_TYPES
from kg.vocab.terms import SCHEMES

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 400


def tracked() -> list[Path]:
    """The files of the project, without what is made from them."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.split("\0")  # fmt: skip
        paths = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):  # a copy without its history
        paths = [p for p in ROOT.rglob("*") if not any(part.startswith(".") for part in p.relative_to(ROOT).parts)]
    return sorted(p for p in paths if p.is_file())


FILES = tracked()
MODULES = [p for p in FILES if p.suffix == ".py" and p.is_relative_to(ROOT / "kg")]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("importlinter.cli", "lint"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_the_tool_has_nothing_to_say(words: tuple[str, ...]) -> None:
    runner = (
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
        if words[0] == "importlinter.cli"
        else [sys.executable, "-m", *words]
    )
    result = subprocess.run(runner, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert told, "no docstring"
    assert re.match(r".+[.:?](\n|$)", told), told.splitlines()[0]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_holds_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_that_others_may_call_is_explained(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node) and not is_overload(node)] == []


def is_overload(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "overload" for d in node.decorator_list)


def test_no_file_names_a_folder_of_a_machine() -> None:
    homes = re.compile(rb"(?<![\w.:/*-])/(?:home|root|Users|work|tmp)/[\w.-]+")
    found = {
        name_of(path): hit.group().decode(errors="replace")
        for path in FILES
        if path.suffix not in (".png", ".gz") and (hit := homes.search(path.read_bytes()))
    }
    assert found == {}


def test_the_lock_files_name_no_registry_and_pin_every_package() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        packages = re.findall(r"^[a-z0-9].*", text, re.MULTILINE)
        assert len(packages) > 40
        assert [line for line in packages if not re.match(r"[a-z0-9._-]+==\S+ ", line)] == []
        assert text.count("--hash=sha256:") >= len(packages)
        assert not re.search(r"^torch\b", text, re.MULTILINE)


def test_the_tests_use_the_same_packages_as_the_program() -> None:
    pins = [
        dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0].items() <= pins[1].items()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_files_hold_what_the_project_asks_for(lock: str) -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"]["dev"] if "dev" in lock else [])
    names = {re.split(r"[<>=;\[ ]", w)[0].lower().replace("_", "-") for w in wanted}
    assert names - set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / lock).read_text(), re.MULTILINE)) == set()


def test_vendored_files_are_what_their_note_says() -> None:
    notes = [path for path in FILES if path.name == "README.md" and path.parent.name == "vendor"]
    assert notes
    for note in notes:
        told = re.findall(r"SHA-256 of `([^`]+)`:\n`([0-9a-f]{64})`", note.read_text(encoding="utf-8"))
        assert told
        for name, digest in told:
            assert hashlib.sha256((note.parent / name).read_bytes()).hexdigest() == digest
        others = {p.name for p in note.parent.iterdir()} - {name for name, _ in told} - {"README.md"}
        assert all("LICENSE" in name for name in others), others


def test_the_docs_tell_of_every_command_with_an_example() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        part = text.partition(f"\n### kg {name}\n")[2].partition("\n##")[0]
        assert f"kg {name}" in part.partition("    $ ")[2], name


def test_the_docs_tell_of_every_error() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    tree = {n for n, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.KgError)}
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == tree
    assert {name for name in tree if name not in (errors.__doc__ or "")} == set()


def test_the_glossary_has_the_words_of_the_records_and_of_the_graph() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = set(re.findall(r"^\| ([^|]+?) \|", text, re.MULTILINE))
    records = {"article", "annotated", "mention", "link", "actor", "event", "evidence", "store", "answer"}
    assert records <= words
    assert set(SCHEMES["StatusScheme"]) <= words
    assert [own for own in OWN_TYPES if own not in text] == []
    rows = [row.casefold() for row in re.findall(r"^\| ([^|]+?) \|", text.partition("\n## ")[0], re.MULTILINE)[2:]]
    assert rows == sorted(rows)


def test_the_changelog_tells_of_this_version() -> None:
    import kg

    assert f"## {kg.__version__}\n" in (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8")
    assert f"version: {kg.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert script.read_text(encoding="utf-8").rstrip().splitlines()[-1] == "exec make --no-print-directory test"
    assert "    make test\n" in (ROOT / "README.md").read_text(encoding="utf-8")
