"""The records that the stages hand each other: frozen dataclasses, standard library only."""

from kg.model.actor import Actor, Link, Place
from kg.model.agreement import Agreement, StatusChange
from kg.model.answer import Answer, Row, Term
from kg.model.article import Annotated, Article, Figure, Name, Sentence, Token
from kg.model.coded import Coded, Linked
from kg.model.event import (
    FACTUAL,
    FUTURE,
    Event,
    EventMention,
    Factuality,
    Participant,
    Quantity,
    Status,
    roll_up,
)
from kg.model.span import Span, meeting, within
from kg.model.tree import Tree
from kg.model.unlisted import unlisted, unlisted_place
from kg.model.when import TimeExpression, When

__all__ = [
    "FACTUAL",
    "FUTURE",
    "Actor",
    "Agreement",
    "Annotated",
    "Answer",
    "Article",
    "Coded",
    "Event",
    "EventMention",
    "Factuality",
    "Figure",
    "Link",
    "Linked",
    "Name",
    "Participant",
    "Place",
    "Quantity",
    "Row",
    "Sentence",
    "Span",
    "Status",
    "StatusChange",
    "Term",
    "TimeExpression",
    "Token",
    "Tree",
    "When",
    "meeting",
    "roll_up",
    "unlisted",
    "unlisted_place",
    "within",
]
