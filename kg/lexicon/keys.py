"""Names as keys: cut into words as spaCy's English tokenizer cuts them, without case or accents."""

from __future__ import annotations

import re
import unicodedata

# Letters that NFKD leaves whole although readers of English write them with a plain letter.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"}
    | dict.fromkeys("’‘ʼʻʿʾ´", "'")
    | dict.fromkeys("‐‑‒–—", "-")
)
_POSSESSIVE = re.compile(r"['’][sS]?$")
# spaCy splits a hyphen between letters ("al-Nimr") and leaves one beside a digit ("M-23").
_INFIX = re.compile(r"(?<=[^\W\d_])([-‐‑–—])(?=[^\W\d_])|(?<=[^\W_])([:/])(?=[^\W\d_])|(?<=\d)([+])(?=\d)")
_EDGE = re.compile(r"^([(\"“]*)(.*?)([,)\"”]*)$")


def fold(text: str) -> str:
    """The word as it stands in a key: casefolded, without accents, with plain quotes and hyphens.

    >>> fold("Erdoğan"), fold("Łukasz"), fold("Sana’a")
    ('erdogan', 'lukasz', "sana'a")
    """
    if text.isascii():
        return text.lower()
    # Folding case can give letters that decompose, and the reverse, so both are done twice (Unicode D146).
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN)


def name_key(text: str) -> tuple[str, ...]:
    """The words of a name, folded, for use as a key; a possessive at the end is dropped.

    >>> name_key("Nimr al-Nimr")
    ('nimr', 'al', '-', 'nimr')
    >>> name_key("the U.S.'s")
    ('the', 'u.s.')
    >>> name_key("People's Republic of China")
    ('people', "'s", 'republic', 'of', 'china')
    """
    words = [word for chunk in _POSSESSIVE.sub("", text.strip()).split() for word in _split(chunk)]
    return tuple(fold(word) for word in words)


def _split(chunk: str) -> list[str]:
    """The tokens of one stretch without white space."""
    if chunk.isalnum():
        return [chunk]
    match = _EDGE.match(chunk)
    before, core, after = match.groups() if match else ("", chunk, "")
    possessive = _POSSESSIVE.search(core)
    ending = [possessive.group()] if possessive and possessive.start() else []
    core = core[: -len(ending[0]) if ending else None]
    inner = [part for part in _INFIX.split(core) if part]
    return [*before, *inner, *ending, *after]
