"""What two readers make of the ink of one slot, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antq_cli.model.page import Guess

Gray = NDArray[np.uint8]
"""Ink as grey: 0 is paper, 255 the darkest ink."""

AGREE = 0.65
"""The surer of two agreeing readers must be at least this sure."""


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
    digits, an empty, an odd or a huge picture give no guesses or faint ones, and no agreement; nothing is raised.
    """
    return InkReading()
