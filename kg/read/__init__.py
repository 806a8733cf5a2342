"""Sources to articles: text, Markdown, JSON, JSON lines and HTML files, folders, globs and standard input."""

from kg.read.expand import expand
from kg.read.readers import READERS, known_readers
from kg.read.reading import read
from kg.read.source import MAX_FILE_BYTES, MAX_TEXT_CHARS, Found, Item, Reader, Source

__all__ = [
    "MAX_FILE_BYTES",
    "MAX_TEXT_CHARS",
    "READERS",
    "Found",
    "Item",
    "Reader",
    "Source",
    "expand",
    "known_readers",
    "read",
]
