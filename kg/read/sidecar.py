"""The TOML file beside an article's file that holds its metadata: ``visit.toml`` for ``visit.txt``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from kg.errors import InputError
from kg.read.decode import decode, read_bytes
from kg.read.metadata import Fields
from kg.read.source import STDIN, Source, shown

SUFFIX = ".toml"
MAX_SIDECAR_BYTES = 1_000_000

_KEY = re.compile(r"""[ \t]*["']?([A-Za-z_][\w-]*)["']?[ \t]*=""")


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of the file lies, whether or not it exists.

    >>> sidecar_of(Path("news/visit.txt")).name
    'visit.toml'
    """
    return path.with_suffix(SUFFIX)


def read_sidecar(path: Path) -> Fields:
    """The metadata of the sidecar beside the file; empty where there is none.

    Raises:
        InputError: The sidecar is not TOML in UTF-8.
    """
    beside = Source(sidecar_of(path))
    if path == STDIN or not beside.path.exists():
        return Fields(beside.name)
    text = decode(read_bytes(beside, limit=MAX_SIDECAR_BYTES), beside.name)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f'{beside.name}: not TOML: {error}; write lines such as title = "A visit"') from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{beside.name}: not TOML that kg reads: {shown(str(error))}") from error
    return Fields(beside.name, values, _places(text, beside.name))


def _places(text: str, name: str) -> dict[str, str]:
    places: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        match = _KEY.match(line)
        if match:
            places.setdefault(match[1], f"{name}:{number}")
    return places
