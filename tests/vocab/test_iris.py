"""IRIs from ids, keys and terms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.vocab import iris
from kg.vocab.plover import CONTEXTS, MODES, OWN_TYPES, SECTORS, TYPES
from kg.vocab.terms import TERMS

MINTERS = [
    iris.entity_iri,
    iris.event_iri,
    iris.agreement_iri,
    iris.article_iri,
    iris.graph_iri,
    iris.run_iri,
    iris.topic_iri,
]
names = st.text(st.characters(), min_size=1)


@pytest.mark.parametrize("minter", MINTERS)
@given(name=names)
def test_any_id_makes_an_iri_that_parses(minter: Callable[[str], str], name: str) -> None:
    iri = minter(name)
    assert NamedNode(iri).value == iri
    assert iri.isascii()


@given(one=names, other=names)
def test_two_ids_never_make_one_iri(one: str, other: str) -> None:
    assert (iris.encoded(one) == iris.encoded(other)) == (one == other)


@pytest.mark.parametrize(("one", "other"), [(".", "%2E"), ("a b", "a%20b"), ("a/b", "a%2Fb"), ("..", "%2E%2E")])
def test_an_id_that_looks_encoded_stays_apart_from_what_it_looks_like(one: str, other: str) -> None:
    assert iris.encoded(one) != iris.encoded(other)


@pytest.mark.parametrize("name", [".", "..", "a/../b", "a?b", "a#b", "<", '"', "\ud800"])
def test_no_id_can_leave_its_place_in_the_path(name: str) -> None:
    last = iris.entity_iri(name).removeprefix("https://w3id.org/dekg/id/entity/")
    assert not set(last) & set('/?#<>" ')
    assert last.strip(".")


def test_unreserved_characters_stay_readable() -> None:
    assert iris.encoded("x-0a.B_c~") == "x-0a.B_c~"


@pytest.mark.parametrize("minter", MINTERS)
def test_an_empty_id_is_refused(minter: Callable[[str], str]) -> None:
    with pytest.raises(UsageError, match="empty"):
        minter("")


def test_a_span_names_its_code_points() -> None:
    assert iris.span_iri("aa", 3, 14) == "https://w3id.org/dekg/id/article/aa#char=3,14"


def test_a_mention_has_sixteen_digits_and_is_the_same_each_time() -> None:
    first = iris.mention_iri("aa", 0, 10, "CONSULT")
    assert first == iris.mention_iri("aa", 0, 10, "CONSULT")
    digits = first.removeprefix("https://w3id.org/dekg/id/mention/")
    assert len(digits) == 16
    assert set(digits) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "other",
    [("ab", 0, 10, "CONSULT"), ("aa", 1, 10, "CONSULT"), ("aa", 0, 11, "CONSULT"), ("aa", 0, 10, "AID")],
)
def test_a_mention_differs_by_article_span_and_type(other: tuple[str, int, int, str]) -> None:
    assert iris.mention_iri(*other) != iris.mention_iri("aa", 0, 10, "CONSULT")


def test_a_mention_does_not_run_its_offsets_together() -> None:
    assert iris.mention_iri("aa", 1, 23, "AID") != iris.mention_iri("aa", 12, 3, "AID")


def test_own_types_are_the_projects_terms_and_others_are_plovers() -> None:
    assert {iris.type_iri(t).rpartition("#")[0] for t in OWN_TYPES} == {"https://w3id.org/dekg/ns"}
    assert {iris.type_iri(t).rpartition("/")[0] for t in TYPES} == {"https://w3id.org/dekg/plover"}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: iris.type_iri("CONSLT"), "did you mean 'CONSULT'"),
        (lambda: iris.mode_iri("CONSULT", "phon"), "did you mean 'phone'"),
        (lambda: iris.mode_iri("AGREE", "phone"), "AGREE has no modes"),
        (lambda: iris.context_iri("militry"), "did you mean 'military'"),
        (lambda: iris.sector_iri("GVO"), "unknown sector"),
        (lambda: iris.cameo_iri("41"), "two to four digits"),
        (lambda: iris.term("eventStatuz"), "did you mean 'eventStatus'"),
        (lambda: iris.term("qqqq"), "ontology/kg.ttl"),
    ],
)
def test_a_name_that_does_not_exist_is_refused_with_the_likely_one(call: Callable[[], str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        call()


def test_all_codes_and_terms_have_iris_that_parse_and_differ() -> None:
    made = [iris.type_iri(t) for t in (*TYPES, *OWN_TYPES)]
    made += [iris.mode_iri(t, m) for t, modes in MODES.items() for m in modes]
    made += [iris.context_iri(c) for c in CONTEXTS]
    made += [iris.sector_iri(s) for s in SECTORS]
    made += [iris.term(t) for t in TERMS - set(OWN_TYPES)]
    assert len({NamedNode(iri).value for iri in made}) == len(made)


def test_a_quantity_is_named_by_its_event_and_place() -> None:
    assert iris.quantity_iri("0a", 2) == "https://w3id.org/dekg/id/quantity/0a-2"
