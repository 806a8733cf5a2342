"""An update as the database is to carry it out: guarded, held to the graphs that it may write, over its dataset.

In a store of articles an update writes named graphs of its user's own and nothing else. The default graph is the
union of what the articles say, and graphs below ``https://w3id.org/dekg/`` are made from records: what an update
put there would pass for news with its quote, and the next build would drop or keep it without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

from kg.errors import QueryError, QueryRefused
from kg.store.guard import check_update
from kg.store.operations import Operation, Target, operations
from kg.store.sparql_errors import surely_wrong
from kg.store.tokens import SparqlToken, position, tokens
from kg.vocab.iris import is_ours
from kg.vocab.namespaces import BASE, PREFIXES

_UNION = "the default graph is what the articles say, which only kg build changes"
NOT_THE_UNION = f"{_UNION}; name a graph of your own: GRAPH <IRI> {{...}}"
NOT_OURS = f"graphs below {BASE} are made from articles, which only kg build changes; name a graph of your own"
_EACH = "name each graph of your own"


@dataclass(frozen=True, slots=True)
class Over:
    """Over which graphs the patterns of an update are asked: ``using-graph-uri`` and ``using-named-graph-uri``."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)

    def clauses(self) -> str:
        """The same as clauses of the language.

        >>> Over(("urn:a",), ("urn:b",)).clauses()
        'USING <urn:a> USING NAMED <urn:b> '
        """
        plain = (f"USING {ox.NamedNode(iri)} " for iri in self.default)
        return "".join([*plain, *(f"USING NAMED {ox.NamedNode(iri)} " for iri in self.named)])


def prepared(
    sparql: str,
    *,
    base: str | None = None,
    over: Over = Over(),
    scratch: bool = False,
    holds: Callable[[str], bool] = lambda _: False,
    prefixes: Mapping[str, str] = PREFIXES,
) -> str:
    """The text for the database, which has the tokens that were looked at and no others.

    Args:
        sparql: The update, not yet parsed.
        base: What relative IRIs are relative to; None: they are an error.
        over: What patterns are asked over; the text then says nothing of its own about that.
        scratch: Let it write anything, in a store that no article is in.
        holds: Whether an IRI names a graph of the store.
        prefixes: Known without being declared.

    Raises:
        QueryError: It is not an update of SPARQL 1.1, or says over what it is asked while ``over`` does so too.
        QueryRefused: It holds LOAD or SERVICE, asks USING of a graph that is not there, or may not write where it does.
        QueryTooLarge: It is past a limit.

    >>> prepared("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } } # and so on")
    'INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } } '
    >>> prepared("CLEAR ALL")
    Traceback (most recent call last):
    kg.errors.QueryRefused: line 1, column 7: CLEAR ALL would reach what the articles say; name each graph of your own
    """
    check_update(sparql)
    found = _operations(sparql, based=base is not None, prefixes=prefixes)
    names = _Names(sparql, base, prefixes)
    written = {names.iri(o, t.token) for o in found for t in o.targets if t.kind == "graph"}
    for operation in found:

        def known(token: SparqlToken, operation: Operation = operation) -> bool:
            iri = names.iri(operation, token)
            return iri in written or is_ours(iri) or holds(iri)

        _see_sources(sparql, operation, over, known)
        if operation.kind != "LOAD" and not scratch:
            for target in operation.targets:
                _see_target(sparql, operation, target, names)
    return _written(sparql, found, over, prefixes)


def _operations(sparql: str, *, based: bool, prefixes: Mapping[str, str]) -> list[Operation]:
    try:
        return operations(sparql)
    except QueryError as error:
        found = list(tokens(sparql))
        if any(token.kind == "unclosed" for token in found):  # an open string is told as such
            raise surely_wrong(sparql, found, prefixes, based=based, update=True) or error from error
        raise


def see_graph(graph: str | None, *, scratch: bool) -> None:
    """See that a whole graph may be written; None is the default graph.

    Raises:
        QueryRefused: It may not.
    """
    if not scratch and graph is None:
        raise QueryRefused(f"{_UNION}; name a graph: ?graph=IRI")
    if not scratch and graph is not None and is_ours(graph):
        raise QueryRefused(NOT_OURS)


def _see_sources(sparql: str, operation: Operation, over: Over, known: Callable[[SparqlToken], bool]) -> None:
    """See what an operation reads: nothing from elsewhere, and not by two words at once."""
    if operation.kind == "LOAD" and not operation.silent:
        raise QueryRefused(
            f"{position(sparql, operation.start)}: LOAD is not allowed: nothing is fetched; send the data"
        )
    said = operation.with_graph or (operation.using[0] if operation.using else None)
    if over and said is not None:
        what = "WITH or USING in the update, and using-graph-uri or using-named-graph-uri beside it; use one of them"
        raise QueryError(f"{position(sparql, said.start)}: {what}")
    for token in operation.using:
        if not known(token):
            raise _refused(sparql, token, f"USING {_shown(token)}: the store has no such graph, and none is fetched")


def _see_target(sparql: str, operation: Operation, target: Target, names: _Names) -> None:
    """See that an operation writes a graph of the user's own."""
    token = target.token
    if target.kind == "default":
        raise _refused(sparql, token, NOT_THE_UNION)
    if target.kind == "many":
        word = "GRAPH" if token.kind == "variable" else operation.kind
        raise _refused(sparql, token, f"{word} {_shown(token)} would reach what the articles say; {_EACH}")
    if is_ours(names.iri(operation, token)):
        raise _refused(sparql, token, NOT_OURS)


@dataclass(frozen=True, slots=True)
class _Names:
    """The IRIs that names of graphs stand for, by the engine's own rules."""

    sparql: str
    base: str | None
    prefixes: Mapping[str, str]

    def iri(self, operation: Operation, name: SparqlToken) -> str:
        """The IRI of a name, by the declarations before its operation.

        Raises:
            QueryError: Its prefix is not known, or it is relative to nothing.
        """
        declared = " ".join(token.text for token in operation.prologue)
        asked = f"{declared}\nSELECT ({name.text} AS ?iri) {{}}"
        try:
            # The parser itself, since what it takes for the same name must be the same here.
            found = ox.Store().query(asked, base_iri=self.base, prefixes=dict(self.prefixes))
            (row,) = found  # type: ignore[misc]
        except (SyntaxError, ValueError) as error:
            what = f"{_shown(name)} is no whole IRI, or its prefix is not declared"
            raise QueryError(f"{position(self.sparql, name.start)}: {what}") from error
        return str(row[0].value)


def _written(sparql: str, found: list[Operation], over: Over, prefixes: Mapping[str, str]) -> str:
    """The text without comments, with the clauses of ``over``, and without LOAD SILENT, which fails silently."""
    put: dict[int, str] = {}
    for operation in found:
        if over and operation.where is not None:
            put[operation.where] = over.clauses()
            if operation.pattern is not None:
                begin, end = operation.pattern
                put[operation.where] = f"{sparql[begin:end]} {over.clauses()}"
    gone = [(o.start, o.end) for o in found if o.kind == "LOAD"]
    head, later = _first(found, prefixes)
    return head + "".join(_pieces(sparql, put, [*gone, *later]))


def _first(found: list[Operation], prefixes: Mapping[str, str]) -> tuple[str, list[tuple[int, int]]]:
    """Prefixes that are declared behind the first operation, and where; they move to the front.

    The engine (0.5.13) takes declarations nowhere else. Where that would change what a name means, by another
    meaning of it, they stay, and the engine says so.
    """
    later = [token for operation in found[-1:] for token in operation.prologue[len(found[0].prologue) :]]
    if not later or any(token.upper == "BASE" for token in later):
        return "", []
    meant = {name: f"<{iri}>" for name, iri in prefixes.items()}
    for token, iri in pairwise(found[-1].prologue):
        if token.kind == "pname" and meant.setdefault(token.text[:-1], iri.text) != iri.text:
            return "", []
    return " ".join(t.text for t in later) + " ", [(t.start, t.start + len(t.text)) for t in later]


def _pieces(sparql: str, put: Mapping[int, str], gone: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The tokens with the white space between them; each stays in its line and column where nothing is put in."""
    at = 0
    for token in tokens(sparql):
        yield _blank(sparql[at : token.start])
        at = token.start + len(token.text)
        yield put.get(token.start, "")
        if not any(begin <= token.start < end for begin, end in gone):
            yield token.text
    yield _blank(sparql[at:])


def _blank(gap: str) -> str:
    """A stretch of white space and comments without the comments."""
    return gap if gap.isspace() or not gap else " " + "\n" * gap.count("\n")


def _shown(token: SparqlToken) -> str:
    return token.text[:200]


def _refused(sparql: str, token: SparqlToken, what: str) -> QueryRefused:
    return QueryRefused(f"{position(sparql, token.start)}: {what}")
