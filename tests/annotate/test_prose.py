"""Which stretches are plain English prose, and what the others are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate import annotate
from kg.annotate.prose import oddity
from kg.model import Article

PROSE = [
    "The foreign minister of Kenya met the president of Somalia on Monday.",
    "Rafael de la Cruz and María del Carmen of La Paz met Jean de la Fontaine in Le Mans.",
    "Bundestag President Bärbel Bas hosted Recep Tayyip Erdoğan and Şahin Öztürk in Saarbrücken on Friday.",
    "On Oct. 7, 2023, at 6:30 a.m., 1,200 people were killed and 250 were abducted.",
    "The U.S., the EU, the UN and NATO condemned the attack.",
    "He said “Wir schaffen das” and left for Berlin with Chancellor Angela Merkel.",
    "Read https://example.org/a before the ministers of Chad and Mali meet in Paris on Monday.",
    "By Monday the army of Chad had left the town.",
]

ODD = [
    ("Der Minister traf am Montag den Präsidenten Somalias.", "in German"),
    ("Le ministre a rencontré lundi le président de la Somalie.", "in French"),
    ("El ministro se reunió el lunes con el presidente de Somalia.", "in Spanish"),
    ("Il ministro ha incontrato lunedì il presidente della Somalia.", "in Italian"),
    ("O ministro encontrou na segunda-feira o presidente da Somália.", "in Portuguese"),
    ("De minister ontmoette maandag de president van het land.", "in Dutch"),
    ("Bakan pazartesi günü Somali cumhurbaşkanı ile bir araya geldi.", "in Turkish"),
    ("Minister spotkał się w poniedziałek z prezydentem w Nairobi.", "in Polish"),
    ("Министр встретился в понедельник с президентом Сомали в столице.", "in Russian"),
    ("التقى وزير الخارجية رئيس الصومال يوم الاثنين في العاصمة", "in Arabic"),
    ("وزیر امور خارجه روز دوشنبه با رئیس جمهور سومالی دیدار کرد", "in Arabic, Persian"),
    ("外交部长星期一在首都会见了索马里总统。", "in Chinese"),
    ("外相は月曜日に首都でソマリアの大統領と会談した。", "in Japanese"),
    ("외무장관은 월요일 수도에서 소말리아 대통령을 만났다.", "in Korean"),
    ("विदेश मंत्री ने सोमवार को सोमालिया के राष्ट्रपति से मुलाकात की", "in Hindi"),
    ("KENYA AND SOMALIA AGREE TRUCE AFTER MONTHS OF FIGHTING", "capitals"),
    ("Kenya 12 34 56 7 Somalia 8 9 10 11", "a table"),
    ("Kenya | 12 | attack | 3", "a table"),
    ("<p>Kenya attacked Somalia on Monday.</p>", "markup or code"),
    ('{"type": "attack", "actor": ["Kenya"], "to": {"name": "Somalia"}}', "markup or code"),
    ("https://example.org/kenya-attacks-somalia https://example.org/b", "addresses"),
    ("Home News World Politics Business Sport Contact", "a menu"),
    ("Sign up for our newsletter and get the news of Kenya's attack on Somalia.", "addressed to the page's readers"),
    ("By JOHN SMITH in Cairo", "a credit"),
    ("(Reporting by Jane Doe; Editing by John Roe)", "a credit"),
    ("Kenya attacked Somalia and " * 40, "the same words again and again"),
    ("( " * 40, "no words"),
    ("1234 5678 " * 40, "no words"),
]


@pytest.mark.parametrize("text", PROSE)
def test_english_news_is_prose_whatever_names_it_holds(text):
    assert not oddity(text)


@pytest.mark.parametrize(("text", "kind"), ODD)
def test_what_is_no_english_prose_is_named(text, kind):
    assert (oddity(text) or "").startswith(kind)


def test_only_the_odd_sentences_of_a_text_are_left_out():
    text = f"{PROSE[0]}\n\n{ODD[0][0]}\n\nBy JOHN SMITH in Cairo\n\nChad left on Friday."
    [annotated] = annotate([Article(id="a", text=text)])
    assert [s.span.of(text) for s in annotated.codable()] == [PROSE[0], "Chad left on Friday."]


@given(st.text(max_size=300))
def test_any_text_at_all_is_judged(text):
    assert oddity(text) is None or isinstance(oddity(text), str)
