"""What a user decides about reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.link import Corrections, load_corrections

KEYS = st.sampled_from("abcde")
STEPS = st.lists(st.tuples(st.booleans(), KEYS, st.sets(KEYS, min_size=1)), max_size=6)


def done(steps) -> Corrections:
    found = Corrections()
    for join, key, others in steps:
        found = found.joined({key, *others}) if join else found.split(key, others)
    return found


@given(STEPS, st.sets(KEYS, min_size=2))
def test_the_latest_decision_holds(steps, keys):
    key = min(keys)
    joined = done(steps).joined(keys)
    assert all(joined.group(k) >= keys for k in keys)
    assert not any(set(pair) <= keys for pair in joined.apart)
    split = joined.split(key, keys)
    assert not split.group(key) & (keys - {key})
    assert all(split.group(k) >= keys - {key} for k in keys - {key})


@given(STEPS)
def test_decisions_are_read_as_they_were_written(steps):
    found = done(steps)
    assert load_corrections(found.dump()) == found
    assert found.without("abcde") == Corrections()


@given(STEPS)
def test_decisions_stand_in_order_and_once(steps):
    found = done(steps)
    for pairs in (found.same, found.apart):
        assert list(pairs) == sorted(set(pairs))
        assert all(a < b for a, b in pairs)


def test_no_text_is_no_decision():
    assert load_corrections(None) == Corrections()


@pytest.mark.parametrize("text", ["", "[]", '{"same": [["a"]]}', '{"apart": [["a", 1]]}', '{"same": 3}'])
def test_a_text_that_is_none_is_told_with_its_place(text):
    with pytest.raises(StoreError, match=r"my-store: not a record of decisions .* it would be like"):
        load_corrections(text, where="my-store")
