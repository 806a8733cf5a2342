"""What the code of kg imports, against what the project says that it needs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from audit.locks import normal

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def imported(package: Path) -> dict[str, str]:
    """Modules outside the standard library and the package itself, each with the first file that imports it."""
    found: dict[str, str] = {}
    for file in sorted(package.rglob("*.py")):
        for name in _modules(ast.parse(file.read_text(encoding="utf-8"))):
            top = name.partition(".")[0]
            if top not in sys.stdlib_module_names and top != package.name:
                found.setdefault(top, str(file.relative_to(package.parent)))
    return found


def _modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def undeclared(
    modules: Mapping[str, str], declared: Sequence[str], known: Mapping[str, Sequence[str]] | None = None
) -> Iterator[str]:
    """A line for each imported module whose package is not declared.

    Args:
        modules: As ``imported`` gives them.
        declared: Names of packages.
        known: Packages by module, as they are installed; None for what is installed here. A module that is not
            installed counts as a package of its name, such as ``ray``.
    """
    by_module = packages_distributions() if known is None else known
    for module, file in sorted(modules.items()):
        packages = {normal(name) for name in by_module.get(module, (module,))}
        if not packages & set(declared):
            yield f"{file}: imports {module}, of {', '.join(sorted(packages))}, which pyproject.toml does not name"


def dependencies(pyproject: Path) -> tuple[list[str], list[str]]:
    """Names of the packages that kg needs, and of those that its extras other than ``dev`` add."""
    project: dict[str, Any] = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    extras = [line for name, lines in project["optional-dependencies"].items() if name != "dev" for line in lines]
    return _names(project["dependencies"]), _names(extras)


def _names(lines: Sequence[str]) -> list[str]:
    return [normal(match[0]) for line in lines if (match := _NAME.match(line))]
