"""What a command says: JSON lines on stdout, notices and failures on stderr, a progress bar on a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from antq_cli.codec import encode
from antq_cli.errors import AntqError
from antq_cli.messages import Language, message_ids, say
from antq_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Ask:
    """What was asked of a command besides its own arguments."""

    settings: Settings
    as_json: bool
    quiet: bool
    verbose: bool

    @property
    def language(self) -> Language:
        return self.settings.language


# Control and direction characters that JSON leaves as they are: escaped they mean the same to a program and nothing
# to a terminal.
_LIVE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def json_line(value: Mapping[str, Any]) -> str:
    """The object as one line of JSON. Bytes of a file name that are no text become backslash escapes."""
    try:
        text = encode(value).decode("utf-8")
    except UnicodeEncodeError:
        text = encode(_storable(value)).decode("utf-8")
    return _LIVE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _storable(value: object) -> object:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode("utf-8")
        case Mapping():
            return {key: _storable(item) for key, item in value.items()}
        case list() | tuple():
            return [_storable(item) for item in value]
    return value


def print_object(value: Mapping[str, Any]) -> None:
    """One JSON line on stdout, at once: a program that reads the pipe need not wait for the last."""
    sys.stdout.write(json_line(value) + "\n")
    sys.stdout.flush()


def notice(ask: Ask, sentence: str, *, style: str = "dim") -> None:
    """A line on stderr for a person; silent with `-q`."""
    if not ask.quiet:
        from antq_cli.render.console import err
        from antq_cli.render.safe import safe

        err().print(safe(sentence), style=style)


def remark(ask: Ask, sentence: str) -> None:
    """A notice for those who asked for more (`-v`)."""
    if ask.verbose:
        notice(ask, sentence)


def failure(ask: Ask, path: object, error: AntqError) -> None:
    """One line on stderr for a file that failed, with its reason; `-q` does not silence it."""
    from antq_cli.render.console import err
    from antq_cli.render.safe import safe

    line = f"{path}: {failure_sentence(error, ask.language)} [{error.reason}]"
    err().print(safe(line), style="red")


def failure_sentence(error: AntqError, language: Language) -> str:
    """The error's sentence; a missing tool is told shortly for each file, and in full once at the end."""
    short = f"failure.{error.reason}"
    return say(short if short in message_ids(language) else error.message_id, language, **error.values)


Bar = Callable[[int, int | None], None]
"""How many of how many are done; None when the number is not known."""


@contextmanager
def progress_bar(ask: Ask, label: str) -> Iterator[Bar]:
    """A bar with an estimate of the time left, only where a person looks at it: on a terminal's stderr, without `-q`.

    When results go to the same terminal the bar stays below them; when they go elsewhere it leaves stdout alone.
    """
    to_terminal = sys.stdout.isatty()
    if ask.quiet or not sys.stderr.isatty() or (ask.as_json and to_terminal):
        yield lambda done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from antq_cli.render.console import err

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True, redirect_stdout=to_terminal) as shown:
        task = shown.add_task(label, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
