"""Connected strokes of a small picture, by runs of its rows: numpy alone, no picture library is needed for it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Component:
    """Dark pixels that touch one another, corners included. Edges in pixels; right and bottom are excluded."""

    left: int
    top: int
    right: int
    bottom: int
    area: int
    edge: int
    """Length of the outline, counted in pixel edges."""
    slant: float
    """How much it looks like a rising straight stroke: correlation of height with place to the right, 0..1."""
    bend: float
    """How far its pixels lie from a straight line through them, in pixels (standard deviation)."""
    mask: Mask = field(repr=False, compare=False)
    """Its pixels within its own box."""

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def stroke(self) -> float:
        """Mean width of its strokes: twice the area over the outline, which pixel edges make too long by 4/pi."""
        return 2 * self.area / (self.edge * np.pi / 4)


def components(dark: Mask) -> list[Component]:
    """All connected dark parts of a picture, left to right."""
    runs = _runs(dark)
    parent = list(range(len(runs)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    by_row: dict[int, list[int]] = {}
    for index, (row, _, _) in enumerate(runs):
        by_row.setdefault(row, []).append(index)
    for index, (row, start, end) in enumerate(runs):
        for other in by_row.get(row - 1, ()):
            _, first, last = runs[other]
            if first <= end and last >= start:
                parent[root(index)] = root(other)
    groups: dict[int, list[int]] = {}
    for index in range(len(runs)):
        groups.setdefault(root(index), []).append(index)
    found = [_component([runs[index] for index in members]) for members in groups.values()]
    return sorted(found, key=lambda part: part.left)


def _runs(dark: Mask) -> list[tuple[int, int, int]]:
    """Row, first column and end column (excluded) of every run of dark pixels."""
    padded = np.pad(dark.astype(np.int8), ((0, 0), (1, 1)))
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    return [(int(r), int(a), int(b)) for r, a, b in zip(rows, starts, ends, strict=True)]


def _component(runs: list[tuple[int, int, int]]) -> Component:
    left, right = min(run[1] for run in runs), max(run[2] for run in runs)
    top, bottom = min(run[0] for run in runs), max(run[0] for run in runs) + 1
    mask = np.zeros((bottom - top + 2, right - left + 2), dtype=np.bool_)
    for row, start, end in runs:
        mask[row - top + 1, start - left + 1 : end - left + 1] = True
    edge = int((mask[1:] != mask[:-1]).sum() + (mask[:, 1:] != mask[:, :-1]).sum())
    y, x = np.nonzero(mask)
    slant = bend = 0.0
    if len(x) > 3:
        spread = np.cov(np.stack((x, y)).astype(np.float64))
        if spread[0, 0] > 0 and spread[1, 1] > 0:
            slant = float(max(0.0, -spread[0, 1] / np.sqrt(spread[0, 0] * spread[1, 1])))
        bend = float(np.sqrt(max(0.0, np.linalg.eigvalsh(spread)[0])))
    return Component(left, top, right, bottom, int(mask.sum()), edge, slant, bend, mask[1:-1, 1:-1])
