"""A shard: some articles with their records as one compressed file of JSON lines, named by what it is made from.

The first line is an object with ``shard`` (the number of this layout), ``versions`` (of the tools that coded it) and
``records`` (how many lines follow); each further line is a record as ``kg.store`` keeps it, in the order of the
articles. A shard that is still to be coded has the same form, with records that hold their article alone.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from socket import gethostname

from kg.errors import EngineError, KgError, StoreError
from kg.files import write_whole
from kg.model import Article, Coded
from kg.store.records import dump_record, load_record

LAYOUT = 1
"""The number of this layout."""
LARGEST = 1 << 30
"""Bytes that a shard may take when it is unpacked; a file that takes more is none of ours."""
ENDING = ".jsonl.gz"

Versions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shard:
    """Records, and the versions of the tools that code them."""

    versions: Versions
    records: tuple[Coded, ...]

    @classmethod
    def of(cls, articles: Iterable[Article], versions: Versions) -> Shard:
        """The shard that is still to be coded."""
        return cls(versions, tuple(Coded(article=a) for a in articles))

    def text(self) -> bytes:
        """The lines, in ASCII."""
        head = {"shard": LAYOUT, "versions": self.versions, "records": len(self.records)}
        lines = (json.dumps(head, separators=(",", ":")), *map(dump_record, self.records))
        return "".join(f"{line}\n" for line in lines).encode("ascii")

    def pack(self) -> bytes:
        """The shard as bytes; the same bytes for the same shard.

        >>> Shard.unpack(Shard.of([Article(id="a", text="x")], ()).pack()).records[0].article.id
        'a'
        """
        packer = zlib.compressobj(wbits=31)  # 31: as a gzip file, which then holds no time
        return packer.compress(self.text()) + packer.flush()

    @property
    def name(self) -> str:
        """32 hexadecimal digits that change with the articles, their metadata and the versions."""
        return sha256(self.text()).hexdigest()[:32]

    @classmethod
    def unpack(cls, packed: bytes, *, where: str = "shard") -> Shard:
        """The shard that ``pack`` gave.

        Raises:
            StoreError: The bytes are no such shard, or not all of it.
        """
        versions, lines = _opened(packed, where)
        return cls(versions, tuple(load_record(line, where=f"{where}: record {n}") for n, line in enumerate(lines, 1)))


def _opened(packed: bytes, where: str) -> tuple[Versions, list[str]]:
    """The versions and the lines of the records, still as text."""
    try:
        unpacker = zlib.decompressobj(wbits=31)
        text = unpacker.decompress(packed, LARGEST)
        if not unpacker.eof:
            raise StoreError(f"{where}: it has no end, or is larger than {LARGEST} bytes; code it again")
        first, *lines = text.decode("ascii").splitlines()
        head = json.loads(first)
        layout, told, number = head["shard"], head["versions"], head["records"]
        versions = tuple((str(name), str(value)) for name, value in told)
    except (ValueError, LookupError, TypeError, RecursionError, zlib.error) as error:
        raise StoreError(f"{where}: not a shard ({error}); code it again") from error
    if layout != LAYOUT or number != len(lines):
        raise StoreError(f"{where}: {len(lines)} records of layout {layout!r} instead of {number!r} of {LAYOUT}")
    return versions, lines


def coded_shard(job: bytes, code: Callable[[Sequence[Article]], Iterable[Coded]], versions: Versions) -> bytes:
    """What a worker gives for a shard that is still to be coded.

    Args:
        job: the shard, packed.
        code: codes articles; the same function in every worker.
        versions: of what the worker itself would code with.

    Raises:
        EngineError: The shard asks for other versions than the worker has; both are named.
        StoreError: The job is no shard.
        CoderError: An article could not be coded.
    """
    # The head alone comes first: a worker of another version may not even be able to read the records.
    asked, _ = _opened(job, "job")
    if told := _differ(asked, versions):
        raise EngineError(f"worker {os.getpid()} on {gethostname()}: {told}; install the same version of kg on both")
    wanted = Shard.unpack(job, where="job")
    return Shard(versions, tuple(code([c.article for c in wanted.records]))).pack()


def _differ(here: Versions, there: Versions) -> str:
    """In which versions a worker differs, in words; '' if in none.

    >>> _differ((("kg", "1"), ("lexicon", "a")), (("kg", "2"), ("lexicon", "a")))
    "kg is '2' there and '1' here"
    """
    ours, theirs = dict(here), dict(there)
    names = [n for n in sorted({*ours, *theirs}) if ours.get(n) != theirs.get(n)]
    return ", ".join(f"{n} is {theirs.get(n)!r} there and {ours.get(n)!r} here" for n in names)


@dataclass(frozen=True, slots=True)
class ShardFolder:
    """A folder of finished shards, each there whole or not at all; several runs may share it."""

    folder: Path

    def get(self, wanted: Shard) -> Shard | None:
        """The finished form of a shard; None: it is not there, is torn or holds something else."""
        path = self._path(wanted)
        try:
            found = Shard.unpack(path.read_bytes(), where=str(path))
        except (OSError, KgError, RecursionError):
            return None
        return found if answers(found, wanted) else None

    def put(self, wanted: Shard, packed: bytes) -> None:
        """Keep the finished form of a shard.

        Raises:
            StoreError: The disk refuses.
        """
        path = self._path(wanted)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [packed])
        except OSError as error:
            raise StoreError(f"{path}: cannot be written ({error.strerror}); give another folder") from error

    def _path(self, wanted: Shard) -> Path:
        # 256 folders, because one with millions of files is slow to list.
        return self.folder / wanted.name[:2] / f"{wanted.name}{ENDING}"


def answers(found: Shard, wanted: Shard) -> bool:
    """Whether a finished shard holds just the articles of the one that was to be coded, by its versions."""
    asked = [c.article for c in wanted.records]
    return (
        found.versions == wanted.versions
        and [c.article for c in found.records] == asked
        and all(c.versions == wanted.versions for c in found.records)
    )
