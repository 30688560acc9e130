"""Ink of any size to the sizes that the networks know. Training shapes its pictures with these very functions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.float32]
"""Rows by columns; 0 is paper, 1 the darkest ink."""

SEGMENT = 32
"""Side of the picture of one digit."""
MARGIN = 2
"""Paper left free around the ink on each side."""
LINE_ROWS = 32
LINE_COLUMNS = 128
"""Size of the picture of a line; longer writing is narrowed to fit."""
WORKING_ROWS = 48
"""Height to which a line is brought before it is cut apart."""

_LARGEST = 512
"""Rows of the largest picture worth keeping: bigger ones are thinned out first."""
_WIDEST = 4096
_FAINT = 0.3
"""Ink below this share of the darkest does not count for the box around the writing."""


def as_ink(picture: NDArray[np.generic]) -> Ink | None:
    """The writing of a picture, cropped to its box and with the darkest ink at 1; None where there is none.

    Any array is taken: what is not a picture of two dimensions, or holds no finite ink, is None.
    """
    ink = levelled(picture)
    return None if ink is None else cropped(ink)


def levelled(picture: NDArray[np.generic]) -> Ink | None:
    """The picture, thinned out when it is huge, with the darkest ink at 1; None where there is no ink."""
    if picture.ndim != 2 or not picture.size or picture.dtype.kind not in "buif":
        return None
    rows, columns = -(-picture.shape[0] // _LARGEST), -(-picture.shape[1] // _WIDEST)
    thinned = picture[::rows, ::columns].astype(np.float32)
    thinned = np.clip(np.nan_to_num(thinned, nan=0.0, posinf=0.0, neginf=0.0), 0.0, 255.0)
    inked = thinned[thinned > 0]
    if not inked.size:
        return None
    darkest = float(np.percentile(inked, 98))
    return np.asarray(np.minimum(thinned / np.float32(darkest), np.float32(1.0)), dtype=np.float32)


def cropped(ink: Ink) -> Ink | None:
    """The box around the ink that is not faint; None where there is no such ink."""
    found = box(ink)
    return None if found is None else ink[found]


def box(ink: Ink) -> tuple[slice, slice] | None:
    """Rows and columns that hold the ink that is not faint."""
    dark = ink > _FAINT
    rows, columns = np.nonzero(dark.any(axis=1))[0], np.nonzero(dark.any(axis=0))[0]
    if not len(rows):
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def resized(ink: Ink, rows: int, columns: int) -> Ink:
    """The picture at another size; a triangle as wide as the step keeps thin strokes when it shrinks."""
    return np.asarray(_weights(ink.shape[0], rows) @ ink @ _weights(ink.shape[1], columns).T, dtype=np.float32)


def _weights(old: int, new: int) -> Ink:
    """Matrix (new, old) that turns samples at old places into samples at new ones."""
    step = old / new
    reach = max(step, 1.0)
    centre = (np.arange(new) + 0.5) * step - 0.5
    near = np.maximum(0.0, 1.0 - np.abs(np.arange(old)[None, :] - centre[:, None]) / reach)
    return np.asarray(near / near.sum(axis=1, keepdims=True), dtype=np.float32)


def segment_picture(ink: Ink) -> Ink:
    """One digit, already cropped, in the middle of a square: its longer side fills the square but for the margin."""
    room = SEGMENT - 2 * MARGIN
    scale = room / max(ink.shape)
    rows = max(1, round(ink.shape[0] * scale))
    columns = max(1, round(ink.shape[1] * scale))
    square: Ink = np.zeros((SEGMENT, SEGMENT), dtype=np.float32)
    top, left = (SEGMENT - rows) // 2, (SEGMENT - columns) // 2
    square[top : top + rows, left : left + columns] = resized(ink, rows, columns)
    return square


def line_picture(ink: Ink, shear: float = 0.0, lift: int = 0) -> Ink:
    """A line of writing at the line network's height, at the left of a picture of its full width.

    `shear` moves the top to the right by that share of the height; `lift` keeps that many more rows free above and
    below.
    """
    rows = LINE_ROWS - 2 * MARGIN - 2 * lift
    columns = max(1, round(ink.shape[1] * rows / ink.shape[0]))
    columns = min(columns, LINE_COLUMNS - 2 * MARGIN - round(abs(shear) * rows) - 1)
    picture: Ink = np.zeros((LINE_ROWS, LINE_COLUMNS), dtype=np.float32)
    small = resized(ink, rows, columns)
    top = MARGIN + lift
    if not shear:
        picture[top : top + rows, MARGIN : MARGIN + columns] = small
        return picture
    for row in range(rows):
        # Moved by whole pixels and the rest spread over two neighbours.
        away = shear * (rows - 1 - row) if shear > 0 else -shear * row
        whole, rest = int(away), np.float32(away - int(away))
        left = MARGIN + whole
        picture[top + row, left : left + columns] += small[row] * (1 - rest)
        picture[top + row, left + 1 : left + 1 + columns] += small[row] * rest
    return picture


def working_picture(ink: Ink) -> Ink:
    """A line at the height at which it is cut apart, its width bounded."""
    columns = max(1, round(ink.shape[1] * WORKING_ROWS / ink.shape[0]))
    return resized(ink, WORKING_ROWS, min(columns, 12 * WORKING_ROWS))
