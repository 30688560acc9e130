"""The angle of a page's lines, and pages set straight."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Gray = NDArray[np.uint8]

_WORKING_DPI = 75
_POINTS = 30_000
"""Dark pixels that are looked at, at most: more do not move the angle."""
_MOST = 6.0
_LEAST = 0.3
_LEAST_BILEVEL = 0.6
"""Degrees below which a page of black and white stays as it is: turning resamples it, which harms more."""
_GAIN = 1.08
"""A page is turned only when its lines stand out this much better for it."""
_SIDEWAYS = 1.3
"""How much sharper columns must part than rows before a page is taken to lie on its side."""


def skew(gray: Gray, dpi: float) -> tuple[float, float]:
    """Angle of the lines in degrees (positive: they fall to the right), and how much better they line up at it."""
    y, x, height = _ink(gray, dpi)
    if not len(y):
        return 0.0, 1.0

    def sharpness(angle: float) -> float:
        shifted = y - x * np.float32(math.tan(math.radians(angle))) + np.float32(height + 0.5)
        rows = np.bincount(np.clip(shifted, 0, 3 * height).astype(np.int32))
        return float(np.sum(np.square(rows, dtype=np.float64)))

    flat = sharpness(0.0)
    best = max(np.arange(-_MOST, _MOST + 0.1, 0.5), key=sharpness)
    best = max(np.arange(best - 0.4, best + 0.45, 0.1), key=sharpness)
    return float(round(best, 1)), sharpness(float(best)) / flat


def turn_needed(gray: Gray, dpi: float, *, bilevel: bool) -> float:
    """Degrees by which the page must be turned counter-clockwise to stand straight; 0.0 when it is straight enough."""
    angle, gain = skew(gray, dpi)
    least = _LEAST_BILEVEL if bilevel else _LEAST
    return angle if least <= abs(angle) < _MOST and gain >= _GAIN else 0.0


def turned(gray: Gray, angle: float) -> Gray:
    """The page turned counter-clockwise by a few degrees, white where there was nothing."""
    image = Image.fromarray(gray).rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
    return np.asarray(image, dtype=np.uint8)


def lies_sideways(gray: Gray, dpi: float) -> bool:
    """True when the ink parts into columns as lines of text part into rows.

    Text of several columns and tables part into columns too, but their rows part sharper still.
    """
    y, x, _ = _ink(gray, dpi)
    if len(y) < 1500:
        return False
    return _modulation(x) > _SIDEWAYS * _modulation(y)


def _modulation(places: NDArray[np.float32]) -> float:
    """How much ink comes and goes from one row of pixels to the next but two, against how much there is."""
    rows = np.bincount(places.astype(np.int32)).astype(np.float64)
    change = rows[3:] - rows[:-3]
    return float(np.sum(np.square(change)) / max(1.0, np.sum(np.square(rows))))


def _ink(gray: Gray, dpi: float) -> tuple[NDArray[np.float32], NDArray[np.float32], int]:
    """Rows and columns of dark pixels on a reduced page without its rims, and its height; empty where none can tell."""
    factor = max(1, round(dpi / _WORKING_DPI))
    small = np.asarray(Image.fromarray(gray).reduce(factor), dtype=np.uint8) if factor > 1 else gray
    rim_y, rim_x = round(small.shape[0] * 0.04), round(small.shape[1] * 0.04)
    inner = small[rim_y : small.shape[0] - rim_y, rim_x : small.shape[1] - rim_x]
    y, x = np.nonzero(inner < 150)
    if not 300 <= len(y) <= inner.size // 3:
        y = x = y[:0]
    step = -(-len(y) // _POINTS) or 1
    return y[::step].astype(np.float32), x[::step].astype(np.float32), inner.shape[0]
