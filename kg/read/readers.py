"""Which reader reads which kind of file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from kg.errors import InputError
from kg.read.html_page import read_html
from kg.read.json_file import read_json
from kg.read.json_lines import read_json_lines
from kg.read.plain_text import read_text
from kg.read.source import Item, Reader, Source

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": read_text,
        ".md": read_text,
        ".jsonl": read_json_lines,
        ".ndjson": read_json_lines,
        ".json": read_json,
        ".html": read_html,
        ".htm": read_html,
    }
)
"""The built-in readers by suffix, in lower case."""

GROUP = "kg.readers"
"""Entry points of this group add readers: name a suffix such as ``.pdf``, object a ``Reader``."""


def known_readers() -> Mapping[str, Reader]:
    """The built-in readers and those of installed plugins, which never replace a built-in.

    >>> sorted(known_readers())[:2]
    ['.htm', '.html']
    """
    plugins = {f".{point.name.lower().lstrip('.')}": _plugin(point) for point in entry_points(group=GROUP)}
    return MappingProxyType({**plugins, **READERS})


def _plugin(point: EntryPoint) -> Reader:
    def read_plugin(source: Source) -> Iterator[Item]:
        # Loaded at its first file, so that a broken plugin harms only its own format.
        try:
            reader: Reader = point.load()
        except (ImportError, AttributeError) as error:
            raise InputError(
                f"{source.name}: the plugin {point.name!r} cannot load its reader {point.value!r}: {error}"
            ) from error
        yield from reader(source)

    return read_plugin
