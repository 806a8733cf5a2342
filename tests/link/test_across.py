"""What several articles tell: one event or several."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from kg.link import link
from kg.model import Agreement, Factuality, Participant, Place, Quantity, StatusChange, When


def test_two_reports_of_one_event_share_a_key_and_keep_both_mentions(report, coded):
    first, second = report("a"), report("b")
    linked = link([coded("b", 5, second), coded("a", 4, first)])
    [event] = linked.events
    assert event.key == first.key
    assert {m.article for m in event.mentions} == {"a", "b"}
    assert event.same_as[0][0] == second.key
    assert dict(linked.names) == {first.key: first.key, second.key: first.key}


def test_the_order_of_the_articles_does_not_matter(report, coded):
    articles = [
        coded("a", 4, report("a"), report("a", "UGA", "SOM", day=20)),
        coded("b", 5, report("b")),
        coded(
            "c",
            5,
            report("c", "UGA", "SOM", day=20),
            report("c", "KEN SOM", "", kind="CONSULT", rule="consult.met"),
        ),
        coded("d", 6, report("d", "KEN SOM", "", kind="CONSULT", rule="consult.met_one")),
    ]
    results = {link(order) for order in permutations(articles)}
    assert len(results) == 1
    assert len(next(iter(results)).events) == 3


@pytest.mark.parametrize("day", [5, 6, 20])
def test_the_same_act_days_later_is_another_event(report, coded, day):
    assert len(link([coded("a", 4, report("a")), coded("b", 25, report("b", day=day))]).events) == 2


def test_reports_a_day_apart_may_be_one_event(report, coded):
    first = report("a", "KEN SOM", "", kind="CONSULT", mode="phone")
    second = report("b", "KEN SOM", "", kind="CONSULT", mode="phone", day=4)
    assert len(link([coded("a", 4, first), coded("b", 5, second)]).events) == 1


@pytest.mark.parametrize("other", [
    {"positive": False},
    {"factuality": Factuality.SCHEDULED},
    {"factuality": Factuality.REQUESTED},
])  # fmt: skip
def test_a_fact_is_never_merged_with_a_denial_a_plan_or_a_demand(report, coded, other):
    assert len(link([coded("a", 4, report("a")), coded("b", 4, report("b", **other))]).events) == 2


def test_another_mode_is_another_event(report, coded):
    events = link([coded("a", 4, report("a", mode="aerial")), coded("b", 4, report("b", mode="drone"))]).events
    assert len(events) == 2


def test_what_one_article_tells_as_two_events_stays_two(report, coded):
    twice = coded("b", 5, report("b", key="b1"), report("b", key="b2"))
    linked = link([coded("a", 4, report("a")), twice])
    assert len(linked.events) == 2


def test_reports_without_a_time_stay_apart(report, coded):
    assert len(link([coded("a", 4, report("a", day=None)), coded("b", 4, report("b", day=None))]).events) == 2


def test_statements_of_two_articles_stay_apart(report, coded):
    said = {"kind": "Statement", "recipients": "", "rule": "statement.say"}
    assert len(link([coded("a", 4, report("a", **said)), coded("b", 4, report("b", **said))]).events) == 2


def test_places_in_two_states_make_two_events(report, coded):
    here = Place(id="x", name="X", kind="city", country="KEN")
    there = Place(id="y", name="Y", kind="city", country="SOM")
    assert len(link([coded("a", 4, report("a", place=here)), coded("b", 4, report("b", place=there))]).events) == 2


def test_the_end_of_a_month_is_near_the_next_one(report, coded):
    first = report("a", "KEN SOM", "", kind="CONSULT", mode="phone", day=31)
    second = report("b", "KEN SOM", "", kind="CONSULT", mode="phone", day=32)
    assert len(link([coded("a", 31, first), coded("b", 31, second)]).events) == 1


def test_a_person_and_the_state_do_not_become_two_sides(report, coded):
    first = report("a", "KEN SOM", "", kind="CONSULT", mode="phone")
    leader = replace(first.actors[0].actor, id="leader", name="Leader", kind="person")
    second = replace(
        report("b", "KEN SOM", "", kind="CONSULT", mode="phone"),
        actors=(Participant(actor=leader), first.actors[1]),
    )
    [event] = link([coded("a", 4, first), coded("b", 5, second)]).events
    assert [p.actor.id for p in event.actors] == ["ken", "som"]


def test_the_finer_time_and_all_figures_are_kept(report, coded):
    month = When(edtf="2024-05", begin=date(2024, 5, 3), end=date(2024, 5, 31), precision="Month")
    killed, wounded = Quantity(kind="Killed", value=3.0), Quantity(kind="Wounded", value=7.0)
    first = report("a", mode="aerial", quantities=(killed,), when=month)
    second = report("b", mode="aerial", quantities=(killed, wounded))
    [event] = link([coded("a", 4, first), coded("b", 5, second)]).events
    assert event.when == second.when
    assert event.quantities == (killed, wounded)


def test_a_disputed_event_stays_disputed_as_two(report, coded):
    linked = link([coded("a", 4, report("a")), coded("b", 4, report("b", positive=False))])
    assert {e.status.value for e in linked.events} == {"Occurred", "NotOccurred"}


def deal(key: str, event: str, **more: object) -> Agreement:
    base = Agreement(
        key=key,
        label=key,
        kind="ceasefire",
        parties=(),
        changes=(StatusChange(event=event, after="InForce"),),
    )
    return replace(base, status="InForce", **more)


def test_agreements_that_one_event_brought_about_are_one_with_all_its_steps(report, coded):
    first, second = (
        report("a", "KEN SOM", "", kind="RETREAT", key="t1", mode="ceasefire"),
        report("b", "KEN SOM", "", kind="RETREAT", key="t2", mode="ceasefire"),
    )
    ended = report("b", "KEN SOM", "", kind="Expiry", key="e", day=9)
    later = deal("d2", "t2", valid_through="2024-05-09", provides=("e",))
    later = replace(later, changes=(*later.changes, StatusChange(event="e", after="Expired")), status="Expired")
    linked = link([
        coded("b", 10, second, ended, agreements=(later,)),
        coded("a", 4, first, agreements=(deal("d1", "t1", valid_from="2024-05-03"),)),
    ])  # fmt: skip
    [agreement] = linked.agreements
    assert (agreement.key, agreement.status) == ("d1", "Expired")
    assert (agreement.valid_from, agreement.valid_through) == ("2024-05-03", "2024-05-09")
    assert [c.event for c in agreement.changes] == ["t1", "e"]
    assert agreement.provides == ("e",)


def test_agreements_of_different_events_stay_two(report, coded):
    linked = link([
        coded("a", 4, report("a", key="t1"), agreements=(deal("d1", "t1"),)),
        coded("b", 25, report("b", key="t2", day=20), agreements=(deal("d2", "t2"),)),
    ])  # fmt: skip
    assert [a.key for a in linked.agreements] == ["d1", "d2"]
