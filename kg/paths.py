"""Where the project's data lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def ontology_dir() -> Path:
    """The folder of the ontology's Turtle files.

    >>> (ontology_dir() / "kg.ttl").is_file()
    True
    """
    bundled = PACKAGE / "_data" / "ontology"
    return bundled if bundled.is_dir() else PACKAGE.parent / "ontology"


def lexicon_dir() -> Path:
    """The folder of the lexicon's data files.

    >>> lexicon_dir().name
    'lexicon'
    """
    return PACKAGE / "lexicon"
