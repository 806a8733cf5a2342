"""What the given names stand for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.errors import InputError, Skipped
from kg.read import expand


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.txt",
        "a.TXT",
        "a.toml",
        "c.csv",
        ".hidden.txt",
        "README.md",
        "sub/d.jsonl",
        "sub/.git/e.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def both(sources: Iterable[str | Path] | str | Path) -> tuple[list[str], list[str]]:
    problems: list[InputError] = []
    paths = [str(path) for path in expand(sources, on_problem=problems.append)]
    return paths, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("sources", "paths"),
    [
        (["."], ["a.TXT", "b.txt", "sub/d.jsonl"]),
        (Path(), ["a.TXT", "b.txt", "sub/d.jsonl"]),
        ("b.txt", ["b.txt"]),
        (["sub", "b.txt"], ["sub/d.jsonl", "b.txt"]),
        (["*"], ["a.TXT", "b.txt", "sub/d.jsonl"]),
        (["**/*.jsonl"], ["sub/d.jsonl"]),
        (["b.txt", ".", "./b.txt", "sub/../b.txt"], ["b.txt", "a.TXT", "sub/d.jsonl"]),
        (["-", "-"], ["-"]),
        (["b.txt", "a.toml"], ["b.txt"]),
    ],
)
def test_names_become_files_sorted_and_once(folder: Path, sources: object, paths: list[str]) -> None:
    assert both(sources) == (paths, [])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("gone.txt", "gone.txt: no such file or folder"),
        ("gone*.txt", "gone*.txt: matches no file that kg reads"),
        ("*.csv", "*.csv: matches no file that kg reads"),
        ("c.csv", "c.csv: the suffix '.csv' is not one that kg reads; known: .htm, "),
        ("sub/.git/../none", "sub/.git/../none: no such file"),
        (
            "https://example.org/a.html",
            "'https://example.org/a.html': a URL, and kg opens no network connection",
        ),
        ("file:///a.txt", "'file:///a.txt': a URL"),
        ("", "'': an empty name"),
        ("a\0b.txt", "'a\\x00b.txt': no file can have this name"),
        ("x" * 5000, "x" * 5000 + ": cannot be read: File name too long"),
        ("b.txt/c.txt", "b.txt/c.txt: cannot be read: Not a directory"),
    ],
)
def test_a_bad_name_is_told_and_the_others_are_given(folder: Path, source: str, message: str) -> None:
    paths, problems = both([source, "b.txt"])
    assert (paths, len(problems)) == (["b.txt"], 1)
    assert problems[0].startswith(message)


def test_a_file_without_suffix_is_told(folder: Path) -> None:
    Path("plain").write_text("x")
    assert both("plain")[1][0].startswith("plain: a name without suffix is not one that kg reads")


def test_a_folder_without_articles_is_told(folder: Path) -> None:
    Path("void").mkdir()
    assert both("void")[1][0].startswith("void: no article in the folder")


def test_without_a_taker_the_first_problem_is_raised(folder: Path) -> None:
    with pytest.raises(InputError, match="gone"):
        list(expand(["gone"]))


def test_a_readme_that_is_named_is_left_out_with_a_notice(folder: Path) -> None:
    problems: list[InputError] = []
    assert list(expand("README.md", on_problem=problems.append)) == []
    assert [type(problem) for problem in problems] == [Skipped]
    assert list(expand("README.md")) == []


def test_a_file_whose_name_looks_like_a_glob_is_a_file(folder: Path) -> None:
    Path("a[1].txt").write_text("x")
    assert both("a[1].txt") == (["a[1].txt"], [])


def test_loops_of_symbolic_links_end(folder: Path) -> None:
    Path("sub/up").symlink_to(folder)
    Path("sub/self").symlink_to("self")
    assert both("sub") == (["sub/d.jsonl", "sub/up/a.TXT", "sub/up/b.txt"], [])


def test_a_file_and_a_link_to_it_are_one(folder: Path) -> None:
    Path("link.txt").symlink_to("b.txt")
    assert both(["b.txt", "link.txt"]) == (["b.txt"], [])


def test_an_unreadable_folder_is_told_and_the_others_are_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = Path.iterdir

    def refuse(path: Path) -> Iterable[Path]:
        if path.name == "sub":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert both(".") == (["a.TXT", "b.txt"], ["sub: no permission to read it; allow it with chmod"])


def test_expanding_twice_changes_nothing(folder: Path) -> None:
    first = list(expand("."))
    assert list(expand(first)) == first
