"""A saved web page: its main text and what its head says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import InputError
from kg.read.decode import check_binary, decode, read_bytes
from kg.read.metadata import Fields, to_article
from kg.read.sidecar import read_sidecar
from kg.read.source import MAX_PAGE_BYTES, Found, Item, Source, shown

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,400}?\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)", re.IGNORECASE)
_HEAD = 4096
MAX_TAGS = 50_000
"""Tags of one page; the time of what looks for the main text grows with their square, some five seconds for so many."""
MAX_ATTRIBUTES = 1_000
"""Attributes of one tag; the parser compares each with each."""
# A quoted value may hold '<' and '>'. Possessive, so that the time is linear in the page.
_TAG = re.compile(r"""<[A-Za-z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+)""")
_ATTRIBUTE = re.compile(r"[^\s/]++")


def read_html(source: Source) -> Iterator[Item]:
    """Give the one article of an HTML page: main text, title, date, and the site as publisher.

    The date is taken from the page's markup only, never guessed from its words. A sidecar's values
    hold over the page's.

    Raises:
        InputError: The file or its sidecar is not what it should be, or no main text is found.
    """
    page = _decode_page(read_bytes(source, limit=MAX_PAGE_BYTES), source.name)
    _check_tags(page, source.name)
    text, values = _extract(page, source)
    fields = Fields(source.name, values).under(read_sidecar(source.path))
    yield Found(source.name, to_article(fields, text, default_id=source.stem))


def _decode_page(data: bytes, where: str) -> str:
    check_binary(data, where)
    declared = _CHARSET.search(data[:_HEAD])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if declared is None:
            return decode(data, where)  # words the error
    name = declared[1].decode("ascii")
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError) as error:
        raise InputError(f"{where}: neither UTF-8 nor the declared charset {shown(name)}; save as UTF-8") from error


def _check_tags(page: str, where: str) -> None:
    """Refuse a page that would take minutes to read, and is no article.

    Raises:
        InputError: There are too many tags, or attributes of one.
    """
    if (tags := page.count("<")) > MAX_TAGS:
        raise InputError(f"{where}: a page of {tags:,} tags; at most {MAX_TAGS:,}, so save the article's page alone")
    for tag in _TAG.finditer(page):
        if len(tag[0]) <= 2 * MAX_ATTRIBUTES:
            continue
        attributes = len(_ATTRIBUTE.findall(_VALUE.sub(" ", tag[0])))
        if attributes > MAX_ATTRIBUTES:
            raise InputError(f"{where}: a tag with {attributes:,} attributes; at most {MAX_ATTRIBUTES:,}")


def _extract(page: str, source: Source) -> tuple[str, dict[str, object]]:
    import trafilatura  # half a second to import, and only pages need it

    dates = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
    try:
        found = trafilatura.bare_extraction(
            page, with_metadata=True, include_comments=False, date_extraction_params=dates
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        # What the parsers below raise on a broken page is nowhere documented.
        raise InputError(f"{source.name}: not a page that can be read: {shown(str(error))}") from error
    text = getattr(found, "text", None)
    if not text:
        raise InputError(f"{source.name}: no main text in the page; save the article's page as HTML")
    language = _LANGUAGE.search(page[:_HEAD])
    values = {
        "title": getattr(found, "title", None),
        "date": getattr(found, "date", None),
        "publisher": getattr(found, "sitename", None),
        "language": language[1] if language else None,
    }
    return str(text), values
