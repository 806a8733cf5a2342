"""Texts that are no English news: no crash, no events, one line of warning, on one worker or two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import build, open_store
from kg.graph import RUNS_GRAPH
from kg.model import Article
from kg.pipeline import code

ATTACK = "Kenya attacked Somalia on Monday and held talks with Chad."
ODD = {
    "german": "Der Minister traf am Montag den Präsidenten von Somalia und griff Kenia scharf an.",
    "arabic": "التقى وزير الخارجية رئيس الصومال يوم الاثنين في العاصمة",
    "chinese": "外交部长星期一在首都会见了索马里总统。",
    "markup": f"<div class='a'><p>{ATTACK}</p></div>",
    "table": "Kenya\t12\tattack\t14\nSomalia\t3\tattack\t15",
    "capitals": ATTACK.upper(),
    "repeated": "Kenya attacked Somalia and " * 500,
    "and": "Kenya and Somalia and " * 900,
    "no_blanks": ATTACK.replace(" ", "") * 500,
    "digits": "1234567890" * 2000,
    "quotes": '"' * 20_000,
    "brackets": "(" * 20_000,
    "emoji": "🙂" * 5000,
    "marks": "e\u0301\u0323" * 5000,
    "zero_width": "\u200b" * 5000,
    "directions": "\u200f" * 5000,
}


def coded(text: str):
    [article] = code([Article(id="a", text=text, published=date(2024, 5, 8))])
    return article


@pytest.mark.parametrize("name", sorted(ODD))
def test_an_odd_text_gives_one_warning_and_no_events(name):
    article = coded(ODD[name])
    assert (article.events, len(article.warnings)) == ((), 1)


def test_the_same_sentence_as_plain_prose_gives_events_and_no_warning():
    article = coded(ATTACK)
    assert article.events
    assert article.warnings == ()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Lu", "Ll")), max_size=200))
def test_a_text_without_latin_letters_gives_no_events(text):
    assert coded(text).events == ()


@pytest.mark.slow
def test_odd_texts_give_one_notice_each_and_the_same_bytes_on_one_worker_and_two(tmp_path):
    for name, text in ODD.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    graphs = []
    for workers in (1, 2):
        with open_store(":memory:") as store:
            report = build(tmp_path, store=store, published=date(2024, 5, 8), workers=workers)
            assert report.problems == []
            assert [line.split(":")[0] for line in report.notices] == sorted(ODD)
            graphs.append(sorted(str(q) for name in store.graphs() if name != RUNS_GRAPH for q in store.quads(name)))
    assert graphs[0] == graphs[1]
