"""The places of page 1 that offices fill in by hand: the number after "Số:", the day, the month.

OCR puts out wrong digits for pen strokes, often with high confidence, so whether a slot is empty, typed or written is
decided from pixels alone: handwriting is taller than type of the same line and of another stroke width. The slot is
found from typed words beside it, whose widths are bounded, for OCR boxes swallow the pen's ink.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from rapidfuzz.distance import Levenshtein

from antq_cli.model.page import Box, Slot, SlotState, Word
from antq_cli.reading.components import Component, components
from antq_cli.reading.prepare import Prepared
from antq_cli.vietnamese.text import fold

TOP = 0.45
"""Slots stand in this part of the page."""
LABEL_SHARE = 0.92
"""Width of a typed "ngày" against "tháng" of the same line, at most (Times New Roman: 0.86)."""
NEAR_DATE = 4.0
"""The number stands at most this far above or below the date line, in heights of "tháng"."""
TALL = (0.62, 0.80)
"""Height of typed digits in heights of "tháng" (which has an ascender, a mark and a descender)."""
STROKE = (0.80, 1.14)
"""Stroke width of typed digits against that of the line's typed words."""
RAGGED = 0.06
"""Spread of the tops of typed digits, at most, in heights of "tháng"."""
BIG = 0.33
"""A stroke at least this high is writing; smaller ones are dots and specks."""

_NUMBER_LABEL = re.compile(r"\W{0,2}s[o06](?=[^a-z]|$)")
_SYMBOL = re.compile(r"[A-ZĐ]{1,5}[a-zđ]?[A-ZĐ]*\s?[-/]\s?[A-ZĐ]{2}|[/-]\s?[A-ZĐ]{2,}")


@dataclass(frozen=True, slots=True)
class _DateLine:
    day: tuple[float, float]
    month: tuple[float, float]
    middle: float
    height: float
    anchored: tuple[bool, bool]
    """Were both neighbours of the day's slot, and of the month's, read?"""
    stroke: float | None
    """Mean stroke width of the line's typed words, mm; None when nothing was measured."""


def find_slots(page: Prepared, words: Sequence[Word]) -> tuple[Slot, ...]:
    """The slots found on this page, each judged by its pixels; fewer than three when their anchors were not read."""
    upper = [word for word in words if word.box.top < TOP * page.height]
    line = _date_line(upper, page.width)
    if line is None:
        return ()
    found = [
        _judge(page, "day", line.day, line, anchored=line.anchored[0]),
        _judge(page, "month", line.month, line, anchored=line.anchored[1]),
    ]
    span = _number_span(upper, line, page.width)
    if span is not None:
        (left, right, middle, anchored) = span
        found.append(_judge(page, "number", (left, right), line, anchored=anchored, middle=middle, before_slash=True))
    return tuple(_doubted(slot, upper) for slot in found if slot is not None)


def _doubted(slot: Slot, words: Sequence[Word]) -> Slot:
    """A slot without strokes in which OCR saw letters was cut wrongly: it is not claimed to be empty."""
    if slot.state is not SlotState.EMPTY:
        return slot
    middle = slot.box.middle
    seen = any(
        any(c.isdigit() for c in word.text)
        and word.box.top < middle < word.box.bottom
        and min(word.box.right, slot.box.right) - max(word.box.left, slot.box.left) > 0.3 * slot.box.width
        for word in words
    )
    return replace(slot, state=SlotState.INKED) if seen else slot


def _is_like(text: str, word: str) -> bool:
    return Levenshtein.distance(text, word, score_cutoff=1) <= 1


def _date_line(words: Sequence[Word], width: float) -> _DateLine | None:
    """The place between "ngày" and "tháng", and between "tháng" and "năm", on the header's date line."""
    for word in words:
        position = _find_in(fold(word.text), "thang")
        if position is None or word.box.centre < 0.40 * width:
            continue
        beside = [w for w in words if abs(w.box.middle - word.box.middle) < 0.7 * max(w.box.height, word.box.height)]
        beside = [w for w in beside if abs(w.box.centre - word.box.centre) < 0.22 * width]
        before = [w for w in beside if w.box.left <= word.box.left and _find_in(fold(w.text), "ngay") is not None]
        # The nearest one: the place before it may look like the label ("Ngãi").
        day_word = max(before, key=lambda w: ("ngay" in fold(w.text), w.box.left), default=None)
        year_word = next(
            (w for w in beside if w is not word and w.box.left > word.box.left and _is_year(fold(w.text))), None
        )
        if day_word is None and year_word is None:
            continue
        heights = [w.box.height for w in beside]
        height = min(word.box.height, 1.4 * median(heights))
        start, end = _part(word, position, 5)
        long = min(end - start, 3.2 * height)
        month_left = min(end, start + long)
        day_right = max(start, month_left - long)
        if day_word is not None and day_word is not word:
            at = _find_in(fold(day_word.text), "ngay") or 0
            day_start, day_end = _part(day_word, at, 4)
            day_left = min(day_end, day_start + LABEL_SHARE * long)
        elif day_word is word:
            at = _find_in(fold(word.text), "ngay") or 0
            day_left = _part(word, at, 4)[1]
        else:
            day_left = day_right - 2.0 * height
        month_right = year_word.box.left if year_word is not None else month_left + 2.2 * height
        strokes = [w.ink.stroke for w in beside if w.ink is not None and _is_typed_word(w)]
        return _DateLine(
            (day_left, day_right),
            (month_left, month_right),
            word.box.middle,
            height,
            (day_word is not None, year_word is not None),
            median(strokes) if strokes else None,
        )
    return None


def _find_in(text: str, label: str) -> int | None:
    """Where the label stands in the word, one letter wrong at most."""
    for position in range(max(1, len(text) - len(label) + 1)):
        if _is_like(text[position : position + len(label)], label):
            return position
    return None


def _is_year(text: str) -> bool:
    return _is_like(text.strip(".,;:"), "nam") or re.fullmatch(r"(?:19|20)\d\d\W?", text) is not None


def _is_typed_word(word: Word) -> bool:
    return sum(c.isalpha() for c in word.text) >= 3 and word.confidence > 0.6


def _part(word: Word, position: int, size: int) -> tuple[float, float]:
    """Left and right edge, in mm, of some characters of a word, all taken as equally wide."""
    step = word.box.width / max(1, len(word.text))
    return word.box.left + position * step, word.box.left + min(len(word.text), position + size) * step


def _number_span(words: Sequence[Word], line: _DateLine, width: float) -> tuple[float, float, float, bool] | None:
    """Left edge, right edge and middle of the number's slot, and whether both its neighbours were read.

    None when neither label nor symbol was.
    """
    near = [w for w in words if w.box.left < 0.5 * width and abs(w.box.middle - line.middle) < NEAR_DATE * line.height]
    near.sort(key=lambda w: (abs(w.box.middle - line.middle), w.box.left))
    label = next((w for w in near if _NUMBER_LABEL.match(fold(w.text)) and w.box.left < 0.35 * width), None)
    symbols = [w for w in near if _SYMBOL.search(w.text)]
    if label is not None:
        symbols = [w for w in symbols if abs(w.box.middle - label.box.middle) < line.height]
    symbol = symbols[0] if symbols else None
    if label is None and symbol is None:
        return None
    right = _before_symbol(symbol) if symbol is not None else None
    left = None
    if label is not None:
        own = len(re.match(r"\W{0,2}s[o06]\W{0,1}", fold(label.text)).group())  # type: ignore[union-attr]
        left = min(_part(label, 0, own)[1], label.box.left + 1.38 * line.height)
    if left is None and right is not None:
        left = right - 4.2 * line.height
    if right is None and left is not None:
        right = left + 4.0 * line.height
    anchor = label if label is not None else symbol
    if left is None or right is None or anchor is None or right - left < 0.3 * line.height:
        return None
    return left, right, anchor.box.middle, label is not None and symbol is not None and symbol is not label


def _before_symbol(word: Word) -> float:
    """Right end of the slot: the last slash or hyphen before capitals, or the first capital."""
    marks = [m.start() for m in re.finditer(r"[/-]\s?(?=[A-ZĐ])", word.text)]
    first = marks[0] if marks else 0
    capital = re.search(r"[A-ZĐ]", word.text)
    if capital is not None and (not marks or capital.start() < first):
        first = capital.start()
    if first == 0:
        return word.box.left
    # Written digits are wider than type, so the typed part is measured from the right.
    typed = len(word.text) - first
    return word.box.right - min(1.0, typed / len(word.text)) * word.box.width


def _judge(
    page: Prepared,
    name: str,
    span: tuple[float, float],
    line: _DateLine,
    *,
    anchored: bool,
    middle: float | None = None,
    before_slash: bool = False,
) -> Slot | None:
    centre = line.middle if middle is None else middle
    height = line.height
    left, right = span
    if right - left < 0.15 * height:
        return None
    box = Box(round(left, 2), round(centre - 0.95 * height, 2), round(right, 2), round(centre + 0.95 * height, 2))
    strokes = _writing(page, box, centre, height, before_slash)
    big = [part for part in strokes if part.height * page.scale >= BIG * height]
    if not big:
        # Without both neighbours the cut may have missed the writing, and nothing is claimed to be missing.
        return Slot(name, box, SlotState.EMPTY if anchored else SlotState.INKED)
    tops = [part.top * page.scale for part in big]
    tall = (max(p.bottom for p in big) - min(p.top for p in big)) * page.scale / height
    area = sum(part.area for part in big)
    stroke = 2 * area / (sum(part.edge for part in big) * np.pi / 4) * page.scale
    is_typed = (
        line.stroke is not None
        and TALL[0] <= tall <= TALL[1]
        and STROKE[0] <= stroke / line.stroke <= STROKE[1]
        and (max(tops) - min(tops)) / height <= RAGGED
    )
    return Slot(name, box, SlotState.TYPED if is_typed else SlotState.INKED)


def _writing(page: Prepared, box: Box, centre: float, height: float, before_slash: bool) -> list[Component]:
    """The connected strokes that belong to the slot: inside it, on its line, not a leader line, not the typed slash."""
    scale = page.scale
    x0, x1 = round((box.left - 0.6 * height) / scale), round((box.right + 0.6 * height) / scale)
    y0, y1 = round((centre - 1.3 * height) / scale), round((centre + 1.3 * height) / scale)
    x0, y0 = max(0, x0), max(0, y0)
    crop = page.gray[y0 : min(y1, page.gray.shape[0]), x0 : min(x1, page.gray.shape[1])]
    if crop.size < 50:
        return []
    paper, darkest = np.percentile(crop, (80, 0.5))
    if paper - darkest < 40:
        return []
    dark = crop < paper - 0.45 * (paper - darkest)
    kept = []
    for part in components(dark):
        part = part.moved(x0, y0)
        left, right = part.left * scale, part.right * scale
        inside = min(right, box.right) - max(left, box.left)
        if inside < 0.5 * (right - left):
            continue
        if abs((part.top + part.bottom) / 2 * scale - centre) > 0.62 * height:
            continue
        if right - left > 2.2 * height and part.height * scale < 0.25 * height:
            continue
        kept.append(part)
    if before_slash:
        kept = [part for part in kept if not _is_slash(part, box.right, height, scale)]
    return kept


def _is_slash(part: Component, edge: float, height: float, scale: float) -> bool:
    """A thin slanting stroke that touches the symbol: the typed slash."""
    tall, wide = part.height * scale, (part.right - part.left) * scale
    is_near = part.right * scale > edge - 0.45 * height
    return is_near and 0.5 * height <= tall <= 1.3 * height and wide < 0.6 * height and part.slant > 0.8
