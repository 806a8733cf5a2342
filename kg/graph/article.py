"""Layer A: the article, and those of its sentences that tell of an event; never the whole text."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph import names as n
from kg.graph.terms import Triples, day, dk, link_or_text, number, text, triple, types
from kg.model import Actor, Article, Coded, EventMention, Sentence
from kg.vocab.iris import article_iri, entity_iri, span_iri


def context_iri(article: Article) -> str:
    """The IRI of the article's text as a whole, to which all offsets refer."""
    return span_iri(article.key, 0, len(article.text))


def article_triples(article: Article, publisher: Actor | None) -> Triples:
    """What is known about the article from outside its text."""
    iri = article_iri(article.key)
    yield from types(iri, n.NEWS_ARTICLE, n.ENTITY)
    yield triple(iri, n.SHA_IDENTIFIER, text(f"sha256:{article.sha256}"))
    yield triple(iri, n.IDENTIFIER, text(article.id))
    yield triple(iri, n.IN_LANGUAGE, text(article.language))
    if publisher:
        yield triple(iri, n.PUBLISHER, entity_iri(publisher.id))
    if article.published:
        yield triple(iri, n.DATE_PUBLISHED, day(article.published))
    for name, words in ((n.HEADLINE, article.title), (n.DATELINE, article.dateline)):
        if words:
            yield triple(iri, name, text(words))
    for name, address in (
        (n.URL, article.url),
        (n.CITATION, article.reference),
        (n.LICENSE, article.license),
    ):
        if address:
            yield triple(iri, name, link_or_text(address))


def text_triples(coded: Coded, mentions: Iterable[EventMention]) -> Triples:
    """The text as a context for offsets, and the sentences that hold one of the mentions."""
    article = coded.article
    context = context_iri(article)
    yield from types(context, n.CONTEXT, n.RFC5147_STRING)
    yield triple(context, n.BEGIN_INDEX, number(0))
    yield triple(context, n.END_INDEX, number(len(article.text)))
    yield triple(context, n.SOURCE_URL, article_iri(article.key))
    spans = [m.span for m in mentions]
    for sentence in coded.sentences:
        if any(sentence.span.meets(span) for span in spans):
            yield from _sentence(article, sentence)


def _sentence(article: Article, sentence: Sentence) -> Triples:
    iri = span_iri(article.key, sentence.span.start, sentence.span.end)
    yield from types(iri, n.SENTENCE, n.RFC5147_STRING)
    yield triple(iri, n.BEGIN_INDEX, number(sentence.span.start))
    yield triple(iri, n.END_INDEX, number(sentence.span.end))
    yield triple(iri, n.ANCHOR_OF, text(sentence.span.of(article.text)))
    yield triple(iri, n.REFERENCE_CONTEXT, context_iri(article))
    yield triple(iri, dk("sentenceNumber"), number(sentence.number))
