"""Lists of words that the stages need, in TOML files that anyone can correct."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from kg.errors import LexiconError
from kg.paths import lexicon_dir


@cache
def words(name: str) -> dict[str, Any]:
    """The content of the word file ``name``.toml.

    Raises:
        LexiconError: the file is missing or is not TOML.

    >>> "hold" in words("grammar")["light"]["verbs"]
    True
    """
    path = lexicon_dir() / "words" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"{path.name}: not there; it belongs to {path.parent.name}/") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path.name}: not TOML: {error}") from error
