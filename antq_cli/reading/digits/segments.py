"""Reads a line digit by digit: cut apart, every group of pieces judged, the likeliest ways through kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from antq_cli.reading.digits.cuts import Group, groups, pieces
from antq_cli.reading.digits.networks import OTHER, segment_chances
from antq_cli.reading.digits.shaping import Ink, working_picture
from antq_cli.reading.digits.weights import weights

Ranked = list[tuple[str, float]]
"""Strings with their chances, likeliest first; the empty string stands for ink that is no digits."""

_KEPT = 12
"""Ways through kept at each place."""
_UNLIKELY = 0.01
_SPECK_IS_NOTHING = 0.98
"""Chance that a piece too low for a digit is none."""
_LEFT_OUT = 0.1
"""How rarely ink as high as a digit is none, before it is looked at. Without it the halves of a 0, rightly judged to be
no digits, would count as much as the 0."""
_MOST_GROUPS = 64
"""More are not judged: that much ink is no number."""


@dataclass(frozen=True, slots=True)
class _Step:
    """From one piece to a later one: a digit, or nothing."""

    end: int
    digit: str
    chance: float
    weight: float
    """The chance, less where ink is left out."""


def read_segments(ink: Ink) -> Ranked:
    """The strings that cropped ink may be.

    A string's chance is the product of those of its digits in its best cut, times its share among all strings.
    """
    line = working_picture(ink)
    numbered = pieces(line)
    count = int(numbered.max()) + 1
    found = groups(line, numbered)
    if not found or len(found) > _MOST_GROUPS:
        return []
    steps = _steps(found, count)
    # For each place, by string: how it is ranked, and the product of its chances.
    ways: list[dict[str, tuple[float, float]]] = [{} for _ in range(count + 1)]
    ways[0][""] = (1.0, 1.0)
    for first in range(count):
        for text, (rank, chance) in sorted(ways[first].items(), key=lambda way: -way[1][0])[:_KEPT]:
            for step in steps[first]:
                longer = text + step.digit
                way = (rank * step.weight, chance * step.chance)
                ways[step.end][longer] = max(ways[step.end].get(longer, (0.0, 0.0)), way)
    total = sum(rank for rank, _ in ways[count].values())
    ranked = sorted(ways[count].items(), key=lambda way: (-way[1][0], way[0]))
    return [(text, chance * rank / total) for text, (rank, chance) in ranked if rank > 0]


def _steps(found: list[Group], count: int) -> list[list[_Step]]:
    """For each piece, what may come next and how likely it is."""
    chances = segment_chances(weights("segments"), np.stack([group.picture for group in found]))
    steps: list[list[_Step]] = [[] for _ in range(count)]
    judged = set()
    for group, chance in zip(found, chances, strict=True):
        for digit in np.nonzero(chance[:OTHER] > _UNLIKELY)[0]:
            likely = float(chance[digit])
            steps[group.first].append(_Step(group.end, str(digit), likely, likely))
        if group.end == group.first + 1:
            judged.add(group.first)
            none = float(chance[OTHER])
            steps[group.first].append(_Step(group.end, "", none, none * _LEFT_OUT))
    for first in set(range(count)) - judged:
        steps[first].append(_Step(first + 1, "", _SPECK_IS_NOTHING, _SPECK_IS_NOTHING))
    return steps
