"""How well pronouns, nouns and names are resolved, on the coreference of the hand-coded articles.

    python -m benchmarks.coref [GOLD.jsonl] [--weights FOLDER] [--json]

Counted are the hand-coded mentions whose words occur once in their text. A mention is right if the actors found for
it are the ones it refers to, by name or by country: all of them, and no others. ``resolver``: what ``kg.resolve``
links; ``owner head``: what the trained coder makes of it. Without GOLD the whole corpus is taken, and the tenth that is
held back from training on its own; the owner head has seen the rest.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.coding import WEIGHTS, Read, read_gold
from benchmarks.scoring import Record, meet, name_key
from benchmarks.table import aligned, share
from kg.code.learned.features import PairFeatures
from kg.code.learned.net import Net
from kg.code.learned.scene import View
from kg.code.learned.who import Who
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Actor, Link, Span, Tree
from training.data import articles
from training.split import corpus, held_back

KINDS = ("pronoun", "nominal", "name", "plural")
"""``name`` holds names and what stands for one, such as a capital; ``plural`` all that means several."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A mention with whom it refers to and whom each way of resolving finds."""

    article: str
    kind: str
    meant: tuple[Record, ...]
    resolver: tuple[Record, ...]
    head: tuple[Record, ...]

    def right(self, found: Sequence[Record]) -> bool:
        """Whether what was found is all that is meant and nothing else."""
        return bool(found) and all(meet([m], found) for m in self.meant) and all(meet(self.meant, [f]) for f in found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Resolve, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="hand-coded articles; without: the corpus")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of the trained weights")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    asked = parser.parse_args(arguments)
    read = read_gold(articles([asked.gold]) if asked.gold else corpus())
    net, lexicon = Net(asked.weights), load_lexicon()
    found = [a for r in read for a in mentions(r, net, lexicon)]
    told = {"held back": figures([a for a in found if held_back(a.article)]), "all": figures(found)}
    print(json.dumps(told) if asked.json else table(told))
    return 0


def mentions(read: Read, net: Net, lexicon: Lexicon) -> Iterator[Asked]:
    """The mentions of an article that can be told apart by their words."""
    view = View(read.annotated, read.links, ())
    who = Who(net, view, PairFeatures(view), net.vectors(read.annotated))
    links = {link.head: link for link in read.links}
    by_head = {m.head: m for m in view.mentions}
    for coded in read.gold.get("coref", ()):
        place = once(read.annotated.article.text, coded["mention"])
        inside = [t.i for t in view.tokens if place is not None and t.span.meets(place)]
        if not inside:
            continue
        names = [name for n in coded["refers_to"].split(",") if (name := n.strip())]
        ranked = sorted(inside, key=lambda i: (len(view.chain(i)), i))
        linked = next((links[i] for i in ranked if i in links), None)
        mention = next((by_head[i] for i in ranked if i in by_head), None)
        yield Asked(
            str(read.gold["id"]),
            "plural" if len(names) > 1 else kind(view.tree, ranked[0]),
            tuple({"name": n, "country": country(n, read.gold, lexicon)} for n in names),
            told(linked_actors(linked, lexicon)),
            told([actor for actor, _ in who.at(mention)] if mention is not None else []),
        )


def once(text: str, words: str) -> Span | None:
    """Where words stand that occur once in a text; None if they occur more often or not at all.

    >>> once("He met him.", "him")
    Span(start=7, end=10)
    """
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return Span(places[0], places[0] + len(words)) if len(places) == 1 else None


def kind(tree: Tree, head: int) -> str:
    """Pronoun, nominal or name, by the word that carries a mention."""
    token = tree[head]
    if token.pos == "PRON" or token.tag in ("PRP", "PRP$", "WP", "WP$"):
        return "pronoun"
    return "nominal" if token.pos in ("NOUN", "NUM", "DET", "ADJ") and not token.ent else "name"


def country(name: str, gold: Record, lexicon: Lexicon) -> str | None:
    """The country of somebody by name: as the article's events have it, or else as the lexicon has it."""
    key = name_key(name)
    for event in gold["events"]:
        for p in (*event["actors"], *(event.get("recipients") or ()), *(event.get("third_parties") or ())):
            if p.get("country") and name_key(p.get("name")) == key:
                return str(p["country"])
    known = (lexicon.actors.get(sense.entity) for sense in lexicon.senses(name))
    return next((a.country for a in known if a is not None and a.country), None)


def linked_actors(link: Link | None, lexicon: Lexicon) -> list[Actor]:
    """The actors of a link; of a place without any, the state that it lies in."""
    if link is None:
        return []
    state = lexicon.states.get(link.place.country or "") if link.place is not None else None
    return list(link.actors) or ([lexicon.actors[state]] if state else [])


def told(actors: Sequence[Actor]) -> tuple[Record, ...]:
    """Actors as the scorer reads them."""
    return tuple({"name": a.name, "country": a.country} for a in actors)


def figures(found: Sequence[Asked]) -> dict[str, dict[str, Any]]:
    """Mentions and the share right, by kind and of all."""
    rows: dict[str, dict[str, Any]] = {}
    for name in (*KINDS, "all"):
        own = [a for a in found if name in (a.kind, "all")]
        resolver, head = sum(a.right(a.resolver) for a in own), sum(a.right(a.head) for a in own)
        size = len(own)
        rows[name] = {
            "n": size,
            "resolver": round(resolver / size, 3) if size else None,
            "owner head": round(head / size, 3) if size else None,
        }
    return rows


def table(told: dict[str, dict[str, dict[str, Any]]]) -> str:
    """The figures in plain text."""
    rows = [["articles", "mentions", "n", "resolver", "owner head"]]
    for name, kinds in told.items():
        rows += [[name, k, str(r["n"]), share(r["resolver"]), share(r["owner head"])] for k, r in kinds.items()]
    return aligned(rows)


if __name__ == "__main__":
    sys.exit(main())
