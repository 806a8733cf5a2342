"""The named questions: ``questions/*.rq``, each a SPARQL text with its title and parameters in its header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError, UsageError, unknown

FOLDER = Path(__file__).parent / "questions"
TYPES = ("text", "actor", "country", "type", "status", "figure", "date", "number", "confidence")
GROUPS = (
    "What happened",
    "How many",
    "Planned, denied, disputed",
    "Agreements",
    "Actors",
    "Sources and evidence",
    "Others",
)
"""Under which the questions are offered, in this order."""
_HEADER = re.compile(r"#\s*(\w+):\s*(.*)")
_PARAM = re.compile(r"(\w+)\s+(\w+)(?:\s+(\S+))?\s+--\s+(.+)")
_TABLE = re.compile(r"([\w-]+)\s+(\w+)\s+(\w+)\s+--\s+(.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question; ``type`` is one of ``TYPES``, ``default`` None restricts nothing."""

    name: str
    type: str
    default: str | None
    help: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be asked by its name.

    ``tables`` are the vocabulary's own figures that the question needs: name and two columns each. ``group`` is one
    of ``GROUPS``.
    """

    name: str
    title: str
    description: str
    example: str
    sparql: str
    parameters: tuple[Parameter, ...] = ()
    tables: tuple[tuple[str, str, str], ...] = ()
    group: str = GROUPS[-1]

    def parameter(self, name: str) -> Parameter:
        """The parameter of this name.

        Raises:
            UsageError: The question has no such parameter.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        if not self.parameters:
            raise UsageError(f"question {self.name!r} takes no parameters, and {name!r} was given")
        raise UsageError(unknown(f"parameter of {self.name!r}", name, (p.name for p in self.parameters)))


def names() -> tuple[str, ...]:
    """The names of all questions, sorted.

    >>> "mediators" in names()
    True
    """
    return tuple(sorted(path.stem for path in FOLDER.glob("*.rq")))


def questions() -> tuple[Question, ...]:
    """All named questions, by name.

    >>> len(questions()) >= 24
    True
    """
    return tuple(question(name) for name in names())


def question(name: str) -> Question:
    """The question of this name.

    Raises:
        UsageError: There is none, with the nearest name.

    >>> question("phone-calls").title
    'Who spoke with whom by telephone'
    """
    known = names()
    if name not in known:
        raise UsageError(unknown("question", name, known))
    return read_question(name, (FOLDER / f"{name}.rq").read_text(encoding="utf-8"))


def read_question(name: str, text: str) -> Question:
    """The question that the text of an ``.rq`` file holds; its header is the comment lines at the top.

    Raises:
        QueryError: The header is not complete, or a parameter is not well formed.

    >>> read_question("q", "# title: T\\n# description: D\\n# example: kg query q\\nASK {}").title
    'T'
    """
    header: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _HEADER.fullmatch(line)
        if not match:
            break
        if match[1] not in {"title", "description", "example", "group", "param", "table"}:
            raise QueryError(f"{name}.rq:{number}: {match[1]!r} is not a header; write title, param, ...")
        header.setdefault(match[1], []).append(match[2])
    for key in ("title", "description", "example"):
        if key not in header:
            raise QueryError(f"{name}.rq: no {key!r} in the header; add a line '# {key}: ...'")
    group = header.get("group", GROUPS[-1:])[0]
    if group not in GROUPS:
        raise QueryError(f"{name}.rq: {group!r} is not a group; write one of {', '.join(GROUPS)}")
    return Question(
        name=name,
        title=header["title"][0],
        description=" ".join(header["description"]),
        example=header["example"][0],
        sparql=text,
        parameters=tuple(_parameter(name, line) for line in header.get("param", [])),
        tables=tuple(_table(name, line) for line in header.get("table", [])),
        group=group,
    )


def _parameter(name: str, line: str) -> Parameter:
    match = _PARAM.fullmatch(line)
    if not match or match[2] not in TYPES:
        raise QueryError(
            f"{name}.rq: {line!r} is not a parameter; write NAME TYPE [DEFAULT] -- HELP, with one of {', '.join(TYPES)}"
        )
    return Parameter(match[1], match[2], match[3], match[4])


def _table(name: str, line: str) -> tuple[str, str, str]:
    match = _TABLE.fullmatch(line)
    if not match:
        raise QueryError(f"{name}.rq: {line!r} is not a table; write NAME COLUMN COLUMN -- HELP")
    return match[1], match[2], match[3]
