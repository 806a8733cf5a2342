"""Articles to graph on one page: the only place that joins the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path

from kg.annotate import annotate, model_version
from kg.code import FrameCoder
from kg.errors import InputError, Skipped, StoreError, UsageError
from kg.graph import RUNS_GRAPH, Run, article_quads, run_quads
from kg.lexicon import load_lexicon
from kg.lexicon.frames import frames_version
from kg.link import link, link_article, renamed_agreement
from kg.model import Article, Coded, Linked
from kg.read import read
from kg.resolve import resolve
from kg.store import Store, open_store
from kg.vocab.iris import graph_iri

BATCH = 16
"""Articles that a worker takes at a time."""

Progress = Callable[[int], None]


@dataclass(slots=True)
class BuildReport:
    """What a build did."""

    articles: int = 0
    """Articles read."""
    coded: int = 0
    """Articles that were coded anew; the others were known with the same text, metadata and versions."""
    written: int = 0
    """Article graphs that changed."""
    problems: list[str] = field(default_factory=list)
    """Sources and articles that could not be read, one line each."""
    notices: list[str] = field(default_factory=list)
    """What a user may want to know: texts left out as repeated, texts that the coder does not know."""


def build(
    sources: Iterable[str | Path] | str | Path,
    *,
    store: Store | str | Path | None = None,
    published: date | None = None,
    workers: int = 1,
    on_progress: Progress | None = None,
) -> BuildReport:
    """Read articles, extract their events and write them to a store; a second time changes nothing.

    Args:
        sources: files, folders, globs or ``-`` for standard input.
        store: an open store, or where it is; None: KG_STORE or ``kg-store``.
        published: publication date of articles that tell none.
        workers: processes that code articles; the result does not depend on it.
        on_progress: called with the number of articles done since the last call.

    Returns:
        What was read, coded and written, with each problem; problems lose nothing but their own article.

    Raises:
        UsageError: ``workers`` is not positive.
        StoreError: the store cannot be opened or written.
        ModelMissing: the language model is not installed.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "a.txt"
    ...     _ = file.write_text("Kenya held talks with Somalia on Monday.")
    ...     build(file, store=":memory:", published=date(2024, 5, 8)).coded
    1
    """
    if workers < 1:
        raise UsageError(f"workers: {workers} is not positive; give 1 or more")
    if store is None or isinstance(store, str | Path):
        with open_store(store) as opened:
            return build(
                sources, store=opened, published=published, workers=workers, on_progress=on_progress
            )
    report = BuildReport()

    def problem(error: InputError) -> None:
        (report.notices if isinstance(error, Skipped) else report.problems).append(str(error))

    articles = read(sources, published=published, on_problem=problem)
    started = datetime.now(UTC)
    fresh: list[str] = []
    for coded in code_all(_unknown(articles, store, report, on_progress), workers=workers):
        _replace_older(store, coded)
        # The graph comes with the links below; this first one makes the record count from now on.
        _write(store, coded, Linked(events=coded.events, agreements=coded.agreements))
        fresh.append(coded.article.key)
        report.coded += 1
        report.notices += [f"{coded.article.id}: {warning}" for warning in coded.warnings]
        if on_progress:
            on_progress(1)
    report.written = relink(store)
    _note_runs(store, fresh, started)
    store.flush()
    return report


def code_all(articles: Iterable[Article], *, workers: int = 1) -> Iterator[Coded]:
    """Code articles in order, on so many processes; each article alone decides what it gives."""
    if workers == 1:
        yield from code(articles)
        return
    # Spawned, not forked: a forked child would share the parser's threads in an unknown state.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = iter(articles)
        running = [pool.submit(_code_batch, b) for b in _batches(waiting, 2 * workers)]
        while running:
            yield from running.pop(0).result()
            running += [pool.submit(_code_batch, b) for b in _batches(waiting, 1)]


def _batches(articles: Iterator[Article], most: int) -> Iterator[list[Article]]:
    for _ in range(most):
        batch = list(islice(articles, BATCH))
        if not batch:
            return
        yield batch


def _code_batch(articles: Sequence[Article]) -> list[Coded]:
    return list(code(articles))


def code(articles: Iterable[Article]) -> Iterator[Coded]:
    """Code articles one after another: annotate, resolve, code, and join what one article tells twice.

    >>> [coded] = code([Article(id="a", text="Kenya held talks with Somalia on Monday.")])
    >>> coded.events[0].type
    'CONSULT'
    """
    coder, tools = FrameCoder(), versions()
    for annotated in annotate(articles):
        links = resolve(annotated)
        events, agreements = coder(annotated, links)
        joined = link_article(events)
        names = {k: e.key for e in joined for k, _ in e.same_as}
        yield Coded(
            article=annotated.article,
            sentences=annotated.sentences,
            links=links,
            events=joined,
            agreements=tuple(renamed_agreement(a, names) for a in agreements),
            warnings=annotated.warnings,
            versions=tools,
        )


def versions() -> tuple[tuple[str, str], ...]:
    """Name and version of all that decides what an article gives, sorted by name."""
    try:
        kg = version("dekg")
    except PackageNotFoundError:
        kg = "unknown"
    return (
        ("frames", frames_version()),
        ("kg", kg),
        ("lexicon", load_lexicon().version),
        ("model", model_version()),
    )


def forget(store: Store, article: str) -> bool:
    """Take an article out, and with it what only it supported.

    Args:
        store: an open store.
        article: the article's id or its key.

    Returns:
        Whether the article was there.
    """
    for key in store.record_keys():
        coded = store.record(key)
        if coded is not None and article in (key, coded.article.id):
            store.remove(graph_iri(key))
            store.drop_record(key)
            relink(store)
            return True
    return False


def relink(store: Store) -> int:
    """Join reports of one event over all articles and write the graphs that change; give their number."""
    records = [coded for key in store.record_keys() if (coded := store.record(key)) is not None]
    linked = link(records)
    return sum(_write(store, coded, linked) for coded in records)


def _unknown(
    articles: Iterable[Article], store: Store, report: BuildReport, on_progress: Progress | None
) -> Iterator[Article]:
    """The articles that the store does not hold in this form, coded by these versions."""
    tools = versions()
    for article in articles:
        report.articles += 1
        known = store.record(article.key)
        if known is not None and known.article == article and known.versions == tools:
            if on_progress:
                on_progress(1)
            continue
        yield article


def _replace_older(store: Store, coded: Coded) -> None:
    """Take out an earlier text that came under the same id."""
    for key in store.record_keys():
        if key == coded.article.key:
            continue
        known = store.record(key)
        if known is not None and known.article.id == coded.article.id:
            store.remove(graph_iri(key))
            store.drop_record(key)


def _write(store: Store, coded: Coded, linked: Linked) -> bool:
    """Write an article's record and graph, the graph in one transaction; give whether the graph changed."""
    key = coded.article.key
    if store.record(key) != coded:
        store.put_record(key, coded)
    graph = graph_iri(key)
    quads = set(article_quads(coded, linked, Run.of(key, coded.versions)))
    if quads == set(store.quads(graph)):
        return False
    store.replace(graph, quads)
    return True


def _note_runs(store: Store, keys: Sequence[str], started: datetime) -> None:
    """Write when the articles were coded, apart from their graphs: clock times differ from build to build."""
    if not keys:
        return
    ended = datetime.now(UTC)
    quads = list(store.quads(RUNS_GRAPH))
    for key in keys:
        coded = store.record(key)
        if coded is None:
            raise StoreError(f"{store.location}: the record of {key} is gone; build again")
        quads += run_quads(Run.of(key, coded.versions, started=started, ended=ended))
    store.replace(RUNS_GRAPH, quads)
