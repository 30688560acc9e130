"""The one place where a trouble becomes a sentence and an exit code."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from types import FrameType

import click

from antq_cli.cli.root import Interrupted, ReaderGone, build, chosen_language
from antq_cli.cli.streams import prepare_streams, silence_stdout
from antq_cli.errors import AntqError, ExitCode
from antq_cli.messages import Language, say
from antq_cli.render.safe import safe


def run(arguments: Sequence[str]) -> int:
    """Run `antq` with these arguments; gives the exit code of the machine contract, never raises."""
    arguments = after_command(arguments)
    language = chosen_language(arguments)
    try:
        prepare_streams(as_json="--json" in arguments)
        return _run(arguments, language)
    except (Interrupted, KeyboardInterrupt, click.Abort):
        _tell(say("error.interrupted", language))
        return ExitCode.INTERRUPTED
    except (ReaderGone, BrokenPipeError, SystemExit):
        # SystemExit is how click takes leave when the reader of its help has gone.
        silence_stdout()
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - the boundary of the program: a defect is told in one line
        if "--debug" in arguments:
            traceback.print_exc()
        _tell(say("error.defect", language, kind=type(error).__name__))
        return ExitCode.DEFECT


def _run(arguments: list[str], language: Language) -> int:
    try:
        with _stoppable():
            code = build(language).main(args=arguments, prog_name="antq", standalone_mode=False)
            sys.stdout.flush()
    except AntqError as error:
        _tell(say(error.message_id, language, **error.values))
        return error.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)  # noqa: T201 - help, whole
        return ExitCode.USAGE
    except click.UsageError as error:
        _tell(_usage_sentence(error, language))
        return ExitCode.USAGE
    return int(code or 0)


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Being told to end (SIGTERM, a closed terminal) is like Ctrl-C: what was finished is kept, the rest let go."""
    names = ("SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    before = [(number, signal.getsignal(number)) for number in numbers]
    # nohup ignores SIGHUP: so does antq then.
    for number, handler in before:
        if handler is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


_BEFORE = {"--archive": 1, "--json": 0, "-q": 0, "--quiet": 0, "-v": 0, "--verbose": 0, "--debug": 0}
"""Common options and how many values each takes; they may also stand before the command."""


def after_command(arguments: Sequence[str]) -> list[str]:
    """The arguments with common options that stand before the command moved behind it.

    Where no command follows they are dropped: then there is only help to give.
    """
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
    match error:
        case click.NoSuchOption():
            return say("usage.no_such_option", language, name=error.option_name, command=command)
        case click.BadOptionUsage():
            return say("usage.bad_option", language, name=error.option_name, command=command)
        case click.MissingParameter():
            return say("usage.missing_argument", language, name=_name(error.param), command=command)
        case click.BadParameter():
            return say("usage.bad_value", language, name=_name(error.param), detail=error.message, command=command)
    return say("usage.other", language, detail=error.format_message(), command=command)


def _name(parameter: click.Parameter | None) -> str:
    """What a person typed or should have typed: `--from`, not the name within."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name.strip("[].") if parameter is not None else ""
