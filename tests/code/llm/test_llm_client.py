"""How the endpoint is asked: retries, limits, redirects, plainer wordings, and no secret in a message."""

from __future__ import annotations

import email.utils
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from kg.code.llm.client import LONGEST_WAIT_S, Client
from kg.code.llm.options import KEY
from kg.code.llm.tally import Tally
from kg.code.llm.transport import MOST_BYTES
from kg.errors import CoderError

HELLO = [{"role": "user", "content": "{}"}]
Made = Callable[..., Client]


@pytest.fixture
def waits() -> list[float]:
    """The seconds that a client would have waited."""
    return []


@pytest.fixture
def client(options: Any, waits: list[float]) -> Made:
    """A client that does not wait between tries."""

    def made(**more: Any) -> Client:
        return Client(options(**more), Tally(), waits.append)

    return made


def failure(client: Client) -> str:
    with pytest.raises(CoderError) as failed:
        client.ask(HELLO)
    assert "\n" not in str(failed.value)
    assert len(str(failed.value)) < 500
    return str(failed.value)


@pytest.mark.parametrize("name", ["openai.json", "ollama.json", "vllm.json"])
def test_replies_of_well_known_servers_are_read(endpoint: Any, client: Made, recorded: Any, name: str) -> None:
    endpoint.replies = [recorded(name)]
    asked = client()
    assert [e["type"] for e in asked.ask(HELLO).events] == ["CONSULT"]
    assert asked.tally.unmetered == 0
    assert asked.tally.sent > 0


def test_a_request_binds_the_model_to_the_schema(endpoint: Any, client: Made, complete: Any) -> None:
    endpoint.replies = [complete({"events": []})]
    assert client().ask(HELLO).events == []
    [request] = endpoint.requests
    assert endpoint.paths == ["/v1/chat/completions"]
    assert (request["model"], request["temperature"], request["messages"]) == ("test-model", 0, HELLO)
    assert request["response_format"]["json_schema"]["strict"] is True
    assert "Authorization" not in endpoint.headers[0]


def test_the_key_is_sent_as_a_bearer_token(
    endpoint: Any, client: Made, complete: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "sk-secret")
    endpoint.replies = [complete({"events": []})]
    client().ask(HELLO)
    assert endpoint.headers[0]["Authorization"] == "Bearer sk-secret"


def test_a_key_that_the_endpoint_repeats_is_blotted_out(
    endpoint: Any, client: Made, reply: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "sk-secret")
    endpoint.replies = [reply(b'{"error": {"message": "bad key: sk-secret\\u001b[2J\\n!"}}', 401)]
    told = failure(client())
    assert "bad key: *** [2J !" in told
    assert "secret" not in told


def test_an_endpoint_that_knows_no_schema_is_asked_for_json(
    endpoint: Any, client: Made, complete: Any, reply: Any
) -> None:
    refused = reply(b"no response_format json_schema", 400)
    endpoint.replies = [refused, refused, complete({"events": []})]
    asked = client()
    asked.ask(HELLO)
    asked.ask(HELLO)
    formats = [r.get("response_format", {}).get("type") for r in endpoint.requests]
    assert formats == ["json_schema", "json_schema", "json_object", "json_object"]
    assert ["temperature" in r for r in endpoint.requests] == [True, False, True, True]


def test_an_endpoint_that_knows_no_format_is_asked_plainly(
    endpoint: Any, client: Made, complete: Any, reply: Any
) -> None:
    endpoint.replies = [
        reply(b"", 400),
        reply(b"", 422),
        reply(b"", 400),
        complete('Sure!\n```json\n{"events": []}\n```'),
    ]
    assert client().ask(HELLO).events == []
    assert set(endpoint.requests[-1]) == {"model", "messages"}


def test_a_request_that_is_refused_in_every_wording_is_an_error(endpoint: Any, client: Made, reply: Any) -> None:
    endpoint.replies = [reply(b'{"error": "context length exceeded"}', 400)]
    assert failure(client()).endswith("/chat/completions: 400 'context length exceeded'")
    assert len(endpoint.requests) == 4


def test_a_server_error_is_tried_again(endpoint: Any, client: Made, complete: Any, reply: Any, waits: Any) -> None:
    endpoint.replies = [reply(b"", 500), reply(b"<html>", 503), complete({"events": []})]
    asked = client()
    assert asked.ask(HELLO).events == []
    assert waits == [1.0, 2.0]
    assert asked.tally.requests == 3


def test_a_server_that_stays_broken_is_told_with_the_number_of_tries(
    endpoint: Any, client: Made, reply: Any, waits: Any
) -> None:
    endpoint.replies = [reply(b"down", 502)]
    assert failure(client()).endswith(": 502 'down'; tried 3 times")
    assert len(waits) == 2


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [("7", 7, 7), ("0", 1, 1), ("99999", LONGEST_WAIT_S, LONGEST_WAIT_S), ("-1", 1, 1), ("soon", 1, 1),
     ("9" * 400, LONGEST_WAIT_S, LONGEST_WAIT_S), ("", 1, 1)],
)  # fmt: skip
def test_a_busy_server_says_how_long_to_wait(
    endpoint: Any, client: Made, complete: Any, reply: Any, waits: Any, told: str, least: float, most: float
) -> None:
    endpoint.replies = [reply(b"", 429, {"Retry-After": told}), complete({"events": []})]
    client().ask(HELLO)
    assert least <= waits[0] <= most


def test_a_busy_server_may_name_the_time(endpoint: Any, client: Made, complete: Any, reply: Any, waits: Any) -> None:
    then = email.utils.formatdate(time.time() + 20, usegmt=True)
    endpoint.replies = [reply(b"", 429, {"Retry-After": then}), complete({"events": []})]
    client().ask(HELLO)
    assert 10 < waits[0] <= 20


def test_a_slow_body_ends_at_the_deadline(endpoint: Any, client: Made, reply: Any) -> None:
    endpoint.replies = [reply(b"x" * 1000, drip_s=0.05)]
    started = time.monotonic()
    assert failure(client(timeout_s=0.4, retries=0)).endswith(": no reply within 0.4 s")
    assert time.monotonic() - started < 5


def test_a_server_that_says_nothing_ends_at_the_deadline(endpoint: Any, client: Made, reply: Any) -> None:
    endpoint.replies = [reply(b"", delay_s=2)]
    assert failure(client(timeout_s=0.3, retries=0)).endswith(": no reply within 0.3 s")


def test_a_huge_body_is_not_read_to_its_end(endpoint: Any, client: Made, reply: Any) -> None:
    endpoint.replies = [reply(b" " * (MOST_BYTES + 1))]
    assert failure(client(retries=0)).endswith(": the reply is larger than 8 MB")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(endpoint: Any, client: Made, reply: Any, status: int) -> None:
    endpoint.replies = [reply(b"", status, {"Location": f"{endpoint.url}/elsewhere"})]
    asked = client()
    assert f"{status}, sends on to http://127.0.0.1" in failure(asked)
    assert endpoint.paths == ["/v1/chat/completions"]
    failure(asked)
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(("status", "fix"), [(401, KEY), (402, "credit"), (403, KEY), (404, "--llm-model")])
def test_what_every_article_would_meet_is_met_once(
    endpoint: Any, client: Made, reply: Any, status: int, fix: str
) -> None:
    endpoint.replies = [reply(b"", status)]
    asked = client()
    assert fix in failure(asked)
    assert failure(asked) == failure(asked)
    assert len(endpoint.requests) == 1


def test_an_endpoint_that_is_not_there_is_given_up_after_its_tries(client: Made, waits: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    asked = client(url=url)
    assert "not reached (Connection refused); tried 3 times" in failure(asked)
    failure(asked)
    assert asked.tally.requests == 3


def test_a_host_that_cannot_exist_is_told(client: Made) -> None:
    assert "the connection broke" in failure(client(url=f"http://{'a' * 70}.example/v1", retries=0))


def test_an_endpoint_that_failed_once_is_asked_again_for_the_next_article(
    endpoint: Any, client: Made, complete: Any, reply: Any
) -> None:
    endpoint.replies = [reply(b"", 500), complete({"events": []})]
    asked = client(retries=0)
    failure(asked)
    assert asked.ask(HELLO).events == []


@pytest.mark.parametrize(
    "content",
    ["", "I cannot help with that.", '{"events": [', "[]", '{"event": []}', '{"events": {}}', "null", '{"events": [NaN]}', '{"events": [-Infinity]}',
     '{"events": [1e999]}', "[" * 100_000, '{"a":' * 50_000, '{"events": [' + "9" * 10_000 + "]}"],
    ids=lambda c: c[:20],
)  # fmt: skip
def test_a_broken_answer_is_asked_for_again_and_then_told(
    endpoint: Any, client: Made, complete: Any, waits: Any, content: str
) -> None:
    endpoint.replies = [complete(content)]
    asked = client()
    assert failure(asked).endswith("; tried 3 times")
    assert waits == []
    assert asked.tally.sent == 3000


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>502</html>", b"\xff\xfe", b"[]", b"{}", b'{"choices": []}', b'{"choices": [1]}', b'"text"',
     b'{"choices": [{"message": null}]}', b'{"choices": [{"message": {"content": null, "refusal": "no"}}]}'],
)  # fmt: skip
def test_a_body_that_is_no_completion_is_told(endpoint: Any, client: Made, reply: Any, body: bytes) -> None:
    endpoint.replies = [reply(body)]
    failure(client(retries=0))


def test_an_answer_that_was_cut_off_is_told_as_such(endpoint: Any, client: Made, complete: Any) -> None:
    choice = {"message": {"content": '{"events": [{"sent'}, "finish_reason": "length"}
    endpoint.replies = [complete("", choices=[choice])]
    assert "cut off at the endpoint's limit of tokens" in failure(client(retries=0))


def test_a_body_that_breaks_off_is_tried_again(endpoint: Any, client: Made, complete: Any, reply: Any) -> None:
    endpoint.replies = [reply(b'{"choices"', 200, {"Content-Length": "5000"}), complete({"events": []})]
    assert client().ask(HELLO).events == []


@pytest.mark.parametrize(
    "usage",
    [None, [], {}, {"prompt_tokens": -5, "completion_tokens": 1}, {"prompt_tokens": "9", "completion_tokens": 1},
     {"prompt_tokens": True, "completion_tokens": 1}, {"prompt_tokens": 10**30, "completion_tokens": 1}],
)  # fmt: skip
def test_tokens_that_make_no_sense_are_not_counted(endpoint: Any, client: Made, complete: Any, usage: Any) -> None:
    endpoint.replies = [complete({"events": []}, usage=usage)]
    asked = client()
    asked.ask(HELLO)
    assert (asked.tally.sent, asked.tally.received, asked.tally.unmetered) == (0, 0, 1)


def test_what_is_meant_for_this_machine_goes_to_no_proxy(
    endpoint: Any, client: Made, complete: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    endpoint.replies = [complete({"events": []})]
    assert client(retries=0).ask(HELLO).events == []
