"""What the heads are trained on, from one article written for the test."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("tokenizers", reason="the packages for training are not installed")

from kg.code.learned.features import hashed
from kg.code.learned.labels import MODES, STATUSES, TYPES
from training.data import BACKGROUND, CORE, Example, Trigger, examples, norm
from training.split import held_back

TEXT = (
    "Kenya attacked Somalia on Monday. Its troops left in April, and they did not say why. "
    "Uganda urged the two sides to talk."
)
SENTENCES = [s + "." for s in TEXT[:-1].split(". ")]


class Words:
    """A tokenizer whose pieces are words."""

    def encode(self, text: str, *, add_special_tokens: bool) -> Any:
        found = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
        return SimpleNamespace(ids=list(range(len(found))), offsets=found)


def who(name: str, country: str | None, mention: str | None) -> dict[str, Any]:
    return {"name": name, "country": country, "mention": mention}


def event(number: int, trigger: str, kind: str, **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"actors": [], "recipients": [], "third_parties": [], "mode": None, "from": None}
    base = {"sentence": SENTENCES[number], "trigger": trigger, "type": kind, "status": "occurred", "core": True}
    return empty | base | more


KENYA, SOMALIA = who("Kenya", "KEN", "Kenya"), who("Somalia", "SOM", "Somalia")
EVENTS = [
    event(0, "attacked", "ASSAULT", actors=[KENYA], recipients=[SOMALIA], **{"from": "2024-05-13"}),
    event(1, "left", "RETREAT", mode="withdraw", actors=[who("Kenyan troops", "KEN", "troops")], core=False)
    | {"recipients": [who("Somalia", "SOM", None)], "from": "2024-04", "status": "historical"},
    event(2, "urged", "REQUEST", actors=[who("Uganda", "UGA", "Uganda")], start=TEXT.index("urged")),
]


@pytest.fixture(scope="module")
def example() -> Example:
    coref = [{"mention": "they", "refers_to": "Kenya"}, {"mention": "the two sides", "refers_to": "Kenya, Somalia"}]
    record = {"id": "t", "date": "2024-05-15", "title": "T", "text": TEXT, "events": EVENTS, "coref": coref}
    [found] = examples([record], Words())
    return found


def words(example: Example, tokens: list[int]) -> list[str]:
    """The words at tokens; the tokenizer and the parser cut this text alike."""
    cut = re.findall(r"\w+|[^\w\s]", TEXT)
    assert len(cut) == example.tokens
    return [cut[i] for i in tokens]


def labels(example: Example, trigger: Trigger) -> dict[str, tuple[int, int, int]]:
    return dict(zip(words(example, trigger.candidates), trigger.labels, strict=True))


def test_each_event_has_its_trigger_type_mode_and_status(example: Example) -> None:
    told = [(TYPES[t.type], MODES[t.mode], STATUSES[t.status]) for t in example.triggers]
    assert words(example, [t.token for t in example.triggers]) == ["attacked", "left", "urged"]
    assert told == [
        ("ASSAULT", ("ASSAULT", None), "occurred"),
        ("RETREAT", ("RETREAT", "withdraw"), "historical"),
        ("REQUEST", ("REQUEST", None), "occurred"),
    ]


def test_a_debatable_event_weighs_less(example: Example) -> None:
    assert [t.weight for t in example.triggers] == [CORE, BACKGROUND, CORE]


def test_named_participants_are_labelled_where_they_stand(example: Example) -> None:
    assert labels(example, example.triggers[0]) == {
        "Kenya": (1, 0, 0), "Somalia": (0, 1, 0), "Uganda": (0, 0, 0),
    }  # fmt: skip


def test_of_an_implied_participant_some_mention_is_meant(example: Example) -> None:
    left = example.triggers[1]
    [(role, some)] = left.some
    assert (role, words(example, [left.candidates[k] for k in some])) == (1, ["Somalia"])
    assert labels(example, left)["Somalia"] == (0, -1, 0)


def test_an_event_is_dated_by_the_expression_that_gives_its_day(example: Example) -> None:
    # The preposition carries the expression in the parse.
    dated = [None if t.dated is None else words(example, [t.times[k] for k in t.dated]) for t in example.triggers]
    assert dated == [["Monday"], ["April"], []]


def test_nouns_and_pronouns_know_their_owners(example: Example) -> None:
    owners = {words(example, [o.token])[0]: words(example, [o.others[k] for k in o.right]) for o in example.owned}
    assert owners["troops"] == ["Kenya"]
    assert owners["they"] == ["Kenya"]


def test_the_other_words_of_a_trigger_are_neither_right_nor_wrong() -> None:
    text = "Kenya held talks with Somalia."
    one = {
        "sentence": text,
        "trigger": "held talks",
        "type": "CONSULT",
        "status": "occurred",
        "core": True,
        "mode": None,
    }
    one |= {"actors": [], "recipients": [], "third_parties": [], "from": None}
    [found] = examples(
        [{"id": "t", "date": "2024-05-15", "title": "", "text": text, "events": [one], "coref": []}], Words()
    )
    kind = TYPES.index("CONSULT")
    assert (found.triggers[0].token, found.ignored) == (1, [(2, kind)])


def test_each_token_has_its_features(example: Example) -> None:
    assert len(example.token_rows) == example.tokens
    assert hashed(["lemma=attack", "pos=VERB"]) <= example.token_rows[1]


def test_names_are_compared_without_titles_and_accents() -> None:
    assert norm("The President of Côte d’Ivoire") == "cote divoire"


def test_a_tenth_is_held_back_always_the_same() -> None:
    held = [n for n in range(1000) if held_back(f"a{n}")]
    assert 60 < len(held) < 140
    assert held == [n for n in range(1000) if held_back(f"a{n}")]
