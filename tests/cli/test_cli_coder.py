"""``kg build --coder llm``."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

MEETING = {
    "sentence": 1, "trigger": "met", "type": "CONSULT", "mode": None, "factuality": "Asserted", "positive": True,
    "actors": [{"mention": "Emmanuel Macron"}, {"mention": "Olaf Scholz"}, {"mention": "Elvis"}],
}  # fmt: skip


@pytest.fixture
def url() -> Iterator[str]:
    """An endpoint that finds the meeting in every article."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = {
                "choices": [{"message": {"content": json.dumps({"events": [MEETING]})}}],
                "usage": {"prompt_tokens": 1000, "completion_tokens": 200},
            }
            self.send_response(200 if self.headers.get("Authorization") != "Bearer wrong" else 401)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key of the user's."""
    monkeypatch.delenv("KG_LLM_KEY", raising=False)


def llm(url: str, *more: str) -> tuple[str, ...]:
    """The options of a build by language model."""
    return ("--coder", "llm", "--llm-url", url, "--llm-model", "test-model", *more)


def test_a_build_by_language_model_reports_tokens_cost_and_what_was_dropped(
    run: Any, two_articles: Path, url: str
) -> None:
    result = run("build", two_articles, *llm(url, "--llm-price", "10,50"))
    assert result.exit_code == 0
    assert "Read 2 articles: 2 new or changed." in result.stdout
    assert result.stderr.splitlines() == [
        "test-model: requests: 2; answers from the cache: 0; tokens sent: 2,000, received: 400; cost: 0.0400",
        "test-model: dropped: events whose trigger is not in its sentence (1), "
        "participants whose words are not in the text (1)",
    ]
    assert (two_articles.parent / "kg-store-llm").is_dir()
    assert "llm test-model" in run("info").stdout


def test_a_second_store_is_filled_from_the_cache(run: Any, two_articles: Path, url: str) -> None:
    run("build", two_articles, *llm(url, "--llm-cache", "answers"))
    result = run("build", two_articles, *llm(url, "--llm-cache", "answers"), "--store", "other")
    assert "requests: 0; answers from the cache: 2; tokens sent: 0" in result.stderr
    assert not (two_articles.parent / "kg-store-llm").exists()
    first, second = (run("export", "-o", "-", "--format", "nq", "--store", s).stdout for s in ("kg-store", "other"))
    assert first == second != ""


def test_a_store_in_memory_keeps_no_answers(run: Any, two_articles: Path, url: str) -> None:
    before = set(two_articles.parent.iterdir())
    assert run("build", two_articles, *llm(url), "--store", ":memory:").exit_code == 0
    assert set(two_articles.parent.iterdir()) == before


def test_a_quiet_build_reports_nothing(run: Any, two_articles: Path, url: str) -> None:
    assert run("build", "-q", two_articles, *llm(url)).output == ""


def test_articles_that_were_not_coded_are_told_and_the_exit_code_is_1(run: Any, two_articles: Path, url: str) -> None:
    result = run("build", two_articles, *llm(url), env={"KG_LLM_KEY": "wrong"})
    assert result.exit_code == 1
    assert "Read 2 articles: 0 new or changed, 2 not coded." in result.stdout
    errors = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 2
    assert all("401" in line and "KG_LLM_KEY" in line and "wrong" not in line for line in errors)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--coder", "lmm"), "unknown coder 'lmm'; did you mean 'llm'?"),
        (("--coder", "frames"), "unknown coder 'frames'"),
        (("--coder", "llm"), "give --llm-url and --llm-model"),
        (("--coder", "llm", "--llm-model", "m"), "--llm-url is missing"),
        (("--coder", "llm", "--llm-url", "http://127.0.0.1:9/v1"), "--llm-model is missing"),
        (("--llm-url", "http://127.0.0.1:9/v1", "--llm-model", "m"), "'trained' asks no language model"),
        (llm("ftp://127.0.0.1"), "is not an http or https URL"),
        (llm("http://127.0.0.1:9", "--llm-price", "1"), "--llm-price: '1' is not IN,OUT"),
        (llm("http://127.0.0.1:9", "--llm-parallel", "0"), "--llm-parallel: 0"),
        (llm("http://127.0.0.1:9", "--llm-timeout", "0"), "--llm-timeout: 0"),
        (llm("http://127.0.0.1:9", "--llm-retries", "-1"), "--llm-retries: -1"),
        (llm("http://127.0.0.1:9", "--workers", "2"), "workers: 2 cannot share one coder"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_ends_with_2_in_one_line(
    run: Any, two_articles: Path, words: tuple[str, ...], told: str
) -> None:
    result = run("build", two_articles, *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_a_file_in_place_of_the_cache_is_told(run: Any, two_articles: Path, url: str) -> None:
    result = run("build", two_articles, *llm(url, "--llm-cache", str(two_articles / "a.txt")))
    assert result.exit_code == 1
    assert "no folder for answers" in result.stderr


def test_naming_the_default_coder_changes_nothing(run: Any, two_articles: Path) -> None:
    assert run("build", two_articles, "--coder", "trained", "--workers", "2").exit_code == 0


def test_ctrl_c_does_not_wait_for_the_endpoint(two_articles: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        words = llm(f"http://127.0.0.1:{silent.getsockname()[1]}/v1")
        # A run in the background hands on that Ctrl-C is to be ignored.
        listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
        process = subprocess.Popen(
            [sys.executable, "-c", f"{listening}; from kg.cli import main; main()", "build", str(two_articles), *words],
            cwd=tmp_path, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        silent.settimeout(60)
        connection, _ = silent.accept()
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=20)[1].strip() == "Interrupted; what was finished is kept."
        assert process.returncode == 130
        connection.close()
