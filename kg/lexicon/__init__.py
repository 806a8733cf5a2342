"""How the world is named: actors, places, offices and role words, read from tables that people edit."""

from kg.lexicon.checks import Finding
from kg.lexicon.dates import Validity, earliest, latest
from kg.lexicon.keys import fold, name_key
from kg.lexicon.lexicon import Lexicon
from kg.lexicon.lint import lint
from kg.lexicon.load import load_lexicon
from kg.lexicon.lookup import Entry, look_up
from kg.lexicon.offices import Office, OfficeBook
from kg.lexicon.roles import Role, Title
from kg.lexicon.senses import Sense

__all__ = [
    "Entry",
    "Finding",
    "Lexicon",
    "Office",
    "OfficeBook",
    "Role",
    "Sense",
    "Title",
    "Validity",
    "earliest",
    "fold",
    "latest",
    "lint",
    "load_lexicon",
    "look_up",
    "name_key",
]
