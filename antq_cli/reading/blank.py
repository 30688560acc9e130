"""Whether a page bears anything to read: dirt, holes, rims and the shadow of its other side are nothing."""

from __future__ import annotations

import numpy as np
from PIL import Image

from antq_cli.reading.background import Gray, paper_of
from antq_cli.reading.components import Component, components
from antq_cli.reading.pixels import MM_PER_INCH, Picture
from antq_cli.reading.prepare import flatten

_WORKING_DPI = 75
_RIM = 0.03
_INKED = 0.75
"""Ink is darker than this share of the paper around it, which may be grey, yellow or shaded."""
_WRITTEN = 0.004
"""A page with this share of ink is not looked at any closer."""
_LEAST_MM2 = 1.2
"""Ink of a page number of one digit at 14 points; less than that is dust."""
_DUST_MM = 0.9
_HOLE_MM = (3.5, 9.0)
_HOLE_EDGE_MM = 22.0
_HOLE_FILL = 0.55
_STAPLE_EDGE_MM = 28.0
_STAPLE_MM = (4.0, 16.0)
_STAPLE_WIDTH_MM = 1.3


def is_blank(picture: Picture) -> bool:
    """True when the paper bears no ink but rims, specks, filing holes and staples."""
    return not _bears_ink(flatten(picture.image).convert("L"), picture.dpi[0])


def has_no_print(gray: Gray, dpi: float) -> bool:
    """True when nothing is left of a page to read, its colours gone: a seal or its shadow stood alone."""
    return not _bears_ink(Image.fromarray(gray), dpi)


def _bears_ink(image: Image.Image, scan_dpi: float) -> bool:
    factor = max(1, round(scan_dpi / _WORKING_DPI))
    small: Gray = np.asarray(image.reduce(factor) if factor > 1 else image, dtype=np.uint8)
    dpi = scan_dpi / factor
    paper = np.asarray(
        Image.fromarray(paper_of(small, dpi)).resize((small.shape[1], small.shape[0]), Image.Resampling.BILINEAR)
    )
    dark = small < paper * np.float32(_INKED)
    rim_y, rim_x = round(small.shape[0] * _RIM), round(small.shape[1] * _RIM)
    inner = dark[rim_y : small.shape[0] - rim_y, rim_x : small.shape[1] - rim_x]
    if not inner.size:
        return False
    if inner.mean() > _WRITTEN:
        return True
    scale = MM_PER_INCH / dpi
    ink = 0.0
    for part in components(inner):
        at_rim = part.left == 0 or part.top == 0 or part.right == inner.shape[1] or part.bottom == inner.shape[0]
        to_side = min(part.left + rim_x, small.shape[1] - part.right - rim_x) * scale
        to_end = min(part.top + rim_y, small.shape[0] - part.bottom - rim_y) * scale
        if not at_rim and not _is_dirt(part, scale, to_side, to_end):
            ink += part.area * scale * scale
    return ink >= _LEAST_MM2


def _is_dirt(part: Component, scale: float, to_side: float, to_end: float) -> bool:
    """Dust, a filing hole, a staple; distances to the nearer side and end of the page in mm, `scale` in mm a pixel."""
    width, height = (part.right - part.left) * scale, part.height * scale
    if max(width, height) < _DUST_MM:
        return True
    low, high = _HOLE_MM
    is_round = low <= width <= high and low <= height <= high and 0.7 < width / height < 1.4
    full = part.area / max(1, (part.right - part.left) * part.height)
    if is_round and full > _HOLE_FILL and min(to_side, to_end) < _HOLE_EDGE_MM:
        return True
    long = (width**2 + height**2) ** 0.5
    low, high = _STAPLE_MM
    # Staples slant, so their boxes are wide; ink over length is not.
    is_thin = part.area * scale * scale / long <= _STAPLE_WIDTH_MM and min(width, height) < 0.5 * long
    return low <= long <= high and is_thin and max(to_side, to_end) < _STAPLE_EDGE_MM
