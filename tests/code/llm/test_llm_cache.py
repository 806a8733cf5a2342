"""Answers that were given before: found by content, whole or not at all, and never trusted blindly."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.code.llm.answer import Answer
from kg.code.llm.cache import AnswerCache
from kg.errors import CoderError

ANSWER = Answer([{"sentence": 1, "trigger": "met\ud800\x1b"}])


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    """An empty cache."""
    made = AnswerCache(tmp_path / "a" / "answers", "m", "p1")
    made.prepare()
    return made


def test_an_answer_is_found_again(cache: AnswerCache) -> None:
    assert cache.get("q") is None
    cache.put("q", ANSWER)
    assert cache.get("q") == ANSWER
    [file] = cache.folder.iterdir()
    assert file.name == f"{cache.key('q')}.json"
    assert json.loads(file.read_text("ascii"))["model"] == "m"


@pytest.mark.parametrize("other", [{"model": "n"}, {"prompt": "p2"}])
def test_another_model_or_other_instructions_make_another_question(cache: AnswerCache, other: dict[str, str]) -> None:
    cache.put("q", ANSWER)
    assert replace(cache, **other).get("q") is None


def test_no_two_questions_share_a_key(cache: AnswerCache) -> None:
    keys = {replace(cache, model=m, prompt=p).key(q) for m in ("a", "ab") for p in ("b", "") for q in ("c", "bc")}
    assert len(keys) == 8


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"\xff", b"[]", b"{}", b'{"answer": 1}', b'{"answer": {"events": {}}}', b"[" * 100_000]
)
def test_what_someone_broke_counts_as_not_there(cache: AnswerCache, broken: bytes) -> None:
    (cache.folder / f"{cache.key('q')}.json").write_bytes(broken)
    assert cache.get("q") is None
    cache.put("q", ANSWER)
    assert cache.get("q") == ANSWER


def test_a_file_in_the_way_is_told_before_anything_is_paid_for(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(CoderError, match=r"no folder for answers \(.*\); name one with --llm-cache"):
        AnswerCache(tmp_path / "a", "m", "p").prepare()
