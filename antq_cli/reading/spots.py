"""Dirt on a page: grains, specks, and streaks of dust on the glass.

What is removed is smaller than any mark of a letter, or farther from every letter than marks of letters are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from antq_cli.reading.pixels import MM_PER_INCH

Gray = NDArray[np.uint8]

_DARK = 150
_GRAIN_SHARE = 0.001
"""Share of single dark pixels from which on a page is sown with grains and a median does good."""
_COARSE_DPI = 180.0
"""Below this a dot of grey print is one or two pixels, as a grain is: nothing is taken away then."""
_GRAIN_MM = 0.27
"""No full stop or dot of 10 points is smaller."""
_CELL_MM = 0.42
_ALONE_CELLS = 3
"""Clean cells around a lone speck: about 1.3 mm, which dots and accents never keep from their letters."""
_MANY = 25
"""Lone specks on an A4 page that make it a specked one; dust and dots of leaders give fewer."""
_A4_MM2 = 62370.0
_STREAK = 0.75
"""Share of the page's height that is darkened in a column of pixels where dust lay on the glass."""
_STREAK_DEPTH = 0.06
_STREAK_BLIND = 0.45
"""A streak that lets through less than this share of the light is filled from its sides."""
_STREAK_MM = 1.2
"""A darkening wider than this is a rim or a picture."""


def grains(gray: Gray) -> float:
    """Share of pixels that are dark and stand alone among their eight neighbours."""
    dark = (gray < 128).view(np.uint8)
    if dark.shape[0] < 3 or dark.shape[1] < 3:
        return 0.0
    around = _window(dark, 3)
    return float(np.count_nonzero((around == 1) & (dark[1:-1, 1:-1] == 1)) / around.size)


def without_specks(gray: Gray, dpi: float, *, bilevel: bool) -> tuple[Gray, str]:
    """The page without specks and what was done: `despeckled`, or nothing on a page that has few."""
    if not bilevel and dpi < _COARSE_DPI:
        return gray, ""
    sample = gray[: gray.shape[0] // 3]
    if not bilevel and grains(sample) > _GRAIN_SHARE and grains(gray) > _GRAIN_SHARE:
        gray = np.asarray(Image.fromarray(gray).filter(ImageFilter.MedianFilter(3)), dtype=np.uint8)
        return _without_lone(gray, dpi)[0], "despeckled"
    cleaned, lone = _without_lone(gray, dpi)
    page = gray.size * (MM_PER_INCH / dpi) ** 2
    if lone < _MANY * max(0.25, page / _A4_MM2):
        return gray, ""
    return _without_grains(cleaned, dpi), "despeckled"


def _without_lone(gray: Gray, dpi: float) -> tuple[Gray, int]:
    """Marks of less than two cells that stand alone made white, and their number."""
    cell = max(2, round(_CELL_MM * dpi / MM_PER_INCH))
    rows, columns = gray.shape[0] // cell, gray.shape[1] // cell
    side = 2 + 2 * _ALONE_CELLS
    if rows <= side or columns <= side:
        return gray, 0
    blocks = gray[: rows * cell, : columns * cell]
    darkest = np.minimum.reduceat(blocks, np.arange(0, rows * cell, cell), axis=0)
    darkest = np.minimum.reduceat(darkest, np.arange(0, columns * cell, cell), axis=1)
    inked = (darkest < _DARK).view(np.uint8)
    # Two by two cells hold all ink within a ring of clean cells around them.
    inner = _window(inked, 2)[_ALONE_CELLS:-_ALONE_CELLS, _ALONE_CELLS:-_ALONE_CELLS]
    alone = (inner > 0) & (_window(inked, side) == inner)
    tops, lefts = np.nonzero(alone)
    if not len(tops):
        return gray, 0
    tops, lefts = tops + _ALONE_CELLS, lefts + _ALONE_CELLS
    white = np.zeros(inked.shape, dtype=np.bool_)
    for down in (0, 1):
        for across in (0, 1):
            white[tops + down, lefts + across] = True
    cells = np.argwhere(white)
    count = int((white & (inked == 1)).sum())
    cleaned = gray.copy()
    for row, column in cells:
        cleaned[row * cell : (row + 1) * cell, column * cell : (column + 1) * cell] = 255
    return cleaned, count


def _without_grains(gray: Gray, dpi: float) -> Gray:
    """Grains beside letters made white: those that fit into a square smaller than a dot, with clean pixels around."""
    size = int(_GRAIN_MM * dpi / MM_PER_INCH)
    if size < 1 or min(gray.shape) < size + 4:
        return gray
    dark = (gray < _DARK).view(np.uint8)
    inner = _window(dark, size)[1:-1, 1:-1]
    tops, lefts = np.nonzero((inner > 0) & (_window(dark, size + 2) == inner))
    cleaned = gray.copy()
    for down in range(size + 2):
        for across in range(size + 2):
            cleaned[tops + down, lefts + across] = 255
    return cleaned


def without_streaks(gray: Gray, dpi: float) -> tuple[Gray, bool]:
    """The page without thin darkened columns that run down the whole of it, and whether there were any.

    Light streaks are divided away, and the print in them stays; dark ones are filled from both sides.
    """
    rows = gray[:: max(1, gray.shape[0] // 500)]
    place = round((1 - _STREAK) * (len(rows) - 1))
    # What the brightest quarter of a column's pixels reach: paper, wherever no line runs down the page.
    level = np.partition(rows, len(rows) - 1 - place, axis=0)[len(rows) - 1 - place].astype(np.float32)
    reach = max(2, round(_STREAK_MM * dpi / MM_PER_INCH))
    around = _running_greatest(level, reach)
    share = level / np.maximum(around, 1)
    thin = share < 1 - _STREAK_DEPTH
    if not thin.any():
        return gray, False
    columns = np.flatnonzero(thin)
    groups = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    cleaned = gray.copy()
    found = False
    for group in groups:
        left, right = int(group[0]) - 1, int(group[-1]) + 1
        if len(group) > reach or left < 0 or right >= gray.shape[1]:
            continue
        found = True
        for column in group:
            if share[column] < _STREAK_BLIND:
                part = (column - left) / (right - left)
                mixed = gray[:, left] * (1 - part) + gray[:, right] * part
                cleaned[:, column] = mixed.astype(np.uint8)
            else:
                cleaned[:, column] = np.minimum(gray[:, column] / share[column], 255).astype(np.uint8)
    return cleaned, found


def _running_greatest(level: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """The greatest value within `reach` places, then the least of those: narrow dips are filled, wide ones stay."""

    def run(values: NDArray[np.float32], pick: np.ufunc) -> NDArray[np.float32]:
        padded = np.pad(values, reach, mode="edge")
        return np.asarray(pick.reduce([padded[n : n + len(values)] for n in range(2 * reach + 1)]))

    return run(run(level, np.maximum), np.minimum)


def _window(mask: Gray, size: int) -> Gray:
    """Sums of every square of `size` by `size` cells of zeros and ones; `size` is at most 15."""
    tall = mask.shape[0] - size + 1
    rows = mask[:tall].copy()
    for step in range(1, size):
        rows += mask[step : step + tall]
    wide = mask.shape[1] - size + 1
    sums = rows[:, :wide].copy()
    for step in range(1, size):
        sums += rows[:, step : step + wide]
    return sums
