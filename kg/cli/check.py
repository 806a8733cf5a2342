"""``kg check``: does the graph keep its own rules?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from kg.cli.options import Shared, shared
from kg.cli.output import counted, escaped

if TYPE_CHECKING:
    from kg.graph import Report
    from kg.store import Store


@click.command("check")
@shared
def command(given: Shared) -> None:
    """See whether the graph keeps its own rules.

    Checks the graph against the SHACL shapes of ontology/shapes.ttl, and for what shapes cannot say: whether
    each quote stands in its article where the graph says, whether dates exist and are in order, whether names
    agree. Prints one line for each finding. The exit code is 1 if one of them is a violation; warnings alone
    do not count. Graphs of your own, which updates wrote, are not looked at.

    \b
    Examples:
      kg check
      kg check --store my-store && echo fine
    """
    from kg.graph import check
    from kg.vocab.iris import is_ours

    with given.open() as store:
        quads = [q for graph in store.graphs() if is_ours(graph) for q in store.quads(graph)]
        given.say(f"Checking {counted(len(quads), 'statement')} ...")
        report = check(quads, texts=_texts(store))
    if report.findings:
        click.echo(escaped(str(report)))
    click.echo(_verdict(report))
    if not report.conforms:
        click.get_current_context().exit(1)


def _texts(store: Store) -> dict[str, str]:
    """The text of each article by its key."""
    records = ((key, store.record(key)) for key in store.record_keys())
    return {key: coded.article.text for key, coded in records if coded is not None}


def _verdict(report: Report) -> str:
    """How many findings there are of each kind, and what that means.

    >>> from kg.graph import Report
    >>> _verdict(Report())
    'No findings: the graph keeps all its rules.'
    """
    if not report.findings:
        return "No findings: the graph keeps all its rules."
    numbers = Counter(f.severity.lower() for f in report.findings)
    told = ", ".join(counted(numbers[kind], kind, "info" if kind == "info" else None) for kind in sorted(numbers))
    return f"{told}." if not report.conforms else f"{told}; no violation, the graph keeps its rules."
