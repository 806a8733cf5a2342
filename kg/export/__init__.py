"""Writes a store to files that other programs read; the same store always gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, overload

from kg.errors import ExportError, unknown
from kg.export import events, network, rdf, tabular
from kg.export.options import Format, Options
from kg.export.target import standard_output, write_file, write_stream
from kg.model.confidence import checked_confidence
from kg.store import Store

__all__ = ["FORMATS", "Format", "Options", "export", "format_for"]

_RDF = frozenset({"text", "runs"})
_EVENTS = frozenset({"untyped", "min_confidence"})

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "ttl": Format(suffix=".ttl", help="Turtle: the union of the graphs", write=rdf.turtle, takes=_RDF),
        "trig": Format(suffix=".trig", help="TriG: one graph an article", write=rdf.trig, takes=_RDF),
        "nq": Format(suffix=".nq", help="N-Quads: one graph an article", write=rdf.nquads, takes=_RDF),
        "nt": Format(suffix=".nt", help="N-Triples: the union", write=rdf.ntriples, takes=_RDF),
        "jsonld": Format(suffix=".jsonld", help="JSON-LD, expanded", write=rdf.jsonld, takes=_RDF),
        "rdf": Format(suffix=".rdf", help="RDF/XML: the union", write=rdf.rdfxml, takes=_RDF),
        "graphml": Format(suffix=".graphml", help="network of actors and events", write=network.graphml, takes=_EVENTS),
        "gexf": Format(suffix=".gexf", help="the same network for Gephi", write=network.gexf, takes=_EVENTS),
        "csv": Format(suffix=".csv", help="table, one row an event", write=tabular.event_rows, takes=_EVENTS),
        "events": Format(
            suffix=".jsonl",
            help="JSON lines, one object for each article that tells an event",
            write=events.event_lines,
            takes=_EVENTS | {"text"},
        ),
    }
)
"""Every format by name."""


@overload
def export(
    store: Store,
    target: None = None,
    *,
    format: str | None = None,
    text: bool = False,
    runs: bool = False,
    untyped: bool = False,
    min_confidence: float = 0.0,
) -> bytes: ...


@overload
def export(
    store: Store,
    target: str | Path | BinaryIO,
    *,
    format: str | None = None,
    text: bool = False,
    runs: bool = False,
    untyped: bool = False,
    min_confidence: float = 0.0,
) -> None: ...


def export(
    store: Store,
    target: str | Path | BinaryIO | None = None,
    *,
    format: str | None = None,  # noqa: A002
    text: bool = False,
    runs: bool = False,
    untyped: bool = False,
    min_confidence: float = 0.0,
) -> bytes | None:
    """Write a store in one of ``FORMATS``.

    Args:
        store: What to write.
        target: A file, ``-`` for standard output, an open binary stream, or None to get the bytes back.
        format: A name in ``FORMATS``; None takes it from the file name's ending.
        text: With the full text of the articles (RDF formats and events).
        runs: With the graph of runs, which holds clock times (RDF formats).
        untyped: With events that have no PLOVER type, such as statements (events, csv, graphml, gexf).
        min_confidence: Only events with a mention of this confidence, 0 to 1 (events, csv, graphml, gexf). The
            RDF formats write the store as it is: ``build`` chooses what is in it.

    Returns:
        The bytes where ``target`` is None, else None.

    Raises:
        ExportError: The format is not known or cannot follow an option, or the target cannot be written;
            a file is then as it was before.
        UsageError: ``min_confidence`` is not from 0 to 1.

    >>> from kg.store import open_store
    >>> export(open_store(":memory:"), format="nt")
    b''
    """
    name = format_for(target if isinstance(target, str | Path) else None, format)
    asked = {"text": text, "runs": runs, "untyped": untyped, "min_confidence": checked_confidence(min_confidence) > 0}
    for option, wanted in asked.items():
        if wanted and option not in FORMATS[name].takes:
            takers = ", ".join(n for n, f in FORMATS.items() if option in f.takes)
            raise ExportError(f"{name}: cannot follow the option {option!r}; these can: {takers}")
    pieces = FORMATS[name].write(store, Options(text=text, runs=runs, untyped=untyped, min_confidence=min_confidence))
    if target is None:
        return b"".join(pieces)
    if isinstance(target, str | Path) and str(target) != "-":
        write_file(Path(target), pieces)
    else:
        write_stream(standard_output() if isinstance(target, str | Path) else target, pieces)
    return None


def format_for(target: str | Path | None, name: str | None = None) -> str:
    """The name of the format that is asked for, or that a file name's ending stands for.

    Raises:
        ExportError: There is no such format or ending.

    >>> format_for("graph.ttl"), format_for("events.jsonl"), format_for("-", "csv")
    ('ttl', 'events', 'csv')
    """
    if name is not None:
        if name not in FORMATS:
            raise ExportError(unknown("export format", name, FORMATS))
        return name
    if target is None or str(target) == "-":
        raise ExportError(f"no format given for the output; choose one of {', '.join(FORMATS)}")
    suffix = Path(target).suffix.lower()
    for known, made in FORMATS.items():
        if suffix == made.suffix:
            return known
    if not suffix:
        raise ExportError(f"{target}: no ending that stands for a format; add one such as .ttl, or give it")
    raise ExportError(f"{target}: {unknown('ending', suffix, (f.suffix for f in FORMATS.values()))}")
