"""Bytes to text: UTF-8, byte for byte, and bounded in memory."""

from __future__ import annotations

import codecs
import os
from io import UnsupportedOperation

from kg.errors import InputError
from kg.read.source import MAX_TEXT_CHARS, Source

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_bytes(source: Source, *, limit: int, chars: int | None = None) -> bytes:
    """All bytes of a source, of which there may be at most ``limit``.

    Args:
        source: What to read.
        limit: Bytes; a larger source is refused without being held in memory.
        chars: The number of characters that ``limit`` follows from, for the message.

    Raises:
        InputError: The source is missing, unreadable, empty or larger than ``limit``.
    """
    with source.open() as stream:
        try:
            size = os.fstat(stream.fileno()).st_size
        except (UnsupportedOperation, OSError):
            size = 0  # not a file of the operating system
        # Refused by its size first, so that a huge file costs no memory.
        data = b"" if size > limit else stream.read(limit + 1)
    if size > limit or len(data) > limit:
        found = f"{size:,} bytes" if size > limit else f"more than {limit:,} bytes"
        cap = f"one text may have {chars:,} characters" if chars else f"at most {limit:,} bytes are read"
        raise InputError(f"{source.name}: {found}; {cap}, so split it")
    if not data.strip():
        raise InputError(f"{source.name}: the file is empty; an article's text is needed")
    return data


def decode(data: bytes, where: str, *, line: int | None = 1) -> str:
    """The text of UTF-8 bytes without a leading byte order mark; line ends stay as they are.

    Args:
        data: The bytes.
        where: The source's name for messages.
        line: Number of the first line; None where ``where`` names the line already.

    Raises:
        InputError: The bytes are binary or in another encoding.
    """
    check_binary(data, where)
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data.count(b"\n", 0, error.start)
        at = "" if line is None else f":{line + before}"
        raise InputError(
            f"{where}{at}: byte 0x{data[error.start]:02X} at byte offset {error.start} is not UTF-8; "
            "save the text as UTF-8, for example with iconv -f WINDOWS-1252 -t UTF-8"
        ) from error


def check_binary(data: bytes, where: str) -> None:
    """Refuse bytes that are no text in UTF-8 at all.

    Raises:
        InputError: There is a NUL byte or the mark of another Unicode encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            raise InputError(f"{where}: encoded in {encoding}; save the text as UTF-8")
    at = data.find(b"\0")
    if at >= 0:
        raise InputError(f"{where}: binary, a NUL byte at byte offset {at}; text in UTF-8 is needed")


def check_text(text: str, where: str) -> str:
    """The same text, when an article can hold it.

    Raises:
        InputError: The text is blank, too long, or has a character that no file can hold.
    """
    if len(text) > MAX_TEXT_CHARS:
        raise InputError(f"{where}: a text of {len(text):,} characters; at most {MAX_TEXT_CHARS:,}, so split it")
    if not text.strip():
        raise InputError(f"{where}: the text is empty; an article's text is needed")
    check_characters(text, where, "text")
    return text


def check_characters(value: str, where: str, key: str) -> None:
    """Refuse lone surrogates and NUL, which neither UTF-8 files nor RDF can hold.

    Raises:
        InputError: ``value`` has such a character.
    """
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        code = f"U+{ord(value[error.start]):04X}"
        raise InputError(
            f"{where}: {key!r} has the lone surrogate {code} at character {error.start}; "
            "write the whole character or its surrogate pair"
        ) from error
    at = value.find("\0")
    if at >= 0:
        raise InputError(f"{where}: {key!r} has a NUL at character {at}; leave it out")
