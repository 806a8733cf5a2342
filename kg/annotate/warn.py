"""Says where a text is not what the coder knows: another language, markup, all capitals, tables."""

from __future__ import annotations

from collections import Counter

from kg.annotate.language import words_of
from kg.annotate.parse import Parse
from kg.annotate.prose import LANGUAGE
from kg.model import Article

_HINTS = {
    "capitals": "names cannot be told from words",
    "markup or code": "save a page as .html to have its markup removed",
}


def warnings(article: Article, parsed: Parse) -> tuple[str, ...]:
    """What is not plain English news in a text and gives no events, in one line, where there is such."""
    if not words_of(article.text):
        return ("no words in the text",)
    spans = [s.span for s in parsed.sentences]
    odd = sorted([*parsed.unread, *((s, k) for s, k in zip(spans, parsed.kinds, strict=True) if k)])
    found: list[str] = []
    foreign = any(kind.startswith(LANGUAGE) for _, kind in odd)
    if not article.language.lower().startswith("en") and not foreign:
        found.append(f"language is {article.language!r}; the coder reads English")
    if odd:
        counts = Counter(kind for _, kind in odd)
        listed = "; ".join(_told(kind, number) for kind, number in sorted(counts.items()))
        line = article.text.count("\n", 0, odd[0][0].start) + 1
        found.append(f"no events from what is not plain English prose, first in line {line}: {listed}")
    return tuple(found)


def _told(kind: str, number: int) -> str:
    hint = _HINTS.get(kind)
    times = f" ({number} times)" if number > 1 else ""
    return f"{kind}{times}" + (f", {hint}" if hint else "")
