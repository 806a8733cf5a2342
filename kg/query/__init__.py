"""Named questions and SPARQL over a store, and answers as tables."""

from kg.query.asking import ask
from kg.query.named import Parameter, Question, question, questions
from kg.query.tables import FORMATS, render
from kg.store.guard import LIMITS, Limits, check

__all__ = [
    "FORMATS",
    "LIMITS",
    "Limits",
    "Parameter",
    "Question",
    "ask",
    "check",
    "question",
    "questions",
    "render",
]
