"""``kg actors``: who takes part, in the store and in the lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import Shared, shared
from kg.cli.output import counted, escaped, heading, width
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.lexicon import Entry

_ACTORS = """SELECT ?name ?country ?sector ?kind (COUNT(DISTINCT ?event) AS ?events) ?id WHERE {
  ?entity a sem:Actor ; skos:prefLabel ?label BIND(STR(?label) AS ?name)
  ?event dk:actor|dk:recipient|dk:speaker|dk:addressee|dk:mediator|dk:host|dk:guarantor|
    dk:beneficiary|dk:target|dk:thirdParty ?entity
  OPTIONAL { ?entity dk:country ?country } OPTIONAL { ?entity dk:actorRole ?sector }
  OPTIONAL {
    VALUES ?class { dk:State dk:Person dk:Organization dk:Group dk:Collective }
    ?entity a ?class BIND(LCASE(STRAFTER(STR(?class), "#")) AS ?kind)
  }
  BIND(STRAFTER(STR(?entity), STR(ent:)) AS ?id)
} GROUP BY ?name ?country ?sector ?kind ?id ORDER BY DESC(?events) ?name ?id"""


@click.command("actors")
@click.argument("name", required=False)
@click.option("--unlisted", is_flag=True, help="List the actors of the store that the lexicon does not know.")
@click.option("--lint", is_flag=True, help="Check the lexicon's own tables.")
@shared
def command(given: Shared, name: str | None, unlisted: bool, lint: bool) -> None:
    """Look up, list and lint who takes part.

    Without NAME: the actors of the store, those with most events first. With NAME: what the lexicon knows of
    the actors and places that bear the name, or one like it: id, other names, country, Wikidata id, offices
    with their dates. The lexicon is the folder kg/lexicon, plain CSV files to be edited by hand.

    \b
    Examples:
      kg actors
      kg actors 'Angela Merkel'
      kg actors --unlisted
      kg actors --lint
    """
    if sum((name is not None, unlisted, lint)) > 1:
        raise UsageError("give one of: a name, --unlisted, --lint")
    if lint:
        _lint()
    elif name is not None:
        _look_up(name)
    else:
        _list(given, "unresolved" if unlisted else _ACTORS)


def _list(given: Shared, question: str) -> None:
    from kg.query import ask, render

    with given.open() as store:
        click.echo(render(ask(store, question), width=width()), nl=False)


def _lint() -> None:
    from kg.lexicon import lint

    findings = lint()
    for finding in findings:
        click.echo(escaped(str(finding)))
    click.echo(f"{counted(len(findings), 'finding')}." if findings else "No findings: the tables are in order.")
    if findings:
        click.get_current_context().exit(1)


def _look_up(name: str) -> None:
    from kg.lexicon import load_lexicon, look_up

    entries = look_up(load_lexicon(), name)
    if not entries:
        click.echo(f"The lexicon knows nobody and no place by {name!r}.", err=True)
        click.get_current_context().exit(1)
    click.echo("\n\n".join(_entry(entry) for entry in entries))


def _entry(entry: Entry) -> str:
    """One entry of the lexicon as lines for the terminal."""
    entity = entry.entity
    sector = getattr(entity, "sector", None)
    facts = (
        ("kind", entity.kind),
        ("country", entity.country),
        ("sector", sector),
        ("wikidata", entity.wikidata and f"https://www.wikidata.org/wiki/{entity.wikidata}"),
        ("part of", getattr(entity, "part_of", None)),
        ("within", getattr(entity, "within", None)),
        ("names", ", ".join(entry.names)),
        *(("office", f"{o.title} of {o.of}, {o.begin or '?'} to {o.end or 'today'}") for o in entry.offices),
    )
    lines = [f"{heading(escaped(entity.name))}  {entity.id}"]
    return "\n".join(lines + [f"  {label:<9} {escaped(value)}" for label, value in facts if value])
