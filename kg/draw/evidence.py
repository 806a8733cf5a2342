"""Turns the mentions of an event into what a reader can check."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from kg.draw.facts import Facts
from kg.draw.picture import Evidence
from kg.draw.words import factuality_in_words, when_in_words
from kg.query.properties import Properties, one
from kg.vocab.names import local_name


def evidence_of(event: str, facts: Facts) -> Iterator[Evidence]:
    """The reports of one event, in order of article and place in the text."""
    mentions = [(iri, facts.mentions[iri]) for iri in facts.events[event].get("denotedBy", ()) if iri in facts.mentions]
    for _, mention in sorted(mentions, key=lambda m: (_article_of(m[1], facts), _offset(m[1]), m[0])):
        yield _evidence(event, mention, facts)


def name_of(iri: str, facts: Facts) -> str:
    """The label of an entity, or the local part of its IRI."""
    return one(facts.entities.get(iri, {}), "prefLabel", "label") or local_name(iri)


def safe_link(link: str) -> str | None:
    """The link if a browser may follow it: http or https with a host, no control characters or spaces.

    >>> safe_link("https://example.org/a")
    'https://example.org/a'
    >>> safe_link("javascript:alert(1)") is None
    True
    """
    if any(c.isspace() or unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in link):
        return None
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        return None
    return link if parts.scheme in {"http", "https"} and host else None


def marked(sentence: str, start: int, quote: tuple[int, int], trigger: tuple[int, int]) -> tuple[tuple[str, str], ...]:
    """The sentence in pieces, each with its kind: text, quote or trigger.

    Args:
        sentence: its text.
        start: offset of the sentence in the article, in code points, as for the two ranges.
        quote: half-open range.
        trigger: half-open range.

    >>> marked("He phoned her.", 10, (10, 19), (13, 19))
    (('quote', 'He '), ('trigger', 'phoned'), ('text', ' her.'))
    """
    end = start + len(sentence)
    cuts = sorted({start, end, *(min(max(o, start), end) for o in (*quote, *trigger))})
    parts = []
    for first, last in pairwise(cuts):
        kind = "text"
        if trigger[0] <= first < trigger[1]:
            kind = "trigger"
        elif quote[0] <= first < quote[1]:
            kind = "quote"
        parts.append((kind, sentence[first - start : last - start]))
    return tuple(parts)


def _evidence(event: str, mention: Properties, facts: Facts) -> Evidence:
    article = facts.articles.get(_article_of(mention, facts), {})
    publisher = ", ".join(name_of(p, facts) for p in article.get("publisher", ()))
    published = one(article, "datePublished")
    source = ", ".join(filter(None, [publisher, when_in_words(published[:10]) if published else ""]))
    title = one(article, "headline", "title", "name")
    sayers = tuple(name_of(s, facts) for s in mention.get("attributedTo", ())) or (publisher or "not named",)
    says = ", ".join(sayers)
    via = ", ".join(name_of(s, facts) for s in mention.get("attributedVia", ()))
    return Evidence(
        event=event,
        parts=_parts(mention, facts),
        says=f"{says}, through {via}" if via else says,
        factuality=factuality_in_words(mention),
        title=title or f"Article {local_name(_article_of(mention, facts))}",
        source=source or "source not named",
        sayers=sayers,
        publisher=publisher,
        article=_article_of(mention, facts),
        link=safe_link(one(article, "url")),
        reference=one(article, "citation") or None,
        reference_link=safe_link(one(article, "citation")),
        confidence=number(one(mention, "confidence")),
    )


def number(text: str) -> float | None:
    """The value of a decimal literal, None where there is none.

    >>> number("0.75"), number("")
    (0.75, None)
    """
    try:
        return round(float(text), 3)
    except ValueError:
        return None


def _parts(mention: Properties, facts: Facts) -> tuple[tuple[str, str], ...]:
    quote, begin = one(mention, "anchorOf"), _offset(mention)
    if begin < 0:
        return (("quote", quote),) if quote else ()
    key = (one(mention, "referenceContext"), one(mention, "sentenceNumber"))
    sentence = facts.sentences.get(key, {})
    words, start = one(sentence, "anchorOf"), _offset(sentence)
    # A quote may run over the end of its sentence; then the quote itself is the better context.
    if words[begin - start : begin - start + len(quote)] != quote or begin < start:
        words, start = quote, begin
    trigger = (_int(one(mention, "triggerBegin")), _int(one(mention, "triggerEnd")))
    return marked(words, start, (begin, begin + len(quote)), trigger)


def _article_of(mention: Properties, facts: Facts) -> str:
    derived = mention.get("wasDerivedFrom", ())
    return next((iri for iri in derived if iri in facts.articles), derived[0] if derived else "")


def _offset(properties: Properties) -> int:
    return _int(one(properties, "beginIndex"))


def _int(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return -1
