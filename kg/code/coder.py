"""The coders of this project: frames over the parse, or trained heads joined with them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.code.gate import THRESHOLD, about_politics
from kg.code.learned.decide import Bars, Decider
from kg.code.learned.net import Net, shared
from kg.code.learned.scene import View
from kg.code.learned.threads import one_thread
from kg.code.notes import Notes
from kg.code.reading import Reading
from kg.lexicon.frames import Frames, load_frames
from kg.model import Agreement, Annotated, Event, Link, Tree

_NO_FRAMES = Frames((), {}, {})


class FrameCoder:
    """Codes articles with the frames of the lexicon.

    Args:
        frames: None: the shipped ones.
        final: whether third parties are set apart; not so in what the heads learn from.
    """

    def __init__(self, frames: Frames | None = None, *, final: bool = True) -> None:
        self.frames = frames or load_frames()
        self.final = final

    def __call__(self, annotated: Annotated, links: Sequence[Link]) -> tuple[tuple[Event, ...], tuple[Agreement, ...]]:
        """The events of an article, each with one mention, and its agreements.

        Args:
            annotated: the article with its parse.
            links: whom its mentions mean, from ``kg.resolve``.
        """
        if about_politics(annotated.tokens) < THRESHOLD:
            return (), ()
        reading = Reading(self.frames, Tree(annotated), links, final=self.final)
        reading.run()
        return reading.result()


class TrainedCoder:
    """Codes articles with the trained heads, and with the frames for what the heads do not tell.

    Args:
        net: encoder and heads; None: the shipped ones.
        frames: None: the shipped ones.
        bars: what to take; None: what the weights come with.
        structure: whether frames add structure; without, they are only among what the heads see.
    """

    def __init__(
        self,
        net: Net | None = None,
        *,
        frames: Frames | None = None,
        bars: Bars | None = None,
        structure: bool = True,
    ) -> None:
        self.net = net or shared()
        self.frames = frames or load_frames()
        self.structure = self.frames if structure else _NO_FRAMES
        self.bars = bars or Bars(**self.net.bars)

    def __call__(self, annotated: Annotated, links: Sequence[Link]) -> tuple[tuple[Event, ...], tuple[Agreement, ...]]:
        """The events of an article, each with one mention, and its agreements.

        Args:
            annotated: the article with its parse.
            links: whom its mentions mean, from ``kg.resolve``.
        """
        reading = self.read(annotated, links)
        return reading.result() if reading is not None else ((), ())

    def read(self, annotated: Annotated, links: Sequence[Link], notes: Notes | None = None) -> Reading | None:
        """The article as read, with what led to each event; None where it is not about politics.

        Args:
            annotated: the article with its parse.
            links: whom its mentions mean, from ``kg.resolve``.
            notes: where to write down what was weighed and not taken; None: nobody asks.
        """
        politics = about_politics(annotated.tokens)
        if notes is not None:
            notes.politics = politics
        if politics < THRESHOLD:
            return None
        tree = Tree(annotated)
        first = Reading(self.frames, tree, links, final=False)
        first.run()
        with one_thread():
            decider = Decider(self.net, View(annotated, links, first.events, tree), self.bars, notes)
            reading = Reading(self.structure, tree, links, decider, notes)
        reading.run()
        return reading
