"""Who says so."""

from __future__ import annotations

import pytest

RUTO, HASSAN = "William Ruto", "Hassan Sheikh Mohamud"


@pytest.mark.parametrize(("text", "sources"), [
    ("Kenya attacked Ethiopia on Monday.", []),
    ("Somalia said Kenya attacked Ethiopia on Monday.", ["Somalia"]),
    ("Kenya attacked Ethiopia on Monday, Somalia said.", ["Somalia"]),
    ("According to Somalia, Kenya attacked Ethiopia on Monday.", ["Somalia"]),
    ("Kenya attacked Ethiopia on Monday, according to Somalia.", ["Somalia"]),
    ("Somalia said that Uganda reported that Kenya had attacked Ethiopia.", ["Uganda", "Somalia"]),
    ('"Kenya attacked Ethiopia on Monday," Somali President Hassan Sheikh Mohamud said.', [HASSAN]),
    ('"Nobody knew. Kenya attacked Ethiopia on Monday," Somali President Hassan Sheikh Mohamud said.', [HASSAN]),
    ('"Nobody knew," Somali President Hassan Sheikh Mohamud said. "Kenya attacked Ethiopia."', [HASSAN]),
    ("Somalia issued a statement. Kenya attacked Ethiopia on Monday, the statement read.", ["Somalia"]),
    ("Somalia said so in a statement. Chad said nothing. Kenya attacked Ethiopia, the statement read.", ["Somalia"]),
    ("Chad spoke after Somalia's statement. Kenya attacked Ethiopia, the statement read.", ["Somalia"]),
    ("Somalia said it was ready. Kenya attacked Ethiopia on Monday, the statement added.", ["Somalia"]),
])  # fmt: skip
def test_the_sources_of_a_report_are_the_speakers_around_it_nearest_first(tell, text, sources):
    assert tell(text).says("ASSAULT") == sources


def test_a_clause_that_closes_the_sentence_reports_all_of_it(tell):
    told = tell("Somalia said so in a statement. The Kenyan leader said that Nairobi will continue supplies of food, "
                "including rice, to Mali, as well as informed about the steps taken, the statement read.")  # fmt: skip
    [kenyan] = [e for e in told.all("Statement") if {p.actor.country for p in e.actors} == {"KEN"}]
    outer = [e for e in told.all("Statement") if {p.actor.country for p in e.actors} == {"SOM"}][-1]
    assert [p.actor.name for p in kenyan.mentions[0].attributed_to] == ["Somalia"]
    assert outer.mentions[0].attributed_to == ()


def test_a_quotation_without_a_speaker_beside_it_is_the_narrators(tell):
    assert tell('Kenyan papers were full of it. "Kenya attacked Ethiopia." Nobody was surprised.').says("ASSAULT") == []


def test_a_speech_act_that_is_no_event_of_plover_is_a_statement_with_its_content(tell):
    told = tell("Somalia said Kenya attacked Ethiopia on Monday.")
    assert told.one("Statement").content == (told.one("ASSAULT").key,)
    assert told.who("Statement") == ({"SOM"}, set())


def test_a_statement_within_a_statement_has_the_outer_speaker_as_its_source(tell):
    told = tell("Somalia said that Uganda reported that Kenya had attacked Ethiopia.")
    inner = next(e for e in told.all("Statement") if e.actors[0].actor.name == "Uganda")
    assert [p.actor.name for p in inner.mentions[0].attributed_to] == ["Somalia"]


@pytest.mark.parametrize("text", [
    "Somalia did not say why Kenya attacked Ethiopia.",
    "Somalia will say on Friday why Kenya attacked Ethiopia.",
    "It was said that Kenya attacked Ethiopia.",
])  # fmt: skip
def test_what_was_not_said_or_has_no_speaker_is_no_statement(tell, text):
    assert tell(text).all("Statement") == []
