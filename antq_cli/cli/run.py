"""The one place where a trouble becomes a sentence and an exit code."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import TextIO

import click

from antq_cli.cli.root import build, chosen_language
from antq_cli.errors import AntqError, ExitCode
from antq_cli.messages import Language, say
from antq_cli.render.safe import safe


def run(arguments: Sequence[str]) -> int:
    """Run `antq` with these arguments; gives the exit code of the machine contract, never raises."""
    arguments = after_command(arguments)
    language = chosen_language(arguments)
    _prepare_streams(as_json="--json" in arguments)
    try:
        code = build(language).main(args=arguments, prog_name="antq", standalone_mode=False)
        sys.stdout.flush()
    except AntqError as error:
        _tell(say(error.message_id, language, **error.values))
        return error.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.UsageError as error:
        _tell(_usage_sentence(error, language))
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        _tell(say("error.interrupted", language))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - the boundary of the program: a defect is told in one line
        if "--debug" in arguments:
            traceback.print_exc()
        _tell(say("error.defect", language, kind=type(error).__name__))
        return ExitCode.DEFECT
    return int(code or 0)


_BEFORE = {"--archive": 1, "--json": 0, "-q": 0, "--quiet": 0, "-v": 0, "--verbose": 0, "--debug": 0}
"""Common options and how many values each takes; they may also stand before the command."""


def after_command(arguments: Sequence[str]) -> list[str]:
    """The arguments with common options that stand before the command moved behind it."""
    given = list(arguments)
    moved: list[str] = []
    position = 0
    while position < len(given) and given[position].startswith("-"):
        name, joined, _ = given[position].partition("=")
        if name not in _BEFORE:
            position += 2 if name == "--lang" and not joined else 1
            continue
        size = 1 + (0 if joined else _BEFORE[name])
        moved += given[position : position + size]
        del given[position : position + size]
    if not moved or position >= len(given):
        return given
    return [*given[: position + 1], *moved, *given[position + 1 :]]


def _tell(sentence: str) -> None:
    with contextlib.suppress(BrokenPipeError, OSError):
        print(f"antq: {safe(sentence)}", file=sys.stderr)  # noqa: T201


def _usage_sentence(error: click.UsageError, language: Language) -> str:
    command = error.ctx.command_path if error.ctx is not None else "antq"
    if isinstance(error, click.NoSuchOption):
        return say("usage.no_such_option", language, name=error.option_name, command=command)
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param is not None else ""
        return say("usage.missing_argument", language, name=name, command=command)
    if isinstance(error, click.BadParameter):
        name = error.param.human_readable_name if error.param is not None else ""
        return say("usage.bad_value", language, name=name, detail=error.message, command=command)
    return say("usage.other", language, detail=error.message, command=command)


def _prepare_streams(*, as_json: bool) -> None:
    """No console's encoding may stop a result: what it cannot show is escaped; JSON is always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if as_json and stream is sys.stdout:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
            else:
                stream.reconfigure(errors="backslashreplace")


def _silence_stdout() -> None:
    """The reader has gone: nothing more is to be said, not even by the interpreter's last flush."""
    stream: TextIO = sys.stdout
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
