"""Codes articles by asking a language model, and keeps only what the article itself bears out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.code.llm.answer import Answer
from kg.code.llm.cache import AnswerCache
from kg.code.llm.client import Client
from kg.code.llm.codebook import load_codebook
from kg.code.llm.options import KEY, LlmOptions
from kg.code.llm.question import messages, parts, question
from kg.code.llm.records import Checked, Reading
from kg.code.llm.tally import Tally
from kg.errors import CoderError
from kg.model import Agreement, Annotated, Event, Link


class LlmCoder:
    """A coder that sends each article to one endpoint, unless the cache knows the answer.

    It may be called from many threads. ``tally`` counts what was asked, what it cost and what was dropped.
    """

    def __init__(self, options: LlmOptions) -> None:
        """Nothing is sent yet.

        Raises:
            CoderError: The folder of the cache cannot be made.
        """
        self.options = options
        self.tally = Tally()
        self.client = Client(options, self.tally)
        version = load_codebook().version
        self.versions = (("llm", options.model), ("prompt", version))
        self.cache = AnswerCache(options.cache, options.model, version) if options.cache else None
        if self.cache is not None:
            self.cache.prepare()
        if options.open_to_readers:
            what = f"articles and {KEY}" if options.key else "articles"
            self.tally.note(f"{options.url}: {what} go there unencrypted; use https or a tunnel")

    @property
    def parallel(self) -> int:
        """Articles to code at a time."""
        return self.options.parallel

    def __call__(self, annotated: Annotated, links: Sequence[Link]) -> tuple[tuple[Event, ...], tuple[Agreement, ...]]:
        """The events of an article, each with one mention, and its agreements.

        Args:
            annotated: the article with its parse.
            links: whom its mentions mean, from ``kg.resolve``.

        Raises:
            CoderError: The endpoint gave no answer, with the article's id and the reason.
        """
        dropped: Counter[str] = Counter()

        def drop(reason: str) -> None:
            dropped[reason] += 1

        reading = Reading(annotated, links, drop)
        found: list[Checked] = []
        for sentences in parts(annotated):
            try:
                answer = self._answer(question(annotated.article, sentences))
            except CoderError as error:
                raise CoderError(f"{annotated.article.id}: not coded: {error}") from error
            found += reading.events(answer.said(drop), {s.number for s in sentences})
        found.sort(key=lambda c: c.event.mentions[0].trigger_span)
        agreements = reading.agreements(found)
        self.tally.coded(len(found), dropped)
        return tuple(c.event for c in found), agreements

    def _answer(self, asked: str) -> Answer:
        """The answer kept from before, else the model's, kept for the next time."""
        kept = self.cache.get(asked) if self.cache else None
        if kept is not None:
            self.tally.remembered()
            return kept
        answer = self.client.ask(messages(asked))
        if self.cache is not None:
            try:
                self.cache.put(asked, answer)
            except OSError as error:
                # The answer is paid for and good; only the next run will ask again.
                self.tally.note(f"{self.cache.folder}: answers are not kept ({error.strerror})")
        return answer
