"""What two readers make of the ink of one slot, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from antq_cli.model.page import Guess
from antq_cli.reading.digits.cuts import columns
from antq_cli.reading.digits.lines import read_line
from antq_cli.reading.digits.segments import Ranked, read_segments
from antq_cli.reading.digits.shaping import as_ink, working_picture

Gray = NDArray[np.uint8]
"""Ink as grey: 0 is paper, 255 the darkest ink."""

AGREE = 0.75
"""The surer of two that agree is at least this sure: below it every third or fourth is wrong (docs/digits.md)."""
LONG_ENOUGH = (0.3, 0.5)
"""Where the readers agree only on strings with a digit for every column of ink: how sure the surer one must be, and the
two together."""
MOST_GUESSES = 5
_FAINT = 0.001
_SMALLEST = 5
"""Rows of ink below which no digit can be told from another."""
_LONGEST = 14.0
"""Widest writing read, in heights: longer ink is no number of a letter."""


@dataclass(frozen=True, slots=True)
class InkReading:
    """The digits of one slot as two readers see them."""

    segments: tuple[Guess, ...] = ()
    """What the classifier of single digits makes of the ink cut apart, most likely first, at most five."""
    line: tuple[Guess, ...] = ()
    """What the reader of whole lines makes of it, most likely first, at most five."""
    agreed: Guess | None = None
    """The string both put first, with the confidence of the surer one; None when they differ or neither is sure.

    Strings with fewer digits than the ink has columns apart and of full height are left out before.
    """


def read_ink(ink: NDArray[np.bool_] | Gray) -> InkReading:
    """Read the digits of one slot.

    `ink` is a picture (rows, columns) of the slot's ink alone, without labels and leader dots: True or 255 is ink,
    False or 0 is paper, greys between keep the shape of faint strokes. Any scale and margin will do. Ink that is no
    digits, an empty, an odd or a huge picture give no guesses or faint ones, and no agreement; no picture raises.
    """
    writing = as_ink(ink)
    if writing is None or writing.shape[0] < _SMALLEST or writing.shape[1] > _LONGEST * writing.shape[0]:
        return InkReading()
    segments, line = read_segments(writing), read_line(writing)
    least = columns(working_picture(writing))
    return InkReading(_guesses(segments, least), _guesses(line, least), _agreed(segments, line, least))


def _guesses(ranked: Ranked, least: int) -> tuple[Guess, ...]:
    likely = [(text, chance) for text, chance in ranked if text and chance >= _FAINT]
    long = [(text, chance) for text, chance in likely if len(text) >= least]
    likely = (long or likely)[:MOST_GUESSES]
    return tuple(Guess(text, _share(chance)) for text, chance in likely)


def _agreed(segments: Ranked, line: Ranked, least: int) -> Guess | None:
    if not segments or not line:
        return None
    if segments[0][0] == line[0][0]:
        text, best = line[0][0], max(segments[0][1], line[0][1])
        if best >= AGREE:
            return Guess(text, _share(best)) if len(text) >= max(1, least) else None
    readers = [[way for way in reader if len(way[0]) >= max(1, least)] for reader in (segments, line)]
    if not all(readers) or readers[0][0][0] != readers[1][0][0]:
        return None
    best = max(reader[0][1] for reader in readers)
    among = min(reader[0][1] / sum(chance for _, chance in reader) for reader in readers)
    both = sqrt(best * among)
    if best < LONG_ENOUGH[0] or both < LONG_ENOUGH[1] or least < 2:
        return None
    return Guess(readers[0][0][0], _share(both))


def _share(chance: float) -> float:
    return round(min(max(chance, 0.0), 1.0), 3)
