"""``import kg``: quick, and the names that it promises are what they are called."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import kg

FUNCTIONS = (
    "ask",
    "build",
    "check",
    "code",
    "draw",
    "explain",
    "export",
    "open_store",
    "questions",
    "read",
    "to_networkx",
)


def test_about_fifteen_names_are_public() -> None:
    assert len(kg.__all__) == len(set(kg.__all__)) == 17
    assert set(kg.__all__) <= set(dir(kg))


@pytest.mark.parametrize("name", [n for n in kg.__all__ if n != "__version__"])
def test_a_public_name_is_explained(name: str) -> None:
    assert (getattr(kg, name).__doc__ or "").strip()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_has_an_example_that_doctest_runs(name: str) -> None:
    function = getattr(kg, name)
    assert inspect.isfunction(function)
    assert ">>> " in (function.__doc__ or "")


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert kg.__version__ == version("dekg")


def test_a_package_that_is_not_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert kg.__version__ == "unknown"


def test_a_name_that_is_not_there_is_told() -> None:
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nonsense'"):
        _ = kg.nonsense  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "before", ["pass", "import kg.pipeline", "import kg.draw.draw, kg.export, kg.read, kg.code.coder"]
)
def test_a_verb_is_the_function_whatever_was_imported_before(before: str) -> None:
    code = (
        f"{before}\nfrom kg import code, draw, export, read\nimport kg, kg.draw, kg.read\n"
        "print([f.__module__ for f in (code, draw, export, read, kg.draw)])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert found == "['kg.pipeline', 'kg.draw.draw', 'kg.export', 'kg.read.reading', 'kg.draw.draw']\n"


def test_the_import_is_quick() -> None:
    # Time of the process, not of the clock: on a shared machine that measures the neighbours.
    code = "import time; t = time.process_time(); import kg; print(time.process_time() - t)"
    times = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    assert min(times) < 0.05
