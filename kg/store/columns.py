"""Named columns of numbers in one file, with a few words at its head; the same columns are the same bytes.

::

    {"head": {...}, "columns": [["begin", "<i4", 3], ...], "crc": 1234}\n
    the numbers of each column, one column behind the other, little-endian
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kg.files import write_whole

Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """What a file holds."""

    head: Mapping[str, Any]
    """What JSON can hold."""
    columns: Mapping[str, Column]
    """Numbers of one kind each, by name."""


def write_columns(path: Path, held: Columns) -> None:
    """Write a file, which is there whole or not at all.

    Raises:
        OSError: The disk refuses.
    """
    ordered = {name: np.ascontiguousarray(c, c.dtype.newbyteorder("<")) for name, c in held.columns.items()}
    crc = 0
    for column in ordered.values():
        crc = crc32(column.data, crc)
    told = {"head": held.head, "columns": [[n, c.dtype.str, len(c)] for n, c in ordered.items()], "crc": crc}
    head = json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
    write_whole(path, [head, *(column.tobytes() for column in ordered.values())])


def read_columns(path: Path) -> Columns | None:
    """What a file holds; None where there is none or where it is damaged.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "a"
    ...     write_columns(path, Columns({"of": "cats"}, {"legs": np.array([4, 3], np.int8)}))
    ...     path.read_bytes()
    b'{"head":{"of":"cats"},"columns":[["legs","|i1",2]],"crc":3166471745}\\n\\x04\\x03'
    """
    try:
        data = path.read_bytes()
    except OSError:
        return None
    line, _, body = data.partition(b"\n")
    try:
        told = json.loads(line)
        if crc32(body) != told["crc"]:
            return None
        columns, at = {}, 0
        for name, kind, length in told["columns"]:
            columns[name] = np.frombuffer(body, np.dtype(kind), length, at)
            at += columns[name].nbytes
        return Columns(told["head"], columns) if at == len(body) else None
    except (ValueError, TypeError, KeyError):
        return None
