"""What is wrong with a SPARQL text, where, and the likely fix, in place of the parser's list of letters."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.errors import QueryError
from kg.store.tokens import SparqlToken, line_and_column, offset_of, position, tokens

_PAIRS = {"}": "{", ")": "(", "]": "["}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_QUERY_WORDS = _words(
    """a as asc ask base bind by construct count desc describe distinct exists false filter from graph group
    having in limit minus named not offset optional order prefix reduced select separator service silent
    true undef union values where"""
)
_FUNCTIONS = _words(
    """abs avg bnode bound ceil coalesce concat contains datatype day encode_for_uri floor group_concat hours
    if iri isblank isiri isliteral isnumeric isuri lang langmatches lcase max md5 min minutes month now rand
    regex replace round sameterm sample seconds sha1 sha256 sha384 sha512 str strafter strbefore strdt
    strends strlang strlen strstarts struuid substr sum timezone tz ucase uri uuid year"""
)
_UPDATE_WORDS = _words(
    """add all clear copy create data default delete drop insert into load move silent to using with"""
)
_WIDTH = 100
_POSITION = re.compile(r"error at (\d+):(\d+)")
_MEANING = re.compile(r"(?:one of |, |expected )([A-Z][a-z]+ [^,\n]*[a-z])(?=,|$)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, at an offset in code points."""

    offset: int
    what: str


def syntax_error(
    sparql: str, message: str, prefixes: Mapping[str, str], *, based: bool = False, update: bool = False
) -> QueryError:
    """The error for a text that the parser refused, with line, column, caret and likely fix.

    Args:
        sparql: The user's text, unchanged.
        message: What the parser said, with its ``error at line:column``.
        prefixes: The prefixes that are known without being declared.
        based: Whether relative IRIs are relative to something.
        update: Whether the text is an update.

    >>> print(syntax_error("SELECT ?s WHERE { ?s", "error at 1:21: expected ...", {}))
    line 1, column 21: not valid SPARQL here; a '{' is never closed (line 1, column 17): add '}'
      SELECT ?s WHERE { ?s
                          ^
    """
    found = list(tokens(sparql))
    fault = _likeliest(sparql, found, prefixes, based=based, update=update) or _as_told(sparql, message)
    return QueryError(_worded(sparql, fault))


def surely_wrong(
    sparql: str, found: list[SparqlToken], prefixes: Mapping[str, str], *, based: bool = False, update: bool = False
) -> QueryError | None:
    """The error for a text that no parser of SPARQL 1.1 takes; None where the tokens alone do not tell.

    Wrong are an open string or bracket, an unknown word or prefix, and a partial IRI.

    >>> print(surely_wrong("ASK { ?s foo:a 1 }", list(tokens("ASK { ?s foo:a 1 }")), {}))
    line 1, column 10: not valid SPARQL here; the prefix 'foo:' is not known; declare it: PREFIX foo: <...>
      ASK { ?s foo:a 1 }
               ^
    """
    fault = _likeliest(sparql, found, prefixes, based=based, update=update)
    return None if fault is None else QueryError(_worded(sparql, fault))


def _worded(sparql: str, fault: Fault) -> str:
    line, column = line_and_column(sparql, fault.offset)
    text = (sparql.split("\n")[line - 1] if sparql else "").rstrip("\r")
    first = max(0, min(column - 1, len(text)) - _WIDTH * 3 // 4) if len(text) > _WIDTH else 0
    shown = text[first : first + _WIDTH]
    pad = "".join("\t" if c == "\t" else " " for c in shown[: column - 1 - first])
    pad += " " * (column - 1 - first - len(pad))
    what = "; ".join(part for part in ("not valid SPARQL here", fault.what) if part)
    return f"line {line}, column {column}: {what}\n  {shown}\n  {pad}^"


def _likeliest(
    sparql: str, found: list[SparqlToken], prefixes: Mapping[str, str], *, based: bool = False, update: bool = False
) -> Fault | None:
    """The first broken string, else the first wrong name, else the first unbalanced bracket."""
    words = _QUERY_WORDS | _FUNCTIONS | (_UPDATE_WORDS if update else frozenset())
    for search in (_strings(found), _names(found, prefixes, words, base=based), _brackets(sparql, found)):
        fault = next(search, None)
        if fault is not None:
            return fault
    return None


def _strings(found: list[SparqlToken]) -> Iterator[Fault]:
    for token in found:
        if token.kind == "unclosed":
            quote = token.text[:3] if token.text[:3] in {"'''", '"""'} else token.text[0]
            yield Fault(token.start, f"the text that starts here is never closed: add {quote}")


def _names(
    found: list[SparqlToken], prefixes: Mapping[str, str], words: frozenset[str], *, base: bool
) -> Iterator[Fault]:
    declared = set(prefixes)
    before = ""
    for token in found:
        if token.kind == "pname":
            prefix = token.text.split(":", 1)[0]
            if before == "prefix":
                declared.add(prefix)
            elif prefix not in declared:
                yield Fault(token.start, _unknown_prefix(prefix, declared))
        elif token.kind == "word":
            base = base or token.text.lower() == "base"
            yield from _word(token, words)
        elif token.kind == "iri" and not base and not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.text):
            yield Fault(token.start, f"{token.text} is not a whole IRI: write its scheme too, or use a prefix")
        before = token.text.lower() if token.kind == "word" else ""


def _unknown_prefix(prefix: str, declared: set[str]) -> str:
    close = difflib.get_close_matches(prefix, sorted(declared), n=1, cutoff=0.5)
    hint = f"did you mean '{close[0]}:'? Otherwise declare it" if close else "declare it"
    return f"the prefix '{prefix}:' is not known; {hint}: PREFIX {prefix}: <...>"


def _word(token: SparqlToken, known: frozenset[str]) -> Iterator[Fault]:
    word = token.text.lower()
    if word in known:
        return
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    hint = f"did you mean {close[0].upper()}?" if close else f"a variable is written ?{token.text}"
    yield Fault(token.start, f"{token.text!r} is not a word of SPARQL; {hint}")


def _brackets(sparql: str, found: list[SparqlToken]) -> Iterator[Fault]:
    opened: list[SparqlToken] = []
    closers = {opener: closer for closer, opener in _PAIRS.items()}
    for token in found:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close":
            if not opened:
                yield Fault(token.start, f"this {token.text!r} closes nothing: remove it")
                return
            opener = opened.pop()
            if opener.text != _PAIRS[token.text]:
                where = f"{opener.text!r} of {position(sparql, opener.start)}"
                yield Fault(token.start, f"the {where} is still open: write {closers[opener.text]!r} first")
                return
    if opened:
        opener = opened[-1]
        where = position(sparql, opener.start)
        what = f"a {opener.text!r} is never closed ({where}): add {closers[opener.text]!r}"
        yield Fault(len(sparql.rstrip()), what)


def _as_told(sparql: str, message: str) -> Fault:
    """The parser's own position, with the part of its message that is a sentence."""
    position = _POSITION.search(message)
    offset = offset_of(sparql, int(position[1]), int(position[2])) if position else 0
    if not sparql.strip():
        return Fault(0, "the query is empty: write SELECT, ASK, CONSTRUCT or DESCRIBE")
    if message.rstrip().endswith("expected BY"):
        return Fault(offset, "ORDER and GROUP are followed by BY")
    meaning = _MEANING.search(message)
    if meaning and not meaning[1].startswith("Prefix not found"):
        return Fault(offset, meaning[1][0].lower() + meaning[1][1:])
    return Fault(offset, "")
