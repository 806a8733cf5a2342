"""Reports in groups: no chain joins what excludes each other, and a user has the last word."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.link import Corrections, Report, link
from kg.link.cluster import grouped
from kg.model import Article, Place


def reports(*events) -> list[Report]:
    return [Report.of(e, Article(id=e.key, text=e.key)) for e in events]


def keys(found: list[Report], corrections: Corrections | None = None) -> list[list[str]]:
    groups, _ = grouped(found, corrections)
    return sorted(sorted(found[n].key for n in group) for group in groups)


@pytest.fixture
def chain(report) -> list:
    """Two attacks on two towns on one day, and a report that names no town and fits both."""
    here, there = (Place(id=name, name=name, kind="city", country="SOM") for name in ("here", "there"))
    return [
        report("a", key="a", place=here),
        report("b", key="b", mode=None),
        report("c", key="c", place=there),
    ]


def test_a_chain_does_not_join_what_excludes_each_other(chain):
    assert keys(reports(*chain)) in ([["a", "b"], ["c"]], [["a"], ["b", "c"]])


def test_the_order_of_articles_does_not_decide_a_chain(chain, coded):
    articles = [coded(e.key, 4, e) for e in chain]
    assert len({link(order) for order in permutations(articles)}) == 1


def test_a_day_more_and_a_day_more_do_not_join_a_week(report):
    week = [report(name, key=name, day=3 + n) for n, name in enumerate("abcdef")]
    assert all(len(group) <= 2 for group in keys(reports(*week)))


def test_reports_that_a_user_keeps_apart_stay_apart(report):
    two = reports(report("a", key="a"), report("b", key="b"))
    assert keys(two) == [["a", "b"]]
    assert keys(two, Corrections(apart=(("a", "b"),))) == [["a"], ["b"]]


def test_reports_that_a_user_joins_are_one_whatever_speaks_against_it(chain):
    assert keys(reports(*chain), Corrections().joined("abc")) == [["a", "b", "c"]]


def test_a_report_that_is_kept_apart_from_one_stays_out_of_its_group(report):
    three = reports(*(report(name, key=name) for name in "abc"))
    assert keys(three, Corrections().split("c", "a")) == [["a", "b"], ["c"]]


def test_decisions_on_reports_that_are_gone_change_nothing(report):
    two = reports(report("a", key="a"), report("b", key="b"))
    assert keys(two, Corrections(same=(("a", "gone"),), apart=(("b", "gone"),))) == [["a", "b"]]


def test_a_merge_by_hand_says_so(report, coded):
    articles = [coded("a", 4, report("a", key="a")), coded("b", 25, report("b", key="b", day=20))]
    [event] = link(articles, Corrections().joined("ab")).events
    assert event.same_because == (("b", "decided by a user"),)
