"""Merged events in words and as JSON: their reports, what was compared, and what stayed out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from kg.cli.output import counted, escaped, heading
from kg.link import START, THRESHOLD, points
from kg.vocab.iris import event_iri

if TYPE_CHECKING:
    from kg.link import Comparison, Links, Near, Report, Why

_WIDE = 100
_WITHIN = (
    "What one article tells more than once was joined when the article was coded, by the same participants and "
    "the same words, sides or day; that cannot be split."
)


def as_list(links: Links, width: int | None) -> str:
    """The merged events as a table that ends in a line break, those that most articles tell first."""
    from kg.model import Answer, Term
    from kg.query import render

    rows = sorted(_rows(links), key=lambda row: (-row[1], -row[2], row[-1]))
    if not rows:
        return "No event is told more than once.\n"
    table = tuple(tuple(Term("literal", str(cell)) for cell in row) for row in rows)
    return render(Answer("select", ("event", "reports", "mentions", "score", "key"), table), width=width)


def _rows(links: Links) -> Iterator[tuple[str, int, int, float | str, str]]:
    for reports in links.merged():
        score = links.score(reports) if len(reports) > 1 else ""
        mentions = sum(len(r.event.mentions) for r in reports)
        yield reports[0].event.label, len(reports), mentions, score, reports[0].key


def list_as_json(links: Links) -> str:
    """The merged events as JSON, with the keys of their reports."""
    return _json(
        [
            {
                "event": event_iri(reports[0].key),
                "label": reports[0].event.label,
                "score": links.score(reports),
                "reports": [r.key for r in reports],
                "articles": sorted({links.articles[a].id for r in reports for a in r.articles}),
            }
            for reports in links.merged()
        ]
    )


def as_text(why: Why) -> str:
    """Why an event's reports were joined, in words."""
    first = why.reports[0].event
    articles = {a for r in why.reports for a in r.articles}
    lines = [
        f"{heading(escaped(first.label))}  {why.key}",
        f"{counted(len(why.reports), 'report')} in {counted(len(articles), 'article')}",
    ]
    for number, report in enumerate(why.reports, start=1):
        lines += ["", *map(escaped, _report(f"{number}.", report, why))]
    if any(len(r.event.mentions) > 1 for r in why.reports):
        lines += ["", *_wrapped(_WITHIN, 2)]
    if why.pairs:
        lines += ["", heading("Why they are one event")]
    for i, j, comparison in why.pairs:
        hand = ", joined by a user" if (i, j) in why.by_hand else ""
        lines += ["", f"  {i + 1} and {j + 1}: {comparison.score:.2f}{hand}", *map(escaped, _parts(comparison))]
    lines += ["", heading("Nearest reports that were not joined")]
    for near in why.nearest:
        lines += ["", *map(escaped, _near(near, why))]
    return "\n".join(lines if why.nearest else [*lines[:-1], "No other report of this type names one of the parties."])


def _report(mark: str, report: Report, why: Why) -> list[str]:
    lines: list[str] = []
    for mention in report.event.mentions:
        article = why.articles[mention.article]
        told = ", ".join(str(t) for t in (article.id, article.published, article.publisher) if t)
        if not lines:
            lines.append(f"  {mark} {report.key}  {told}")
        lines += _wrapped(f'"{mention.quote}"', 5)
        lines += [f"     told by {mention.trigger!r}"]
    return lines


def _parts(comparison: Comparison) -> list[str]:
    if comparison.vetoes:
        return [f"     ruled out   {p.trait}: {p.words}" for p in comparison.vetoes]
    told = sorted((p for p in comparison.parts if p.value), key=lambda p: -abs(points(p)))
    return [
        f"     {START:+5.1f}  to begin with: two reports of one type and status",
        *(f"     {points(p):+5.1f}  {p.trait}: {p.words}" for p in told),
    ]


def _near(near: Near, why: Why) -> list[str]:
    return [
        *_report("-", near.report, why),
        *_wrapped(f"not joined, compared with {near.to + 1}: {near.why}", 5),
    ]


def _wrapped(text: str, indent: int) -> list[str]:
    room = " " * indent
    return fill(" ".join(text.split()), _WIDE, initial_indent=room, subsequent_indent=room).splitlines()


def as_json(why: Why) -> str:
    """The same as JSON; reports are numbered from 1."""
    return _json(
        {
            "event": event_iri(why.key),
            "label": why.reports[0].event.label,
            "threshold": THRESHOLD,
            "reports": [_report_object(r, why) for r in why.reports],
            "pairs": [
                {"reports": [i + 1, j + 1], "by_hand": (i, j) in why.by_hand, **_comparison(c)} for i, j, c in why.pairs
            ],
            "not_joined": [
                {
                    **_report_object(n.report, why),
                    "event": event_iri(n.event),
                    "nearest_to": n.to + 1,
                    "why": n.why,
                    **_comparison(n.comparison),
                }
                for n in why.nearest
            ],
        }
    )


def _report_object(report: Report, why: Why) -> dict[str, object]:
    return {
        "key": report.key,
        "status": str(report.event.status),
        "mentions": [
            {
                "article": why.articles[m.article].id,
                "published": _day(why.articles[m.article].published),
                "publisher": why.articles[m.article].publisher,
                "quote": m.quote,
                "start": m.span.start,
                "end": m.span.end,
                "trigger": m.trigger,
            }
            for m in report.event.mentions
        ],
    }


def _comparison(comparison: Comparison) -> dict[str, object]:
    return {
        "score": comparison.score,
        "parts": [
            {"trait": p.trait, "value": p.value, "points": round(points(p), 3), "words": p.words, "rules_out": p.veto}
            for p in comparison.parts
        ],
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _json(value: dict[str, object] | Sequence[dict[str, object]]) -> str:
    return json.dumps(value, indent=2)
