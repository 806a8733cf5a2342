"""The coders by name, and how one that waits for others is run on many articles at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import islice
from queue import SimpleQueue
from threading import Thread
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from kg.code.coder import TrainedCoder
from kg.code.llm import LlmCoder, LlmOptions
from kg.errors import UsageError, unknown
from kg.model import Agreement, Annotated, Event, Link

Result = tuple[tuple[Event, ...], tuple[Agreement, ...]]
"""The events and agreements of an article."""
Pair = tuple[Annotated, tuple[Link, ...]]
"""What a coder starts from."""


class Coder(Protocol):
    """Finds the events of an article."""

    def __call__(self, annotated: Annotated, links: Sequence[Link]) -> Result: ...


@runtime_checkable
class WaitingCoder(Coder, Protocol):
    """A coder that mostly waits for an answer, so that several articles can be coded at a time."""

    @property
    def parallel(self) -> int:
        """Articles to code at a time."""

    @property
    def versions(self) -> tuple[tuple[str, str], ...]:
        """Name and version of all that it adds to what decides what an article gives."""


def _trained(options: LlmOptions | None) -> Coder:
    if options is not None:
        raise UsageError("the coder 'trained' asks no language model; take 'llm', or give no --llm options")
    return TrainedCoder()


def _llm(options: LlmOptions | None) -> Coder:
    if options is None:
        raise UsageError("the coder 'llm' needs to know whom to ask; give --llm-url and --llm-model")
    return LlmCoder(options)


CODERS: Mapping[str, Callable[[LlmOptions | None], Coder]] = MappingProxyType({"trained": _trained, "llm": _llm})
"""Every coder by name, made from the options of a language model, which only those that ask one take."""


def make_coder(name: str, options: LlmOptions | None = None) -> Coder:
    """The coder of a name.

    Raises:
        UsageError: There is none, or it needs other options.
        CoderError: It cannot be set up.

    >>> type(make_coder("trained")).__name__
    'TrainedCoder'
    """
    if name not in CODERS:
        raise UsageError(unknown("coder", name, CODERS))
    return CODERS[name](options)


def outcomes(coder: Coder, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Callable[[], Result]]]:
    """Each pair in order, with a function that gives its result or raises what the coder raised."""
    if not isinstance(coder, WaitingCoder):
        yield from ((pair, partial(coder, *pair)) for pair in pairs)
        return
    jobs: SimpleQueue[tuple[Future[Result], Pair] | None] = SimpleQueue()
    # Daemons, unlike the threads of an executor: Ctrl-C must not wait for an endpoint.
    for _ in range(coder.parallel):
        Thread(target=_serve, args=(coder, jobs), daemon=True).start()
    coming = iter(pairs)
    waiting: deque[tuple[Pair, Future[Result]]] = deque()
    try:
        while True:
            # Read ahead only so far: the articles of a large corpus do not fit into memory.
            for pair in islice(coming, 2 * coder.parallel - len(waiting)):
                waiting.append((pair, Future()))
                jobs.put((waiting[-1][1], pair))
            if not waiting:
                return
            pair, future = waiting.popleft()
            yield pair, future.result
    finally:
        for _, future in waiting:
            future.cancel()
        for _ in range(coder.parallel):
            jobs.put(None)


def _serve(coder: Coder, jobs: SimpleQueue[tuple[Future[Result], Pair] | None]) -> None:
    while (job := jobs.get()) is not None:
        future, pair = job
        if not future.set_running_or_notify_cancel():
            continue
        try:
            future.set_result(coder(*pair))
        except BaseException as error:  # noqa: BLE001 - handed to whoever asks for the result
            future.set_exception(error)
