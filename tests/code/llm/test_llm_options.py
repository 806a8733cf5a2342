"""What a user may choose, and what is refused before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from kg.code.llm import LlmOptions
from kg.code.llm.options import KEY, Price, price_of
from kg.errors import UsageError

URL = "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:11434", "ftp://host/v1", "file:///etc/passwd", "http://", "http://[::1", "http://h:x/v1",
     "http://ho st/v1", "http://host/v1\r\nX: y", "http://höst/v1", "http://host/v1?key=1", "http://host/v1#a"],
)  # fmt: skip
def test_what_is_no_url_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match=r"^--llm-url: .*; give the base of the API"):
        LlmOptions(url=url, model="m")


def test_a_password_in_the_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        LlmOptions(url="https://me:hunter2@host/v1", model="m")
    assert "hunter2" not in str(refused.value)
    assert KEY in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("model", " "), ("timeout_s", 0), ("timeout_s", float("nan")), ("timeout_s", 1e9), ("retries", -1), ("parallel", 0),
     ("parallel", 1000)],
)  # fmt: skip
def test_numbers_out_of_range_are_refused(name: str, value: Any) -> None:
    with pytest.raises(UsageError, match=r"^--llm-"):
        LlmOptions(**{"url": URL, "model": "m", name: value})


def test_the_endpoint_is_the_base_or_what_was_given_in_full() -> None:
    assert LlmOptions(url=URL + "/", model="m").endpoint == URL + "/chat/completions"
    assert LlmOptions(url=URL + "/chat/completions", model="m").endpoint == URL + "/chat/completions"


@pytest.mark.parametrize(
    ("url", "local", "open_"),
    [(URL, True, False), ("http://localhost:1", True, False), ("http://[::1]:1", True, False),
     ("http://10.0.0.1", False, True), ("https://api.example.org/v1", False, False)],
)  # fmt: skip
def test_it_is_known_who_can_read_along(url: str, local: bool, open_: bool) -> None:
    made = LlmOptions(url=url, model="m")
    assert (made.local, made.open_to_readers) == (local, open_)


def test_the_key_comes_from_the_environment_and_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "  sk-secret\n")
    made = LlmOptions(url=URL, model="m")
    assert made.key == "sk-secret"
    assert "secret" not in repr(made)


def test_a_key_that_would_break_the_header_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "sk-secret\r\nX-Evil: 1")
    with pytest.raises(UsageError, match=KEY) as refused:
        LlmOptions(url=URL, model="m")
    assert "secret" not in str(refused.value)


def test_a_price_is_two_numbers() -> None:
    assert price_of("1, 2.5") == Price(sent=1.0, received=2.5)


@pytest.mark.parametrize("told", ["", "1", "1,2,3", "a,b", "-1,2", "nan,1", "1,inf"])
def test_what_is_no_price_is_refused(told: str) -> None:
    with pytest.raises(UsageError, match=r"^--llm-price: "):
        price_of(told)
