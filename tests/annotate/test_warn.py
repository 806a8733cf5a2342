"""What the reader is told about a text that is not plain English news."""

from __future__ import annotations

from kg.annotate import annotate
from kg.model import Article

NEWS = (
    "The foreign minister of Kenya met the president of Somalia on Monday in the capital for talks on trade "
    "and security, and said that the two countries had agreed to open the border at the end of the month."
)
GERMAN = (
    "Der kenianische Außenminister traf am Montag den Präsidenten von Somalia zu Gesprächen über Handel und "
    "Sicherheit und sagte, beide Länder hätten vereinbart, die Grenze noch im Mai wieder zu öffnen."
)


def warned(text: str, **more: str) -> list[str]:
    [annotated] = annotate([Article(id="a", text=text, **more)])
    return list(annotated.warnings)


def test_plain_english_news_gives_no_warning():
    assert warned(NEWS) == []


def test_a_text_without_words_is_named():
    assert warned("") == warned(" \n 12, 34") == ["no words in the text"]


def test_another_language_by_the_metadata_is_named():
    assert warned(NEWS, language="de") == ["language is 'de'; the coder reads English"]


def test_a_kind_of_english_is_english():
    assert warned(NEWS, language="en-GB") == []


def test_another_language_by_the_words_is_named_once_with_its_line():
    odd = "no events from what is not plain English prose, first in line"
    assert warned(GERMAN) == [f"{odd} 1: in German"]
    assert warned(f"{NEWS}\n\n{GERMAN}\n\n{GERMAN}", language="de") == [f"{odd} 3: in German (2 times)"]


def test_a_few_words_in_another_language_are_too_few_to_judge():
    assert warned("Guten Morgen, Kenia.") == []


def test_a_text_in_capitals_is_named():
    [line] = warned(NEWS.upper())
    assert line.endswith("first in line 1: capitals, names cannot be told from words")


def test_markup_left_in_the_text_is_named():
    [line] = warned(f"<p>{NEWS}</p>\n<p>More.</p>")
    assert line.endswith("markup or code (2 times), save a page as .html to have its markup removed")


def test_a_comparison_sign_is_no_markup():
    assert warned(f"{NEWS} Prices < 5 and > 3.") == []
