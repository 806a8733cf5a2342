"""Queries that mean harm, each with what has to become of it; and those that only look so.

The tests put them to the pool over a small store in which 200 nodes ``ex:n0`` and so on form a ring of ``ex:next``, the
first 40 of them all ``ex:near`` each other, and the one graph is ``graph:ring``; ``benchmarks.soak`` puts those that do
without it to a service over a real one.
"""

from __future__ import annotations

from kg.errors import (
    AnswerTooLarge,
    KgError,
    QueryError,
    QueryOutOfMemory,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
)

ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l ."
EX = "PREFIX ex: <http://example.org/> "
COSTLY = (QueryTimeout, QueryOutOfMemory)
"""Which of the two comes first is a matter of the machine."""


def doubled(times: int) -> str:
    """A text that each step makes ten times as long."""
    steps = " ".join(f"BIND(CONCAT({', '.join([f'?x{i}'] * 10)}) AS ?x{i + 1})" for i in range(times))
    return f'SELECT (STRLEN(?x{times}) AS ?n) {{ BIND("aaaaaaaaaa" AS ?x0) {steps} }}'


def rows(names: str, values: int) -> str:
    """Blocks of VALUES, one a letter."""
    return " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(values)))} }}" for name in names)


def wrapped(opening: str, inner: str, closing: str, depth: int) -> str:
    """Brackets within brackets."""
    return opening * depth + inner + closing * depth


STOPPED: dict[str, tuple[str, tuple[type[KgError], ...]]] = {
    "cross product, counted": (f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}", COSTLY),
    "cross product, given": (f"SELECT * {{ {ALL} }}", (AnswerTooLarge,)),
    "cross product, as a graph": (f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {ALL} }}", (AnswerTooLarge, *COSTLY)),
    "cross product, ordered": (f"SELECT * {{ {ALL} }} ORDER BY ?c ?f DESC(?i)", COSTLY),
    "cross product, ordered, one row": (f"SELECT * {{ {ALL} }} ORDER BY RAND() LIMIT 1", COSTLY),
    "cross product, each once": (f"SELECT DISTINCT ?a ?d ?g {{ {ALL} }} OFFSET 100000000", COSTLY),
    "cross product, grouped": (f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {ALL} }} GROUP BY ?a ?d ?g", COSTLY),
    "cross product, in one text": (f"SELECT (GROUP_CONCAT(?c) AS ?t) {{ {ALL} }}", COSTLY),
    "cross product that gives nothing": (f"SELECT * {{ {ALL} FILTER(CONCAT(?c, ?f) = ?i) }}", COSTLY),
    "cross product in EXISTS": (f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ {ALL} FILTER(?c = 1) }} }}", COSTLY),
    "cross product in MINUS": (f"SELECT * {{ ?a ?b ?c MINUS {{ {ALL} }} }}", COSTLY),
    "cross product in a subselect": (f"ASK {{ {{ SELECT * {{ {ALL} }} }} FILTER(CONCAT(?c, ?f) = ?i) }}", COSTLY),
    "cross product in OPTIONAL": (f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o OPTIONAL {{ {ALL} }} }}", COSTLY),
    "cross product of graphs": (
        "SELECT (COUNT(*) AS ?n) { GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } GRAPH ?z { ?g ?h ?i } }",
        COSTLY,
    ),
    "VALUES, multiplied": (f"SELECT (COUNT(*) AS ?n) {{ {rows('abcdef', 100)} }}", COSTLY),
    "VALUES, multiplied and given": (f"SELECT * {{ {rows('abcdef', 100)} }}", (AnswerTooLarge,)),
    "UNION, multiplied": (
        "SELECT (COUNT(*) AS ?n) { " + "{ { ?a ?b ?c } UNION { ?d ?e ?f } } " * 8 + "}",
        COSTLY,
    ),
    "CONCAT, tenfold each time": (doubled(12), (QueryOutOfMemory,)),
    "GROUP_CONCAT of GROUP_CONCATs": (
        "SELECT (GROUP_CONCAT(?t) AS ?u) { { SELECT (GROUP_CONCAT(CONCAT(STR(?a),STR(?d))) AS ?t) "
        "{ ?a ?b ?c . ?d ?e ?f } } ?g ?h ?i }",
        COSTLY,
    ),
    "REPLACE that grows": (
        'SELECT (STRLEN(?d) AS ?n) { BIND("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" AS ?a) '
        + " ".join(
            f'BIND(REPLACE(?{x}, "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") AS ?{y})'
            for x, y in ("ab", "bc", "cd", "de", "ef")
        )
        + " }",
        COSTLY,
    ),
    "ReDoS over a cross product": (
        f'SELECT (COUNT(*) AS ?n) {{ {ALL} FILTER(REGEX(CONCAT(?c, ?f), "^(a|aa|a*)*b$")) }}',
        COSTLY,
    ),
    "property path through the dense corner": (
        EX + "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} (ex:near|^ex:near)* ?a{i + 1} ." for i in range(4)) + "}",
        COSTLY,
    ),
    "a path of a path of a path": (
        EX + "SELECT (COUNT(*) AS ?n) { ?a (((ex:near/ex:near)+/(ex:next|ex:near)*)+)* ?b . ?c (!ex:none)* ?d }",
        COSTLY,
    ),
    "a path starred in stars": (EX + "SELECT (COUNT(*) AS ?n) { ex:n0 ((ex:next*)*)* ?o }", COSTLY),
    "path of many steps": (EX + "SELECT (COUNT(*) AS ?n) { ?a " + "/".join(["ex:near"] * 8) + " ?b }", COSTLY),
    "a path of anything, both ways": (
        "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|!^<urn:x>)* ?b . ?c (!<urn:x>|!^<urn:x>)* ?d }",
        COSTLY,
    ),
    "RAND of a cross product": (f"SELECT (SUM(RAND()) AS ?n) {{ {ALL} }}", COSTLY),
    "UUID of a cross product": (f"SELECT (UUID() AS ?u) (STRUUID() AS ?v) {{ {ALL} }}", (AnswerTooLarge,)),
    "BNODE of a cross product": (f"CONSTRUCT {{ [] ?b ?c }} WHERE {{ {ALL} }}", (AnswerTooLarge, *COSTLY)),
    "hashes of a cross product": (f"SELECT (MAX(SHA512(CONCAT(?c, ?f))) AS ?m) {{ {ALL} }}", COSTLY),
    "DESCRIBE of everything": ("DESCRIBE ?s ?o { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }", (AnswerTooLarge, *COSTLY)),
}
"""Costly ones, each with the errors of which one has to come."""

REFUSED: dict[str, tuple[str, type[KgError]]] = {
    "SERVICE": ("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused),
    "SERVICE after a comment": ("ASK { # x\nSERVICE#y\n<http://127.0.0.1:1/>#z\n{ ?s ?p ?o } }", QueryRefused),
    "SERVICE after a quote in a comment": ("ASK { # it's\n SERVICE <http://h/> { ?s ?p 'x' } }", QueryRefused),
    "SERVICE in small letters": ("ASK { sErViCe <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused),
    "SERVICE as an escape": ("ASK { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused),
    "SERVICE as a long escape": ("ASK { SERV\\U00000049CE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused),
    "SERVICE as escapes only": (
        "ASK { " + "".join(f"\\u{ord(c):04x}" for c in "SERVICE") + " <http://h/> { ?s ?p ?o } }",
        QueryRefused,
    ),
    "SERVICE SILENT ?var": ("SELECT * { ?s ?p ?x SERVICE SILENT ?x { ?s ?p ?o } }", QueryRefused),
    "SERVICE in EXISTS": ("ASK { FILTER EXISTS { SERVICE <http://h/> { ?s ?p ?o } } }", QueryRefused),
    "SERVICE in MINUS": ("ASK { ?s ?p ?o MINUS { SERVICE <http://h/> { ?s ?p ?o } } }", QueryRefused),
    "SERVICE in a subselect": ("ASK { { SELECT * { SERVICE <http://h/> { ?s ?p ?o } } } }", QueryRefused),
    "SERVICE of a prefix": ("PREFIX h: <http://h/> ASK { SERVICE h:sparql { ?s ?p ?o } }", QueryRefused),
    "SERVICE without a space": ("PREFIX : <http://h/> ASK { SERVICE:x { ?s ?p ?o } }", QueryRefused),
    "SERVICE behind a number": ("ASK{?s ?p 1SERVICE<http://h/>{?a ?b ?c}}", QueryRefused),
    "SERVICE behind a mark of order": ("\ufeffASK { SERVICE <http://h/> { ?s ?p ?o } }", QueryRefused),
    "SERVICE with a wide space": ("ASK {\u3000SERVICE\u00a0<http://h/> { ?s ?p ?o } }", QueryRefused),
    "LOAD": ("LOAD <http://127.0.0.1:1/x.ttl>", QueryRefused),
    "LOAD of a file": ("LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:x>", QueryRefused),
    "INSERT DATA": ("INSERT DATA { <urn:a> <urn:b> 1 }", QueryRefused),
    "DELETE WHERE": ("DELETE WHERE { ?s ?p ?o }", QueryRefused),
    "an update behind a query": ("ASK { ?s ?p ?o } ; DROP ALL", QueryRefused),
    "FROM a file": ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", QueryRefused),
    "FROM NAMED elsewhere": ("SELECT * FROM NAMED <http://127.0.0.1:1/> { GRAPH ?g { ?s ?p ?o } }", QueryRefused),
    "FROM, by BASE": ("BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }", QueryRefused),
    "FROM, with a comment between": ("SELECT * FROM#\n<file:///etc/passwd> { ?s ?p ?o }", QueryRefused),
    "half a character": ('ASK { ?s ?p "\ud800" }', QueryRefused),
    "half a character as an IRI": ("ASK { ?s ?p <http://example.org/\udfff> }", QueryRefused),
    "half a character escaped": ('ASK { ?s ?p "\\uD800" }', QueryError),
    "bytes that are not UTF-8": (b"ASK { ?s ?p '\xff\xfe' }".decode("utf-8", "surrogateescape"), QueryRefused),
    "a NUL": ("ASK { ?s ?p \0 }", QueryError),
    "a NUL alone": ("\0", QueryError),
    "nothing": ("", QueryError),
    "brackets by the thousand": ("ASK " + "{" * 10_000 + "}" * 10_000, QueryTooLarge),
    "brackets in an expression": (f"ASK {{ FILTER({wrapped('(', '1', ')', 20_000)}) }}", QueryTooLarge),
    "lists in lists": (f"ASK {{ ?s ?p {wrapped('(', '1', ')', 5_000)} }}", QueryTooLarge),
    "blank nodes in blank nodes": (f"ASK {{ ?s ?p {wrapped('[ ?p ', '1', ']', 5_000)} }}", QueryTooLarge),
    "quoted triples in each other": (f"ASK {{ {wrapped('<< ', '?s', ' ?p ?o >>', 3_000)} ?p ?o }}", QueryTooLarge),
    "functions in functions": (f"ASK {{ FILTER({wrapped('STR(', '?s', ')', 5_000)}) }}", QueryTooLarge),
    "OPTIONAL in OPTIONAL": (f"ASK {{ {wrapped('OPTIONAL {', '?s ?p ?o', '}', 500)} }}", QueryTooLarge),
    "EXISTS in EXISTS": (f"ASK {{ {wrapped('FILTER EXISTS {', '?s ?p ?o', '}', 500)} }}", QueryTooLarge),
    "subselects in each other": (f"ASK {{ {wrapped('{ SELECT * {', '?s ?p ?o', '} }', 500)} }}", QueryTooLarge),
    "UNION after UNION": ("ASK { {} " + "UNION { ?s ?p ?o } " * 5_000 + "}", QueryTooLarge),
    "a sum of 100,000": ("ASK { FILTER(" + "1 + " * 100_000 + "1) }", QueryTooLarge),
    "not not not": ("ASK { FILTER(" + "!" * 100_000 + "true) }", QueryTooLarge),
    "minus minus minus": ("ASK { FILTER(" + "- " * 100_000 + "1) }", QueryTooLarge),
    "a path of 10,000 steps": (EX + "ASK { ?s " + "/".join(["ex:next"] * 10_000) + " ?o }", QueryTooLarge),
    "a path of 10,000 ways": (EX + "ASK { ?s " + "|".join(["ex:next"] * 10_000) + " ?o }", QueryTooLarge),
    "a path starred in stars": (
        EX + f"ASK {{ ?s {wrapped('(', 'ex:next', ')*', 5_000)} ?o }}",
        QueryTooLarge,
    ),
    "200 joins": ("ASK { " + "?s ?p ?o . " * 200 + "}", QueryTooLarge),
    "a literal of 600 kB": (f'ASK {{ ?s ?p "{"a" * 600_000}" }}', QueryTooLarge),
    "100,000 prefixes": ("".join(f"PREFIX p{i}: <urn:{i}> " for i in range(20_000)) + "ASK {}", QueryTooLarge),
    "100,000 variables": ("SELECT " + " ".join(f"?v{i}" for i in range(60_000)) + " {}", QueryTooLarge),
    "300 kB of quotes": ("ASK { ?s ?p " + "'" * 300_001 + " }", QueryError),
    "300 kB of backslashes": ('ASK { ?s ?p "' + "\\" * 300_001 + '" }', QueryError),
    "300 kB of colons": ("ASK { " + ":" * 300_000 + " }", QueryError),
    "300 kB of '<'": ("ASK { " + "<" * 300_000 + " }", QueryTooLarge),
}
"""Those that reach out or break a parser, each with its error, which comes at once."""

ANSWERED: dict[str, tuple[str, object]] = {
    "SERVICE in a text": ("ASK { BIND('SERVICE <http://h/> { }' AS ?x) }", True),
    "SERVICE in a comment": ("ASK { } # SERVICE <http://h/> { ?s ?p ?o }", True),
    "SERVICE in an IRI": ("ASK { BIND(<http://h/SERVICE> AS ?x) }", True),
    "?service and $load": ("ASK { BIND(1 AS ?service) BIND(2 AS $load) FILTER(?service < $load) }", True),
    "LOAD, INSERT, DELETE in a text": ("ASK { FILTER(STRLEN('LOAD INSERT DELETE') = 18) }", True),
    "brackets in a text": (f"ASK {{ FILTER(STRLEN('{'(' * 5_000}') = 5000) }}", True),
    "brackets in a comment": ("ASK { } # " + "{([" * 5_000, True),
    "a quote in a comment": ("ASK { # it's \"\n } # '''", True),
    "FROM in a text": ("ASK { FILTER('FROM <file:///etc/passwd>' != 'x') }", True),
    "FROM this store": ("ASK FROM graph:ring { ?s ?p ?o }", True),
    "a long text": (f"ASK {{ FILTER(STRLEN('{'a' * 400_000}') = 400000) }}", True),
    "characters past the first plane": ("ASK { FILTER(STRLEN('\U0001f600\u0301') = 2) }", True),
    "NUL in a text": ("ASK { FILTER(STRLEN('\\u0000') = 1) }", True),
    "ReDoS on one text": (
        'ASK { FILTER(!REGEX("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "^(a+)+$|^(a|aa)+$|(.*)*b$") '
        "|| true) }",
        True,
    ),
    "a regular expression of gigabytes": (
        'ASK { FILTER(COALESCE(REGEX("a", "((a{1000}){1000}){1000}"), true)) }',
        True,
    ),
    "a group that refers to itself": ('ASK { FILTER(COALESCE(REGEX("aa", "(a)\\\\1"), true)) }', True),
    "a loop of a path": (EX + "SELECT (COUNT(*) AS ?n) { ex:n0 ex:next+ ?o }", 200),
    "a path of 60 ways": (EX + "SELECT (COUNT(DISTINCT ?o) AS ?n) { ex:n0 " + "|".join(["ex:next"] * 60) + " ?o }", 1),
    "60 brackets": (f"ASK {{ FILTER({wrapped('(', '1', ')', 60)}) }}", True),
    "60 prefixes": ("".join(f"PREFIX p{i}: <urn:{i}> " for i in range(60)) + "ASK {}", True),
    "9,000 values": (f"SELECT (COUNT(*) AS ?n) {{ {rows('a', 9_000)} }}", 9_000),
    "a sum of 900": ("SELECT (" + "1 + " * 900 + "1 AS ?n) {}", 901),
    "a number without end": ("SELECT (STRLEN(STR(" + "9" * 10_000 + ")) AS ?n) {}", 10_000),
    "BNODE, UUID and RAND": ("ASK { FILTER(ISBLANK(BNODE()) && ISIRI(UUID()) && RAND() < 1) }", True),
    "division by nothing": ("ASK { FILTER(COALESCE(1/0, true)) }", True),
}
"""Those that only look hostile, each with its truth or its one number ``?n``."""
