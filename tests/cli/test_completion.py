"""Completion in the shell, as docs/completion.md promises it, through the program's own door."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def complete(*words: str, instruction: str = "bash_complete") -> subprocess.CompletedProcess[str]:
    """What the shell is told when Tab is pressed behind these words."""
    program = "import sys; sys.argv[0] = 'antq'; from antq_cli.__main__ import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "PYTHONUTF8": "1",
            "_ANTQ_COMPLETE": instruction,
            "COMP_WORDS": "\n".join(("antq", *words)),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("se",), ["plain,search"]),
        (("--json", "re"), ["plain,reindex"]),
        (("--lang", ""), ["plain,vi", "plain,en"]),
        (("search", "--ki"), ["plain,--kind"]),
        (("check", "--fail-on", "w"), ["plain,warning"]),
        (("ingest", "sca"), ["file,sca"]),
    ],
)
def test_words_are_completed(words: tuple[str, ...], expected: list[str]) -> None:
    """Commands, options, their values and files are completed, wherever common options stand."""
    ran = complete(*words)
    assert (ran.stdout.split(), ran.stderr) == (expected, "")


def test_an_unknown_command_is_no_error_yet() -> None:
    """Somebody who is still typing is not told off."""
    ran = complete("ingset", "x")
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(("shell", "part"), [("zsh", "#compdef antq"), ("fish", "complete --no-files --command antq")])
def test_the_script_of_a_shell_is_printed(shell: str, part: str) -> None:
    """antq writes the completion script itself."""
    ran = complete(instruction=f"{shell}_source")
    assert ran.returncode == 0
    assert part in ran.stdout
