"""What two readers make of the ink of one slot, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antq_cli.model.page import Guess
from antq_cli.reading.digits.lines import read_line
from antq_cli.reading.digits.segments import Ranked, read_segments
from antq_cli.reading.digits.shaping import as_ink

Gray = NDArray[np.uint8]
"""Ink as grey: 0 is paper, 255 the darkest ink."""

AGREE = 0.65
"""The surer of two agreeing readers must be at least this sure."""
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
    """The string both put first, with the confidence of the surer one; None when they differ or neither is sure."""


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
    return InkReading(_guesses(segments), _guesses(line), _agreed(segments, line))


def _guesses(ranked: Ranked) -> tuple[Guess, ...]:
    likely = [(text, chance) for text, chance in ranked if text and chance >= _FAINT][:MOST_GUESSES]
    return tuple(Guess(text, _share(chance)) for text, chance in likely)


def _agreed(segments: Ranked, line: Ranked) -> Guess | None:
    if not segments or not line or segments[0][0] != line[0][0] or not line[0][0]:
        return None
    best = max(segments[0][1], line[0][1])
    return Guess(line[0][0], _share(best)) if best >= AGREE else None


def _share(chance: float) -> float:
    return round(min(max(chance, 0.0), 1.0), 3)
