"""Texts that borrow the words of war and diplomacy give no events."""

from __future__ import annotations

from importlib import import_module

import pytest

from kg.annotate import annotate
from kg.code.gate import FEWEST, THRESHOLD, about_politics, content_words, weights
from kg.code.politics import acts, belongs, political
from kg.errors import LexiconError
from kg.lexicon import wordlists
from kg.model import Actor, Article, Participant

MATCH = (
    "Kenya attacked from the first whistle and beat Somalia 3-1 in the stadium of Nairobi on Saturday. "
    "The striker headed a corner past the goalkeeper before half-time, and the coach praised his young defenders. "
    "Somalia threatened to equalise when its captain fired a shot against the crossbar, but the referee blew for "
    "offside and the fans sang. The home team scored twice from penalties after the break. The coach said that the "
    "players had trained hard all season and hoped to win the league title and the cup. The midfielder, who joined "
    "the club last summer, was injured and left the pitch on a stretcher. The tournament goes on next week with a "
    "quarter-final against the champions, and tickets for the match are sold out."
)
TALKS = (
    "The foreign minister of Kenya met his Somali counterpart in Nairobi on Saturday for talks on the border. "
    "The two ministers condemned the attacks of militants on villages and agreed to send troops to the region. "
    "The president told parliament that the government would ask the United Nations Security Council for sanctions "
    "against the rebels and that a ceasefire remained possible. Opposition leaders accused the army of killing "
    "civilians and demanded an investigation. The embassy called on citizens to leave the capital, and the "
    "ambassador handed a letter to the prime minister, in which the European Union promised humanitarian aid for "
    "refugees and support for elections next year under a peace agreement signed in Geneva."
)


def tokens(text: str):
    [annotated] = annotate([Article(id="a", text=text)])
    return annotated.tokens


def test_a_report_of_a_match_gives_no_events(tell):
    assert len(content_words(tokens(MATCH))) >= FEWEST
    assert about_politics(tokens(MATCH)) < THRESHOLD
    assert tell(MATCH).events == ()


def test_news_of_politics_passes(tell):
    assert about_politics(tokens(TALKS)) >= THRESHOLD
    assert tell(TALKS).events


def test_a_text_too_short_to_judge_passes():
    assert about_politics(tokens("The striker scored.")) == 1.0
    assert about_politics(()) == 1.0


def test_a_weight_that_is_no_number_is_named(tmp_path, monkeypatch):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "politics.csv").write_text("word,weight\n,0.1\npeace,much\n")
    monkeypatch.setattr(import_module("kg.code.gate"), "lexicon_dir", lambda: tmp_path)
    weights.cache_clear()
    with pytest.raises(LexiconError, match=r"words/politics\.csv:3: 'much' is not a number"):
        weights()
    weights.cache_clear()


def party(kind: str, sector: str | None, country: str | None = "KEN", sure: float = 1.0) -> Participant:
    return Participant(
        actor=Actor(id=f"{kind}{sector}{country}", name="x", kind=kind, country=country, sector=sector), confidence=sure
    )


STATE, SOLDIERS, WOMAN = party("state", "GOV"), party("collective", "MIL"), party("person", None)
CIVILIANS = party("collective", "CVL")


@pytest.mark.parametrize(("kind", "people", "alien", "expected"), [
    ("ASSAULT", [STATE], 0, True),
    ("ASSAULT", [SOLDIERS], 0, True),
    ("ASSAULT", [WOMAN], 0, False),
    ("ASSAULT", [], 0, False),
    ("PROTEST", [CIVILIANS], 0, True),
    ("PROTEST", [party("collective", "CVL", None)], 0, False),
    ("CONSULT", [party("state", "GOV", sure=0.4)], 0, False),
    ("CONSULT", [party("state", "GOV", sure=0.6)], 1, False),
    ("CONSULT", [STATE], 1, True),
    ("CONSULT", [STATE], 2, False),
    ("CONSULT", [STATE, party("state", "GOV", "SOM")], 2, True),
    ("Statement", [WOMAN], 5, True),
])  # fmt: skip
def test_an_event_is_political_by_who_takes_part_and_by_the_field_of_its_sentence(kind, people, alien, expected):
    assert political(kind, people, alien) is expected


def test_states_and_soldiers_act_and_people_of_a_country_belong():
    assert acts(STATE)
    assert acts(SOLDIERS)
    assert not acts(WOMAN)
    assert belongs(CIVILIANS)
    assert not belongs(party("collective", "CVL", None))


@pytest.mark.parametrize("text", [
    "Kenya beat Somalia 3-1 in the final of the tournament.",
    "Shares in the Kenyan bank fell as traders attacked the market.",
    "A storm hit the Somali coast on Monday.",
])  # fmt: skip
def test_single_sentences_from_other_fields_give_no_events_of_plover(tell, text):
    assert [e for e in tell(text).events if e.is_plover] == []


def test_the_word_lists_of_fields_are_there():
    assert set(wordlists.words("domains")["acting"]) >= {"sectors", "public", "protesting"}
