"""Records as a notebook shows them: HTML of which every word is escaped and nothing is a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model.answer import Answer, Term
    from kg.model.event import Event, EventMention, Participant

ROWS = 50
"""How many rows of an answer are shown, and how many mentions of an event."""
COLUMNS = 30
CELL = 300
"""How many characters of one value are shown."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Characters that are not seen but change what is: control, direction, half of a surrogate pair."""


def answer_html(answer: Answer) -> str:
    """The answer as a table of at most ``ROWS`` rows and ``COLUMNS`` columns, and what was left out in words.

    >>> from kg.model.answer import Answer
    >>> answer_html(Answer("ask", truth=True))
    '<p>yes</p>'
    """
    if answer.kind == "ask":
        return "<p>yes</p>" if answer.truth else "<p>no</p>"
    head = _row("th", answer.columns[:COLUMNS])
    body = "".join(_terms(row[:COLUMNS]) for row in answer.rows[:ROWS])
    wide = len(answer.columns) - COLUMNS
    more = [_more(len(answer.rows) - ROWS, "row"), _more(wide, "column")]
    if not answer.rows:
        more = ["<p>no rows</p>"]
    return f"<table>{head}{body}</table>{''.join(more)}"


def event_html(event: Event) -> str:
    """The event as a small table: what, who, when, where, how sure, and the quotes that it rests on.

    >>> from kg.model.event import Event, Status
    >>> html = event_html(Event(key="0", type="CONSULT", label="<b>talks</b>", status=Status.EXPECTED))
    >>> "<b>" in html, "Expected" in html
    (False, True)
    """
    kind = f"{event.type}, {event.mode}" if event.mode else event.type
    roles = [("actors", event.actors), ("recipients", event.recipients), *_third(event.third_parties)]
    rows = [
        ("type", kind + (f" (CAMEO {event.cameo})" if event.cameo else "")),
        ("status", str(event.status)),
        *((role, "; ".join(dict.fromkeys(p.actor.name for p in people))) for role, people in roles),
        ("when", event.when.edtf if event.when else ""),
        ("where", event.place.name if event.place else ""),
        ("confidence", f"{event.confidence:.2f}" if event.mentions else ""),
        ("key", event.key),
    ]
    head = f"<tr><th colspan='2' style='text-align:left'>{_safe(event.label)}</th></tr>"
    body = "".join(_row("td", row) for row in rows if row[1])
    quotes = "".join(f"<li>{_mention(mention)}</li>" for mention in event.mentions[:ROWS])
    more = _more(len(event.mentions) - ROWS, "mention")
    return f"<table>{head}{body}</table>" + (f"<ul>{quotes}</ul>{more}" if quotes else "")


def _third(people: Iterable[Participant]) -> list[tuple[str, list[Participant]]]:
    found: dict[str, list[Participant]] = {}
    for person in people:
        found.setdefault(person.role, []).append(person)
    return sorted(found.items())


def _mention(mention: EventMention) -> str:
    sources = ", ".join(p.actor.name for p in mention.attributed_to)
    how = str(mention.factuality).lower() if mention.positive else f"not {str(mention.factuality).lower()}"
    said = f"; so says {sources}" if sources else ""
    return f"<q>{_safe(mention.quote)}</q> ({_safe(how + said)})"


def _terms(row: Sequence[Term | None]) -> str:
    cells = []
    for term in row:
        if term is None:
            cells.append("<td></td>")
        elif term.kind == "iri":
            cells.append(f"<td style='text-align:left' title='{_safe(term.value)}'>{_safe(_last(term.value))}</td>")
        else:
            cells.append(f"<td style='text-align:left'>{_safe(term.value)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _row(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag} style='text-align:left'>{_safe(cell)}</{tag}>" for cell in cells) + "</tr>"


def _last(iri: str) -> str:
    """The end of an IRI, after a sign that something is left out; the whole is in the cell's title.

    >>> _last("https://w3id.org/dekg/id/entity/qatar"), _last("urn:x")
    ('…/qatar', 'urn:x')
    """
    at = max(iri.rstrip("/#").rfind("/"), iri.rfind("#", 0, -1))
    return "…" + iri[at:] if at > 0 else iri


def _more(count: int, noun: str) -> str:
    return f"<p>… and {count:,} more {noun}{'' if count == 1 else 's'}</p>" if count > 0 else ""


def _safe(text: str) -> str:
    cut = text if len(text) <= CELL else text[: CELL - 1] + "…"
    return escape(_UNSEEN.sub("\ufffd", cut))
