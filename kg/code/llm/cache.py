"""Answers that were given before, one JSON file each, so that no question is paid for twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.code.llm.answer import Answer
from kg.errors import CoderError
from kg.files import write_whole


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """A folder of answers by content: the same model, instructions and text give the same file."""

    folder: Path
    model: str
    prompt: str
    """Version of the instructions."""

    def prepare(self) -> None:
        """Make the folder.

        Raises:
            CoderError: It cannot be made, or a file is in the way.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CoderError(
                f"{self.folder}: no folder for answers ({error.strerror}); name one with --llm-cache"
            ) from error

    def key(self, question: str) -> str:
        """The name of the answer to a question: 64 hexadecimal digits."""
        told = json.dumps([self.model, self.prompt, question])
        return sha256(told.encode("ascii")).hexdigest()

    def get(self, question: str) -> Answer | None:
        """The answer given before; None where there is none, or what is there is none."""
        try:
            kept = json.loads(self._path(question).read_text("ascii"))
            events = kept["answer"]["events"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            # Asking again mends what someone broke.
            return None
        return Answer(events) if isinstance(events, list) else None

    def put(self, question: str, answer: Answer) -> None:
        """Keep an answer, whole or not at all.

        Raises:
            OSError: The disk refuses.
        """
        kept = {"answer": {"events": answer.events}, "model": self.model, "prompt": self.prompt}
        write_whole(self._path(question), [json.dumps(kept, sort_keys=True, indent=1).encode("ascii"), b"\n"])

    def _path(self, question: str) -> Path:
        return self.folder / f"{self.key(question)}.json"
