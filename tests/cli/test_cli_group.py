"""``kg`` itself: its commands, its errors, its exit codes."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import click
import pytest

import kg
from kg.cli.group import COMMANDS, main
from kg.errors import StoreError

TREE = {name: importlib.import_module(f"kg.cli.{name}").command for name in COMMANDS}


def test_the_overview_names_every_command(run: Any) -> None:
    told = run("--help")
    assert told.exit_code == 0
    for name, line in COMMANDS.items():
        assert f"  {name:<10}  {line}\n" in told.stdout


def test_asked_for_nothing_the_help_is_shown(run: Any) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Commands:" in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_its_name_its_line_and_an_example(run: Any, name: str) -> None:
    told = run(name, "--help")
    assert told.exit_code == 0
    assert TREE[name].name == name
    assert COMMANDS[name] in told.stdout
    assert f"kg {name}" in told.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_store_quiet_and_verbose(name: str) -> None:
    options = {option for parameter in TREE[name].params for option in parameter.opts}
    assert {"--store", "--quiet", "-q", "--verbose", "-v"} <= options


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_text_that_ends_in_a_stop(name: str) -> None:
    for parameter in TREE[name].params:
        if isinstance(parameter, click.Option):
            assert (parameter.help or "").split("  [")[0].endswith((".", ")")), parameter.name


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("backup",), "Missing argument 'DIR'. For example: kg backup /mnt/backups/kg-2024-05-08\n"),
        (("forget",), "Missing argument 'ARTICLE'. For example: kg forget 1978-camp-david\n"),
        (("export",), "Missing option '-o' / '--output'. For example: kg export -o graph.ttl\n"),
    ],
)
def test_what_is_missing_is_told_with_an_example(run: Any, words: tuple[str, ...], said: str) -> None:
    told = run(*words)
    assert told.exit_code == 2
    assert told.stderr.endswith(f"Error: {said}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("serve", "--port", "x"), "'x' is not a valid whole number from 0 to 65535.\n"),
        (("serve", "--timeout", "soon"), "'soon' is not a valid number from 0.1 to 3600.\n"),
        (("build", "seeds", "--workers", "many"), "'many' is not a valid whole number of 1 or more.\n"),
    ],
)
def test_what_is_no_number_is_told_with_those_that_are(run: Any, words: tuple[str, ...], said: str) -> None:
    told = run(*words)
    assert told.exit_code == 2
    assert told.stderr.endswith(said)


def test_the_version_is_told(run: Any) -> None:
    assert run("--version").stdout == f"kg {kg.__version__}\n"


def test_an_unknown_command_is_told_with_the_nearest(run: Any) -> None:
    result = run("querry")
    assert result.exit_code == 2
    assert "unknown command 'querry'; did you mean 'query'? known: " in result.stderr


def test_an_unknown_option_is_told(run: Any) -> None:
    result = run("--nonsense")
    assert result.exit_code == 2
    assert "--nonsense" in result.stderr


def test_there_is_no_command_outside_the_table() -> None:
    with click.Context(main) as ctx:
        assert main.get_command(ctx, "group") is None


def test_verbose_tells_where_an_error_arose(run: Any) -> None:
    assert "Traceback" in run("info", "-v", "--store", "nowhere").stderr
    assert "Traceback" not in run("info", "--store", "nowhere").stderr


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (StoreError("a\x1b[2J: b\nc"), 1, "Error: a\\x1b[2J: b\nc\n"),
        (KeyboardInterrupt(), 130, "\nInterrupted; what was finished is kept.\n"),
    ],
)
def test_errors_end_in_a_line_and_an_exit_code(
    run: Any, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, told: str
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("kg.store.open_store", fail)
    result = run("info")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", told)


def test_headings_are_bold_unless_no_color_says_otherwise(seed_folder: Path) -> None:
    from click.testing import CliRunner

    words = ["info", "--store", str(seed_folder)]
    assert "\x1b[1mArticles" in CliRunner(env={"NO_COLOR": None}).invoke(main, words, color=True).stdout
    assert "\x1b" not in CliRunner(env={"NO_COLOR": "1"}).invoke(main, words, color=True).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(run: Any, shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_KG_COMPLETE" in result.stdout


def test_an_unknown_shell_is_told(run: Any) -> None:
    result = run("completion", "bsh")
    assert result.exit_code == 2
    assert "unknown shell 'bsh'; did you mean 'bash'?" in result.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("kg ", set(COMMANDS)),
        ("kg query me", {"mediators", "meetings"}),
        ("kg export --format g", {"graphml", "gexf"}),
    ],
)
def test_words_are_completed(words: str, expected: set[str]) -> None:
    from click.shell_completion import ShellComplete

    *args, incomplete = words.split(" ")[1:]
    found = ShellComplete(main, {}, "kg", "_KG_COMPLETE").get_completions(args, incomplete)
    assert {item.value for item in found} == expected
