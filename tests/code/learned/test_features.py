"""The hashed features of tokens and pairs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest

from kg.code.learned.features import BUCKETS, PairFeatures, hashed, status_features, token_features
from kg.code.learned.scene import View
from kg.model import Actor, Annotated, Link

Parsed = Callable[..., Annotated]
ATTACK = "Kenya|PROPN|nsubj|1|GPE attacked=attack|VERB|ROOT|1||VBD Somalia|PROPN|dobj|1|GPE on|ADP|prep|1 Sunday|PROPN|pobj|3|DATE"
HIT = "Somalia|PROPN|nsubjpass|2|GPE was=be|AUX|auxpass|2 hit|VERB|ROOT|2||VBN by|ADP|agent|2 Kenya|PROPN|pobj|3|GPE"
KENYA = Actor(id="kenya", name="Kenya", kind="state", country="KEN")
SOMALIA = Actor(id="somalia", name="Somalia", kind="state", country="SOM")

_PRINT = """
from datetime import date
from kg.annotate import annotate
from kg.code import FrameCoder
from kg.code.learned.features import PairFeatures, status_features, token_features
from kg.code.learned.scene import View
from kg.model import Article
from kg.resolve import resolve
text = "Kenya's army attacked Somalia on Monday, officials in Nairobi said. It urged Uganda and the UN to hold talks."
[annotated] = annotate([Article(id="a", text=text, published=date(2024, 5, 15))])
links = resolve(annotated)
view = View(annotated, links, FrameCoder()(annotated, links)[0])
pairs = PairFeatures(view)
print(token_features(view))
for i in (3, 14):
    print(status_features(view, i, "ASSAULT"), [pairs.role(i, "ASSAULT", m) for m in view.mentions])
    print([pairs.time(i, "ASSAULT", t) for t in view.times_near(i)])
print([pairs.owner(m, o) for m in view.mentions for o in view.mentions if m is not o])
"""


def test_features_do_not_depend_on_the_seed_of_hashes() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", _PRINT],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1
    assert len(found.pop()) > 1000


def test_hashed_rows_are_spread_inside_the_table() -> None:
    rows = hashed(f"f{n}" for n in range(500))
    assert len(rows) > 450
    assert 0 <= min(rows) < max(rows) < BUCKETS


def test_each_token_has_its_grammar(parsed: Parsed) -> None:
    rows = token_features(View(parsed(ATTACK), (), ()))
    assert len(rows) == 5
    assert hashed(["pos=VERB", "tag=VBD", "dep=ROOT", "lemma=attack"]) <= rows[1]


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2024, 5, 19), "future"), (date(2024, 5, 14), "now"), (date(2024, 4, 28), "near"), (date(2023, 1, 1), "old")],
)
def test_the_status_sees_how_long_ago_the_day_is(parsed: Parsed, day: date, age: str) -> None:
    view = View(parsed(ATTACK, times=[("Sunday", day)]), (), ())
    assert hashed([f"time={age}", "timekind=at"]) <= status_features(view, 1, "ASSAULT")


def test_who_acts_in_the_passive_is_the_agent(parsed: Parsed, link: Callable[..., Link]) -> None:
    annotated = parsed(HIT)
    view = View(annotated, [link(annotated, 0, SOMALIA), link(annotated, 4, KENYA)], ())
    somalia, kenya = view.mentions
    pairs = PairFeatures(view)
    assert hashed(["agent", "ASSAULT&agent"]) <= pairs.role(2, "ASSAULT", kenya)
    assert hashed(["patient", "ASSAULT&patient"]) <= pairs.role(2, "ASSAULT", somalia)


def test_a_mention_elsewhere_is_told_by_its_distance_and_rank(parsed: Parsed, link: Callable[..., Link]) -> None:
    annotated = parsed(ATTACK, HIT)
    view = View(annotated, [link(annotated, 0, KENYA), link(annotated, 5, SOMALIA)], ())
    rows = PairFeatures(view).role(7, "ASSAULT", view.mentions[0])
    assert hashed(["gap=-1", "ASSAULT&m.top=0", "ASSAULT&m.kind=state"]) <= rows


def test_the_only_time_of_a_sentence_is_the_nearest(parsed: Parsed) -> None:
    view = View(parsed(ATTACK, times=[("Sunday", date(2024, 5, 12))]), (), ())
    rows = PairFeatures(view).time(1, "ASSAULT", view.times[0])
    assert hashed(["nearest=True&False", "path=prep:on>pobj", "age=-1"]) <= rows


def test_a_time_of_an_earlier_sentence_is_the_latest(parsed: Parsed) -> None:
    view = View(parsed(ATTACK, HIT, times=[("Sunday", date(2024, 5, 12))]), (), ())
    assert hashed(["latest=True&False", "gap=-1"]) <= PairFeatures(view).time(7, "ASSAULT", view.times[0])


def test_an_owner_is_told_by_word_kind_and_what_the_resolver_says(parsed: Parsed, link: Callable[..., Link]) -> None:
    annotated = parsed(ATTACK, "Troops=troop|NOUN|nsubj|1 left=leave|VERB|ROOT|1")
    links = [link(annotated, 0, KENYA), link(annotated, 5, KENYA, rule="nominal", sure=0.5)]
    view = View(annotated, links, ())
    troops = next(m for m in view.mentions if m.head == 5)
    rows = PairFeatures(view).owner(troops, view.mentions[0])
    assert hashed(["word=troop&state", "proposed=True&nominal", "proposed=True&5"]) <= rows
