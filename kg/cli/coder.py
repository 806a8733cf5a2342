"""The options of ``kg build`` that choose a coder and, for one that asks a language model, whom it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import Shared
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.code.coders import Coder
    from kg.code.llm import LlmOptions

_DEFAULT = "trained"

_OPTIONS = (
    click.option("--coder", metavar="NAME", default=_DEFAULT, show_default=True,
                 help="trained: heads and rules, here. llm: a language model at --llm-url gets the articles' text."),
    click.option("--llm-url", metavar="URL",
                 help="OpenAI-compatible API, such as http://127.0.0.1:11434/v1; its key in KG_LLM_KEY."),
    click.option("--llm-model", metavar="NAME", help="The model, as that API names it."),
    click.option("--llm-cache", metavar="DIR", help="Folder of its answers.  [default: beside the store]"),
    click.option("--llm-parallel", metavar="N", type=int, help="Requests at a time.  [default: 4]"),
    click.option("--llm-timeout", "llm_timeout_s", metavar="SECONDS", type=float,
                 help="Longest time for one request.  [default: 120]"),
    click.option("--llm-retries", metavar="N", type=int,
                 help="How often a failed request is made again.  [default: 3]"),
    click.option("--llm-price", metavar="IN,OUT", help="Price of a million tokens sent and received."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """The coder that a user asked for; ``llm`` holds the --llm options that were given, by name."""

    name: str
    llm: dict[str, Any]

    def coder(self, store: str | None) -> Coder | None:
        """The coder; None: the default one, which may run in several processes.

        Args:
            store: where the graph goes, as the user named it.

        Raises:
            UsageError: The coder is unknown, or the options do not fit it.
            CoderError: It cannot be set up.
        """
        from kg.code.coders import make_coder

        if self.name == _DEFAULT and not self.llm:
            return None
        return make_coder(self.name, self._options(store) if self.llm else None)

    def _options(self, store: str | None) -> LlmOptions:
        from kg.code.llm import LlmOptions
        from kg.code.llm.options import price_of

        given = dict(self.llm)
        if missing := [o for o in ("url", "model") if o not in given]:
            raise UsageError(f"--llm-{missing[0]} is missing; whom to ask is not guessed")
        given["cache"] = Path(given["cache"]) if "cache" in given else beside(store)
        if "price" in given:
            given["price"] = price_of(given["price"])
        return LlmOptions(**given)

    def report(self, given: Shared, coder: Coder | None) -> None:
        """Tell on stderr what a language model was asked and what that cost."""
        from kg.code.llm import LlmCoder

        if isinstance(coder, LlmCoder):
            for line in coder.tally.lines(coder.options.price):
                given.say(f"{coder.options.model}: {line}")


def beside(store: str | None) -> Path | None:
    """The folder of answers next to a store; None for a store in memory, of which nothing is kept.

    >>> beside("news").name
    'news-llm'
    """
    from kg.store import DEFAULT_LOCATION, MEMORY

    if store == MEMORY:
        return None
    place = Path(store or DEFAULT_LOCATION).resolve()
    return place.with_name(f"{place.name}-llm")


def coder_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of coders; its function gets them as one ``Chosen``, named ``chosen``."""

    @wraps(function)
    def command(*args: Any, coder: str, **own: Any) -> None:
        llm = {name.removeprefix("llm_"): own.pop(name) for name in list(own) if name.startswith("llm_")}
        function(*args, chosen=Chosen(coder, {k: v for k, v in llm.items() if v is not None}), **own)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command
