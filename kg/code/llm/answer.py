"""An endpoint's reply -> the list of events in it, whose form alone is known to be right."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kg.code.llm.schema import SaidEvent
from kg.code.llm.tally import Usage, usage_of

MOST_EVENTS = 200
"""Events of one answer that are looked at."""


class BrokenAnswer(Exception):
    """A reply that holds no answer; asking again may help."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The items of the list ``events``, as JSON."""

    events: list[Any]

    def said(self, drop: Callable[[str], None]) -> Iterator[tuple[int, SaidEvent]]:
        """The items that have the form of an event, with their places in the list from 1."""
        for place, item in enumerate(self.events, 1):
            if place > MOST_EVENTS:
                drop(f"events beyond the first {MOST_EVENTS} of an answer")
                continue
            try:
                yield place, SaidEvent.model_validate(item)
            except ValidationError:
                drop("events not by the schema")


def parsed(content: str) -> Answer:
    """Read an answer; words around the JSON, such as a code fence or a train of thought, are passed over.

    Raises:
        BrokenAnswer: It is no JSON object with a list ``events``.

    >>> parsed('```json\\n{"events": []}\\n```')
    Answer(events=[])
    """
    content = content.rpartition("</think>")[2]
    first, last = content.find("{"), content.rfind("}")
    found = _loaded(content[first : last + 1] if 0 <= first < last else content)
    if not isinstance(found, dict) or not isinstance(found.get("events"), list):
        raise BrokenAnswer("the answer is no object with a list 'events'")
    return Answer(found["events"])


def reply(body: bytes) -> tuple[str, Usage | None, str | None]:
    """Content, tokens and finish reason of a chat completion; the content is '' where there is none.

    Raises:
        BrokenAnswer: The body is no chat completion.
    """
    try:
        found = _loaded(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BrokenAnswer("the reply is not UTF-8") from error
    choices = found.get("choices") if isinstance(found, dict) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise BrokenAnswer("the reply is no chat completion")
    message = choices[0].get("message")
    content = message.get("content") if isinstance(message, dict) else None
    reason = choices[0].get("finish_reason")
    told = content if isinstance(content, str) else ""
    return told, usage_of(found.get("usage")), reason if isinstance(reason, str) else None


def _loaded(text: str) -> Any:
    """The JSON of a text, which is free in form."""
    try:
        return json.loads(text, parse_constant=_finite, parse_float=_finite)
    except RecursionError as error:
        raise BrokenAnswer("the JSON is nested too deeply") from error
    except ValueError as error:
        raise BrokenAnswer("not JSON, or cut off") from error


def _finite(told: str) -> float:
    number = float(told)
    if not math.isfinite(number):
        raise ValueError(f"{told} is no number of JSON")
    return number
