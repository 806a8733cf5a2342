"""Asks the model: with retries, with plainer requests for endpoints that know no schema, and one error a line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Final

from kg.code.llm.answer import Answer, BrokenAnswer, parsed, reply
from kg.code.llm.options import KEY, LlmOptions
from kg.code.llm.schema import SCHEMA
from kg.code.llm.tally import Tally
from kg.code.llm.transport import NoReply, Reply, opener, post
from kg.errors import CoderError

LONGEST_WAIT_S: Final = 60.0
"""Seconds between two tries at most, whatever the endpoint asks for."""
_AGAIN: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""Statuses that may be gone the next time."""
_NEVER: Final = {
    401: f"set {KEY} to a key that it takes",
    402: "the account there has no credit",
    403: f"set {KEY} to a key that may use this model",
    404: "no such address or model; see --llm-url and --llm-model",
}
"""Statuses that every article would meet, with what helps."""
_LONGEST_WORDS = 200

_BY_SCHEMA: Final = {"type": "json_schema", "json_schema": {"name": "events", "strict": True, "schema": SCHEMA}}
_DIALECTS: Final[tuple[dict[str, Any], ...]] = (
    {"temperature": 0, "response_format": _BY_SCHEMA},
    {"response_format": _BY_SCHEMA},
    {"temperature": 0, "response_format": {"type": "json_object"}},
    {},
)
"""How a request is worded, from what binds the model most to what every endpoint takes."""


class Client:
    """One endpoint and one model; may be used from many threads."""

    def __init__(self, options: LlmOptions, tally: Tally, pause: Callable[[float], None] = time.sleep) -> None:
        self.options = options
        self.tally = tally
        self.pause = pause
        self._opener = opener(direct=options.local)
        self._dialect = 0
        self._reached = False
        self._closed: str | None = None

    def ask(self, messages: list[dict[str, str]]) -> Answer:
        """The model's answer.

        Raises:
            CoderError: The endpoint did not give one, with the reason in one line.
        """
        dialect = self._dialect
        while (answer := self._tried(messages, dialect)) is None:
            dialect += 1
        # What one request had to learn the next ones know.
        self._dialect = max(self._dialect, dialect)
        return answer

    def _tried(self, messages: list[dict[str, str]], dialect: int) -> Answer | None:
        """The answer to one wording, tried as often as asked for; None: the endpoint does not take this wording."""
        request = {"model": self.options.model, "messages": messages, **_DIALECTS[dialect]}
        body = json.dumps(request, sort_keys=True).encode("ascii")
        last = dialect + 1 == len(_DIALECTS)
        trouble = ""
        for turn in range(self.options.retries + 1):
            if self._closed is not None:
                raise self._error(self._closed)
            wait_s = min(2.0**turn, LONGEST_WAIT_S)
            try:
                got = self._posted(body)
                if got.status in (400, 422) and not last:
                    return None
                if 200 <= got.status < 300:
                    return self._answer(got)
                trouble = self._refusal(got)
                if got.status not in _AGAIN:
                    raise self._error(trouble)
                wait_s = min(got.retry_after_s or wait_s, LONGEST_WAIT_S)
            except NoReply as error:
                trouble = str(error)
            except BrokenAnswer as error:
                trouble, wait_s = str(error), 0.0
            if turn < self.options.retries and wait_s:
                self.pause(wait_s)
        if not self._reached:
            self._closed = trouble
        raise self._error(f"{trouble}; tried {turn + 1} times" if turn else trouble)

    def _posted(self, body: bytes) -> Reply:
        self.tally.asked()
        options = self.options
        got = post(self._opener, options.endpoint, body, key=options.key, timeout_s=options.timeout_s)
        self._reached = True
        return got

    def _answer(self, got: Reply) -> Answer:
        try:
            content, usage, reason = reply(got.body)
        except BrokenAnswer:
            self.tally.answered(None)
            raise
        self.tally.answered(usage)
        try:
            return parsed(content)
        except BrokenAnswer as error:
            if reason == "length":
                raise BrokenAnswer("the answer was cut off at the endpoint's limit of tokens") from error
            raise

    def _refusal(self, got: Reply) -> str:
        """Why there is no answer; what every article would meet closes the endpoint."""
        if 300 <= got.status < 400:
            to = self._plain(got.headers.get("Location") or "nowhere")
            self._closed = (
                f"{got.status}, sends on to {to}, which is not followed; give that as --llm-url if you trust it"
            )
            return self._closed
        told = f"{got.status}"
        if words := self._plain(_message(got.body)):
            told += f" {words!r}"
        if got.status in _NEVER:
            self._closed = told = f"{told}; {_NEVER[got.status]}"
        return told

    def _error(self, trouble: str) -> CoderError:
        return CoderError(f"{self.options.endpoint}: {trouble}")

    def _plain(self, words: str) -> str:
        """Words of the endpoint for one line of a message: short, printable, without the key."""
        if self.options.key:
            words = words.replace(self.options.key, "***")
        words = " ".join("".join(c if c.isprintable() else " " for c in words).split())
        return words if len(words) <= _LONGEST_WORDS else words[: _LONGEST_WORDS - 1] + "…"


def _message(body: bytes) -> str:
    """What an endpoint says of its error: the field ``message``, or the beginning of the body."""
    text = body[:4000].decode("utf-8", "replace")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    error = found.get("error", found) if isinstance(found, dict) else found
    told = error.get("message") if isinstance(error, dict) else error
    return told if isinstance(told, str) else text
