"""The two consoles: results to stdout, everything else to stderr. Nothing in a letter is read as markup."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

PIPED_WIDTH = 100
"""Columns when there is no terminal: a fixed width makes output that can be compared."""


@cache
def out() -> Console:
    """Results."""
    return _console(is_error=False)


@cache
def err() -> Console:
    """Progress, notices, errors."""
    return _console(is_error=True)


def _console(*, is_error: bool) -> Console:
    from rich.console import Console

    stream = sys.stderr if is_error else sys.stdout
    width = None if stream.isatty() else PIPED_WIDTH
    return Console(
        stderr=is_error, markup=False, highlight=False, emoji=False, soft_wrap=not stream.isatty(), width=width
    )
