"""One JSON value to one article, the same for lines and for documents."""

from __future__ import annotations

from kg.errors import InputError
from kg.read.metadata import Fields, to_article
from kg.read.source import Found, shown


def found(value: object, where: str, default_id: str) -> Found:
    """The article of one JSON object; without ``id``, its ``url`` or else ``default_id`` is its id.

    >>> found({"text": "She came."}, "a.jsonl:1", "a-1").article.id
    'a-1'

    Raises:
        InputError: The value is no object, has no text, or has a value of the wrong type.
    """
    if not isinstance(value, dict):
        raise InputError(f"{where}: {shown(value)}; an object with 'text' is needed")
    if value.get("text") is None:
        raise InputError(f"{where}: no 'text' in the article")
    if value.get("invented"):
        raise InputError(f"{where}: invented news of a training corpus, which belongs in no graph; give real articles")
    text = value["text"]
    if not isinstance(text, str):
        raise InputError(f"{where}: 'text' is {shown(text)}; a string is needed")
    fields = Fields(where, value)
    return Found(where, to_article(fields, text, default_id=fields.string("url") or default_id))
