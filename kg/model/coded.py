"""All that one article gives: what the graph of the article is written from."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.actor import Link
from kg.model.agreement import Agreement
from kg.model.article import Article, Sentence
from kg.model.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One article with its sentences, linked mentions, events and agreements."""

    article: Article
    sentences: tuple[Sentence, ...] = ()
    links: tuple[Link, ...] = ()
    events: tuple[Event, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    warnings: tuple[str, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    """Name and version of each tool, model and lexicon that took part, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The events and agreements of many articles, with reports of one event merged into one.

    ``names`` maps the key of each article-level event to the key of the merged event.
    """

    events: tuple[Event, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
