"""``kg query``: named questions and SPARQL."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import Shared, shared
from kg.cli.output import heading, me, width
from kg.errors import InputError, QueryError, UsageError, unknown

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.model import Answer
    from kg.query import Question
    from kg.store import Store

ENDINGS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonl", ".md": "markdown",
           ".ttl": "turtle", ".nt": "nt", ".txt": "table"}  # fmt: skip
"""The format that the ending of an output file stands for."""


def _complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from kg.query import questions

    return [CompletionItem(q.name, help=q.title) for q in questions() if q.name.startswith(incomplete)]


@click.command("query")
@click.argument("question", required=False, metavar="[NAME | SPARQL]", shell_complete=_complete)
@click.option("-l", "--list", "listing", is_flag=True, help="List the named questions with their parameters.")
@click.option("--show", is_flag=True, help="Print the question of this NAME instead of asking it.")
@click.option("-f", "--file", metavar="FILE", help="Read the SPARQL from a file, or from - (standard input).")
@click.option(
    "-p",
    "--param",
    "params",
    metavar="NAME=VALUE",
    multiple=True,
    help="Set a parameter of the question; may be repeated.",
)
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    help="table, csv, tsv, json, jsonl or markdown; for triples also turtle or nt.  "
    "[default: by the ending of -o, else table]",
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Write to a file instead of standard output.")
@shared
def command(
    given: Shared,
    question: str | None,
    listing: bool,
    show: bool,
    file: str | None,
    params: tuple[str, ...],
    format_: str | None,
    output: str,
) -> None:
    """Ask a named question, or SPARQL.

    A NAME is one of those that --list shows; most take parameters. Anything with a space or a brace is SPARQL
    1.1 over all articles together; GRAPH ?g tells them apart. Prefixes such as dk:, ent:, plover:, sem: and
    schema: are known. Actors may be given by name or by id.

    \b
    Examples:
      kg query --list
      kg query mediators
      kg query timeline -p actor=Egypt -p since=1978 -p until=1979-03
      kg query 'SELECT ?who ?whom { ?who dk:phoned ?whom }' --format csv
      kg query -f my.rq -o answer.json
    """
    from kg.query import render

    if sum((listing, question is not None, file is not None)) != 1:
        raise UsageError("give one of: the name of a question, SPARQL, --file FILE, or --list")
    if listing:
        click.echo(_listing(), nl=False)
        return
    if show:
        click.echo(_shown(question or ""), nl=False)
        return
    _check_format(format_)
    chosen = format_ or ENDINGS.get(Path(output).suffix.lower(), "table")
    values = _values(params)
    with given.open() as store:
        answer = _ask(store, question, file, values)
    _write(render(answer, chosen, width=width() if output == "-" else None), output)


def _ask(store: Store, question: str | None, file: str | None, values: dict[str, str]) -> Answer:
    from kg.query import ask

    if file is None:
        return ask(store, question or "", **values)
    name, text = _read(file)
    try:
        if values:
            from kg.query.asking import sparql_for
            from kg.query.named import read_question

            return store.query(sparql_for(store, read_question(Path(name).stem, text), dict(values)))
        return ask(store, text)
    except QueryError as error:
        raise type(error)(f"{name}: {error}") from error


def _read(file: str) -> tuple[str, str]:
    """What the file is called, and its text."""
    name = "standard input" if file == "-" else file
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{name}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 at byte {error.start}; SPARQL is written in UTF-8") from error
    if not text.strip():
        raise QueryError(f"{name}: empty; write a SPARQL query into it")
    return name, text


def _values(params: Sequence[str]) -> dict[str, str]:
    """Parameters by name.

    >>> _values(["actor=Qatar", "since=2023"])
    {'actor': 'Qatar', 'since': '2023'}
    """
    values: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"-p {param!r}: write NAME=VALUE, such as actor=Qatar")
        if name.strip() in values:
            raise UsageError(f"-p {param!r}: {name.strip()!r} was given twice; give it once")
        values[name.strip()] = value
    return values


def _check_format(name: str | None) -> None:
    """Refuse an unknown format before the work, not after it."""
    from kg.query import FORMATS

    if name is not None and name not in FORMATS:
        raise UsageError(unknown("format", name, FORMATS))


def _write(text: str, output: str) -> None:
    if output == "-":
        click.echo(text, nl=False)
        return
    from kg.export.target import write_file

    write_file(Path(output), [text.encode("utf-8", "backslashreplace")])


def _listing() -> str:
    from kg.query import questions

    lines: list[str] = []
    for question in questions():
        taken = ", ".join(p.name for p in question.parameters)
        lines.append(f"{heading(question.name)}{' (' + taken + ')' if taken else ''}")
        lines.append(f"    {question.title}")
    lines += [
        "",
        f"Ask one: {me()} query mediators -p actor=Qatar",
        f"See one: {me()} query mediators --show",
    ]
    return "\n".join(lines) + "\n"


def _shown(name: str) -> str:
    from kg.query import question

    found = question(name)
    parts = [heading(found.title), found.description, *_parameters(found), f"Example: {found.example}"]
    body = [line for line in found.sparql.splitlines() if not line.startswith("#")]
    return "\n\n".join([*parts, "\n".join(body)]) + "\n"


def _parameters(found: Question) -> list[str]:
    if not found.parameters:
        return []
    rows = [
        f"  {p.name} ({p.type}{', ' + p.default + ' if not given' if p.default else ''}): {p.help}"
        for p in found.parameters
    ]
    return ["\n".join(["Parameters:", *rows])]
