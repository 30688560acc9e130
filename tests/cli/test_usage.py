"""Wrong usage: exit code 2 and one sentence that says what to do, in the program's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_cli.cli.root import COMMANDS
from antq_cli.cli.run import after_command

ENGLISH_OF_CLICK = ("Usage", "Options:", "Commands:", "OPTIONS", "Missing", "Invalid", "is not one of", "Error", "Got ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest"],
        ["search"],
        ["ask"],
        ["show"],
        ["show", "1", "2"],
        ["trace"],
        ["list", "extra"],
        ["serch", "x"],
        ["list", "--no-such-option"],
        ["list", "--sort", "colour"],
        ["list", "--class", "poem"],
        ["list", "--kind", "xyzzy"],
        ["list", "--from", "2020-13-01"],
        ["list", "--to", "yesterday"],
        ["list", "--from", "2022-01-01", "--to", "2021-01-01"],
        ["list", "--limit", "0"],
        ["list", "--limit", "many"],
        ["list", "--limit"],
        ["list", "--json=1"],
        ["list", "--csv", "--json"],
        ["list", "--archive", ""],
        ["list", "--lang", "de"],
        ["--lang", "de", "list"],
        ["due", "--from", "soon"],
        ["trace", "1", "--depth", "0"],
        ["trace", "1", "--direction", "sideways"],
        ["rules", "NO_SUCH_RULE"],
        ["check", "x.txt", "--off", "NO_SUCH_RULE"],
        ["check", "x.txt", "--fail-on", "trifle"],
        ["ingest", "x.txt", "--jobs", "0"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_in_one_sentence(run, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    """Exit code 2, one line on stderr without a word of click's, nothing on stdout."""
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    (line,) = ran.errors
    assert line.startswith("antq: ")
    assert not [word for word in ENGLISH_OF_CLICK if word in line]
    assert ".." not in line


@pytest.mark.parametrize("query", ["*", '""', "-đường", "   "])
def test_a_hopeless_query_is_wrong_usage(run, archive: Path, query: str) -> None:  # type: ignore[no-untyped-def]
    """A query that cannot mean anything is told apart from one that finds nothing."""
    ran = run("search", "--archive", archive, "--", query)
    assert (ran.code, ran.out, len(ran.errors)) == (2, "", 1)


def test_antq_alone_shows_its_help(run) -> None:  # type: ignore[no-untyped-def]
    """On stderr with exit code 2: nothing was asked and nothing was done."""
    ran = run()
    assert (ran.code, ran.out) == (2, "")
    assert all(f"  {command}" in ran.err for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_help_is_worded_in_the_chosen_language(run, command: str, language: str) -> None:  # type: ignore[no-untyped-def]
    """Each command explains itself within 100 columns, in Vietnamese without click's English."""
    ran = run("--lang", language, command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 100
    if language == "vi":
        assert not [word for word in ENGLISH_OF_CLICK if word in ran.out]


def test_a_mistyped_command_is_guessed(run) -> None:  # type: ignore[no-untyped-def]
    """The nearest command is named, never run."""
    assert "antq ingest" in run("ingset", "x").err


@pytest.mark.parametrize(
    ("variable", "option", "expected"), [("en", (), "No."), ("en", ("--lang", "vi"), "STT"), ("xx", (), "STT")]
)
def test_the_option_goes_before_the_variable(  # type: ignore[no-untyped-def]
    run, archive: Path, monkeypatch: pytest.MonkeyPatch, variable: str, option: tuple[str, ...], expected: str
) -> None:
    """`--lang`, then ANTQ_LANG, then Vietnamese, also where the variable holds nonsense."""
    monkeypatch.setenv("ANTQ_LANG", variable)
    assert run("list", "--archive", archive, *option).out.startswith(expected)


def test_words_behind_two_dashes_are_no_options(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """A query may look like an option."""
    ran = run("search", "--archive", archive, "--", "--lang", "en")
    assert ran.code in (1, 2)
    assert "No document" not in ran.err


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["--json", "list"], ["list", "--json"]),
        (["--archive", "a", "-q", "list", "x"], ["list", "--archive", "a", "-q", "x"]),
        (["--archive=a", "--lang", "en", "list"], ["--lang", "en", "list", "--archive=a"]),
        (["-h"], ["-h"]),
        (["--json"], []),
    ],
)
def test_common_options_may_stand_before_the_command(given: list[str], expected: list[str]) -> None:
    """They are moved behind it with their values; without a command they mean nothing."""
    assert after_command(given) == expected
