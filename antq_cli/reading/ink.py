"""Measures of ink: how words are stroked, where stamps are."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from antq_cli.model.page import Box, Ink
from antq_cli.reading.prepare import Prepared

_TOP = 0.45
"""Handwriting is looked for in this part of the first page: number and date stand there."""
_CELL_MM = 1.5
_CELL_SHARE = 0.05
_STAMP_MM = 12.0
"""A stamp is at least this wide and high; a round seal has 30 to 42 mm."""

PixelBox = tuple[int, int, int, int]


def measure(page: Prepared, boxes: Iterable[PixelBox]) -> dict[PixelBox, Ink]:
    """The ink of the words in the upper part of the page; words without ink are left out."""
    limit = page.gray.shape[0] * _TOP
    found = {box: _ink(page, box) for box in boxes if box[1] < limit}
    return {box: ink for box, ink in found.items() if ink is not None}


def _ink(page: Prepared, box: PixelBox) -> Ink | None:
    left, top, right, bottom = box
    # Grown a little, for the engine's boxes cut pen strokes; not more, or the neighbours' ink comes in.
    grow_x, grow_y = max(1, round((bottom - top) * 0.08)), max(1, round((bottom - top) * 0.2))
    rows = slice(max(0, top - grow_y), min(page.gray.shape[0], bottom + grow_y))
    columns = slice(max(0, left - grow_x), min(page.gray.shape[1], right + grow_x))
    crop = page.gray[rows, columns]
    if crop.size < 20 or crop.shape[0] > 600 * page.dpi / 300:
        return None
    paper, darkest = _levels(crop)
    if paper - darkest < 40:
        return None
    dark = np.asarray(crop < paper - 0.45 * (paper - darkest), dtype=np.bool_)
    inside = np.nonzero(dark[:, grow_x : max(grow_x + 1, dark.shape[1] - grow_x)].any(axis=1))[0]
    area = int(dark.sum())
    if not area or not len(inside):
        return None
    # Twice the area over the outline is the mean width of long strokes. Counting pixel edges makes slanting
    # outlines too long by 4/pi on average.
    padded = np.pad(dark, 1)
    edges = int((padded[1:] != padded[:-1]).sum() + (padded[:, 1:] != padded[:, :-1]).sum())
    stroke = 2 * area / (edges * np.pi / 4)
    height = _main_run(np.asarray(dark.any(axis=1), dtype=np.bool_), grow_y)
    red = 0.0
    if page.red is not None:
        # The red channel has made red ink vanish, so it is counted beside the dark ink, not within it.
        reds = int((page.red[rows, columns] > 0).sum())
        red = reds / (reds + area)
    return Ink(round(height * page.scale, 3), round(stroke * page.scale, 3), round(red, 3))


def _levels(crop: NDArray[np.uint8]) -> tuple[int, int]:
    """The 90th and the 2nd percentile, by counting: for words of a page that is far quicker than by sorting."""
    counts = np.cumsum(np.bincount(crop.ravel(), minlength=256))
    places = np.searchsorted(counts, (0.90 * crop.size, 0.02 * crop.size), side="right")
    return int(places[0]), int(places[1])


def _main_run(rows: NDArray[np.bool_], grow: int) -> int:
    """Rows from the first to the last inked one, without runs that lie wholly in the grown margin (neighbours' ink)."""
    inked = np.nonzero(rows)[0]
    breaks = np.nonzero(np.diff(inked) > 1)[0]
    starts = inked[np.concatenate(([0], breaks + 1))]
    ends = inked[np.concatenate((breaks, [len(inked) - 1]))]
    kept = [(a, b) for a, b in zip(starts, ends, strict=True) if b >= grow and a < len(rows) - grow]
    if not kept:
        return 0
    return int(kept[-1][1] - kept[0][0] + 1)


def red_areas(page: Prepared) -> tuple[Box, ...]:
    """Boxes of connected red ink large enough to be a stamp, largest first."""
    if page.red is None:
        return ()
    cell = max(1, round(_CELL_MM / page.scale))
    rows, columns = page.red.shape[0] // cell, page.red.shape[1] // cell
    if not rows or not columns:
        return ()
    blocks = page.red[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell)
    inked = (blocks > 0).mean(axis=(1, 3)) > _CELL_SHARE
    size = cell * page.scale
    found = []
    for top, left, bottom, right in _areas(inked):
        if (right - left) * size >= _STAMP_MM and (bottom - top) * size >= _STAMP_MM:
            found.append(Box(*(round(edge * size, 1) for edge in (left, top, right, bottom))))
    return tuple(sorted(found, key=lambda box: -box.width * box.height))


def _areas(inked: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Bounding boxes `top, left, bottom, right` (ends excluded) of cells that touch, corners included."""
    todo = {(int(y), int(x)) for y, x in zip(*np.nonzero(inked), strict=True)}
    found = []
    while todo:
        waiting = [todo.pop()]
        top, left = waiting[0]
        bottom, right = top, left
        while waiting:
            y, x = waiting.pop()
            top, left, bottom, right = min(top, y), min(left, x), max(bottom, y), max(right, x)
            for near in [(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]:
                if near in todo:
                    todo.remove(near)
                    waiting.append(near)
        found.append((top, left, bottom + 1, right + 1))
    return found
