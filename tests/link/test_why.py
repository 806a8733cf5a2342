"""Why reports are one event, and what a user can decide on them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import UsageError
from kg.link import Corrections, Links, join, link, reset, split
from kg.model import Article, Factuality


def key(name: str) -> str:
    """The key of the article of that name."""
    return Article(id=name, text=name).key


@pytest.fixture
def articles(report, coded) -> list:
    """Three reports of one attack; an attack on somebody else, a meeting, a plan, and a later attack."""
    a, b, c, d, e = map(key, "abcde")
    return [
        coded("a", 4, report(a, key="aa1"), report(a, "UGA ETH", "", kind="CONSULT", key="cc1")),
        coded("b", 5, report(b, key="aa2")),
        coded("c", 6, report(c, key="ba3"), report(c, "KEN", "UGA", key="ba4")),
        coded("d", 7, report(d, key="dd5", factuality=Factuality.SCHEDULED)),
        coded("e", 25, report(e, key="ee6", day=20)),
    ]


def test_each_pair_is_told_with_its_parts(articles):
    why = Links(articles).why("aa1")
    assert [r.key for r in why.reports] == ["aa1", "aa2", "ba3"]
    assert [(i, j) for i, j, _ in why.pairs] == [(0, 1), (0, 2), (1, 2)]
    assert all(c.score > 0.5 and len(c.parts) == 7 for _, _, c in why.pairs)
    assert {a.id for a in why.articles.values()} == {"a", "b", "c", "d", "e"}


def test_the_nearest_others_are_told_with_what_kept_them_out(articles):
    told = {n.report.key: n.why for n in Links(articles).why("aa1").nearest}
    assert told == {
        "ba4": "ruled out by recipients: Som / Uga",
        "dd5": "ruled out by status: told as a fact and expected",
        "ee6": "ruled out by time: 2024-05-03 and 2024-05-20, 17 days apart",
    }


def test_what_excludes_another_report_of_the_event_is_told(report, coded):
    a, b = key("a"), key("b")
    twice = coded("b", 5, report(b, key="b1"), report(b, key="b2", trigger="raided"))
    [near] = Links([coded("a", 4, report(a, key="a1")), twice]).why("a1").nearest
    assert (near.report.key, near.to) == ("b2", 0)
    assert near.why == "report 2 rules it out: article: one article tells them as two"


def test_a_report_is_found_by_key_beginning_or_iri(articles):
    links = Links(articles)
    for text in ("ba3", "ba3 ", "dd", "https://w3id.org/dekg/id/event/ba3", "ev:ba3"):
        assert links.report_key(text) in ("ba3", "dd5")


@pytest.mark.parametrize(
    ("text", "told"),
    [("ba", "event 'ba': 2 keys begin so; give more digits of one of: ba3, ba4"), ("zz", "no event 'zz'"), ("", "no")],
)
def test_a_key_that_names_none_or_several_is_told(articles, text, told):
    with pytest.raises(UsageError, match=told):
        Links(articles).report_key(text)


def test_a_telling_merged_within_its_article_goes_by_its_old_key_too(report, coded):
    told_twice = report(key("a"), key="aa1", same_as=(("ab9", 1.0),))
    assert Links([coded("a", 4, told_twice)]).report_key("ab9") == "aa1"


def test_an_event_of_one_report_has_no_pairs(articles):
    why = Links(articles).why("cc1")
    assert (why.pairs, why.nearest) == ((), ())


def groups(articles, decided: Corrections) -> set[tuple[str, ...]]:
    return {tuple(r.key for r in reports) for reports in Links(articles, decided).merged()}


def test_by_its_own_key_an_event_is_taken_apart(articles):
    assert "aa1" not in {k for g in groups(articles, split(Links(articles), "aa1")) for k in g}


def test_by_a_later_report_that_report_alone_is_taken_out(articles):
    decided = split(Links(articles), "aa2")
    [event] = [g for g in groups(articles, decided) if "aa1" in g]
    assert "aa2" not in event
    assert len(event) == 2


def test_what_was_split_can_be_joined_again_and_the_other_way_round(articles):
    before = groups(articles, Corrections())
    apart = split(Links(articles), "aa2")
    again = join(Links(articles, apart), "aa1", "aa2")
    assert {frozenset(g) for g in groups(articles, again)} == {frozenset(g) for g in before}
    assert groups(articles, split(Links(articles, again), "aa2")) == groups(articles, apart)


def test_two_events_are_joined_with_all_their_reports(articles):
    decided = join(Links(articles), "aa1", "ee6")
    assert ("aa1", "aa2", "ba3", "ee6") in groups(articles, decided)
    why = Links(articles, decided).why("ee6")
    assert (0, 3) in why.by_hand


def test_a_decision_can_be_taken_back(articles):
    decided = join(Links(articles), "aa1", "ee6")
    assert reset(Links(articles, decided), "ee6") == Corrections()


def test_who_was_kept_apart_by_a_user_is_told_so(articles):
    decided = split(Links(articles), "aa2")
    told = {n.report.key: n.why for n in Links(articles, decided).why("aa1").nearest}
    assert told["aa2"] == "kept apart by a user"


@pytest.mark.parametrize(
    ("decide", "told"),
    [
        (lambda links: split(links, "dd5"), "event dd5: one report alone tells it; there is nothing to split"),
        (lambda links: join(links, "aa1", "ba3"), "events aa1 and ba3: they are one event already"),
        (lambda links: join(links, "aa1", "cc1"), "ASSAULT and CONSULT are not of one type, so they stay two"),
        (lambda links: reset(links, "aa1"), "event aa1: nothing was decided on its reports; nothing to reset"),
    ],
)
def test_what_cannot_be_decided_is_told(articles, decide, told):
    with pytest.raises(UsageError, match=told):
        decide(Links(articles))


def test_linking_and_explaining_agree(articles):
    linked = link(articles)
    by_event: dict[str, set[str]] = {}
    for report, event in linked.names:
        by_event.setdefault(event, set()).add(report)
    assert {frozenset(g) for g in groups(articles, Corrections())} == {
        frozenset(keys) for keys in by_event.values() if len(keys) > 1
    }


def test_a_merged_event_keeps_score_and_reasons(articles):
    event = next(e for e in link(articles).events if e.key == "aa1")
    assert [key for key, _ in event.same_as] == [key for key, _ in event.same_because] == ["aa2", "ba3"]
    assert all(score > 0.5 for _, score in event.same_as)
    assert all("time +2.5 (the same day, 2024-05-03)" in why for _, why in event.same_because)


def test_a_report_near_the_threshold_is_told_with_its_score(report, coded):
    far = replace(report(key("b"), key="b", day=3, mode="drone"), recipients=())
    links = Links([coded("a", 4, report(key("a"), key="a", mode="aerial")), coded("b", 20, far)])
    [near] = links.why("a").nearest
    assert near.why.startswith(f"{near.comparison.score:g} is below 0.5: ")
