"""Mention -> Actor, Place: exact names, offices by the article's date, metonyms, coreference."""

from kg.resolve.resolver import Resolver, resolve

__all__ = ["Resolver", "resolve"]
