"""Builds that are killed at random moments, and what they leave; run as a program, so that it has no threads to fork.

``python killed_builds.py FOLDER SEED KILLS STEP`` prints one line of JSON. Each build and each look at what it left is
a forked process: the store's threads live in those alone. The articles are made by hand and coded without a parser.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import kg.pace
import kg.pipeline
import kg.store.embedded
from kg.graph import RUNS_GRAPH, Run
from kg.lexicon import load_lexicon
from kg.model import Actor, Article, Coded, Event, EventMention, Participant, Span, Status, When
from kg.query import ask, question
from kg.query.asking import sparql_for
from kg.query.counted import COUNTED
from kg.shelf import Shelf
from kg.store import open_store
from kg.store.disk import unfinished
from kg.vocab.iris import graph_iri

ARTICLES = 24
VERSIONS = (("coder", "quick"),)
STATES = ("KEN", "SOM", "UGA", "ETH", "EGY")


def write_source(path: Path) -> None:
    """Articles of which every two neighbours tell one attack, so that linking has something to join."""
    lines = []
    for n in range(ARTICLES):
        day = date(2024, 1, 1) + timedelta(days=3 * (n // 2))
        text = f"{STATES[n // 2 % 5]} attacked {STATES[(n // 2 + 1) % 5]}. This is text {n}."
        lines.append(json.dumps({"id": f"a{n}", "date": day.isoformat(), "text": text}))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def coded(article: Article) -> Coded:
    """What the words of an article give, without a parser."""

    def side(code: str, role: str) -> Participant:
        return Participant(actor=Actor(id=code.lower(), name=code, kind="state", country=code, sector="GOV"), role=role)

    day = article.published or date(2024, 1, 1)
    mention = EventMention(
        article=article.key,
        span=Span(0, 21),
        quote=article.text[:21],
        sentence=1,
        trigger="attacked",
        trigger_span=Span(4, 12),
        rule="assault.attack",
        confidence=0.8,
    )
    event = Event(
        key=f"{article.key}-0",
        type="ASSAULT",
        label=article.text[:20],
        status=Status.OCCURRED,
        actors=(side(article.text[:3], "actor"),),
        recipients=(side(article.text[13:16], "recipient"),),
        when=When(edtf=day.isoformat(), begin=day, end=day, precision="Day", resolution="Explicit"),
        mentions=(mention,),
    )
    return Coded(article=article, events=(event,), versions=VERSIONS)


def acknowledged(folder: Path) -> list[str]:
    path = folder.with_suffix(".acks")
    return path.read_text(encoding="ascii").split() if path.exists() else []


def run_build(source: Path, folder: Path, step: int) -> None:
    """Build, and write the key of each article down when the store has acknowledged it."""
    kg.store.embedded.STEP = step
    kg.pace.SHARE = 1
    keep, commit = Shelf.keep, Shelf.commit
    acks = os.open(folder.with_suffix(".acks"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def keep_and_tell(shelf: Shelf, record: Coded) -> None:
        keep(shelf, record)
        os.write(acks, f"{record.article.key}\n".encode("ascii"))

    def commit_and_count(shelf: Shelf, runs: Sequence[Run] = ()) -> set[str]:
        changed = commit(shelf, runs)
        shelf.store.summarise()
        return changed

    def code_all(articles: Iterator[Article], **_: object) -> Iterator[Coded]:
        yield from map(coded, articles)

    Shelf.keep = keep_and_tell  # type: ignore[method-assign]
    Shelf.commit = commit_and_count  # type: ignore[method-assign]
    kg.pipeline.code_all = code_all  # type: ignore[assignment]
    kg.pipeline.versions = lambda *_: VERSIONS
    kg.pipeline.Pace = lambda: kg.pace.Pace(least_s=0.02)  # type: ignore[assignment,misc]
    report = kg.pipeline.build(source, store=folder)
    assert not report.problems, report.problems


def lines(folder: Path) -> list[str]:
    """The store's quads as sorted N-Quads, without clock times."""
    with open_store(folder, read_only=True) as store:
        return sorted(str(q) for name in store.graphs() if name != RUNS_GRAPH for q in store.quads(name))


def see_whole(folder: Path, acks: list[str], *, reading: bool) -> None:
    """Each article graph has its record, the union each triple once, nothing acknowledged is lost, counts are right."""
    with open_store(folder, read_only=reading) as store:
        graphs = {g for g in store.graphs() if g != RUNS_GRAPH}
        keys = store.record_keys()
        assert graphs == {graph_iri(k) for k in keys}, "a graph without its record"
        ids = Counter(store.record(k).article.id for k in keys)  # type: ignore[union-attr]
        assert not ids or max(ids.values()) == 1, "an article twice"
        named = {(q.subject, q.predicate, q.object) for q in store.quads()}
        union = [tuple(map(str, row)) for row in store.query("SELECT ?s ?p ?o { ?s ?p ?o }").rows]
        assert len(union) == len(named), f"the union holds {len(union)} triples, the graphs {len(named)}"
        if store.summary() is not None:
            with folder.with_suffix(".counted").open("a") as seen:
                seen.write(".")
            for name in COUNTED:
                assert ask(store, name) == store.query(sparql_for(store, question(name), {})), (
                    f"{name}: a stale summary"
                )
        if reading:
            pairs = store.query("SELECT ?e (COUNT(?m) AS ?n) { ?e gaf:denotedBy ?m } GROUP BY ?e").rows
            assert all(str(row[1]) in ("1", "2") for row in pairs)
        else:
            held = {*keys, *store.waiting_keys()}
            assert set(acks) <= held, "an acknowledged article is lost"
            assert len(acks) == len(set(acks)), "an article was coded twice"


def forked(work: Callable[[], object]) -> int:
    """Start it in a process of its own."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        os._exit(code)


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main(home: Path, seed: int, kills: int, step: int) -> None:
    chance = random.Random(seed)
    source, whole = home / "news.jsonl", home / "whole"
    write_source(source)
    load_lexicon().senses("")  # read once, before all forks
    assert ended(forked(lambda: run_build(source, whole, 10**9))) == 0
    begun = time.monotonic()
    assert ended(forked(lambda: run_build(source, home / "timed", step))) == 0
    usual_s = time.monotonic() - begun
    wanted = home / "wanted"
    assert ended(forked(lambda: wanted.write_text("\n".join(lines(whole))))) == 0
    found: Counter[str] = Counter()
    while found["kills"] < kills:
        folder = home / f"s{found['stores']}"
        found["stores"] += 1
        while found["kills"] < kills:
            pid = forked(lambda: run_build(source, folder, step))  # noqa: B023
            time.sleep(chance.uniform(0, 0.8 * usual_s))
            os.kill(pid, signal.SIGKILL)
            code = ended(pid)
            assert code in (0, -signal.SIGKILL), code
            found["finished" if code == 0 else "kills"] += 1
            found["within a commit"] += unfinished(folder)
            if folder.exists() and (folder / "snapshots" / "current").exists():
                found["torn"] += ended(forked(lambda: see_whole(folder, [], reading=True))) != 0  # noqa: B023
            if folder.exists():
                acks = acknowledged(folder)
                found["torn"] += ended(forked(lambda: see_whole(folder, acks, reading=False))) != 0  # noqa: B023
            if code == 0:
                break
        # What was killed last is built to its end.
        assert ended(forked(lambda: run_build(source, folder, step))) == 0  # noqa: B023
        acks = acknowledged(folder)
        found["torn"] += ended(forked(lambda: see_whole(folder, acks, reading=False))) != 0  # noqa: B023
        same = forked(lambda: sys.exit("\n".join(lines(folder)) != wanted.read_text()))  # noqa: B023
        found["different"] += ended(same) != 0
        found["counted"] += len(folder.with_suffix(".counted").read_text())
        shutil.rmtree(folder)
    found["quads"] = len(wanted.read_text().splitlines())
    sys.stdout.write(json.dumps({"torn": 0, "different": 0, "usual_s": round(usual_s, 2), **found}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
