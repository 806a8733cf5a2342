"""The W3C's own tests of both protocols, over HTTP, where their folder lies beside the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.w3c_protocol import protocol_tests, run_protocol, service

ROOT = Path(__file__).resolve().parents[3]
SUITE = Path(os.environ.get("KG_W3C_TESTS") or ROOT.parent / "shared" / "reference" / "w3c-sparql11")
TESTS = list(protocol_tests(SUITE))
FAILING = "multipart/form-data"
"""In the names of the tests that fail: triples are read as the body itself."""

pytestmark = pytest.mark.skipif(not TESTS, reason="no folder of W3C tests; name one by KG_W3C_TESTS")


def test_the_list_is_whole() -> None:
    assert [t.group for t in TESTS].count("protocol") == 34


def test_the_protocol_is_kept_by_what_reads_writes_and_sets_a_base() -> None:
    wanted = ("protocol-specified dataset", "update via POST directly", "BASE URI", "using varying percent-encoding")
    some = [t for t in TESTS if any(part in t.name for part in wanted)]
    assert len(some) >= 5
    with service() as running:
        assert {t.name: wrong for t, wrong in run_protocol(SUITE, some, running) if wrong} == {}


@pytest.mark.long
def test_the_protocol_is_kept() -> None:
    with service() as running:
        wrong = {t.name for t, wrong in run_protocol(SUITE, TESTS, running) if wrong}
    assert all(FAILING in name for name in wrong)
    assert len(wrong) == sum(FAILING in t.name for t in TESTS)
