"""Layer B: what the article says, and who says it: mentions of events and of entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.graph import names as n
from kg.graph.article import context_iri
from kg.graph.run import Run
from kg.graph.terms import Triples, dk, flag, number, ratio, text, triple, types
from kg.model import Actor, Article, Coded, Event, EventMention, Link, Span
from kg.vocab.iris import article_iri, entity_iri, event_iri, mention_iri, run_iri, span_iri

Told = tuple[str, Event, EventMention]
"""A mention of this article with its IRI and the event that it tells."""


def told_in(article_key: str, events: Iterable[Event]) -> list[Told]:
    """Every mention that an article gives of the events, with an IRI of its own.

    The IRI is a digest of span and type. Where one clause tells two events of one type, all but the
    first by trigger take the trigger's offsets in too, and what is still the same, its place in the order.
    """
    found = [(e, m) for e in events for m in dict.fromkeys(e.mentions) if m.article == article_key]
    found.sort(key=lambda pair: (pair[1].span, pair[0].type, pair[1].trigger_span, pair[0].key, repr(pair[1])))
    told: dict[str, Told] = {}
    for event, mention in found:
        iri = next(i for i in _candidates(article_key, event, mention, len(found)) if i not in told)
        told[iri] = (iri, event, mention)
    return list(told.values())


def _candidates(article_key: str, event: Event, mention: EventMention, most: int) -> Iterable[str]:
    b, e, trigger = mention.span.start, mention.span.end, mention.trigger_span
    yield mention_iri(article_key, b, e, event.type)
    for place in range(most + 1):
        yield mention_iri(article_key, b, e, f"{event.type}#{trigger.start},{trigger.end}#{place}")


def event_mention_triples(article: Article, told: Told, narrator: Actor, run: Run) -> Triples:
    """One report of an event: where it stands, how it is presented, who says so, what coded it."""
    iri, event, mention = told
    yield triple(event_iri(event.key), n.DENOTED_BY, iri)
    yield from types(iri, dk("EventMention"), n.OFFSET_STRING)
    yield from _stretch(article, iri, mention.span, mention.quote)
    yield triple(iri, dk("sentenceNumber"), number(mention.sentence))
    yield triple(iri, dk("trigger"), text(mention.trigger))
    yield triple(iri, dk("triggerBegin"), number(mention.trigger_span.start))
    yield triple(iri, dk("triggerEnd"), number(mention.trigger_span.end))
    yield triple(iri, dk("factuality"), dk(mention.factuality))
    yield triple(iri, dk("polarity"), dk("Positive" if mention.positive else "Negative"))
    sources = [p.actor.id for p in mention.attributed_to] or [narrator.id]
    yield triple(iri, dk("attributedTo"), entity_iri(sources[0]))
    for source in sources[1:]:
        yield triple(iri, dk("attributedVia"), entity_iri(source))
    yield triple(iri, dk("confidence"), ratio(mention.confidence))
    yield triple(iri, dk("background"), flag(mention.background))
    yield triple(iri, dk("ongoing"), flag(mention.ongoing))
    if mention.rule:
        yield triple(iri, dk("codedBy"), text(mention.rule))
    yield triple(iri, n.GENERATED_BY, run_iri(run.key))


def entity_mention_triples(coded: Coded) -> Triples:
    """The stretches of text that refer to an actor or a place."""
    spans: dict[Span, list[Link]] = {}
    for link in coded.links:
        if link.actors or link.place:
            spans.setdefault(link.span, []).append(link)
    for span in sorted(spans):
        yield from _entity_mention(coded, span, spans[span])


def _entity_mention(coded: Coded, span: Span, links: Sequence[Link]) -> Triples:
    article = coded.article
    iri = span_iri(article.key, span.start, span.end)
    yield from types(iri, dk("EntityMention"), n.OFFSET_STRING)
    yield from _stretch(article, iri, span, span.of(article.text))
    for sentence in coded.sentences:
        if sentence.span.covers(span):
            yield triple(iri, dk("sentenceNumber"), number(sentence.number))
    yield triple(iri, dk("confidence"), ratio(max(link.confidence for link in links)))
    for link in links:
        yield triple(iri, dk("linkRule"), text(link.rule))
        for id_ in [a.id for a in link.actors] + ([link.place.id] if link.place else []):
            yield triple(entity_iri(id_), n.DENOTED_BY, iri)


def _stretch(article: Article, iri: str, span: Span, quote: str) -> Triples:
    yield triple(iri, n.BEGIN_INDEX, number(span.start))
    yield triple(iri, n.END_INDEX, number(span.end))
    yield triple(iri, n.ANCHOR_OF, text(quote))
    yield triple(iri, n.REFERENCE_CONTEXT, context_iri(article))
    yield triple(iri, n.DERIVED_FROM, article_iri(article.key))
