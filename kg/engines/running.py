"""Articles through an engine and back in order: what is done again when a worker dies, and what is given up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from kg.engines.protocol import Engine, Ticket, WorkerLost
from kg.engines.shard import Shard, ShardFolder, Versions, answers
from kg.errors import CoderError, EngineError
from kg.model import Article, Coded

BATCH = 16
"""Articles of a shard, in the mean; at least half as many and at most twice."""
TRIES = 3
"""How often a shard is tried before its articles are tried one by one."""
MOST_LOST = 50
"""Articles that may be given up one after the other; then the fault is not with the articles."""

OnProblem = Callable[[CoderError], None]


@dataclass(slots=True)
class _Work:
    """A shard under way: its ticket with the engine, or its finished form."""

    wanted: Shard
    ticket: Ticket = None
    done: Shard | None = None
    tries_left: int = TRIES


def batches(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    """Articles in batches of about a size, cut after articles that their own text chooses.

    So a run that starts later in the same articles, because a store holds the first of them already, soon cuts at the
    same places and finds the shards of an earlier run.

    >>> [len(b) for b in batches((Article(id=str(n), text=str(n)) for n in range(100)), 16)]
    [10, 12, 11, 11, 9, 22, 15, 8, 2]
    """
    least = (size + 1) // 2
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        cut = int(article.key, 16) % least == 0
        if (len(batch) >= least and cut) or len(batch) >= 2 * size:
            yield batch
            batch = []
    if batch:
        yield batch


def run(
    engine: Engine,
    articles: Iterable[Article],
    *,
    versions: Versions,
    shards: ShardFolder | None = None,
    on_problem: OnProblem | None = None,
) -> Iterator[Coded]:
    """The records of articles, in order, coded by an engine.

    Args:
        engine: its task is one that gives the finished form of a shard, such as ``coded_shard`` does.
        articles: read only so far ahead as the workers need.
        versions: of the tools; workers that have others refuse.
        shards: where finished shards are kept and looked for; None: nowhere.
        on_problem: called with the error of each article that could not be coded; None: the first is raised.

    Raises:
        CoderError: an article could not be coded and ``on_problem`` is None.
        EngineError: a worker has other versions, or no worker finishes anything.
        StoreError: a finished shard could not be written.
    """
    coming = (Shard.of(batch, versions) for batch in batches(articles, BATCH))
    waiting: deque[_Work] = deque()
    lost = 0
    while True:
        for wanted in islice(coming, max(0, engine.window - len(waiting))):
            waiting.append(_begun(engine, wanted, shards))
        if not waiting:
            return
        work = waiting.popleft()
        try:
            done = work.done or _finished(engine, work, shards)
        except (WorkerLost, CoderError, RuntimeError) as error:
            if again := _again(engine, work, error):
                waiting.extendleft(reversed(again))
                continue
            lost += 1
            _give_up(work, error, lost, on_problem)
            continue
        lost = 0
        yield from done.records


def _begun(engine: Engine, wanted: Shard, shards: ShardFolder | None) -> _Work:
    known = shards.get(wanted) if shards is not None else None
    if known is not None:
        return _Work(wanted, done=known)
    return _Work(wanted, ticket=engine.submit(wanted.pack()))


def _finished(engine: Engine, work: _Work, shards: ShardFolder | None) -> Shard:
    packed: bytes = engine.result(work.ticket)
    done = Shard.unpack(packed, where="a worker's shard")
    if not answers(done, work.wanted):
        raise EngineError("a worker gave records of other articles or versions; install the same version of kg there")
    if shards is not None:
        shards.put(work.wanted, packed)
    return done


def _again(engine: Engine, work: _Work, error: Exception) -> list[_Work]:
    """What to try next of a shard that failed: all of it, then each article alone, then nothing."""
    work.tries_left -= 1
    several = len(work.wanted.records) > 1
    # A coder's own error comes again each time, so trying the whole shard again is of no use.
    if work.tries_left > 0 and not (isinstance(error, CoderError) and several):
        work.ticket = engine.submit(work.wanted.pack())
        return [work]
    if not several:
        return []
    alone = (Shard.of([c.article], work.wanted.versions) for c in work.wanted.records)
    return [_Work(one, ticket=engine.submit(one.pack()), tries_left=1) for one in alone]


def _give_up(work: _Work, error: Exception, lost: int, on_problem: OnProblem | None) -> None:
    [only] = work.wanted.records
    problem = (
        error
        if isinstance(error, CoderError)
        else CoderError(f"{only.article.id}: it could not be coded, also alone ({error}); the others go on")
    )
    if on_problem is None:
        raise problem
    if lost >= MOST_LOST:
        raise EngineError(f"{lost} articles in a row could not be coded, the last because {error}; see to the workers")
    on_problem(problem)
