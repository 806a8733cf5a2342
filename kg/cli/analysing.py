"""What ``kg analyse`` and ``kg plot`` share: the analyses by name, and the options that choose events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from kg.cli.days import first_day, last_day
from kg.cli.options import Shared, min_confidence
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.analyse import Result


@dataclass(frozen=True, slots=True)
class Analysis:
    """How many actors an analysis takes, and one line on it."""

    least: int
    most: int
    help: str
    """What the actors are for, where there are any."""


ANALYSES: Mapping[str, Analysis] = MappingProxyType(
    {
        "mediators": Analysis(0, 0, "who mediated how often, and betweenness"),
        "coalitions": Analysis(0, 0, "groups that cooperate"),
        "trend": Analysis(2, 2, "monthly score of two actors, and where its level changes"),
        "reciprocity": Analysis(0, 2, "whether acts are returned: of all, of one actor, of two"),
        "dyads": Analysis(0, 0, "who acts on whom, how often and how friendly"),
        "activity": Analysis(0, 1, "events over time, of all or of one actor"),
    }
)
"""Every analysis by the name of its function in ``kg.analyse``."""

_OPTIONS = (
    click.option(
        "--by",
        type=click.Choice(["country", "actor"]),
        default="country",
        show_default=True,
        help="Whether actors count for their country, or each for itself.",
    ),
    click.option(
        "--per",
        type=click.Choice(["day", "week", "month", "year"]),
        help="Period of activity.  [default: month]",
    ),
    click.option("--since", metavar="DATE", callback=first_day, help="Only events that end on this day or later."),
    click.option("--until", metavar="DATE", callback=last_day, help="Only events that begin on this day or earlier."),
    click.option(
        "--status",
        metavar="STATUS",
        multiple=True,
        help="Only events with this status, such as Expected; may be repeated.  [default: those that happened]",
    ),
    min_confidence,
)


def choosing(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose events."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def analysed(
    given: Shared,
    name: str,
    actors: tuple[str, ...],
    *,
    by: str,
    per: str | None,
    since: date | None,
    until: date | None,
    status: tuple[str, ...],
    min_confidence: float,
) -> Result:
    """The result of the analysis with this name.

    Raises:
        UsageError: It takes another number of actors, or no period, or an option is out of its range.
        StoreError: The store cannot be opened.
        QueryError: The store has no such actor.
    """
    import kg.analyse

    analysis = ANALYSES[name]
    if not analysis.least <= len(actors) <= analysis.most:
        raise UsageError(f"{name} takes {_numbers(analysis)}, not {len(actors)}; actors of several words need quotes")
    options: dict[str, Any] = {"by": by, "since": since, "until": until, "min_confidence": min_confidence}
    options["status"] = status or None
    if per is not None:
        if name != "activity":
            raise UsageError(f"--per {per}: {name} has no period; only activity has one")
        options["per"] = per
    with given.open() as store:
        found: Result = getattr(kg.analyse, name)(store, *actors, **options)
    return found


def _numbers(analysis: Analysis) -> str:
    """How many actors, in words.

    >>> _numbers(Analysis(0, 2, "")), _numbers(Analysis(2, 2, "")), _numbers(Analysis(0, 0, ""))
    ('0 to 2 actors', '2 actors', 'no actors')
    """
    if not analysis.most:
        return "no actors"
    return f"{analysis.most} actors" if analysis.least == analysis.most else f"0 to {analysis.most} actors"
