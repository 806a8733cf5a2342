"""Finds in news who did what to whom, when, and who says so, and keeps it as a graph of RDF.

>>> import kg
>>> with kg.open_store(":memory:") as store:
...     kg.ask(store, "ASK { ?s ?p ?o }").truth
False
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.draw import draw, to_networkx
    from kg.errors import KgError
    from kg.export import export
    from kg.graph import check
    from kg.model import Answer, Article, Event
    from kg.pipeline import build, code, explain
    from kg.query import ask, questions
    from kg.read import read
    from kg.store import Store, open_store

    __version__: str

__all__ = [
    "Answer",
    "Article",
    "Event",
    "KgError",
    "Store",
    "__version__",
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
]

_HOMES = {
    "Answer": "kg.model",
    "Article": "kg.model",
    "Event": "kg.model",
    "KgError": "kg.errors",
    "Store": "kg.store",
    "ask": "kg.query",
    "build": "kg.pipeline",
    "check": "kg.graph",
    "code": "kg.pipeline",
    "draw": "kg.draw",
    "explain": "kg.pipeline",
    "export": "kg.export",
    "open_store": "kg.store",
    "questions": "kg.query",
    "read": "kg.read",
    "to_networkx": "kg.draw",
}


_FOLDERS = frozenset({"analyse", "plot"})
"""Packages that are used by their names, as in ``kg.plot.timeline``."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import kg`` stays quick."""
    if name == "__version__":
        return _version()
    if name in _FOLDERS:
        return import_module(f"kg.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_FOLDERS})


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("dekg")
    except PackageNotFoundError:
        return "unknown"


class _Package(ModuleType):
    """This package, in which ``kg.draw`` is the function and not the folder of the same name.

    Importing a folder binds it under its name in the package above it. ``read``, ``code``, ``draw`` and
    ``export`` are both a folder and the function that it is there for, and which of the two ``kg.draw`` were
    would hang on what was imported before. What is in the folders is had by ``from kg.draw import ...``.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
