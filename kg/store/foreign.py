"""A query for a server that is not ours: SPARQL 1.1 and nothing else, with its prefixes, over our graphs only.

Servers read more than the standard: Virtuoso runs functions of its database (``bif:exec``) and fetches addresses
(``define get:soft``). Such words are refused here, because ``kg.store.guard`` and the embedded parser, which knows
the standard only, do not meet the text in the form in which the server reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import QueryError, QueryRefused
from kg.store.sparql_errors import surely_wrong
from kg.store.tokens import SparqlToken, position, tokens
from kg.vocab.namespaces import GRAPH

_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_OWN_WORK = re.compile(r"(?i)(?:bif|sql|rdfproc|java|js|jar|file)[:]|https?://(?:www\.)?openlinksw\.com/")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A query as it is sent."""

    text: str
    form: str
    """SELECT, ASK, CONSTRUCT or DESCRIBE."""
    names_default: bool
    """Whether it says itself, by FROM, over what it is asked."""
    names_graphs: bool
    """Whether it has the word GRAPH."""
    lines_before: int
    """Lines that stand before the user's first one."""


def prepared(sparql: str, prefixes: Mapping[str, str], *, own_graphs: bool = True) -> Foreign:
    """The text to send; ``kg.store.guard.check`` has seen it.

    Args:
        sparql: The user's text.
        prefixes: Known without being declared; those that are used are written before the text.
        own_graphs: See to it that ``GRAPH ?g`` meets the graphs of articles and runs only.

    Raises:
        QueryError: It has a word, a prefix or a relative IRI that SPARQL 1.1 does not know.
        QueryRefused: It calls what a server does beyond the standard.

    >>> prepared("ASK { GRAPH ?g { ?s a sem:Event } }", {"sem": "http://example.org/"}).text.splitlines()[1]
    'ASK { GRAPH ?g { ?s a sem:Event } FILTER(STRSTARTS(STR(?g), "https://w3id.org/dekg/id/graph/")) }'
    """
    found = list(tokens(sparql))
    if fault := surely_wrong(sparql, found, prefixes):
        raise fault
    known = _checked_prefixes(sparql, found, prefixes)
    used = {t.text.partition(":")[0] for t in found if t.kind == "pname"} - _declared(found)
    head = " ".join(f"PREFIX {name}: <{known[name]}>" for name in sorted(used) if name in known)
    words = {t.upper for t in found}
    return Foreign(
        f"{head}\n{_written(sparql, found, own_graphs=own_graphs)}",
        next((t.upper for t in found if t.upper in _FORMS), ""),
        "FROM" in words,
        "GRAPH" in words,
        1,
    )


def _declared(found: list[SparqlToken]) -> set[str]:
    pairs = pairwise(found)
    return {name.text.partition(":")[0] for word, name in pairs if word.upper == "PREFIX" and name.kind == "pname"}


def _checked_prefixes(sparql: str, found: list[SparqlToken], prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes given from outside, after every name was seen written out."""
    meant = dict(prefixes)
    before: list[SparqlToken] = []
    for token in found:
        if token.text == "\\":
            raise QueryRefused(f"{position(sparql, token.start)}: an escape outside of a text; write the sign itself")
        if token.kind == "iri":
            if len(before) == 2 and before[0].upper == "PREFIX":
                if not _ABSOLUTE.match(token.text):
                    raise QueryError(f"{position(sparql, token.start)}: the IRI of a prefix is whole, with its scheme")
                meant[before[1].text[:-1]] = token.text[1:-1]
            _refuse_own_work(sparql, token, token.text[1:-1])
        elif token.kind == "pname":
            prefix, _, name = token.text.partition(":")
            _refuse_own_work(sparql, token, meant.get(prefix, "") + name.replace("\\", ""))
        before = [*before[-1:], token]
    return dict(prefixes)


def _refuse_own_work(sparql: str, token: SparqlToken, iri: str) -> None:
    if _OWN_WORK.match(iri):
        where = position(sparql, token.start)
        raise QueryRefused(f"{where}: {token.text[:80]} is work of the server's own; a query uses SPARQL 1.1 only")


def _written(sparql: str, found: list[SparqlToken], *, own_graphs: bool) -> str:
    """The text without comments, which some servers read, and with each GRAPH ?g held to our graphs."""
    ends = dict(_filters(found)) if own_graphs else {}
    parts, at = [], 0
    for token in found:
        gap = sparql[at : token.start]
        parts += [gap if gap.isspace() or not gap else " " + "\n" * gap.count("\n"), token.text]
        at = token.start + len(token.text)
        if token.start in ends:
            parts.append(f' FILTER(STRSTARTS(STR({ends[token.start]}), "{GRAPH}"))')
    return "".join(parts)


def _filters(found: list[SparqlToken]) -> Iterator[tuple[int, str]]:
    """The brace that ends each group of GRAPH ?g, by its offset, with the variable.

    A filter behind the group says no more than one inside, because GRAPH always binds its variable.
    """
    opened: list[str] = []
    for i, token in enumerate(found):
        if token.text == "{" and token.kind == "open":
            named = i >= 2 and found[i - 1].kind == "variable" and found[i - 2].upper == "GRAPH"
            opened.append(found[i - 1].text if named else "")
        elif token.text == "}" and token.kind == "close" and opened and (variable := opened.pop()):
            yield token.start, variable
