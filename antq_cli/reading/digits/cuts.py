"""Ink of a line cut apart into pieces, and the pieces put together again to what may be one digit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antq_cli.reading.digits.shaping import Ink, cropped, segment_picture

MOST_PIECES = 20
MOST_TOGETHER = 4
LOWEST = 0.35
"""What is lower than this share of the line is no digit by itself."""
_DARK = 0.4
_SPECK = 0.09
"""A piece smaller than this share of the line's height in both directions is no writing."""
_OVER = 0.6
"""Pieces above one another over this share of the narrower one belong together: the bar of a 5 and its belly."""
_WIDEST = 1.5
"""Most width of a digit in heights of the line."""
_WORTH_CUTTING = 0.45
"""Narrower pieces are not cut."""
_SLANTS = (0.0, 0.3)
"""Cuts run upright or leaning as pens lean: columns to the right for each row upwards."""
_FULL = 0.75
"""Ink at least this high, in heights of the line, is a digit and no part of one."""
_TOO_WIDE = 1.15
"""Digits are at most about as wide as high, in heights of the line."""
_THIN = 0.34
"""A cut may go through ink of at most this share of the height."""

Labels = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring pieces that may be one digit."""

    first: int
    end: int
    """Index of the first piece and of the one after the last."""
    picture: Ink
    """As `shaping.segment_picture` makes it."""


def pieces(line: Ink) -> Labels:
    """Number of the piece for every pixel of a line, counted from the left; -1 on paper.

    A piece is what hangs together, with what stands above or below it; wide ones are cut where their ink is thin.
    """
    height = line.shape[0]
    labels = connected(line > _DARK)
    boxes = _boxes(labels)
    kept = [n for n, box in enumerate(boxes) if max(box[1] - box[0], box[3] - box[2]) >= _SPECK * height]
    kept = sorted(kept, key=lambda n: -(boxes[n][1] - boxes[n][0]) * (boxes[n][3] - boxes[n][2]))[:MOST_PIECES]
    stacks: list[list[int]] = []
    for n in kept:
        left, right = boxes[n][2], boxes[n][3]
        for stack in stacks:
            first, last = min(boxes[m][2] for m in stack), max(boxes[m][3] for m in stack)
            if min(right, last) - max(left, first) >= _OVER * min(right - left, last - first):
                stack.append(n)
                break
        else:
            stacks.append([n])
    masks: list[NDArray[np.bool_]] = []
    for stack in stacks:
        masks.extend(_cut(np.isin(labels, stack), line))
    masks.sort(key=lambda mask: float(np.nonzero(mask)[1].mean()))
    result: Labels = np.full(line.shape, -1, dtype=np.int32)
    for number, mask in enumerate(masks[:MOST_PIECES]):
        result[mask] = number
    return result


def columns(line: Ink) -> int:
    """How many digits there are at least: columns of ink that stand apart and are of full height.

    One that is wider than a digit can be counts for two, for they touch.
    """
    height = line.shape[0]
    found: list[list[int]] = []
    for top, bottom, left, right in sorted(_boxes(connected(line > _DARK)), key=lambda box: box[2]):
        if max(bottom - top, right - left) < _SPECK * height:
            continue
        if found and left <= found[-1][3]:
            last = found[-1]
            found[-1] = [min(last[0], top), max(last[1], bottom), last[2], max(last[3], right)]
        else:
            found.append([top, bottom, left, right])
    full = [right - left for top, bottom, left, right in found if bottom - top >= _FULL * height]
    return sum(2 if width > _TOO_WIDE * height else 1 for width in full)


def groups(line: Ink, numbered: Labels) -> list[Group]:
    """Every run of neighbouring pieces that is narrow and high enough to be one digit."""
    count = int(numbered.max()) + 1
    height = line.shape[0]
    found = []
    for first in range(count):
        for end in range(first + 1, min(first + MOST_TOGETHER, count) + 1):
            mask = (numbered >= first) & (numbered < end)
            columns = np.nonzero(mask.any(axis=0))[0]
            rows = np.nonzero(mask.any(axis=1))[0]
            if not len(rows):
                continue
            if end > first + 1 and columns[-1] - columns[0] + 1 > _WIDEST * height:
                break
            if rows[-1] + 1 - rows[0] < LOWEST * height:
                continue
            # Grey rims of the strokes go with them, other pieces do not.
            top, bottom = max(0, rows[0] - 1), rows[-1] + 2
            left, right = max(0, columns[0] - 1), columns[-1] + 2
            near = _grown(mask[top:bottom, left:right])
            ink = cropped(np.where(near, line[top:bottom, left:right], np.float32(0.0)).astype(np.float32))
            if ink is None:
                continue
            found.append(Group(first, end, segment_picture(ink)))
    return found


def _grown(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    padded = np.pad(mask, 1)
    across = padded[:, :-2] | padded[:, 1:-1] | padded[:, 2:]
    return across[:-2] | across[1:-1] | across[2:]


def _cut(mask: NDArray[np.bool_], line: Ink) -> list[NDArray[np.bool_]]:
    """The piece in parts, cut where its ink is thinnest; whole when it is narrow or thick everywhere."""
    height = line.shape[0]
    rows, columns = np.nonzero(mask)
    width = int(columns.max() - columns.min() + 1)
    if width < _WORTH_CUTTING * height:
        return [mask]
    most = 1 + int(width / (0.55 * height))
    places: list[tuple[float, float, float]] = []
    for slant in _SLANTS:
        along = columns + slant * (rows - height / 2)
        start = float(along.min())
        ink = np.bincount((along - start).astype(np.int64))
        smooth = np.convolve(ink, (0.25, 0.5, 0.25), "same")
        inner = range(max(2, round(0.14 * height)), len(ink) - max(2, round(0.14 * height)))
        for column in inner:
            is_low = smooth[column] <= smooth[column - 1] and smooth[column] < smooth[column + 1]
            if is_low and smooth[column] <= _THIN * height:
                places.append((float(smooth[column]) + 2.0 * slant, start + column + 0.5, slant))
    chosen: list[tuple[float, float]] = []
    for _, at, slant in sorted(places):
        if len(chosen) < most and all(abs(at - other) > 0.14 * height for other, _ in chosen):
            chosen.append((at, slant))
    if not chosen:
        return [mask]
    part = np.zeros(len(rows), dtype=np.int64)
    for at, slant in chosen:
        part += columns + slant * (rows - height / 2) >= at
    parts = []
    for number in range(len(chosen) + 1):
        inside = part == number
        if inside.any():
            piece = np.zeros_like(mask)
            piece[rows[inside], columns[inside]] = True
            parts.append(piece)
    return parts


def _boxes(labels: Labels) -> list[tuple[int, int, int, int]]:
    """Top, bottom, left, right (ends excluded) of every number."""
    rows, columns = np.nonzero(labels >= 0)
    numbers = labels[rows, columns]
    count = int(labels.max()) + 1
    edges = np.empty((count, 4), dtype=np.int64)
    edges[:, (0, 2)] = max(labels.shape)
    edges[:, (1, 3)] = 0
    np.minimum.at(edges[:, 0], numbers, rows)
    np.maximum.at(edges[:, 1], numbers, rows + 1)
    np.minimum.at(edges[:, 2], numbers, columns)
    np.maximum.at(edges[:, 3], numbers, columns + 1)
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in edges]


def connected(dark: NDArray[np.bool_]) -> Labels:
    """A number for every dark pixel, the same for pixels that touch, corners included; -1 elsewhere."""
    padded = np.pad(dark.astype(np.int8), ((0, 0), (1, 1)))
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    ends = np.nonzero(change == -1)[1]
    parent = list(range(len(rows)))

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    first = np.searchsorted(rows, np.arange(dark.shape[0] + 1))
    for row in range(1, dark.shape[0]):
        above, run = int(first[row - 1]), int(first[row])
        while above < first[row] and run < first[row + 1]:
            if starts[above] <= ends[run] and ends[above] >= starts[run]:
                parent[root(run)] = root(above)
            if ends[above] < ends[run]:
                above += 1
            else:
                run += 1
    names: dict[int, int] = {}
    labels: Labels = np.full(dark.shape, -1, dtype=np.int32)
    for number in range(len(rows)):
        labels[rows[number], starts[number] : ends[number]] = names.setdefault(root(number), len(names))
    return labels
