"""The coded record of each article, kept beside the graph: what linking and drawing start from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import StoreError
from kg.files import write_whole
from kg.model import Coded

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_KEY = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Records(Protocol):
    """A shelf of records by article key."""

    def put(self, key: str, text: str) -> None: ...
    def get(self, key: str) -> str | None: ...
    def names(self) -> tuple[str, ...]: ...
    def drop(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class MemoryRecords:
    """Records in a dictionary."""

    texts: dict[str, str] = field(default_factory=dict)

    def put(self, key: str, text: str) -> None:
        self.texts[key] = text

    def get(self, key: str) -> str | None:
        return self.texts.get(key)

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self.texts))

    def drop(self, key: str) -> None:
        self.texts.pop(key, None)


@dataclass(frozen=True, slots=True)
class FolderRecords:
    """Records as files named by key, each written whole or not at all."""

    folder: Path

    def put(self, key: str, text: str) -> None:
        self.folder.mkdir(exist_ok=True)
        write_whole(self._path(key), [text.encode("ascii")])

    def get(self, key: str) -> str | None:
        try:
            return self._path(key).read_text(encoding="ascii")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise StoreError(f"{self._path(key)}: not a record; build the article again") from error

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(p.stem for p in self.folder.glob("*.json") if not p.name.startswith(".")))

    def drop(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def check_key(key: str) -> str:
    """The key itself, if it can stand in a file name.

    Raises:
        StoreError: If it cannot.
    """
    if not _KEY.fullmatch(key):
        raise StoreError(f"{key!r} is not an article's key; it would be 16 hexadecimal digits")
    return key


def dump_record(coded: Coded) -> str:
    """The record as JSON in ASCII, the same text for the same record.

    >>> from kg.model import Article
    >>> load_record(dump_record(Coded(article=Article(id="a", text="x")))).article.id
    'a'
    """
    # Through Python values, because pydantic's own JSON writer fails on lone surrogates and loses infinities.
    return json.dumps(_adapter().dump_python(coded, mode="json"), indent=None, separators=(",", ":"))


def load_record(text: str, *, where: str = "record") -> Coded:
    """The record that ``dump_record`` wrote.

    Raises:
        StoreError: If the text is not such a record, naming ``where``.
    """
    from pydantic import ValidationError

    try:
        return _adapter().validate_python(json.loads(text))
    except (ValidationError, json.JSONDecodeError) as error:
        first = str(error).splitlines()[0]
        raise StoreError(f"{where}: not a record of this version ({first}); build the article again") from error


@cache
def _adapter() -> TypeAdapter[Coded]:
    from pydantic import TypeAdapter

    return TypeAdapter(Coded)
