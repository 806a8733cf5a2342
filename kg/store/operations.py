"""The operations of a SPARQL 1.1 update, read from its tokens: what each writes to, and where its parts stand.

A reader of the whole grammar is not needed: only the graphs that are written to count, and those stand at fixed
places. What is not found where it should be is an error here, so that nothing passes that was not understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.errors import QueryError
from kg.store.tokens import SparqlToken, position, tokens

_NAMES = frozenset({"iri", "pname"})
_TRANSFERS = frozenset({"ADD", "MOVE", "COPY"})
KINDS = ("INSERT", "DELETE", "WITH", "CLEAR", "DROP", "CREATE", "LOAD", *sorted(_TRANSFERS))


@dataclass(frozen=True, slots=True)
class Target:
    """What an operation writes to."""

    kind: str
    """``graph``: one, by its name. ``default``: the default graph. ``many``: by ALL, NAMED or a variable."""
    token: SparqlToken
    """The graph's name, the word or the variable; for triples outside of GRAPH the first of them."""


@dataclass(slots=True)
class Operation:
    """One operation; offsets are into the text."""

    kind: str
    """INSERT, DELETE, CLEAR, DROP, CREATE, ADD, MOVE, COPY or LOAD, by its first word; WITH is of INSERT or DELETE."""
    start: int
    end: int = 0
    silent: bool = False
    prologue: list[SparqlToken] = field(default_factory=list)
    """The tokens of all declarations before it, those of earlier operations too."""
    targets: list[Target] = field(default_factory=list)
    using: list[SparqlToken] = field(default_factory=list)
    """The graphs after USING and USING NAMED."""
    with_graph: SparqlToken | None = None
    where: int | None = None
    """Offset of the word WHERE."""
    pattern: tuple[int, int] | None = None
    """Of DELETE WHERE: its quads, which are pattern and template at once, from brace to brace."""


def operations(sparql: str) -> list[Operation]:
    """The operations of an update, in their order.

    Raises:
        QueryError: It is not an update of SPARQL 1.1, with line and column.

    >>> found = operations("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } } ; CLEAR DEFAULT")
    >>> [(o.kind, [t.token.text for t in o.targets]) for o in found]
    [('INSERT', ['<urn:g>']), ('CLEAR', ['DEFAULT'])]
    """
    return list(_Reader(sparql).operations())


class _Reader:
    def __init__(self, sparql: str) -> None:
        self.sparql = sparql
        self.tokens = list(tokens(sparql))
        self.at = 0

    def operations(self) -> Iterator[Operation]:
        prologue: list[SparqlToken] = []
        while True:
            prologue = [*prologue, *self.prologue()]
            if self.at == len(self.tokens):
                return
            first = self.tokens[self.at]
            if first.upper not in KINDS:
                raise self.wrong(
                    "an operation begins with INSERT, DELETE, WITH, CLEAR, DROP, CREATE, COPY, MOVE or ADD"
                )
            operation = Operation(first.upper, first.start, prologue=prologue)
            self.operation(operation)
            last = self.tokens[self.at - 1]
            operation.end = last.start + len(last.text)
            yield operation
            if self.at < len(self.tokens):
                self.take(";")

    def prologue(self) -> Iterator[SparqlToken]:
        while self.here() in ("BASE", "PREFIX"):
            if self.here() == "PREFIX":
                yield self.next()
                if self.at == len(self.tokens) or self.tokens[self.at].kind != "pname":
                    raise self.wrong("PREFIX is followed by a name that ends with ':'")
            yield self.next()
            if self.at == len(self.tokens) or self.tokens[self.at].kind != "iri":
                raise self.wrong("an IRI in <> belongs here")
            yield self.next()

    def operation(self, found: Operation) -> None:
        kind = self.next().upper
        if kind == "WITH":
            found.with_graph = self.name()
            if self.here() not in ("INSERT", "DELETE"):
                raise self.wrong("WITH <graph> is followed by INSERT or DELETE")
            kind = found.kind = self.next().upper
        if kind in ("INSERT", "DELETE"):
            self.modify(found)
            return
        found.silent = self.word("SILENT")
        if kind == "LOAD":
            self.name()
            if self.word("INTO"):
                self.word("GRAPH", must=True)
                found.targets.append(Target("graph", self.name()))
        elif kind in _TRANSFERS:
            source = self.graph_or("DEFAULT")
            self.word("TO", must=True)
            found.targets.append(self.graph_or("DEFAULT"))
            if kind == "MOVE":
                found.targets.append(source)
        elif kind == "CREATE":
            self.word("GRAPH", must=True)
            found.targets.append(Target("graph", self.name()))
        else:
            found.targets.append(self.graph_or("DEFAULT", "NAMED", "ALL", graph=True))

    def modify(self, found: Operation) -> None:
        """INSERT or DELETE: of data, of a pattern, or of templates with a pattern; the first word has been read."""
        if found.with_graph is None and self.here() == "DATA":
            self.next()
            self.quads(found)
            return
        if found.with_graph is None and found.kind == "DELETE" and self.here() == "WHERE":
            found.where = self.next().start
            begin = self.at
            self.quads(found)
            found.pattern = (self.tokens[begin].start, self.tokens[self.at - 1].start + 1)
            return
        self.quads(found)
        if found.kind == "DELETE" and self.word("INSERT"):
            self.quads(found)
        while self.word("USING"):
            self.word("NAMED")
            found.using.append(self.name())
        found.where = self.tokens[self.at].start if self.at < len(self.tokens) else None
        self.word("WHERE", must=True)
        self.group()

    def quads(self, found: Operation) -> None:
        """A block of triples, in which GRAPH names others than the one it is about."""
        self.take("{")
        plain = False
        while self.here() != "}":
            if self.word("GRAPH"):
                if self.at < len(self.tokens) and self.tokens[self.at].kind == "variable":
                    found.targets.append(Target("many", self.next()))
                else:
                    found.targets.append(Target("graph", self.name()))
                self.take("{")
                while self.here() != "}":
                    self.triple_token()
                self.take("}")
            else:
                token = self.triple_token()
                if not plain and token.text != ".":
                    plain = True
                    graph = found.with_graph
                    found.targets.append(Target("graph", graph) if graph else Target("default", token))
        self.take("}")

    def triple_token(self) -> SparqlToken:
        if self.here() == "{":
            raise self.wrong("a '{' within triples; only GRAPH <name> opens one")
        return self.next()

    def group(self) -> None:
        """A group, over all that is in it."""
        self.take("{")
        depth = 1
        while depth:
            text = self.next().text
            depth += (text == "{") - (text == "}")

    def graph_or(self, *words: str, graph: bool = False) -> Target:
        if self.here() in words:
            word = self.next()
            return Target("default" if word.upper == "DEFAULT" else "many", word)
        self.word("GRAPH", must=graph)
        return Target("graph", self.name())

    def name(self) -> SparqlToken:
        if self.at < len(self.tokens) and self.tokens[self.at].kind in _NAMES:
            return self.next()
        raise self.wrong("the name of a graph belongs here, as <IRI> or prefix:name")

    def here(self) -> str:
        """The word in capitals or the sign that comes next, '' for all else and at the end."""
        if self.at >= len(self.tokens):
            return ""
        token = self.tokens[self.at]
        return token.upper or (token.text if token.kind in ("open", "close", "other") else "")

    def next(self) -> SparqlToken:
        if self.at >= len(self.tokens):
            raise self.wrong("the update ends here, within an operation")
        self.at += 1
        return self.tokens[self.at - 1]

    def word(self, word: str, *, must: bool = False) -> bool:
        if self.here() == word:
            self.at += 1
            return True
        if must:
            raise self.wrong(f"{word} belongs here")
        return False

    def take(self, sign: str) -> None:
        if self.here() != sign:
            raise self.wrong(f"{sign!r} belongs here")
        self.at += 1

    def wrong(self, what: str) -> QueryError:
        start = self.tokens[self.at].start if self.at < len(self.tokens) else len(self.sparql.rstrip())
        return QueryError(f"{position(self.sparql, start)}: not a SPARQL update here; {what}")
