"""No bytes make a reader raise anything but InputError."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read import READERS, Found, Source
from kg.read.front_matter import cut
from kg.read.stdin import read_stdin
from tests.read.fuzzing import check

PIECES = st.sampled_from(
    [b"{", b"}", b"[", b"]", b'"', b"text", b'"text":', b",", b"\n", b"\r", b"---\n", b"date: ", b"2024-02-30",
     b"<p>", b"</html>", b"<meta charset=", b"\\ud800", b"\xff", b"\0", b"\xef\xbb\xbf", b"a b."]
)  # fmt: skip
BYTES = st.binary(max_size=200) | st.lists(PIECES, max_size=30).map(b"".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "date", "url"]), inner),
)


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("suffix", sorted(READERS))
@quick
@given(data=BYTES)
def test_any_bytes_give_articles_or_problems(suffix: str, tmp_path: Path, data: bytes) -> None:
    check(suffix, data, tmp_path)


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
@quick
@given(value=JSON)
def test_any_json_gives_articles_or_problems(suffix: str, tmp_path: Path, value: object) -> None:
    check(suffix, json.dumps(value).encode(), tmp_path)


@quick
@given(data=BYTES)
def test_any_standard_input_gives_articles_or_problems(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "-"
    path.write_bytes(data)
    try:
        items = list(read_stdin(Source(path)))
    except InputError:
        return
    assert all(isinstance(item, (Found, InputError)) for item in items)


@quick
@given(text=st.text(max_size=200), title=st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs", "Z"])))
def test_what_stands_after_front_matter_is_untouched(text: str, title: str) -> None:
    fields, rest = cut(f"---\ntitle: x{title}x\n---\n{text}", "a.txt")
    assert (fields.values, rest) == ({"title": f"x{title}x"}, text)
