"""The tokens of a SPARQL text with their offsets: enough to find what a parser's message does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
      |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
  | (?P<open_string>'''|\"\"\"|'|")
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:[\w.-]*\w)
  | (?P<pname>(?:[^\W\d_][\w.-]*)?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.|[.-](?=[\w:.%\\-]))*)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d_][\w-]*)
  | (?P<open>[{(\[])
  | (?P<close>[})\]])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
PAIRS = {"}": "{", ")": "(", "]": "["}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


QUERY_WORDS = _words(
    """a as asc ask base bind by construct count desc describe distinct exists false filter from graph group
    having in limit minus named not offset optional order prefix reduced select separator service silent
    true undef union values where"""
)
FUNCTIONS = _words(
    """abs avg bnode bound ceil coalesce concat contains datatype day encode_for_uri floor group_concat hours
    if iri isblank isiri isliteral isnumeric isuri lang langmatches lcase max md5 min minutes month now rand
    regex replace round sameterm sample seconds sha1 sha256 sha384 sha512 str strafter strbefore strdt
    strends strlang strlen strstarts struuid substr sum timezone tz ucase uri uuid year"""
)
UPDATE_WORDS = _words("insert delete load clear drop create add move copy with")


@dataclass(frozen=True, slots=True)
class SparqlToken:
    """One token; ``start`` is its offset in code points."""

    kind: str
    text: str
    start: int


def tokens(sparql: str) -> Iterator[SparqlToken]:
    """The tokens of a text, without white space and comments; never fails.

    >>> [t.kind for t in tokens("SELECT ?s { ?s a dk:State }")]
    ['word', 'variable', 'open', 'variable', 'word', 'pname', 'close']
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
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


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
