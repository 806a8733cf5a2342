"""Articles to graph on one page: the only place that joins the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.annotate import annotate, model_version
from kg.code import TrainedCoder, weights_version
from kg.code.coders import Coder, WaitingCoder, outcomes
from kg.code.explain import explained
from kg.code.explained import Explained
from kg.code.notes import Notes
from kg.engines import ShardFolder, coded_shard, open_engine, run
from kg.errors import CoderError, KgError, Skipped, UsageError
from kg.graph import Run
from kg.lexicon import load_lexicon
from kg.lexicon.frames import frames_version
from kg.link import link_article, renamed_agreement
from kg.model import Article, Coded
from kg.model.confidence import checked_confidence
from kg.pace import Pace
from kg.read import read
from kg.resolve import resolve
from kg.shelf import Shelf, asking, least_of, runs_of
from kg.store import Store, open_store

Progress = Callable[[int], None]
OnProblem = Callable[[KgError], None]


@dataclass(slots=True)
class BuildReport:
    """What a build did."""

    articles: int = 0
    """Articles read."""
    coded: int = 0
    """Articles that were coded anew; the others were known with the same text, metadata and versions."""
    failed: int = 0
    """Articles that the coder could not code; what the store held of them stays."""
    chosen: int = 0
    """Articles known already whose events were chosen anew, by another ``min_confidence``."""
    written: int = 0
    """Article graphs that changed."""
    problems: list[str] = field(default_factory=list)
    """Sources and articles that could not be read or coded, one line each."""
    notices: list[str] = field(default_factory=list)
    """What a user may want to know: texts left out as repeated, texts that the coder does not know."""


def build(
    sources: Iterable[str | Path] | str | Path,
    *,
    store: Store | str | Path | None = None,
    published: date | None = None,
    workers: int = 1,
    coder: Coder | None = None,
    min_confidence: float = 0.0,
    on_progress: Progress | None = None,
    engine: str = "local",
    ray_address: str | None = None,
    shards: str | Path | None = None,
) -> BuildReport:
    """Read articles, extract their events and write them to a store; a second time changes nothing.

    Args:
        sources: files, folders, globs or ``-`` for standard input.
        store: an open store, or where it is; None: KG_STORE or ``kg-store``.
        published: publication date of articles that tell none.
        workers: processes that code articles; the result does not depend on it.
        coder: what finds the events, from ``kg.code.coders``; None: the trained coder.
        min_confidence: 0 to 1; events below it stay in the records of these articles, but are not written to the
            graph. Building again with another value chooses anew without coding anew.
        on_progress: called with the number of articles done since the last call.
        engine: what runs the workers, from ``kg.engines``: ``local`` or ``ray``.
        ray_address: of a Ray cluster; None: RAY_ADDRESS, else one on this machine with so many workers.
        shards: folder of finished shards, for a run that was lost or on another machine; None: none are kept.

    Returns:
        What was read, coded and written, with each problem; problems lose nothing but their own article.

    Raises:
        UsageError: ``workers`` is not positive, or more than one with a coder of the caller's, or
            ``min_confidence`` not from 0 to 1, or the engine unknown.
        EngineError: the workers cannot be reached, have other versions or finish nothing.
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
    if workers > 1 and coder is not None:
        raise UsageError(
            f"workers: {workers} cannot share one coder; give 1, or --llm-parallel for more requests at once"
        )
    least = checked_confidence(min_confidence)
    if store is None or isinstance(store, str | Path):
        with open_store(store) as opened:
            return build(
                sources,
                store=opened,
                published=published,
                workers=workers,
                coder=coder,
                min_confidence=least,
                on_progress=on_progress,
                engine=engine,
                ray_address=ray_address,
                shards=shards,
            )
    report = BuildReport()

    def problem(error: KgError) -> None:
        (report.notices if isinstance(error, Skipped) else report.problems).append(str(error))

    def failed(error: KgError) -> None:
        problem(error)
        report.failed += 1
        if on_progress:
            on_progress(1)

    articles = read(sources, published=published, on_problem=problem)
    started = datetime.now(UTC)
    shelf = Shelf(store)
    left, fresh, chosen = set(shelf.waits), set[str](), set[str]()
    changed: set[str] = set()
    pace = Pace()
    new = _unknown(articles, shelf, report, versions(coder), on_progress, least, chosen)
    found = code_all(
        new,
        workers=workers,
        coder=coder,
        on_problem=failed,
        engine=engine,
        ray_address=ray_address,
        shards=shards,
    )
    for coded in found:
        shelf.keep(asking(coded, least))
        fresh.add(coded.article.key)
        report.notices += [f"{coded.article.id}: {warning}" for warning in coded.warnings]
        if on_progress:
            on_progress(1)
        if pace.due():
            with pace:
                changed |= shelf.commit(_runs(shelf, started))
    changed |= shelf.commit(_runs(shelf, started))
    if told := store.summarise():
        report.notices.append(f"counts are slow: {told}")
    report.coded = len(fresh)
    report.chosen = len(chosen)
    report.written = len(fresh | chosen | left | changed)
    return report


def _runs(shelf: Shelf, started: datetime) -> list[Run]:
    """The runs of the articles that wait; of those that an earlier build left, this build finishes them."""
    return runs_of((shelf.records[key] for key in sorted(shelf.waits)), started)


def code_all(
    articles: Iterable[Article],
    *,
    workers: int = 1,
    coder: Coder | None = None,
    on_problem: OnProblem | None = None,
    engine: str = "local",
    ray_address: str | None = None,
    shards: str | Path | None = None,
) -> Iterator[Coded]:
    """Code articles in order, on so many processes; each article alone decides what it gives.

    Args:
        articles: what to code.
        workers: processes of this machine.
        coder: what finds the events, in this process; None: the trained coder.
        on_problem: called with the error of each article that could not be coded; None: the first is raised.
        engine: what runs the processes, from ``kg.engines``.
        ray_address: of the cluster, for the engine ``ray``.
        shards: folder of finished shards, which are not coded again; None: none are kept.

    Raises:
        UsageError: the engine is unknown, or a coder of the caller's cannot be shared with it.
        CoderError: an article could not be coded and ``on_problem`` is None.
        EngineError: the workers cannot be reached, have other versions or finish nothing.
        StoreError: a shard cannot be written.
    """
    plain = engine == "local" and ray_address is None and shards is None
    if not plain and coder is not None:
        raise UsageError("a coder of its own runs in this process; leave out the engine, its address and the shards")
    if plain and workers == 1:
        yield from code(articles, coder=coder, on_problem=on_problem)
        return
    kept = ShardFolder(Path(shards)) if shards is not None else None
    with open_engine(engine, _code_shard, workers=workers, address=ray_address) as opened:
        yield from run(opened, articles, versions=versions(), shards=kept, on_problem=on_problem)


def _code_shard(job: bytes) -> bytes:
    """What a worker does; it stands here, and not in a closure, so that workers import it by its name."""
    return coded_shard(job, code, versions())


def code(
    articles: Iterable[Article], *, coder: Coder | None = None, on_problem: OnProblem | None = None
) -> Iterator[Coded]:
    """Code articles in order: annotate, resolve, code, and join what one article tells twice.

    Args:
        articles: what to code.
        coder: what finds the events, from ``kg.code.coders``; None: the trained coder.
        on_problem: called with the error of each article that could not be coded; None: the first is raised.

    Raises:
        CoderError: an article could not be coded and ``on_problem`` is None.

    >>> [coded] = code([Article(id="a", text="Kenya held talks with Somalia on Monday.")])
    >>> coded.events[0].type
    'CONSULT'
    """
    coder, tools = coder or TrainedCoder(), versions(coder)
    pairs = ((annotated, resolve(annotated)) for annotated in annotate(articles))
    for (annotated, links), outcome in outcomes(coder, pairs):
        try:
            events, agreements = outcome()
        except CoderError as error:
            if on_problem is None:
                raise
            on_problem(error)
            continue
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


def explain(article: Article) -> Explained:
    """What is seen in an article, sentence by sentence, what is coded of it and why, and what is not.

    The article is coded anew, by the trained heads and the frames; no store is read or written.

    Args:
        article: an article, such as ``read`` gives.

    Raises:
        ModelMissing: the language model or the trained heads are not installed.

    >>> told = explain(Article(id="a", text="Kenya held talks with Somalia on Monday."))
    >>> [mention.words.text for mention in told.sentences[0].mentions]
    ['Kenya', 'Somalia']
    """
    notes = Notes()
    [annotated] = annotate([article])
    links = resolve(annotated)
    reading = TrainedCoder().read(annotated, links, notes)
    merged = link_article(reading.result()[0]) if reading is not None else ()
    same = {key: event.key for event in merged for key, _ in event.same_as}
    return explained(annotated, links, reading, notes, same=same)


def versions(coder: Coder | None = None) -> tuple[tuple[str, str], ...]:
    """Name and version of all that decides what an article gives, sorted by name."""
    try:
        kg = version("dekg")
    except PackageNotFoundError:
        kg = "unknown"
    found = (
        ("frames", frames_version()),
        ("kg", kg),
        ("lexicon", load_lexicon().version),
        ("model", model_version()),
    )
    own = coder.versions if isinstance(coder, WaitingCoder) else (("coder", weights_version()),)
    return tuple(sorted((*found, *own)))


def forget(store: Store, article: str) -> bool:
    """Take an article out, and with it what only it supported.

    Args:
        store: an open store.
        article: the article's id or its key.

    Returns:
        Whether the article was there.
    """
    shelf = Shelf(store)
    keys = [k for k, coded in shelf.records.items() if article in (k, coded.article.id)]
    for key in keys:
        shelf.drop(key)
    if keys:
        shelf.commit()
        store.summarise()
    return bool(keys)


def _unknown(
    articles: Iterable[Article],
    shelf: Shelf,
    report: BuildReport,
    tools: tuple[tuple[str, str], ...],
    on_progress: Progress | None,
    least: float,
    chosen: set[str],
) -> Iterator[Article]:
    """The articles that the store does not hold in this form, coded by these versions.

    Those that it holds, but with events chosen by another confidence, are put anew and added to ``chosen``.
    """
    for article in articles:
        report.articles += 1
        known = shelf.records.get(article.key)
        if known is not None and known.article == article and asking(known, 0).versions == tools:
            if least_of(known) != least:
                shelf.keep(asking(known, least))
                chosen.add(article.key)
            if on_progress:
                on_progress(1)
            continue
        yield article
