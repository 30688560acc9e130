"""Where printed labels begin and end when ink has grown to them, told by the widths that letters have in print."""

from __future__ import annotations

from statistics import median

from rapidfuzz.distance import Levenshtein

from antq_cli.model.page import Word
from antq_cli.vietnamese.text import fold

MONTH_LABEL = (2.2, 2.65)
"""Width of a typed "tháng" in heights of itself, at least and at most."""
YEAR_LABEL = 0.80
"""Width of a typed "năm" against "tháng" of the same line, at most (Times New Roman: 0.76 and 0.78)."""
DAY_SHARE, YEAR_SHARE = 0.86, 0.765
"""Usual widths of "ngày" and "năm" against "tháng" of the same line."""
SWOLLEN = 1.12
"""A label this much wider than it can be has swallowed ink."""
DAY_LABEL = 0.92
"""Width of a typed "ngày" against "tháng" of the same line, at most (Times New Roman: 0.86)."""
_MONTH_HEIGHT = 0.90
"""Height of "tháng" in ems, from the tip of the h to the foot of the g."""
_LEAST_SIZE = 0.93
"""Size of the number's line against that of the date, at least: 13 points beside 14 are usual."""
_ADVANCE = {
    "/": 0.278, **dict.fromkeys("-I", 0.333), **dict.fromkeys("SP", 0.556), **dict.fromkeys("LTE", 0.611),
    **dict.fromkeys("BCR", 0.667), "M": 0.889, "r": 0.333, "F": 0.556, "W": 0.944, " ": 0.25,
}  # fmt: skip
_CAPITAL_ADVANCE, _SMALL_ADVANCE = 0.722, 0.5
"""Widths of letters in ems, as Times New Roman and all faces of its metrics have them."""


def month_label(
    word: Word, position: int, height: float, day: Word | None, year: Word | None
) -> tuple[float, float, float]:
    """Left and right end of the printed "tháng", and how wide it is; ink may have grown to it on either side.

    Letters are not equally wide and a pen's are wider still, so the width is told by the two other labels of the line.
    """
    start, end = part(word, position, 5)
    text = fold(word.text)
    beside = [
        other.box.width / share
        for other, label, share in ((day, "ngay", DAY_SHARE), (year, "nam", YEAR_SHARE))
        if other is not None and fold(other.text).strip(".,;:") == label
    ]
    likely = [each for each in beside if MONTH_LABEL[0] * height * 0.85 <= each <= MONTH_LABEL[1] * height * 1.1]
    if len(text) == 5:
        long = min(end - start, 3.2 * height)
        if likely and end - start > 1.25 * max(likely):
            long = max(likely)
        return max(start, end - long), min(end, start + long), long
    long = min([end - start, MONTH_LABEL[1] * height, *([median(likely)] if likely else [])])
    if position == 0:
        return start, start + long, long
    if position + 5 >= len(text):
        return end - long, end, long
    middle = (start + end) / 2
    return middle - long / 2, middle + long / 2, long


def before_year(year: Word, long: float) -> float:
    """Where "năm" begins, or the year without it; a label too wide is measured from its right end."""
    if fold(year.text).strip(".,;:") == "nam" and year.box.width > SWOLLEN * YEAR_LABEL * long:
        return year.box.right - YEAR_LABEL * long
    return year.box.left


def find_label(text: str, label: str) -> int | None:
    """Where the label stands in the word, one letter wrong at most."""
    best = None
    for position in range(max(1, len(text) - len(label) + 1)):
        distance = Levenshtein.distance(text[position : position + len(label)], label, score_cutoff=1)
        if distance == 0:
            return position
        if distance == 1 and best is None:
            best = position
    return best


def part(word: Word, position: int, size: int) -> tuple[float, float]:
    """Left and right edge of some characters of a word, all taken as equally wide."""
    step = word.box.width / max(1, len(word.text))
    return word.box.left + position * step, word.box.left + min(len(word.text), position + size) * step


def before_symbol(word: Word, first: int, height: float) -> float:
    """Right end of a slot before a symbol whose first mark is character `first`.

    Ink is wider than type, so the printed part is measured from the right.
    """
    if first == 0:
        return word.box.left
    printed = word.text[first:]
    narrow = sum(_ADVANCE.get(c, _CAPITAL_ADVANCE if c.isupper() else _SMALL_ADVANCE) for c in printed)
    long = min(_LEAST_SIZE * narrow * height / _MONTH_HEIGHT, word.box.width)
    return word.box.right - long
