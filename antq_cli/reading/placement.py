"""From places on the upright page that was read back to places on the page of the file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Affine:
    """x' = a x + c y + e, y' = b x + d y + f: the six numbers of a PDF matrix (ISO 32000-1, 8.3.3)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, other: Affine) -> Affine:
        """First this, then the other."""
        return Affine(
            other.a * self.a + other.c * self.b,
            other.b * self.a + other.d * self.b,
            other.a * self.c + other.c * self.d,
            other.b * self.c + other.d * self.d,
            other.a * self.e + other.c * self.f + other.e,
            other.b * self.e + other.d * self.f + other.f,
        )

    def of(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def quarter_turns(notes: Iterable[str]) -> int:
    """Counter-clockwise quarter turns that made the page upright for reading, 0 to 3."""
    return sum(_degrees(note) for note in notes if note.startswith("rotated:")) // 90 % 4


def to_unread(notes: Sequence[str], width: float, height: float) -> Affine:
    """From the page as it was read (mm, y down, `width` by `height`) to the page as the file shows it (mm, y down).

    Undoes what `Page.notes` tell of, last step first.
    """
    whole = Affine()
    for note in reversed(notes):
        if note.startswith("rotated:"):
            for _ in range(_degrees(note) // 90 % 4):
                # A turn to the left put (u, v) of a page `height` wide at (v, height - u).
                whole = whole.then(Affine(0, 1, -1, 0, height, 0))
                width, height = height, width
        elif note.startswith("deskewed:"):
            angle = math.radians(float(note.partition(":")[2]))
            whole = whole.then(_turned(-angle, width / 2, height / 2))
    return whole


def to_page(box: Sequence[float], rotation: int, width: float, height: float) -> Affine:
    """From the page as it is seen (mm, y down, `width` by `height`) to PDF user space.

    `box` is the visible box in user space (left, bottom, right, top), `rotation` the page's /Rotate.
    """
    left, bottom, right, top = box
    across, down = right - left, top - bottom
    if rotation % 180:
        x, y = across / height, down / width
    else:
        x, y = across / width, down / height
    return {
        0: Affine(x, 0, 0, -y, left, top),
        90: Affine(0, y, x, 0, left, bottom),
        180: Affine(-x, 0, 0, y, right, bottom),
        270: Affine(0, -y, -x, 0, right, top),
    }[rotation % 360]


def _degrees(note: str) -> int:
    return int(note.partition(":")[2])


def _turned(angle: float, x: float, y: float) -> Affine:
    """A turn to the left by `angle` about a point, in a space whose y runs down."""
    cos, sin = math.cos(angle), math.sin(angle)
    return Affine(cos, -sin, sin, cos, x - cos * x - sin * y, y + sin * x - cos * y)
