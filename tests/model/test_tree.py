"""Questions about the grammar of a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.annotate import annotate, children
from kg.model import Annotated, Article, Span, Token, Tree


class Words:
    """A tree in which tokens are asked for by their words."""

    def __init__(self, text: str) -> None:
        [annotated] = annotate([Article(id="a", text=text)])
        self.tree = Tree(annotated)

    def i(self, word: str) -> int:
        """The index of the first token of this word."""
        return next(t.i for t in self.tree.tokens if t.text == word)

    def word(self, i: int | None) -> str | None:
        """The word of a token."""
        return None if i is None else self.tree[i].text

    def words(self, found: list[int]) -> list[str]:
        """The words of tokens."""
        return [self.tree[i].text for i in found]


def by_hand(*rows: tuple[str, str, str, str, int]) -> Tree:
    """A tree from rows of word, lemma, tag, label and head; verbs are those tagged V."""
    tokens, at = [], 0
    for i, (text, lemma, tag, dep, head) in enumerate(rows):
        pos = "VERB" if tag.startswith("V") else "NOUN"
        tokens.append(Token(i, Span(at, at + len(text)), text, lemma, pos, tag, dep, head))
        at += len(text) + 1
    text = " ".join(t.text for t in tokens)
    return Tree(Annotated(Article(id="h", text=text), tokens=tuple(tokens), children=children(tuple(tokens))))


@pytest.fixture(scope="module")
def grown() -> Callable[[str], Words]:
    """Parse a sentence."""
    return Words


@pytest.mark.parametrize(("text", "verb", "agent"), [
    ("Kenya attacked Somalia.", "attacked", "Kenya"),
    ("Somalia was attacked by Kenya.", "attacked", "Kenya"),
    ("Somalia was attacked on Monday.", "attacked", None),
    ("Kenya met Chad and attacked Somalia.", "attacked", "Kenya"),
    ("Kenya promised Chad to leave Somalia.", "leave", "Kenya"),
    ("Kenya asked Chad to leave Somalia.", "leave", "Chad"),
    ("Kenya called on Chad to leave Somalia.", "leave", "Chad"),
    ("Kenya, which attacked Somalia, left.", "attacked", "Kenya"),
    ("Kenya attacked Somalia after leaving Chad.", "leaving", "Kenya"),
    ("Kenya refused to attack Somalia.", "attack", "Kenya"),
    ("The soldiers sent by Kenya left.", "sent", "Kenya"),
    ("Kenya welcomed Chad's plan to leave Somalia.", "leave", "Chad"),
    ("Kenya announced a plan to leave Somalia.", "leave", "Kenya"),
])  # fmt: skip
def test_the_agent_is_who_does_what_the_verb_says(grown, text, verb, agent):
    found = grown(text)
    assert found.word(found.tree.agent(found.i(verb))) == agent


def test_an_invitation_is_for_whom_it_asks_to_come(grown):
    found = grown("Kenya sent an invitation to Chad to visit Nairobi.")
    assert found.word(found.tree.surface_subject(found.i("visit"))) == "Chad"


@pytest.mark.parametrize(("text", "verb", "patients"), [
    ("Kenya attacked Somalia.", "attacked", ["Somalia"]),
    ("Somalia was attacked by Kenya.", "attacked", ["Somalia"]),
    ("Somalia, which Kenya attacked, left.", "attacked", ["Somalia"]),
    ("Kenya left.", "left", []),
])  # fmt: skip
def test_the_patients_are_whom_the_verb_befalls(grown, text, verb, patients):
    found = grown(text)
    assert found.words(found.tree.patients(found.i(verb))) == patients


@pytest.mark.parametrize(("text", "verb", "passive"), [
    ("Two soldiers were killed.", "killed", True),
    ("Two soldiers were killed and six wounded.", "wounded", True),
    ("Kenya killed two soldiers.", "killed", False),
    ("Kenya has killed two soldiers.", "killed", False),
    ("Kenya will attack.", "attack", False),
    ("The soldiers killed by Kenya were buried.", "killed", True),
    ("Attacked by Kenya, Somalia fled.", "Attacked", True),
])  # fmt: skip
def test_a_passive_is_told_from_an_active_past(grown, text, verb, passive):
    found = grown(text)
    assert found.tree.passive(found.i(verb)) is passive


def test_conjuncts_come_with_the_first_of_them(grown):
    found = grown("Kenya, Chad and Somalia met.")
    assert found.words(list(found.tree.conjuncts(found.i("Kenya")))) == ["Kenya", "Chad", "Somalia"]


def test_nouns_hang_on_their_preposition(grown):
    found = grown("Kenya met with Chad on Monday.")
    assert found.words(found.tree.under(found.i("met"), "with")) == ["Chad"]
    assert found.words(found.tree.under(found.i("met"), "on")) == ["Monday"]
    assert found.tree.under(found.i("met"), "against") == []


def test_a_subtree_holds_the_token_and_all_below_it(grown):
    found = grown("Kenya met the president of Chad.")
    words = found.words(sorted(found.tree.subtree(found.i("president"))))
    assert words == ["the", "president", "of", "Chad"]


def test_words_below_leave_out_clauses_and_subjects(grown):
    found = grown("Kenya turned down an offer which Chad made.")
    below = found.tree.words_below(found.i("turned"))
    assert {"down", "offer"} <= below.keys()
    assert not {"kenya", "chad", "make"} & below.keys()


def test_words_below_go_no_deeper_than_asked(grown):
    found = grown("Kenya met the president of Chad.")
    assert "chad" not in found.tree.words_below(found.i("met"), 2)
    assert "chad" in found.tree.words_below(found.i("met"), 3)


def test_governors_lead_from_a_token_to_the_root(grown):
    found = grown("Kenya said Chad had attacked Somalia.")
    assert found.words([h for _, h in found.tree.governors(found.i("Somalia"))]) == ["attacked", "said"]


def test_a_relative_pronoun_means_the_noun_of_its_clause(grown):
    found = grown("Kenya, which attacked Somalia, left.")
    assert found.word(found.tree.antecedent(found.i("which"))) == "Kenya"
    assert found.word(found.tree.antecedent(found.i("Somalia"))) == "Somalia"


def test_a_plan_belongs_to_its_possessor_or_to_the_subject_above(grown):
    assert (found := grown("Chad's plan failed.")).word(found.tree.owner(found.i("plan"))) == "Chad"
    assert (found := grown("Kenya has a plan.")).word(found.tree.owner(found.i("plan"))) == "Kenya"


def test_a_root_that_is_no_verb_has_no_subject_above():
    tree = by_hand(("Peace", "peace", "NN", "ROOT", 0), ("talks", "talk", "NNS", "appos", 0))
    assert tree.clause_subject(1) is None
    assert tree.surface_subject(0) is None


def test_a_circle_of_clauses_comes_to_an_end():
    tree = by_hand(("met", "meet", "VBD", "conj", 1), ("left", "leave", "VBD", "conj", 0))
    assert tree.surface_subject(0) is None
    assert tree.clause_subject(0) is None
    assert len(list(tree.governors(0))) == 40


def test_a_verb_without_a_tag_of_the_past_is_not_passive():
    tree = by_hand(("meets", "meet", "VBZ", "ROOT", 0))
    assert not tree.passive(0)
    assert tree.is_verb(0)
