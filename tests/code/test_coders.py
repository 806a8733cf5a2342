"""The table of coders, and coders that wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from kg.code.coder import TrainedCoder
from kg.code.coders import CODERS, Coder, WaitingCoder, make_coder, outcomes
from kg.code.llm import LlmCoder, LlmOptions
from kg.errors import UsageError
from kg.model import Annotated, Article

OPTIONS = LlmOptions(url="http://127.0.0.1:9/v1", model="m")


class Slow:
    """A coder that counts who is in it, and fails for the article named so."""

    parallel = 3
    versions = (("slow", "1"),)

    def __init__(self) -> None:
        self.started: list[str] = []
        self.lock = threading.Lock()

    def __call__(self, annotated: Annotated, links: Any) -> Any:
        with self.lock:
            self.started.append(annotated.article.id)
        if annotated.article.id == "3":
            raise ValueError("three")
        return (), ()


def pairs(number: int, taken: list[int]) -> Iterator[tuple[Annotated, tuple[Any, ...]]]:
    """So many articles, noting which were taken."""
    for n in range(number):
        taken.append(n)
        yield Annotated(Article(id=str(n), text="")), ()


def test_each_coder_is_made_by_its_name() -> None:
    assert set(CODERS) == {"trained", "llm"}
    assert isinstance(make_coder("trained"), TrainedCoder)
    assert isinstance(make_coder("llm", OPTIONS), LlmCoder)


def test_an_unknown_coder_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="unknown coder 'lm'; did you mean 'llm'"):
        make_coder("lm")


def test_the_frames_alone_are_no_coder_that_can_be_named() -> None:
    with pytest.raises(UsageError, match="unknown coder 'frames'"):
        make_coder("frames")


@pytest.mark.parametrize(("name", "options"), [("trained", OPTIONS), ("llm", None)])
def test_options_must_fit_the_coder(name: str, options: LlmOptions | None) -> None:
    with pytest.raises(UsageError, match=name):
        make_coder(name, options)


def test_only_a_coder_that_waits_is_run_on_many_articles_at_once() -> None:
    assert isinstance(LlmCoder(OPTIONS), WaitingCoder)
    assert not isinstance(make_coder("trained"), WaitingCoder)


@pytest.mark.parametrize("coder", [Slow(), lambda annotated, links: Slow()(annotated, links)])
def test_results_keep_their_order_and_errors_their_place(coder: Coder) -> None:
    told = []
    for (annotated, _), outcome in outcomes(coder, pairs(9, [])):
        try:
            outcome()
        except ValueError as error:
            told.append(str(error))
        else:
            told.append(annotated.article.id)
    assert told == ["0", "1", "2", "three", "4", "5", "6", "7", "8"]


def test_articles_are_read_ahead_only_so_far() -> None:
    taken: list[int] = []
    found = outcomes(Slow(), pairs(1000, taken))
    next(found)
    assert len(taken) <= 7
    found.close()  # type: ignore[attr-defined]


def test_threads_end_when_nobody_wants_more() -> None:
    before = threading.active_count()
    found = outcomes(Slow(), pairs(1000, []))
    next(found)
    found.close()  # type: ignore[attr-defined]
    for thread in threading.enumerate():
        if thread.daemon and thread.name.endswith("(_serve)"):
            thread.join(10)
    assert threading.active_count() <= before
