"""The two consoles: results to stdout, everything else to stderr. Nothing in a letter is read as markup.

On a terminal lines are wrapped and tables cut to its width, and there is colour. Anywhere else nothing is cut or
wrapped, however long: what goes into a file or another program is whole.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """The caller decides what it means that the reader has gone; Rich would end the program."""
        raise BrokenPipeError


def out() -> Console:
    """Results."""
    return _console(sys.stdout)


def err() -> Console:
    """Progress, notices, errors."""
    return _console(sys.stderr)


@lru_cache(maxsize=4)
def _console(stream: TextIO) -> Console:
    to_terminal = stream.isatty()
    return _Console(
        file=stream,
        force_terminal=to_terminal,
        force_interactive=to_terminal,
        no_color=None if to_terminal else True,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=not to_terminal,
    )


def width() -> int | None:
    """Columns of the terminal that results go to; None when they go elsewhere and nothing may be cut."""
    console = out()
    return console.width if console.is_terminal else None


def show_line(text: Text | str, *, indent: int = 0, cut: bool = False) -> None:
    """One line of a result. On a terminal it is wrapped within its indent, or with `cut` ends in an ellipsis."""
    line = Text(text) if isinstance(text, str) else text
    columns = width()
    if columns is None:
        out().print(Text(" " * indent) + line)
    elif cut:
        line = line.copy()
        line.truncate(max(1, columns - indent), overflow="ellipsis")
        out().print(Text(" " * indent) + line, no_wrap=True)
    else:
        out().print(Padding(line, (0, 0, 0, indent), expand=False))
