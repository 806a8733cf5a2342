"""Where a server is: three addresses, and credentials from the environment only."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import KgError, StoreError, UsageError
from kg.store import open_store
from kg.store.endpoint import VARIABLES, endpoint

GOOD = "https://example.org:8443/sparql"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES.values(), *(f"KG_SPARQL_{n}" for n in ("USER", "PASSWORD", "TOKEN", "TIMEOUT"))):
        monkeypatch.delenv(name, raising=False)


def test_addresses_come_from_options_then_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES.values():
        monkeypatch.setenv(name, "http://127.0.0.1/env")
    found = endpoint(GOOD)
    assert (found.query_url, found.update_url, found.location) == (GOOD, "http://127.0.0.1/env", GOOD)


def test_a_missing_address_is_named() -> None:
    with pytest.raises(
        UsageError, match=r"give --update-url or KG_UPDATE_URL, --graph-store-url or KG_GRAPH_STORE_URL"
    ):
        endpoint(GOOD)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("file:///etc/passwd", "begins with http"),
        ("ftp://example.org/", "begins with http"),
        ("example.org/sparql", "begins with http"),
        ("http://", "begins with http"),
        ("http://example.org:0/", "begins with http"),
        ("http://example.org:99999/", "is no address"),
        ("http://[::1/", "is no address"),
        ("http://example.org/a b", "percent-encode"),
        ("http://example.org/\r\nX-Evil: 1", "percent-encode"),
        ("http://exämple.org/", "percent-encode"),
        ("http://example.org/#x", "no server sees"),
        ("http://me:s3cret@example.org/", "holds a user or a password"),
        ("http://me@example.org/", "holds a user or a password"),
    ],
)
def test_what_is_no_address_is_refused(url: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as told:
        endpoint(GOOD, GOOD, url)
    assert str(told.value).startswith("graph-store-url: ")
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"USER": "me"}, StoreError, "only one of KG_SPARQL_USER and KG_SPARQL_PASSWORD"),
        ({"PASSWORD": "s3cret"}, StoreError, "only one of"),
        ({"USER": "me", "PASSWORD": "s3cret", "TOKEN": "s3cret"}, StoreError, "both KG_SPARQL_TOKEN and"),
        ({"USER": "m:e", "PASSWORD": "s3cret"}, StoreError, "cannot be told from its password"),
        ({"TOKEN": "s3cret\nX-Evil: 1"}, StoreError, "line end"),
        ({"USER": "me", "PASSWORD": "s3cret\r"}, StoreError, "line end"),
        ({"TOKEN": "s3crét"}, StoreError, "ASCII"),
        ({"TIMEOUT": "soon"}, UsageError, "no number of seconds"),
        ({"TIMEOUT": "0"}, UsageError, "no number of seconds"),
        ({"TIMEOUT": "nan"}, UsageError, "no number of seconds"),
    ],
)
def test_credentials_that_do_not_fit_are_refused_and_never_told(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], error: type[KgError], message: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"KG_SPARQL_{name}", value)
    with pytest.raises(error, match=message) as told:
        endpoint(GOOD, GOOD, GOOD)
    assert "s3cr" not in str(told.value)


def test_an_address_for_another_kind_of_store_is_refused() -> None:
    with pytest.raises(UsageError, match="--query-url is for --store sparql, but the store is :memory:"):
        open_store(":memory:", query_url=GOOD)
    with pytest.raises(StoreError, match="for a server give --store sparql"):
        open_store(GOOD)


def test_a_command_without_addresses_asks_for_them() -> None:
    done = CliRunner().invoke(main, ["info", "--store", "sparql", "--query-url", GOOD])
    assert done.exit_code == 2
    assert done.output.startswith("Error: the store sparql needs three addresses; give --update-url")
