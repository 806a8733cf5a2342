"""How events are worded: one TOML file an event type, read into frames."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import LexiconError, unknown
from kg.paths import lexicon_dir

# fmt: off
SLOTS = frozenset({
    "subject", "object", "dative", "clause", "cause", "poss", "mod", "from", "to", "with", "on", "against",
    "by", "between", "of", "at", "in", "into", "over", "for", "toward", "upon", "among", "about", "near",
    "inside", "outside", "behind", "through", "under", "via", "after", "before", "across", "around",
    "along", "alongside", "beside", "self",
})
# fmt: on
"""Where a participant may stand: grammatical functions and prepositions."""
REQUIREMENTS = frozenset({"actor", "recipient", "either", "two", "foreign", "person", "none"})
EMBEDS = frozenset(
    {
        "Promised",
        "Invited",
        "Scheduled",
        "Intended",
        "Agreed",
        "Requested",
        "Desired",
        "Proposed",
        "Conditional",
        "Asserted",
        "Presupposed",
        "Denied",
    }
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that trigger a frame: a head and, with it, words that hang on it (or must not).

    Each item is a set of alternative lemmas.
    """

    pos: str
    """verb or noun."""
    head: frozenset[str]
    needs: tuple[frozenset[str], ...] = ()
    bars: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence and the event that it must give, by names of actors and recipients."""

    text: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: str = "occurred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way to say one kind of event, and where its participants stand.

    ``actor`` and ``recipient`` list slots in order of preference: the first that holds somebody is taken.
    """

    id: str
    type: str
    mode: str | None = None
    cameo: str | None = None
    patterns: tuple[Pattern, ...] = ()
    actor: tuple[str, ...] = ("subject",)
    recipient: tuple[str, ...] = ()
    third: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Role (mediator, host ...) and its slots."""
    reciprocal: bool = False
    """Both sides are actors; there is no recipient."""
    requires: frozenset[str] = frozenset({"actor"})
    """actor, recipient, either, two (participants in all), person, none."""
    embeds: str | None = None
    """How events in its complement are presented; None: they stand on their own."""
    carriers: frozenset[str] = frozenset()
    """For nouns: the verbs that must govern the noun; empty: any, or none."""
    ongoing: bool = False
    instrument: str | None = None
    agreement: str | None = None
    """Kind of agreement that the event brings about, if any: ceasefire, treaty, deal, memorandum."""
    change: str | None = None
    """Status of an agreement after it: Agreed, InForce, Extended, Suspended, Violated, Terminated, Expired."""
    confidence: float = 0.6
    examples: tuple[Example, ...] = ()
    none: tuple[str, ...] = ()
    """Sentences in which the frame must not fire."""


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames, by id and by the lemma of the trigger's head."""

    all: tuple[Frame, ...]
    verbs: Mapping[str, tuple[tuple[Frame, Pattern], ...]]
    nouns: Mapping[str, tuple[tuple[Frame, Pattern], ...]]

    @property
    def ids(self) -> Mapping[str, Frame]:
        """The frames by id."""
        return {f.id: f for f in self.all}


@cache
def load_frames(folder: Path | None = None) -> Frames:
    """Read the frame files.

    Args:
        folder: where the TOML files lie; None: the shipped ones.

    Raises:
        LexiconError: a file is not TOML, or a frame has an unknown key, slot or value.

    >>> load_frames().ids["consult.visit"].mode
    'visit'
    """
    frames: list[Frame] = []
    for path in sorted((folder or lexicon_dir() / "frames").glob("*.toml")):
        frames += read_frames(path)
    seen: dict[str, Frame] = {}
    for frame in frames:
        if frame.id in seen:
            raise LexiconError(f"frames: {frame.id!r} stands twice; give one of them another id")
        seen[frame.id] = frame
    return Frames(tuple(frames), _index(frames, "verb"), _index(frames, "noun"))


def frames_version(folder: Path | None = None) -> str:
    """12 hexadecimal digits that change with any frame file or word list."""
    base = folder or lexicon_dir()
    files = [*sorted((base / "frames").glob("*.toml")), *sorted((base / "words").glob("*.toml"))]
    return sha256(b"\0".join(f.read_bytes() for f in files)).hexdigest()[:12]


def _index(frames: list[Frame], pos: str) -> dict[str, tuple[tuple[Frame, Pattern], ...]]:
    index: dict[str, list[tuple[Frame, Pattern]]] = {}
    for frame in frames:
        for pattern in frame.patterns:
            if pattern.pos == pos:
                for lemma in sorted(pattern.head):
                    index.setdefault(lemma, []).append((frame, pattern))
    # The most demanding pattern is tried first: "call for" before "call".
    return {k: tuple(sorted(v, key=lambda fp: -len(fp[1].needs))) for k, v in index.items()}


def read_frames(path: Path) -> list[Frame]:
    """Read one frame file.

    Raises:
        LexiconError: with file, frame and what would be right.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: not TOML: {error}") from error
    kind = data.get("type")
    if not isinstance(kind, str):
        raise LexiconError(f"{path.name}: no 'type' at the top; write type = \"CONSULT\" or the like")
    return [_frame(path.name, kind, raw) for raw in data.get("frame", [])]


# fmt: off
_KEYS = frozenset({
    "id", "mode", "cameo", "verbs", "nouns", "carriers", "actor", "recipient", "third", "reciprocal", "requires",
    "embeds", "ongoing", "instrument", "agreement", "change", "confidence", "examples", "none",
})
# fmt: on


def _frame(file: str, kind: str, raw: Mapping[str, Any]) -> Frame:
    where = f"{file}: frame {raw.get('id', '?')!r}"
    for key in raw:
        if key not in _KEYS:
            raise LexiconError(f"{where}: {unknown('key', key, _KEYS)}")
    slots = [*raw.get("actor", []), *raw.get("recipient", [])]
    slots += [s for many in raw.get("third", {}).values() for s in many]
    for slot in slots:
        if slot not in SLOTS:
            raise LexiconError(f"{where}: {unknown('slot', slot, SLOTS)}")
    for need in raw.get("requires", []):
        if need not in REQUIREMENTS:
            raise LexiconError(f"{where}: {unknown('requirement', need, REQUIREMENTS)}")
    if raw.get("embeds") is not None and raw["embeds"] not in EMBEDS:
        raise LexiconError(f"{where}: {unknown('factuality', raw['embeds'], EMBEDS)}")
    try:
        patterns = [_pattern("verb", w) for w in raw.get("verbs", [])]
        patterns += [_pattern("noun", w) for w in raw.get("nouns", [])]
        return Frame(
            id=raw["id"],
            type=kind,
            mode=raw.get("mode"),
            cameo=raw.get("cameo"),
            patterns=tuple(patterns),
            actor=tuple(raw.get("actor", ("subject",))),
            recipient=tuple(raw.get("recipient", ())),
            third=tuple((role, tuple(s)) for role, s in raw.get("third", {}).items()),
            reciprocal=raw.get("reciprocal", False),
            requires=frozenset(raw.get("requires", ("actor",))),
            embeds=raw.get("embeds"),
            carriers=frozenset(raw.get("carriers", ())),
            ongoing=raw.get("ongoing", False),
            instrument=raw.get("instrument"),
            agreement=raw.get("agreement"),
            change=raw.get("change"),
            confidence=float(raw.get("confidence", 0.6)),
            examples=tuple(
                Example(
                    text=e["text"],
                    actors=tuple(e.get("actors", ())),
                    recipients=tuple(e.get("recipients", ())),
                    status=e.get("status", "occurred"),
                )
                for e in raw.get("examples", [])
            ),
            none=tuple(raw.get("none", ())),
        )
    except KeyError as error:
        raise LexiconError(f"{where}: no {error} given") from error


def _pattern(pos: str, words: str) -> Pattern:
    """Verb patterns begin with their head ("call on"), noun patterns end with it ("phone call")."""
    items = words.split()
    bars = frozenset(b for w in items if w.startswith("-") and len(w) > 1 for b in w[1:].split("|"))
    kept = [frozenset(w.split("|")) for w in items if not (w.startswith("-") and len(w) > 1)]
    head = kept.pop(0) if pos == "verb" else kept.pop()
    return Pattern(pos, head, tuple(kept), bars)
