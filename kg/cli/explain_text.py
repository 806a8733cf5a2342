"""What ``kg explain`` prints: one article in words and colours, or as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.output import escaped

if TYPE_CHECKING:
    from kg.code.explained import CodedEvent, CodedParticipant, Explained, ExplainedSentence, Rejected, Weighed

COLOURS = {"trigger": "red", "mention": "cyan", "time": "yellow", "coded": "green", "not taken": "magenta"}
"""What each colour stands for."""
_WIDE = 9


def as_text(told: Explained) -> str:
    """One article sentence by sentence, as text that ends in a line break."""
    first = [_bold(escaped(told.id)), told.published or "no date of publication", *([told.title] if told.title else [])]
    lines = ["  ".join([first[0], *map(escaped, first[1:])])]
    verdict = "about politics" if told.about_politics else "not about politics, so nothing is coded"
    lines.append(f"{verdict}: {told.politics:.2f}, the bar is {told.bar:.2f}")
    lines += [f"warning: {escaped(warning)}" for warning in told.warnings]
    for sentence in told.sentences:
        lines += ["", *_sentence(sentence)]
    return "\n".join(lines) + "\n"


def as_json(told: Explained) -> str:
    """One article as a JSON object on one line."""
    return json.dumps(asdict(told), ensure_ascii=False) + "\n"


def _sentence(sentence: ExplainedSentence) -> Iterator[str]:
    text = "".join(_coloured(_flat(words), kind) for words, kind in sentence.pieces())
    yield f"{_bold(str(sentence.number))}  {text}"
    for seen in sentence.mentions:
        whom = " and ".join(seen.whom) or "nobody known"
        told = f"{_quoted(seen.words.text)} is {escaped(whom)} ({escaped(seen.rule)}, {seen.certainty:.2f})"
        yield _row("mention", told)
    for time in sentence.times:
        yield _row("time", f"{_quoted(time.words.text)} is {escaped(time.edtf)} ({time.kind})")
    for event in sentence.events:
        yield from _event(event)
    for rejected in sentence.rejected:
        yield _row("not taken", _rejected(rejected))


def _event(event: CodedEvent) -> Iterator[str]:
    kind = f"{event.type}{' ' + event.mode if event.mode else ''}"
    told = f"{_bold(kind)} {_quoted(event.trigger.text)}, {event.status}, confidence {event.confidence:.2f}"
    yield _row("coded", told)
    score = f", trigger {event.score:.2f}" if event.score is not None else ""
    score += f" for {event.score_of}" if event.score_of not in (None, event.type) else ""
    yield _inner("by", f"{event.by}: {escaped(event.rule)}{score}")
    for name, weighed in (("modes", event.modes), ("statuses", event.statuses), ("dates", event.dates)):
        if weighed:
            yield _inner(name, _weighed(weighed))
    word = f", by {_quoted(event.reason_words.text)}" if event.reason_words else ""
    polarity = "" if event.positive else ", did not happen"
    yield _inner("told as", f"{event.factuality}{polarity}: {escaped(event.reason)}{word}")
    yield _inner("says", escaped(", by word of ".join(event.says)) or "the narrator")
    for participant in event.participants:
        yield _inner(participant.role, _participant(participant))
    words = f" from {_quoted(event.when_words)}" if event.when_words else ""
    yield _inner("when", escaped(event.when) + words if event.when else "not dated")
    if event.place:
        yield _inner("place", escaped(event.place))
    if event.same_as:
        yield _inner("same as", f"the event {event.same_as}, told before")


def _participant(participant: CodedParticipant) -> str:
    words = _quoted(participant.words.text) if participant.words else "implied"
    country = f" ({participant.country})" if participant.country else ""
    return f"{escaped(participant.name)}{escaped(country)}: {words}, {participant.score:.2f} by {participant.by}"


def _rejected(rejected: Rejected) -> str:
    score = f" {rejected.score:.2f}" if rejected.score is not None else ""
    if rejected.what == "participant":
        return f"{escaped(rejected.name)} as {escaped(rejected.of or '')}{score}: {escaped(rejected.why)}"
    words = _quoted(rejected.words.text) if rejected.words else ""
    return f"{rejected.what} {words} as {escaped(rejected.name)}{score}: {escaped(rejected.why)}"


def _weighed(many: Sequence[Weighed]) -> str:
    return ", ".join(f"{'none' if w.value is None else escaped(_flat(w.value))} {w.probability:.2f}" for w in many)


def _row(name: str, told: str) -> str:
    return f"   {_coloured(f'{name:<{_WIDE}}', name)}  {told}"


def _inner(name: str, told: str) -> str:
    return f"      {name:<{_WIDE}} {told}"


def _quoted(text: str) -> str:
    return f'"{escaped(_flat(text))}"'


def _flat(text: str) -> str:
    """The text on one line, as long as it was.

    >>> _flat("one\\ntwo")
    'one two'
    """
    return "".join(" " if c.isspace() else c for c in text)


def _coloured(text: str, kind: str) -> str:
    """The text in the colour of its kind; plain where NO_COLOR is set, and click strips it where nobody looks."""
    shown = escaped(text)
    if kind not in COLOURS or os.environ.get("NO_COLOR"):
        return shown
    return click.style(shown, fg=COLOURS[kind], bold=kind in ("trigger", "coded") or None)


def _bold(text: str) -> str:
    return text if os.environ.get("NO_COLOR") else click.style(text, bold=True)
