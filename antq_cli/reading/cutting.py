"""The ink of one slot, cut out of the page: what is written between two printed words, and nothing of them.

Everything is measured in heights of "tháng" on the same line (`Anchors.height`). Print, pen and rubber stamp are
treated alike here; `slots` tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from antq_cli.model.page import Box
from antq_cli.reading.anchors import Anchors
from antq_cli.reading.components import Component, Mask, components
from antq_cli.reading.prepare import Gray, Prepared

BIG = 0.33
"""A stroke at least this high is writing; smaller ones are dots and specks, or pieces of a broken stroke."""
_AROUND = 0.9
"""How far beyond the slot the picture reaches, so that strokes which cross its ends are seen whole."""
_OFF_LINE = 0.62
"""The middle of a stroke is at most this far from the line's."""
_FLAT = (2.2, 0.25)
"""A part wider than the first and lower than the second is a rule or a leader."""
_RULE = 1.3
"""Ink that runs level for longer than this is a rule under the writing; no stroke of a digit does."""
_THRESHOLD = (0.12, 0.45)
"""Ink is darker than 0.45 of the darkest in the slot, so that pale pens live; within these bounds (1 is black)."""
_CONTRAST = 0.10
"""Darkness, as a share of the paper's brightness, below which nothing is ink."""

Dark = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Cut:
    """The ink of a slot. Lengths of `big` are pixels of a page of scale `scale` mm per pixel."""

    big: tuple[Component, ...]
    """Strokes high enough to be writing, left to right."""
    ink: Gray | None
    """The writing alone, 255 for the darkest ink, 0 for paper; None when there is none."""
    sound: bool
    """Nothing was cut through and nothing of weight was left out: this is all that stands in the slot."""
    clean: bool
    """There is no stroke, however pale, that could be writing: the slot may be called empty."""
    end: float
    """Right end of the slot in mm, where the printed symbol begins."""


def cut(page: Prepared, place: Anchors) -> Cut:
    """The strokes of the slot; with `place` of a number the printed slash before the symbol is left out."""
    height, scale = place.height, page.scale
    darkness, x0, y0 = _darkness(page, place)
    if darkness.size < 50:
        return Cut((), None, sound=False, clean=False, end=place.right)
    inner = darkness[:, max(0, round(place.left / scale) - x0) : max(1, round(place.right / scale) - x0)]
    darkest = float(np.percentile(inner, 99.5)) if inner.size else 0.0
    dark = darkness > min(max(0.45 * darkest, _THRESHOLD[0]), _THRESHOLD[1])
    ruled = without_rules(dark, max(4, round(_RULE * height / scale)))
    centre = place.middle / scale - y0
    level = [part for part in components(ruled) if _is_on_line(part, centre, height / scale)]
    left, right = place.left / scale - x0, place.right / scale - x0
    slash = _slash(level, right, height / scale) if place.name == "number" else None
    if slash is not None:
        right = float(slash.left) if slash.left > left else right
    kept: list[Component] = []
    sound = place.labelled and (slash is not None or place.closed)
    for part in level:
        if part is slash:
            continue
        inside = min(part.right, right) - max(part.left, left)
        if inside >= 0.5 * part.width:
            kept.append(part)
            # A tail may reach under the neighbour; a stroke that loses a fifth to it is more likely the neighbour's.
            sound = sound and inside >= 0.8 * part.width
        elif inside > 0.18 * height / scale and part.height * scale >= 0.3 * height and inside > 0.12 * part.width:
            sound = False
    big = [part for part in kept if part.height * scale >= BIG * height]
    clean = not big and _is_clean(darkness, left, right, centre, height / scale)
    if not big:
        return Cut((), None, sound=False, clean=clean and sound, end=(right + x0) * scale)
    chosen = big + [part for part in kept if part not in big and _is_within(part, big)]
    sound = sound and not _holds_year(big, height / scale)
    moved = tuple(_moved(part, x0, y0) for part in big)
    return Cut(moved, _picture(darkness, chosen, darkest), sound=sound, clean=False, end=(right + x0) * scale)


def printed(page: Prepared, box: Box) -> tuple[Component, ...]:
    """The strokes of a printed word: digits or capitals, without marks above and below them."""
    scale = page.scale
    top, bottom = max(0, round(box.top / scale) - 2), round(box.bottom / scale) + 2
    left, right = max(0, round(box.left / scale)), round(box.right / scale)
    crop = page.gray[top:bottom, left:right]
    if crop.size < 50:
        return ()
    dark = _relative(crop)
    limit = min(max(0.45 * float(np.percentile(dark, 99.5)), _THRESHOLD[0]), _THRESHOLD[1])
    parts = [part for part in components(dark > limit) if part.height >= 0.4 * crop.shape[0] * 0.8]
    return tuple(_moved(part, left, top) for part in parts)


def without_rules(dark: Mask, long: int) -> Mask:
    """The picture without level lines of at least `long` pixels; where a stroke crosses one, the stroke stays whole."""
    columns = dark.shape[1]
    if columns < long:
        return dark
    counted = np.cumsum(np.pad(dark.astype(np.int32), ((0, 0), (1, 0))), axis=1)
    full = counted[:, long:] - counted[:, :-long] == long
    line = np.zeros_like(dark)
    for row, start in zip(*np.nonzero(full), strict=True):
        line[row, start : start + long] = True
    if not line.any():
        return dark
    thick = max(2, round(long * 0.10))
    left = dark & ~line
    kept = left.copy()
    above = np.zeros_like(dark)
    below = np.zeros_like(dark)
    for step in range(1, thick + 1):
        above[step:] |= left[:-step]
        below[:-step] |= left[step:]
    kept |= line & above & below
    return kept


def _darkness(page: Prepared, place: Anchors) -> tuple[Dark, int, int]:
    """How dark the surroundings of the slot are, 0 paper to 1 black, and the place of their corner in pixels."""
    scale, height = page.scale, place.height
    x0, x1 = round((place.left - _AROUND * height) / scale), round((place.right + _AROUND * height) / scale)
    y0, y1 = round((place.middle - 1.3 * height) / scale), round((place.middle + 1.3 * height) / scale)
    x0, y0 = max(0, x0), max(0, y0)
    crop = page.gray[y0 : max(y0, y1), x0 : max(x0, x1)]
    if not crop.size:
        return np.zeros((0, 0), dtype=np.float32), x0, y0
    dark = _relative(crop)
    if page.red is not None:
        # The red channel leaves of a dark stamp a grey shade; print and pen below it stay black.
        stamped = page.red[y0 : max(y0, y1), x0 : max(x0, x1)] > 0
        dark[stamped & (dark < 0.6 * float(dark.max()))] = 0.0
    return dark, x0, y0


def _relative(crop: Gray) -> Dark:
    """Darkness against the paper, which may be shaded from side to side: the bright part of each band of columns."""
    width = crop.shape[1]
    bands = max(1, width // 60)
    edges = np.linspace(0, width, bands + 1).astype(np.int64)
    bright = [float(np.percentile(crop[:, a:b], 80)) for a, b in pairwise(edges)]
    overall = float(np.percentile(crop, 80))
    bright = [max(value, 0.85 * overall) for value in bright]
    paper = np.interp(np.arange(width), (edges[:-1] + edges[1:]) / 2, bright)
    return np.clip(1.0 - crop / np.maximum(paper, 1.0), 0.0, 1.0).astype(np.float32)


def _is_on_line(part: Component, centre: float, height: float) -> bool:
    if abs((part.top + part.bottom) / 2 - centre) > _OFF_LINE * height:
        return False
    return not (part.width > _FLAT[0] * height and part.height < _FLAT[1] * height)


def _slash(parts: list[Component], right: float, height: float) -> Component | None:
    """The printed slash: of the straight slanting strokes at the slot's end the one nearest to the capitals.

    A written 1 is farther to the left, and the printed slash is there to be taken in its place.
    """
    near = [
        part
        for part in parts
        if right - 0.5 * height < part.right and part.left < right + 0.8 * height
        if 0.5 * height <= part.height <= 1.5 * height and part.width < 0.75 * height
        if part.slant > 0.8 and part.bend < 0.075 * height
    ]
    return max(near, key=lambda part: part.left, default=None)


def _holds_year(big: list[Component], height: float) -> bool:
    """Four digits behind a slash inside the writing: number and year (12/2024) are not one number."""
    for index, part in enumerate(big[:-1]):
        is_slash = part.slant > 0.8 and part.bend < 0.075 * height and part.height > 0.6 * height
        if index and is_slash and len(big) - index - 1 >= 4:
            return True
    return False


def _is_clean(darkness: Dark, left: float, right: float, centre: float, height: float) -> bool:
    """No stroke of a digit's height even where a pale pen would be, and none that crosses the ends of the slot."""
    for part in components(without_rules(darkness > _CONTRAST, max(4, round(_RULE * height)))):
        inside = min(part.right, right) - max(part.left, left)
        if inside > 0.15 * height and part.height >= BIG * height and _is_on_line(part, centre, height):
            return False
    return True


def _is_within(part: Component, big: list[Component]) -> bool:
    """Inside the hull of the big strokes: a piece of a broken one, not a dot beside the writing."""
    left, right = min(p.left for p in big), max(p.right for p in big)
    top, bottom = min(p.top for p in big), max(p.bottom for p in big)
    inside = part.left >= left - 1 and part.right <= right + 1 and part.top >= top - 1 and part.bottom <= bottom + 1
    return inside and part.area >= 4


def _moved(part: Component, x: int, y: int) -> Component:
    edges = (part.left + x, part.top + y, part.right + x, part.bottom + y)
    return Component(*edges, part.area, part.edge, part.slant, part.bend, part.mask)


def _picture(darkness: Dark, parts: list[Component], darkest: float) -> Gray:
    """The parts on white paper with their grey rims, a small margin around them."""
    margin = 3
    left, right = min(p.left for p in parts) - margin, max(p.right for p in parts) + margin
    top, bottom = min(p.top for p in parts) - margin, max(p.bottom for p in parts) + margin
    near = np.zeros((bottom - top, right - left), dtype=np.bool_)
    for part in parts:
        near[part.top - top : part.bottom - top, part.left - left : part.right - left] |= part.mask
    grown = near.copy()
    for axis in (0, 1):
        for step in (-1, 1):
            grown |= np.roll(near, step, axis)
    values = np.zeros(near.shape, dtype=np.float32)
    rows, columns = np.nonzero(grown)
    rows_in = np.clip(rows + top, 0, darkness.shape[0] - 1)
    columns_in = np.clip(columns + left, 0, darkness.shape[1] - 1)
    values[rows, columns] = darkness[rows_in, columns_in]
    return np.asarray(np.clip(values / max(darkest, 0.05) * 255.0, 0, 255), dtype=np.uint8)
