"""IRIs from ids, keys and terms; nothing else in the project spells one."""

from __future__ import annotations

import re
from difflib import get_close_matches
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from kg.errors import UsageError, unknown
from kg.vocab.cameo import CODES
from kg.vocab.namespaces import AG, ART, BASE, CAMEO, DK, ENT, EV, GRAPH, MN, PLOVER, QUANTITY, RUN, TOPIC
from kg.vocab.plover import CONTEXTS, MODES, SECTORS, check_type
from kg.vocab.terms import TERMS

ONTOLOGY: Final = BASE + "ns"
"""The IRI of the ontology itself."""
_PLAIN = re.compile(r"[A-Za-z0-9_~-]+")


def is_ours(iri: str) -> bool:
    """Whether an IRI lies below the project's own, where only kg names things.

    >>> is_ours(graph_iri("3ec87931c774ba60")), is_ours("https://example.org/mine")
    (True, False)
    """
    return iri.startswith(BASE)


def encoded(name: str) -> str:
    """Percent-encode a name so that it can stand as the last part of an IRI; never two names to one.

    Raises:
        UsageError: The name is empty.

    >>> encoded("Côte d'Ivoire")
    'C%C3%B4te%20d%27Ivoire'
    """
    if _PLAIN.fullmatch(name):  # nearly all: quoting takes ten times as long as seeing that there is nothing to quote
        return name
    if not name:
        raise UsageError("the id of an IRI is empty; give at least one character")
    safe = quote(name, safe="", errors="surrogatepass")
    # A segment of dots alone is a step up in a path, and clients that normalise would take it.
    return safe.replace(".", "%2E") if not safe.strip(".") else safe


def entity_iri(id_: str) -> str:
    """Give the IRI of an actor or place from its slug.

    >>> entity_iri("putin")
    'https://w3id.org/dekg/id/entity/putin'
    """
    return ENT + encoded(id_)


def event_iri(key: str) -> str:
    """Give the IRI of an event from its key."""
    return EV + encoded(key)


def agreement_iri(key: str) -> str:
    """Give the IRI of an agreement from its key."""
    return AG + encoded(key)


def article_iri(key: str) -> str:
    """Give the IRI of an article from its key."""
    return ART + encoded(key)


def graph_iri(key: str) -> str:
    """Give the IRI of the named graph that holds what one article says."""
    return GRAPH + encoded(key)


def run_iri(key: str) -> str:
    """Give the IRI of an extraction run from its key."""
    return RUN + encoded(key)


def topic_iri(words: str) -> str:
    """Give the IRI of a topic, purpose, theme or instrument that the text only names in words."""
    return TOPIC + encoded(words)


def quantity_iri(event_key: str, number: int) -> str:
    """Give the IRI of an event's figure by its place in the event's list, from 1.

    >>> quantity_iri("6598566a7d024f72", 1)
    'https://w3id.org/dekg/id/quantity/6598566a7d024f72-1'
    """
    return f"{QUANTITY}{encoded(event_key)}-{number:d}"


def span_iri(article_key: str, begin: int, end: int) -> str:
    """Give the IRI of a stretch of an article's text, in code points, as RFC 5147 has it.

    >>> span_iri("3ec87931c774ba60", 0, 32)
    'https://w3id.org/dekg/id/article/3ec87931c774ba60#char=0,32'
    """
    return f"{article_iri(article_key)}#char={begin:d},{end:d}"


def mention_iri(article_key: str, span_start: int, span_end: int, type_: str) -> str:
    """Give the IRI of one report of an event: a digest, so it stays the same over re-runs.

    >>> mention_iri("3ec87931c774ba60", 0, 180, "CONSULT")
    'https://w3id.org/dekg/id/mention/7984cb19300854ad'
    """
    text = f"{article_key}\t{span_start:d}\t{span_end:d}\t{type_}"
    return MN + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def type_iri(type_: str) -> str:
    """Give the IRI of an event type, PLOVER's or one's own.

    Raises:
        UsageError: There is no such type.

    >>> type_iri("CONSULT"), type_iri("Statement")
    ('https://w3id.org/dekg/plover/CONSULT', 'https://w3id.org/dekg/ns#Statement')
    """
    check_type(type_)
    return PLOVER + type_ if type_ in MODES else DK + type_


def mode_iri(type_: str, mode: str) -> str:
    """Give the IRI of a mode of a PLOVER type.

    Raises:
        UsageError: There is no such type or mode.

    >>> mode_iri("CONSULT", "phone")
    'https://w3id.org/dekg/plover/CONSULT-phone'
    """
    check_type(type_, mode)
    return f"{PLOVER}{type_}-{mode}"


def context_iri(context: str) -> str:
    """Give the IRI of a PLOVER context.

    Raises:
        UsageError: There is no such context.

    >>> context_iri("military")
    'https://w3id.org/dekg/plover/ctx-military'
    """
    if context not in CONTEXTS:
        raise UsageError(unknown("context", context, CONTEXTS))
    return f"{PLOVER}ctx-{context}"


def sector_iri(sector: str) -> str:
    """Give the IRI of a sector from its three letters.

    Raises:
        UsageError: There is no such sector.

    >>> sector_iri("GOV")
    'https://w3id.org/dekg/plover/sector-GOV'
    """
    if sector not in SECTORS:
        raise UsageError(unknown("sector", sector, SECTORS))
    return f"{PLOVER}sector-{sector}"


def cameo_iri(code: str) -> str:
    """Give the IRI of a CAMEO code.

    Raises:
        UsageError: There is no such code.

    >>> cameo_iri("041")
    'https://w3id.org/dekg/cameo/041'
    """
    if code not in CODES:
        raise UsageError(f"unknown CAMEO code {code!r}; codes are strings of two to four digits such as '041'")
    return CAMEO + code


def term(name: str) -> str:
    """Give the IRI of one of the project's own terms; call it at import, so that a slip shows at once.

    Raises:
        UsageError: The ontology has no such term.

    >>> term("eventStatus")
    'https://w3id.org/dekg/ns#eventStatus'
    """
    if name not in TERMS:
        # The whole list would fill a screen.
        close = get_close_matches(name, sorted(TERMS), n=1)
        hint = f"did you mean {close[0]!r}?" if close else "ontology/kg.ttl declares them all"
        raise UsageError(f"unknown term {name!r}; {hint}")
    return DK + name
