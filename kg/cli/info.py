"""``kg info``: what a store holds and what made it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import Shared, shared
from kg.cli.output import counted, escaped, heading

if TYPE_CHECKING:
    from kg.store import Store

_TOOLS = """SELECT ?tool (COUNT(DISTINCT ?run) AS ?n) { ?run a dk:ExtractionRun ; dk:toolVersion ?tool }
GROUP BY ?tool ORDER BY ?tool"""
_RUNS = """SELECT (COUNT(DISTINCT ?started) AS ?n) (MIN(?started) AS ?first) (MAX(?ended) AS ?last)
WHERE { ?run prov:startedAtTime ?started OPTIONAL { ?run prov:endedAtTime ?ended } }"""
_AGREEMENTS = "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a dk:Agreement }"


@click.command("info")
@shared
def command(given: Shared) -> None:
    """Tell what the store holds and what made it.

    Prints where the store is and how large, its articles, events and actors, the versions of the program,
    model and lexicon that coded the articles, and when that was. With -v it lists the articles.

    \b
    Examples:
      kg info
      kg info -v --store my-store
    """
    from kg.cli.summary import summary

    with given.open() as store:
        click.echo(_place(store))
        click.echo(summary(store), nl=False)
        click.echo(f"\n{heading('Agreements')}  {_one(store, _AGREEMENTS)[0]}")
        click.echo(_made(store))
        if given.verbose:
            click.echo(_articles(store), nl=False)


def _place(store: Store) -> str:
    from kg.store.upkeep import size_bytes

    told = counted(store.count(), "statement")
    if Path(store.location).is_dir():  # a server does not tell how large it is
        told += f" on {size_bytes(Path(store.location)) / 1e6:,.1f} MB"
    waiting = len(store.waiting_keys())
    wait = (
        f"\n{heading('Waiting')}   {counted(waiting, 'article')} of a build that goes on or was cut off"
        if waiting
        else ""
    )
    return f"{heading('Store')}     {escaped(store.location)}, {told}{wait}{_own(store)}"


def _own(store: Store) -> str:
    """The graphs that updates wrote, which are no article's."""
    from kg.vocab.iris import is_ours

    graphs = [graph for graph in store.graphs() if not is_ours(graph)]
    if not graphs:
        return ""
    return f"\n{heading('Your own')}  {counted(len(graphs), 'graph')} that updates wrote, beside what the articles say"


def _made(store: Store) -> str:
    """Tools with their versions, and the builds that changed something."""
    lines = [heading("Made by")]
    for tool, number in store.query(_TOOLS).rows:
        lines.append(f"  {escaped(str(tool))}  ({counted(int(str(number)), 'article')})")
    builds, first, last = _one(store, _RUNS)
    when = f", {first[:19]} to {last[:19]} UTC" if first else ""
    lines.append(f"{heading('Builds')}    {builds}{when}")
    return "\n".join(lines)


def _articles(store: Store) -> str:
    from kg.cli.output import width
    from kg.query import ask, render

    return "\n" + render(ask(store, "articles"), width=width())


def _one(store: Store, sparql: str) -> tuple[str, ...]:
    (row,) = store.query(sparql).rows
    return tuple("" if term is None else term.value for term in row)
