"""Prefixes and namespaces."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from kg.vocab import namespaces
from kg.vocab.namespaces import BASE, PREFIXES


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_prefix_stands_for_a_namespace_that_parses(prefix: str) -> None:
    assert NamedNode(PREFIXES[prefix] + "x").value.endswith(("#x", "/x"))


def test_prefixes_are_in_order_and_no_two_stand_for_one_namespace() -> None:
    assert list(PREFIXES) == sorted(PREFIXES)
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_the_projects_namespaces_share_one_base() -> None:
    own = [v for k, v in vars(namespaces).items() if k.isupper() and isinstance(v, str) and "dekg" in v]
    assert len(own) > 10
    assert all(v.startswith(BASE) for v in own)


def test_prefixes_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        PREFIXES["dk"] = "https://example.org/"  # type: ignore[index]
