"""Refuses queries that would reach the network or crash or stall the parser, before it sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import tee, zip_longest

from kg.errors import QueryRefused, QueryTooLarge
from kg.store.tokens import OPERANDS, SparqlToken, position, tokens
from kg.vocab.namespaces import BASE, PREFIXES


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a query may be.

    The parser recurses on brackets and fails as a whole past a few hundred; its planner's time grows
    with the third power of the number of joined patterns.
    """

    characters: int = 500_000
    depth: int = 64
    """Brackets open at once."""
    joins: int = 128
    """Triples, path steps, groups and filters together."""
    operators: int = 1_000
    """Other signs and key words, and all that stands outside brackets."""
    operations: int = 1_000
    """Operations of an update; joins and operators are counted for each by itself, data not at all."""


LIMITS = Limits()

UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "USING"})
_JOINING = frozenset({"FILTER", "OPTIONAL", "UNION", "MINUS", "BIND", "GRAPH", "SELECT", "VALUES"})
_VALUES_WEIGHT = 4
# Either with the slashes that no expression has, or so plain that it hides nothing where it is read as '<'.
_ABSOLUTE = re.compile(r"<[a-z][a-z0-9+.-]*://|<(?!.*service)[a-z][a-z0-9+.-]*:[\w:./-]*>$", re.IGNORECASE)
_FROM = re.compile(r"FROM(?:NAMED)?|NAMED", re.IGNORECASE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ASCII_ESCAPE = re.compile(r"\\(?:u00|U000000)([0-7][0-9A-Fa-f])")


def _holds_none(_: str) -> bool:
    return False


def check(
    sparql: str,
    *,
    limits: Limits = LIMITS,
    prefixes: Mapping[str, str] = PREFIXES,
    holds: Callable[[str], bool] = _holds_none,
) -> None:
    """Let a query pass that reads this store alone and is of a size that the parser survives.

    Args:
        sparql: The text, not yet parsed; what it lacks in grammar is the parser's business.
        limits: How large it may be.
        prefixes: Known without being declared.
        holds: Whether an IRI names a graph that the store holds, though it does not begin as this store's do.

    Raises:
        QueryRefused: For SERVICE, for updates, and for FROM with anything but a graph of this store.
        QueryTooLarge: Past a limit. Both name line and column.

    >>> check('SELECT * { ?service rdfs:label "LOAD" }')
    >>> check("ASK { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryRefused: line 1, column 7: SERVICE is not allowed: a query reads this store only
    """
    _check(sparql, limits, prefixes, holds, update=False)


def check_update(sparql: str, *, limits: Limits = LIMITS) -> None:
    """Let an update pass that reads this store alone and is of a size that the parser survives.

    What it writes, and LOAD and USING, are the business of ``kg.store.updates``.

    Raises:
        QueryRefused: For SERVICE. QueryTooLarge: Past a limit. Both name line and column.

    >>> check_update("INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { SERVICE <urn:x> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryRefused: line 1, column 47: SERVICE is not allowed: an update reads this store only
    """
    _check(sparql, limits, PREFIXES, _holds_none, update=True)


def _check(
    sparql: str, limits: Limits, prefixes: Mapping[str, str], holds: Callable[[str], bool], *, update: bool
) -> None:
    too_long(sparql, limits)
    for escape in _ASCII_ESCAPE.finditer(sparql):
        # Some servers undo such escapes before they read the grammar: an escaped quote ends a string there,
        # and an escaped line end a comment. Other characters stay inside.
        if chr(int(escape[1], 16)) in "\"'\\\n\r":
            raise _plain(sparql, escape)
    if half := _SURROGATE.search(sparql):
        raise QueryRefused(f"{position(sparql, half.start())}: half of a surrogate pair; give whole characters")
    state = _State(sparql, limits, dict(prefixes), holds, update)
    found, ahead = tee(tokens(sparql))
    next(ahead, None)
    for token, following in zip_longest(found, ahead):
        state.see(token, following)


def too_long(sparql: str, limits: Limits = LIMITS) -> None:
    """Refuse a text of too many characters; ``check`` does so too, this takes no time.

    Raises:
        QueryTooLarge: It has more.
    """
    if len(sparql) > limits.characters:
        where = position(sparql, limits.characters)
        raise QueryTooLarge(f"{where}: more than {limits.characters} characters; ask in several steps")


def _plain(sparql: str, escape: re.Match[str]) -> QueryRefused:
    where = position(sparql, escape.start())
    return QueryRefused(f"{where}: {escape[0]} stands for a plain character; write that")


@dataclass(slots=True)
class _State:
    """What has been seen of a query so far."""

    sparql: str
    limits: Limits
    prefixes: dict[str, str]
    holds: Callable[[str], bool]
    update: bool = False
    open: list[str] = field(default_factory=list)
    """The brackets that are open; ``D`` for the braces of a VALUES block, and of data and templates of an update."""
    joins: int = 0
    operators: int = 0
    operations: int = 0
    data_next: bool = False
    before: SparqlToken | None = None
    declared: str | None = None
    """The prefix whose declaration is being read."""

    def see(self, token: SparqlToken, following: SparqlToken | None) -> None:
        """Count one token and refuse it if it is the one too many, or not allowed."""
        self._forbid(token, following)
        self.joins += self._joins(token)
        self.operators += self._operators(token)
        self._brackets(token, following)
        self._declaration(token)
        self._next_operation(token)
        self._limit(token)
        self.before = token

    def _forbid(self, token: SparqlToken, following: SparqlToken | None) -> None:
        before = self.before.upper if self.before else ""
        if self._is_service(token, following):
            what = "an update" if self.update else "a query"
            self._refuse(token, f"SERVICE is not allowed: {what} reads this store only")
        if token.text == "\\" and (escape := _ASCII_ESCAPE.match(self.sparql, token.start)):
            raise _plain(self.sparql, escape)
        if token.upper in UPDATES and not self.update:
            self._refuse(token, f"{token.upper} is not allowed: a query changes nothing; use SELECT or ASK")
        if token.kind == "iri" and self._may_be_less_than(token):
            self._refuse(token, "an IRI or a comparison? write a space after '<', or use a prefix")
        if self.update:
            return  # which graphs an update names is for kg.store.updates
        if before.endswith(("FROM", "NAMED")) and token.kind in {"iri", "pname"}:
            self._check_graph(token, token.text)
        elif token.kind == "pname" and not self.open and before != "PREFIX":
            # The parser asks for no white space behind a key word: FROMex:g is FROM with the graph ex:g.
            for word in _FROM.finditer(token.text.partition(":")[0]):
                if token.text[word.end() :].partition(":")[0] in self.prefixes:
                    self._check_graph(token, token.text[word.end() :])

    def _is_service(self, token: SparqlToken, following: SparqlToken | None) -> bool:
        """Whether the parser may read SERVICE here: it asks for no white space round a key word."""
        if "service" not in token.text.lower():
            return False
        if token.kind == "word":
            return True
        opens_group = following is not None and following.text == "{"
        named = self.before is not None and self.before.upper == "GRAPH"
        return token.kind == "pname" and opens_group and bool(self.open) and not named

    def _may_be_less_than(self, token: SparqlToken) -> bool:
        if self.before is None or self._inside() != "(" or "D" in self.open or self.data_next:
            return False
        after_value = self.before.kind in OPERANDS or self.before.text == ")"
        return (after_value or self.before.upper in {"TRUE", "FALSE"}) and not _ABSOLUTE.match(token.text)

    def _check_graph(self, token: SparqlToken, graph: str) -> None:
        iri = graph[1:-1]
        if token.kind == "pname":
            prefix, _, name = graph.partition(":")
            iri = self.prefixes.get(prefix, "") + name
        if not (iri.startswith(BASE) or self.holds(iri)):
            what = f"FROM {graph} is not allowed: only graphs of this store, which begin with {BASE}"
            self._refuse(token, what)

    def _joins(self, token: SparqlToken) -> int:
        if token.kind == "word":
            return (token.upper in _JOINING) * (_VALUES_WEIGHT if token.upper == "VALUES" else 1)
        if "D" in self.open or self.data_next:
            return 0
        if token.text in {".", ";", "/", "^", "{", "[", "~"}:
            return 1
        if token.text == "<" and self.before is not None and self.before.text == "<":
            # A statement about a statement is two triples. The signs stay two tokens, because what seems
            # one may be a comparison with an IRI.
            return 1
        if self._inside() == "(":
            # Two values side by side in round brackets are items of a list, two triples each.
            beside = self.before is not None and self.before.kind in OPERANDS - {"language"}
            return 2 * (beside and token.kind in OPERANDS - {"language"})
        return int(token.text == ",")

    def _operators(self, token: SparqlToken) -> int:
        """Words and signs; outside all brackets everything, such as the items of DESCRIBE and HAVING."""
        if "D" in self.open:
            return 0
        if not self.open:
            return 1
        if token.kind == "word":
            return int(token.upper not in _JOINING)
        typed = token.text == "^^" and self.before is not None and self.before.kind == "string"
        return int(token.kind == "other" and token.text not in ",.;" and not typed)

    def _declaration(self, token: SparqlToken) -> None:
        if token.kind == "iri" and self.declared is not None:
            self.prefixes[self.declared] = token.text[1:-1]
        starts = token.kind == "pname" and self.before is not None and self.before.upper == "PREFIX"
        self.declared = token.text[:-1] if starts else None

    def _brackets(self, token: SparqlToken, following: SparqlToken | None) -> None:
        if token.upper == "VALUES" or (self.update and self._begins_data(token, following)):
            self.data_next = True
        if token.kind == "open":
            data = self.data_next and token.text == "{"
            self.data_next = self.data_next and not data
            self.open.append("D" if data else token.text)
        elif token.kind == "close" and self.open:
            self.open.pop()

    def _begins_data(self, token: SparqlToken, following: SparqlToken | None) -> bool:
        """Whether triples follow that are no pattern, for which the planner has nothing to do."""
        template = token.upper in {"INSERT", "DELETE"} and following is not None and following.text == "{"
        return not self.open and (template or token.upper == "DATA")

    def _next_operation(self, token: SparqlToken) -> None:
        if self.update and token.text == ";" and not self.open:
            self.joins = self.operators = 0
            self.operations += 1

    def _limit(self, token: SparqlToken) -> None:
        for count, limit, what in (
            (len(self.open), self.limits.depth, "brackets inside each other"),
            (self.joins, self.limits.joins, "triples, path steps, groups and filters"),
            (self.operators, self.limits.operators, "operators and key words"),
            (self.operations, self.limits.operations, "operations"),
        ):
            if count > limit:
                where = position(self.sparql, token.start)
                raise QueryTooLarge(f"{where}: more than {limit} {what}; ask in several steps")

    def _inside(self) -> str:
        return self.open[-1] if self.open else ""

    def _refuse(self, token: SparqlToken, what: str) -> None:
        raise QueryRefused(f"{position(self.sparql, token.start)}: {what}")
