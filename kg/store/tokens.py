"""The tokens of a SPARQL text with their offsets, so that strings, IRIs and comments raise no false alarm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Possessive quantifiers and the bound on a prefix keep the time linear on hostile text. A backslash in a
# local name hides a quote or bracket from the grammar, so it has to hide it here too. No parser gets past
# a quote that is never closed, so the rest of the text is one token.
_TOKEN = re.compile(
    r"""
    (?P<space>\s++|\#[^\r\n]*+)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
  | (?P<string>'''(?:'{0,2}+(?:[^'\\]|\\.))*+'''|\"\"\"(?:"{0,2}+(?:[^"\\]|\\.))*+\"\"\"
      |'(?!'')(?:[^'\\\n\r]|\\[^\n\r])*+'|"(?!"")(?:[^"\\\n\r]|\\[^\n\r])*+")
  | (?P<unclosed>['"].*+)
  | (?P<variable>[?$]\w[\w\u00b7\u203f\u2040]*+)
  | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
  | (?P<blank>_:\w(?:[\w.\u00b7-]*[\w\u00b7-])?)
  | (?P<pname>(?:[^\W\d_](?:[\w.\u00b7-]{0,99}[\w\u00b7-])?)?:
      (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
         (?:[\w:\u00b7-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|\.+(?=[\w:\u00b7%\\-]))*+)?)
  | (?P<number>\d++(?:\.\d++)?(?:[eE][+-]?\d++)?)
  | (?P<word>[^\W\d_]\w*+)
  | (?P<open>[{(\[])
  | (?P<close>[})\]])
  | (?P<other>\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)

OPERANDS = frozenset({"iri", "string", "variable", "language", "blank", "pname", "number"})
"""Kinds of tokens that stand for a value."""


@dataclass(frozen=True, slots=True)
class SparqlToken:
    """One token; ``start`` is its offset in code points."""

    kind: str
    text: str
    start: int

    @property
    def upper(self) -> str:
        """The text of a word in capitals, '' for any other kind."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(sparql: str) -> Iterator[SparqlToken]:
    """The tokens of a text without white space and comments; text that is no SPARQL comes letter by letter.

    >>> [t.kind for t in tokens('ASK { ?s a dk:State ; rdfs:label "SERVICE" } # LOAD')]
    ['word', 'open', 'variable', 'word', 'pname', 'other', 'pname', 'string', 'close']
    """
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup or "other"
        if kind != "space":
            yield SparqlToken(kind, match.group(), match.start())


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column of an offset, both from 1.

    >>> line_and_column("ab\\ncd", 4)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def position(text: str, offset: int) -> str:
    """Where an offset lies, in words.

    >>> position("ab\\ncd", 4)
    'line 2, column 2'
    """
    line, column = line_and_column(text, offset)
    return f"line {line}, column {column}"


def offset_of(text: str, line: int, column: int) -> int:
    """The offset of a line and column, kept inside the text.

    >>> offset_of("ab\\ncd", 2, 2)
    4
    """
    start = 0
    for _ in range(line - 1):
        found = text.find("\n", start)
        if found < 0:
            return len(text)
        start = found + 1
    return min(start + column - 1, len(text))
