"""All errors of kg, in one tree.

::

    KgError                  anything kg reports in one line; the command line exits with 1
    ├── InputError           a source file, an article or a record is not what it should be
    │   └── Skipped          left out on purpose, nothing is lost: a notice, handed on but never raised by read
    ├── LexiconError         a row or frame in kg/lexicon is wrong
    ├── CoderError           a coder could not code an article, such as one that asks an endpoint which is down
    ├── ModelMissing         the language model or an optional package is not installed
    ├── EngineError          the workers that code articles cannot be reached, have other versions or finish nothing
    ├── StoreError           the store cannot be opened, read or written
    │   └── StoreBusy        another process holds the store
    ├── QueryError           the SPARQL text or a named question's parameter is wrong
    │   ├── QueryRefused     the query asks for something that is not allowed
    │   ├── QueryTooLarge    the query is past a limit of size
    │   ├── AnswerTooLarge   the answer has more bytes than one answer may have
    │   ├── QueryTimeout     the query took longer than it may
    │   ├── QueryOutOfMemory the query needed more memory than it may
    │   └── QueryCrashed     the process that evaluated the query ended
    ├── PoolBusy             too many queries wait already, or none is taken any more
    ├── ExportError          the export's format or target is wrong
    └── UsageError           the caller asked for something that does not exist; the command line exits with 2

A message reads *where: what is wrong, with the value; what would be right*.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class KgError(Exception):
    """Anything that kg reports to its user in one line."""

    exit_code = 1


class InputError(KgError):
    """A source file, an article or a record is not what it should be."""


class Skipped(InputError):
    """Something was left out on purpose and nothing is lost, such as a text that was read already."""


class LexiconError(KgError):
    """A row or a frame in the lexicon is wrong."""


class CoderError(KgError):
    """A coder could not code an article, or cannot be set up."""


class ModelMissing(KgError):
    """The language model or an optional package is not installed."""


class EngineError(KgError):
    """The workers that code articles cannot be reached, have other versions, or finish nothing."""


class StoreError(KgError):
    """The store cannot be opened, read or written."""


class StoreBusy(StoreError):
    """Another process holds the store."""


class QueryError(KgError):
    """The SPARQL text or a parameter of a named question is wrong."""


class QueryRefused(QueryError):
    """The query asks for something that is not allowed, such as SERVICE."""


class QueryTooLarge(QueryError):
    """The query is past a limit of size."""


class AnswerTooLarge(QueryError):
    """The answer has more bytes than one answer may have; no part of it is given."""


class QueryTimeout(QueryError):
    """The query took longer than it may."""


class QueryOutOfMemory(QueryError):
    """The query needed more memory than it may."""


class QueryCrashed(QueryError):
    """The process that evaluated the query ended; the query may be at fault, or whoever ended the process."""


class PoolBusy(KgError):
    """Too many queries wait already, or the pool takes none any more; the query itself may be good."""


class ExportError(KgError):
    """The export's format or its target is wrong."""


class UsageError(KgError):
    """The caller asked for something that does not exist."""

    exit_code = 2


def unknown(what: str, value: str, known: Iterable[str]) -> str:
    """Word the message for a name that is not in a closed list, with the likely fix.

    >>> unknown("store", "oxigaph", ["memory", "oxigraph"])
    "unknown store 'oxigaph'; did you mean 'oxigraph'? known: memory, oxigraph"
    """
    return f"unknown {what} {value!r}; {choices(value, known)}"


def choices(value: str, known: Iterable[str]) -> str:
    """Word what would be right where a value is not in a closed list, with the nearest first.

    >>> choices("OXIGAPH", ["memory", "oxigraph"])
    "did you mean 'oxigraph'? known: memory, oxigraph"
    """
    names = sorted(known)
    lower = {name.lower(): name for name in reversed(names)}
    near = difflib.get_close_matches(value, names, n=1)
    near = near or [lower[name] for name in difflib.get_close_matches(value.lower(), lower, n=1)]
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"{hint}known: {', '.join(names)}"
