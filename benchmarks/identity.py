"""How well reports of one event are put together, as B-cubed precision, recall and F1 over hand-coded mentions.

    python -m benchmarks.identity [--end-to-end] [--errors SPLIT]

The stories are split by story: the weights of ``kg/link/compare.py`` were set on the tuning half; the figure to be
reported is the held-out half's. Beside the linker stand what GDELT does (reports are one event where every field is
equal) and no linking at all. With --end-to-end the events are those that kg codes, matched with the hand-coded
mentions by sentence and type; a mention that the coder misses stands alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from benchmarks.story_events import SPLITS, Gold, read_stories
from kg.link import link
from kg.model import Coded, Event

Clusters = Mapping[str, Hashable]
"""The cluster of each mention, by the key of its event."""


def b_cubed(gold: Clusters, found: Clusters) -> tuple[float, float, float]:
    """Precision, recall and F1, each mention counting once.

    A mention's precision is the share of its found cluster that is right, its recall the share of its true
    cluster that was found; both clusters hold the mention itself (Bagga and Baldwin 1998).
    """
    precision = recall = 0.0
    true_sets, found_sets = _sets(gold), _sets({m: found.get(m, ("missed", m)) for m in gold})
    for mention in gold:
        true = true_sets[gold[mention]]
        mine = found_sets[found.get(mention, ("missed", mention))]
        precision += len(true & mine) / len(mine)
        recall += len(true & mine) / len(true)
    p, r = precision / len(gold), recall / len(gold)
    return p, r, 2 * p * r / (p + r)


def _sets(clusters: Clusters) -> dict[Hashable, set[str]]:
    sets: dict[Hashable, set[str]] = defaultdict(set)
    for mention, cluster in clusters.items():
        sets[cluster].add(mention)
    return sets


def linked(articles: Sequence[Coded]) -> Clusters:
    """The project's own linking."""
    return dict(link(articles).names)


def every_field(articles: Sequence[Coded]) -> Clusters:
    """One event where type, mode, status, countries of both sides, place and day are all equal."""
    return {e.key: _fields(e, c) for c in articles for e in c.events}


def _fields(event: Event, coded: Coded) -> Hashable:
    day = event.when.begin if event.when and event.when.begin else coded.article.published
    sides = [frozenset(p.actor.country or p.actor.id for p in side) for side in (event.actors, event.recipients)]
    place = event.place.id if event.place else None
    return event.type, event.mode, event.status, *sides, place, day


def unlinked(articles: Sequence[Coded]) -> Clusters:
    """Each mention its own event."""
    return {e.key: e.key for c in articles for e in c.events}


SYSTEMS: Mapping[str, Callable[[Sequence[Coded]], Clusters]] = {
    "kg link": linked,
    "every field equal": every_field,
    "no linking": unlinked,
}


def by_article(mentions: Iterable[Gold]) -> list[Coded]:
    """The hand-coded events as what the coder would give for each article."""
    events: dict[str, list[Gold]] = defaultdict(list)
    for mention in mentions:
        events[mention.article.id].append(mention)
    return [Coded(article=found[0].article, events=tuple(m.event for m in found)) for found in events.values()]


def matched(gold: Sequence[Gold], coded: Sequence[Coded]) -> dict[str, str]:
    """For each hand-coded mention the key of the coded event in its sentence with its type; each event once."""
    events = {c.article.id: [e for e in c.events if e.type.isupper()] for c in coded}
    pairs = sorted(
        (-_fit(g, e), g.event.key, e.key)
        for g in gold
        for e in events.get(g.article.id, ())
        if e.type == g.event.type and any(m.span.meets(g.mention.span) for m in e.mentions)
    )
    found: dict[str, str] = {}
    for _, mention, event in pairs:
        if mention not in found and event not in found.values():
            found[mention] = event
    return found


def _fit(gold: Gold, event: Event) -> float:
    near = any(m.trigger_span.meets(gold.mention.trigger_span) for m in event.mentions)
    return 2.0 * near + (event.mode == gold.event.mode) + 0.5 * (event.status == gold.event.status)


def errors(gold: Clusters, found: Clusters, told: Mapping[str, Gold]) -> Iterable[str]:
    """Each pair of mentions that is wrongly together or wrongly apart."""
    keys = list(gold)
    for i, a in enumerate(keys):
        for b in keys[i + 1 :]:
            right, ours = gold[a] == gold[b], found.get(a, a) == found.get(b, b)
            if right != ours:
                what = "apart" if right else "together"
                names = [f"{told[k].article.id} {told[k].mention.trigger!r}" for k in (a, b)]
                yield f"wrongly {what}: {gold[a]} {names[0]} / {gold[b]} {names[1]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--end-to-end", action="store_true", help="code the articles instead of taking the gold events")
    parser.add_argument("--errors", metavar="SPLIT", choices=SPLITS, help="list the linker's errors on this half")
    asked = parser.parse_args()
    every = list(read_stories())
    coded = _code(every) if asked.end_to_end else by_article(every)
    print(f"{'stories':<10}{'':<20}{'precision':>10}{'recall':>10}{'F1':>10}")
    for split in SPLITS:
        mentions = [g for g in every if g.split == split]
        ids = {g.article.id for g in mentions}
        mine = [c for c in coded if c.article.id in ids]
        keys = matched(mentions, mine) if asked.end_to_end else {g.event.key: g.event.key for g in mentions}
        gold = {g.event.key: g.cluster for g in mentions}
        for name, system in SYSTEMS.items():
            clusters = system(mine)
            found = {mention: clusters[key] for mention, key in keys.items()}
            figures = "".join(f"{x:>10.3f}" for x in b_cubed(gold, found))
            print(f"{split:<10}{name:<20}{figures}")
            if name == "kg link" and asked.errors == split:
                print(*errors(gold, found, {g.event.key: g for g in mentions}), sep="\n", file=sys.stderr)
        coded_too = f", {len(keys)} of them found by the coder" if asked.end_to_end else ""
        print(f"{split:<10}{len(gold)} mentions of {len(set(gold.values()))} events{coded_too}")
    return 0


def _code(every: Sequence[Gold]) -> list[Coded]:
    from kg.pipeline import code

    return list(code({g.article.id: g.article for g in every}.values()))


if __name__ == "__main__":
    sys.exit(main())
