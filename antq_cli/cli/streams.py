"""The three standard streams: there, and able to hold every letter, whatever the console and the shell did."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TextIO


def prepare_streams(*, as_json: bool) -> None:
    """Pipes and files get UTF-8 (the machine contract); a console keeps its own, and what it cannot show is escaped.

    A stream that the caller closed is replaced by the null device: otherwise the next file that is opened, perhaps the
    catalogue, would take its number.
    """
    _fill_gaps()
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue  # a test's
        if stream.isatty() and not (as_json and stream is sys.stdout):
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _fill_gaps() -> None:
    null = None
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is not None:
            continue
        while null is None or null < number:
            null = os.open(os.devnull, os.O_RDWR)
        setattr(sys, name, open(null, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115


def silence_stdout() -> None:
    """The reader has gone: nothing more is to be said, not even by the interpreter's last flush."""
    stream: TextIO = sys.stdout
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def read_list() -> list[str]:
    """The lines of standard input, empty ones left out. UTF-8, with or without a byte order mark.

    Bytes that are no UTF-8 stay what they are, so that any file can be named.
    """
    source = getattr(sys.stdin, "buffer", None)
    data = source.read() if source is not None else sys.stdin.read().encode("utf-8", "surrogateescape")
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    return [line for line in (part.rstrip("\r") for part in text.split("\n")) if line.strip()]
