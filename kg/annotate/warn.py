"""Says where a text is not what the coder knows: another language, markup, all capitals, tables."""

from __future__ import annotations

import re

from kg.model import Article, Token

# fmt: off
_COMMON = frozenset({
    "the", "of", "and", "to", "in", "a", "on", "for", "that", "with", "as", "at", "by", "from", "said", "was",
    "is", "it", "has", "an", "be", "he",
})
# fmt: on
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_MIN_WORDS = 20


def warnings(article: Article, tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """One line for each way in which the text is not plain English news."""
    words = [t.text for t in tokens if t.text.isalpha()]
    found: list[str] = []
    if not words:
        return ("no words in the text",)
    if not article.language.lower().startswith("en"):
        found.append(f"language is {article.language!r}; the coder reads English")
    if len(words) >= _MIN_WORDS:
        common = sum(w.lower() in _COMMON for w in words) / len(words)
        if common < 0.12:
            found.append(f"only {common:.0%} of the words are common English ones; is the text English?")
        if sum(w.isupper() for w in words) > 0.7 * len(words):
            found.append("the text is in capitals; names cannot be told from words")
    if len(_TAG.findall(article.text)) >= 3:
        found.append("markup is left in the text; save it as .html to have it removed")
    return tuple(found)
