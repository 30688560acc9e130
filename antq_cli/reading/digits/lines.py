"""Reads a line as a whole: four views of it, and for each the likeliest strings along it (CTC prefix search)."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from antq_cli.reading.digits.networks import OTHER, line_chances
from antq_cli.reading.digits.segments import Ranked
from antq_cli.reading.digits.shaping import LINE_COLUMNS, Ink, line_picture
from antq_cli.reading.digits.weights import weights

_VIEWS = ((0.0, 0), (0.15, 0), (-0.15, 0), (0.0, 2))
"""Shear and rows left free: writing leans, and a cut is never quite tight."""
_BEAM = 12
_UNLIKELY = 0.003
_SURE = 0.999
_COLUMN_STEP = 16
_PAPER = 4
"""Columns kept free to the right of the writing."""


def read_line(ink: Ink) -> Ranked:
    """The strings that cropped ink may be, each with the mean of its chances in the four views."""
    pictures = np.stack([line_picture(ink, shear, lift) for shear, lift in _VIEWS])
    inked = np.nonzero(pictures.max(axis=(0, 1)) > 0)[0]
    columns = -(-(int(inked[-1]) + 1 + _PAPER) // _COLUMN_STEP) * _COLUMN_STEP
    chances = line_chances(weights("line"), pictures[:, :, : min(columns, LINE_COLUMNS)])
    total: dict[str, float] = defaultdict(float)
    for view in chances:
        for text, chance in strings(view):
            total[text] += chance / len(_VIEWS)
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))


def strings(chances: NDArray[np.float32]) -> Ranked:
    """Prefix search over chances (places, 11): the strings and their chances, all ways to write each added up.

    Two equal digits need a place without a digit between them; that is what the last class is for.
    """
    # For each string, the chance of all ways that end in no digit, and of those that end in its last digit.
    beam: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for place in chances:
        nothing = float(place[OTHER])
        if nothing > _SURE:
            beam = {text: ((ended + open_) * nothing, 0.0) for text, (ended, open_) in beam.items()}
            continue
        likely = [(str(digit), float(place[digit])) for digit in np.nonzero(place[:OTHER] > _UNLIKELY)[0]]
        onward: dict[str, tuple[float, float]] = {}

        def add(text: str, ended: float, open_: float, onward: dict[str, tuple[float, float]] = onward) -> None:
            before = onward.get(text, (0.0, 0.0))
            onward[text] = (before[0] + ended, before[1] + open_)

        for text, (ended, open_) in beam.items():
            add(text, (ended + open_) * nothing, 0.0)
            for digit, chance in likely:
                if text.endswith(digit):
                    add(text, 0.0, open_ * chance)
                    add(text + digit, 0.0, ended * chance)
                else:
                    add(text + digit, 0.0, (ended + open_) * chance)
        beam = dict(sorted(onward.items(), key=lambda item: -sum(item[1]))[:_BEAM])
    return sorted(((text, sum(pair)) for text, pair in beam.items()), key=lambda item: (-item[1], item[0]))
