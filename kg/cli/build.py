"""``kg build``: articles to graph."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from kg.cli.coder import Chosen, coder_options
from kg.cli.days import day
from kg.cli.numbers import whole
from kg.cli.options import Shared, min_confidence, shared
from kg.cli.output import counted, escaped, heading, me
from kg.cli.progress import progress

if TYPE_CHECKING:
    from kg.pipeline import BuildReport

NOTICES_SHOWN = 5


@click.command("build")
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "--date",
    "published",
    metavar="DATE",
    callback=day,
    help="Date of publication of articles that tell none.",
)
@click.option("--workers", metavar="N", type=whole(1), default=1, show_default=True,
              help="Processes that read articles at once; the result is the same.")  # fmt: skip
@click.option("--engine", metavar="NAME", default="local", show_default=True,
              help="What runs them. local: this machine. ray: a Ray cluster; pip install 'dekg[ray]'.")  # fmt: skip
@click.option("--ray-address", metavar="A",
              help="The cluster, such as 10.0.0.1:6379.  [default: RAY_ADDRESS, or one here]")  # fmt: skip
@click.option("--shards", metavar="DIR",
              help="Keep what workers finish there; another run takes it from there.")  # fmt: skip
@min_confidence
@shared
@coder_options
def command(
    given: Shared,
    chosen: Chosen,
    sources: tuple[str, ...],
    published: date | None,
    workers: int,
    engine: str,
    ray_address: str | None,
    shards: str | None,
    min_confidence: float,
) -> None:
    """Read articles, find their events, write the graph.

    SOURCES are files, folders, globs, or - for standard input: .txt and .md with metadata in a front matter
    block or in a .toml file beside them, .json and .jsonl with the fields id, date, title, text, url,
    publisher and language, .html pages.

    Building again with the same articles changes nothing. A text that changed under the same id replaces the
    older one. What cannot be read is told, one line each, and the rest is read all the same; the exit code is
    then 1.

    With --min-confidence, events below it are found and kept, but not written to the graph; building again with
    another value writes those that it asks for, without reading the articles anew.

    \b
    Examples:
      kg build seeds/
      kg build news.jsonl 'pages/*.html' --store my-store --workers 2
      kg build news.jsonl --engine ray --ray-address 10.0.0.1:6379 --shards shards/
      cat article.txt | kg build - --date 2023-12-22
      kg build seeds/ --coder llm --llm-url http://127.0.0.1:11434/v1 --llm-model qwen3:8b
    """
    from kg.cli.summary import summary
    from kg.pipeline import build
    from kg.store import MEMORY

    coder = chosen.coder(given.store)
    with given.open(read_only=False) as store:
        with progress("articles", _files(sources), quiet=given.quiet) as advance:
            report = build(
                sources,
                store=store,
                published=published,
                workers=workers,
                coder=coder,
                min_confidence=min_confidence,
                on_progress=advance,
                engine=engine,
                ray_address=ray_address,
                shards=shards,
            )
        chosen.report(given, coder)
        _tell_notices(given, report)
        if not given.quiet:
            click.echo(_done(report))
            if report.articles:
                click.echo("\n" + summary(store), nl=False)
                click.echo("\n" + _next_steps(given, kept=store.location != MEMORY))
    _tell_problems(report)


def _files(sources: tuple[str, ...]) -> int | None:
    """How many articles there will be, where each file holds one."""
    from kg.read import expand

    files = list(expand(sources, on_problem=lambda _: None))
    one_each = all(path.suffix.lower() not in (".jsonl", ".ndjson", ".json", "") for path in files)
    return len(files) if one_each else None


def _done(report: BuildReport) -> str:
    """What the build did, in one line.

    >>> from kg.pipeline import BuildReport
    >>> _done(BuildReport(articles=3))
    'Nothing changed: the store knew all 3 articles already.'
    """
    if not report.articles:
        return "Nothing was read."
    known = report.articles - report.coded - report.failed
    if known == report.articles and not report.written:
        all_of_them = f"all {counted(known, 'article')}" if known > 1 else "the article"
        return f"Nothing changed: the store knew {all_of_them} already."
    anew = f" ({report.chosen} with events chosen anew)" if report.chosen else ""
    told = f"Read {counted(report.articles, 'article')}: {report.coded} new or changed"
    told += f", {known} known already{anew}" if known else ""
    return told + (f", {report.failed} not coded." if report.failed else ".")


def _next_steps(given: Shared, *, kept: bool) -> str:
    if not kept:
        return "Nothing was kept, as the store was in memory; with --store DIR you can ask, draw and export it."
    kg, where = me(), given.store_options if _by_option(given) else ""
    steps = (
        (f"{kg} draw -o graph.html{where}", "draw it, then open graph.html in a browser"),
        (f"{kg} query mediators{where}", "who mediated between whom"),
        (f"{kg} query --list", "all questions that have a name"),
        (f"{kg} export -o graph.ttl{where}", "the graph as a file"),
    )
    wide = max(len(step) for step, _ in steps)
    return "\n".join([heading("Try next:"), *(f"  {escaped(step):<{wide}}   {why}" for step, why in steps)])


def _by_option(given: Shared) -> bool:
    """Whether the store was named on the command line, so that the next command needs to name it too."""
    source = click.get_current_context().get_parameter_source("store")
    return given.store is not None and source is click.core.ParameterSource.COMMANDLINE


def _tell_notices(given: Shared, report: BuildReport) -> None:
    shown = report.notices if given.verbose else report.notices[:NOTICES_SHOWN]
    for notice in shown:
        given.say(f"Note: {notice}")
    if len(report.notices) > len(shown):
        given.say(f"Note: {counted(len(report.notices) - len(shown), 'more note')}; -v shows all")


def _tell_problems(report: BuildReport) -> None:
    for problem in report.problems:
        click.echo(escaped(f"Error: {problem}"), err=True)
    if report.problems:
        rest = "; all else was read." if report.articles else "."
        click.echo(f"{counted(len(report.problems), 'problem')}{rest}", err=True)
        click.get_current_context().exit(1)
