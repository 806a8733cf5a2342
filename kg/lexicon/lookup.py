"""Search the lexicon by a name as one half remembers it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from kg.lexicon.keys import name_key
from kg.lexicon.lexicon import Lexicon
from kg.lexicon.offices import Office
from kg.model import Actor, Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer to a search: an actor or a place, with all its names and offices."""

    entity: Actor | Place
    match: str
    """id, exact, prefix, part or close."""
    matched: str
    """The name that matched."""
    names: tuple[str, ...]
    offices: tuple[Office, ...] = ()


def look_up(lexicon: Lexicon, text: str, *, limit: int = 20) -> tuple[Entry, ...]:
    """The actors and places that bear the name; if none does, those with a name like it.

    Names that begin with the text come first, then those that hold it, then those close to it.

    Args:
        limit: the greatest number of answers.

    >>> from kg.lexicon import load_lexicon
    >>> [entry.entity.name for entry in look_up(load_lexicon(), "vladimir putin")]
    ['Vladimir Putin']
    >>> look_up(load_lexicon(), "Vladimir Puttin")[0].match
    'close'
    """
    key = name_key(text)
    if not key:
        return ()
    found = [(slug, "id", slug) for slug in [text.strip()] if slug in lexicon.written]
    found += [(s.entity, "exact", s.written) for s in lexicon.names.get(key, ())]
    if not found:
        found = _near(lexicon, " ".join(key))
    entries: dict[str, Entry] = {}
    for slug, match, matched in found:
        entries.setdefault(slug, _entry(lexicon, slug, match, matched))
    return tuple(entries.values())[:limit]


def _near(lexicon: Lexicon, text: str) -> list[tuple[str, str, str]]:
    """Senses whose keys begin with the text, else hold its words, else are close to it."""
    keys = {" ".join(key): key for key in lexicon.names}
    tests = {
        "prefix": [k for k in keys if k.startswith(text)],
        "part": [k for k in keys if f" {text} " in f" {k} "],
    }
    if not any(tests.values()):
        tests = {"close": _close(keys, text)}
    return [
        (sense.entity, match, sense.written)
        for match, near in tests.items()
        for k in (near if match == "close" else sorted(near, key=lambda k: (len(k), k)))
        for sense in lexicon.names[keys[k]]
    ]


def _close(keys: Iterable[str], text: str) -> list[str]:
    """The keys that are spelt nearly like the text, as a whole or, for a single word, in one of their words."""
    near = difflib.get_close_matches(text, keys, n=8, cutoff=0.8)
    if " " not in text:
        words = {word for key in keys for word in key.split() if len(word) > 3}
        alike = difflib.get_close_matches(text, sorted(words), n=3, cutoff=0.8)
        near += [key for word in alike for key in keys if word in key.split() and key not in near]
    return near


def _entry(lexicon: Lexicon, slug: str, match: str, matched: str) -> Entry:
    entity: Actor | Place = lexicon.actors[slug] if slug in lexicon.actors else lexicon.places[slug]
    return Entry(entity, match, matched, lexicon.written[slug], lexicon.offices.offices_of(slug))
