"""What the tests have workers do; in a module of its own, because workers import it by its name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.engines import coded_shard
from kg.errors import CoderError
from kg.model import Article, Coded

VERSIONS = (("coder", "test"), ("kg", "1"))


def coded(articles: Sequence[Article]) -> Iterator[Coded]:
    """Do what the texts say: die once, die always, fail, refuse; else say in a warning how long the text is."""
    for article in articles:
        word, _, rest = article.text.partition(" ")
        # rest names a flag file, with which a worker leaves word that it has been there.
        if word == "log" and rest:
            with Path(rest).open("a", encoding="utf-8") as log:
                log.write(f"{article.id} {os.getpid()}\n")
        if word == "die-once" and not Path(rest).exists():
            Path(rest).write_text(str(os.getpid()), encoding="utf-8")
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "fail":
            raise ValueError("this text is odd")
        if word == "refuse":
            raise CoderError(f"{article.id}: not for me")
        if word == "slow":
            time.sleep(0.2)
        yield Coded(article=article, warnings=(f"{len(article.text)} characters",), versions=VERSIONS)


def work(job: bytes) -> bytes:
    """The task."""
    return coded_shard(job, coded, VERSIONS)


def liar(job: bytes) -> bytes:
    """A task that gives records of other articles."""
    from kg.engines.shard import Shard

    return Shard.of([Article(id="other", text="other")], VERSIONS).pack()
