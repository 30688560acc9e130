"""Where on page 1 the number, the day and the month stand, told by the printed words beside them.

The words are those of OCR: the date line is found first, for "tháng" between "ngày" and a year is the safest anchor;
the number is then looked for on its level. Widths of anchors are bounded, for OCR boxes swallow the ink of a pen, and
an anchor may be a part of a longer word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rapidfuzz.distance import Levenshtein

from antq_cli.model.page import Box, Word
from antq_cli.reading.labels import (
    DAY_LABEL,
    DAY_SHARE,
    MONTH_LABEL,
    SWOLLEN,
    YEAR_LABEL,
    before_symbol,
    before_year,
    find_label,
    month_label,
    part,
)
from antq_cli.vietnamese.text import fold

TOP = 0.45
"""The slots stand in this part of the page."""
NEAR_DATE = 4.0
"""The number stands at most this far above or below the date line, in heights of "tháng"."""
_NUMBER_LABEL = 1.38
"""Width of a typed "Số:" in heights of "tháng", at most."""
_GROWN_LABEL = 1.08
"""The same of a label that has grown together with ink: "Số" alone, for ink may lie over its colon."""
_WIDEST = 7.0
"""No slot is wider, in heights of "tháng"."""

_LABEL = re.compile(r"\W{0,2}s[o06](?=[^a-z]|$|[a-z]{1,2}[:;])")
_GLUED = re.compile(r"\W{0,2}s[ao06](?=.{1,8}[/-])")
"""A label that pen and symbol have grown together with; it counts only where the word holds a symbol as well."""
_PLAIN_LABEL = re.compile(r"s[o06]\s?[:.]?")
_CAPITALS = "A-Z\u0110\u00d0"
_SYMBOL = re.compile(
    rf"[{_CAPITALS}]{{1,5}}[a-z\u0111]?[{_CAPITALS}]{{0,5}}\s?[-/]\s?[{_CAPITALS}]{{2}}|[/-]\s?[{_CAPITALS}]{{2,}}"
)
_YEAR_IN = re.compile(rf"[/-]\s?(?:19|20)\d\d\s?(?=[/-]\s?[{_CAPITALS}])")
_MARK = re.compile(rf"[/-]\s?(?=[{_CAPITALS}])")
_PLAIN_SYMBOL = re.compile(rf"[/-]\s?[{_CAPITALS}]{{2}}")
"""A symbol that begins with its own mark: no ink is in its box."""
_CAPITAL = re.compile(rf"[{_CAPITALS}]")
_YEAR = re.compile(r"(?:19|20)\d\d\W?")


@dataclass(frozen=True, slots=True)
class Anchors:
    """One slot before its pixels were looked at; lengths in mm."""

    name: str
    left: float
    right: float
    middle: float
    """Height of the middle of the line on the page."""
    height: float
    """Height of "tháng" on this line: the measure of everything."""
    certain: bool
    """Both neighbours were read letter by letter and are no wider than they can be: what stands between them is all."""
    typed: Box | None
    """Printed digits or capitals of the same line, to compare with."""
    stroke: float | None
    """Mean width of the strokes of the line's printed words; None when nothing was measured."""
    closed: bool = True
    """The print at its ends was read as it must be: the letters of "tháng", the slash or the hyphen before a symbol.
    Where it was not, ink may lie over it and beyond the end."""
    labelled: bool = True
    """The label beside it was read. Where it was not, its letters may lie in the slot (`Số` looks like 50)."""

    @property
    def box(self) -> Box:
        reach = 0.95 * self.height
        edges = (self.left, max(0.0, self.middle - reach), self.right, self.middle + reach)
        return Box(*(round(edge, 2) for edge in edges))


def find_anchors(words: Sequence[Word], width: float, height: float) -> tuple[Anchors, ...]:
    """Day, month and number as far as their neighbours were read; the page is `width` by `height` mm."""
    upper = [word for word in words if word.box.top < TOP * height]
    dated = _date_line(upper, width)
    number = _number(upper, width, dated[1] if dated else None)
    found = (*dated, number) if dated else (number,)
    return tuple(each for each in found if each is not None and each.right - each.left >= 0.15 * each.height)


def _date_line(words: Sequence[Word], width: float) -> tuple[Anchors, Anchors] | None:
    """The place between "ngày" and "tháng", and between "tháng" and "năm", on the header's date line."""
    # A place may look like the label ("Trăng"), so the words that hold it letter by letter come first.
    for word in sorted(words, key=lambda w: ("thang" not in fold(w.text), w.box.top)):
        position = find_label(fold(word.text), "thang")
        if position is None or word.box.centre < 0.40 * width:
            continue
        line = [w for w in words if abs(w.box.middle - word.box.middle) < 0.7 * max(w.box.height, word.box.height)]
        beside = [w for w in line if abs(w.box.centre - word.box.centre) < 0.22 * width]
        before = [w for w in beside if w.box.left <= word.box.left and find_label(fold(w.text), "ngay") is not None]
        # The nearest one: the place before it may look like the label ("Ngãi").
        day = max(before, key=lambda w: ("ngay" in fold(w.text), w.box.left), default=None)
        after = [w for w in beside if w is not word and w.box.left > word.box.left]
        year = next((w for w in after if _is_year(fold(w.text))), None)
        is_place = any("ngay" in fold(w.text) for w in after) and "thang" not in fold(word.text)
        if (day is None and year is None) or is_place or _goes_on(line, after):
            continue
        return _day_and_month(word, position, day, year, after, beside)
    return None


def _goes_on(line: Sequence[Word], after: Sequence[Word]) -> bool:
    """Words behind the year: a line of the text cites a date, the header's line ends with its own."""
    years = [w for w in after if _YEAR.fullmatch(fold(w.text))]
    if not years:
        return False
    end = min(w.box.right for w in years)
    return any(w.box.left > end and sum(c.isalpha() for c in w.text) > 1 for w in line)


def _day_and_month(
    word: Word, position: int, day: Word | None, year: Word | None, after: Sequence[Word], beside: Sequence[Word]
) -> tuple[Anchors, Anchors]:
    height = min(word.box.height, 1.4 * median([w.box.height for w in beside]))
    start, end, long = month_label(word, position, height, day, year)
    month_left, day_right = end, start
    if day is word:
        day_left = min(part(word, find_label(fold(word.text), "ngay") or 0, 4)[1], word.box.left + DAY_LABEL * long)
    elif day is not None:
        day_start, day_end = part(day, find_label(fold(day.text), "ngay") or 0, 4)
        glued = fold(day.text).startswith("ngay") and len(fold(day.text)) > 5
        day_left = day_start + DAY_SHARE * long if glued else min(day_end, day_start + DAY_LABEL * long)
    else:
        day_left = day_right - 2.0 * height
    month_right = before_year(year, long) if year is not None else month_left + 2.2 * height
    plain = fold(word.text) == "thang" and word.box.width < MONTH_LABEL[1] * height
    day_read = day is not None and fold(day.text) == "ngay" and day.box.width < SWOLLEN * DAY_LABEL * long
    year_read = year is not None and fold(year.text).strip(".,;:") == "nam"
    year_read = year_read and year is not None and year.box.width < SWOLLEN * YEAR_LABEL * long
    digits = next((w for w in after if _YEAR.fullmatch(fold(w.text)) and w.confidence > 0.5), None)
    # Ink that lies over a letter of a label spoils it: then a digit may reach beyond the slot's end.
    label = fold(word.text)[position : position + 5]
    common = (word.box.middle, height)
    typed = (digits.box if digits is not None else None, _stroke(beside))
    return (
        Anchors(
            "day",
            max(day_left, day_right - _WIDEST * height),
            day_right,
            *common,
            plain and day_read,
            *typed,
            label[:2] == "th",
            day is not None,
        ),
        Anchors(
            "month",
            month_left,
            min(month_right, month_left + _WIDEST * height),
            *common,
            plain and year_read,
            *typed,
            label[-2:] == "ng",
            year is not None,
        ),
    )


def _number(words: Sequence[Word], width: float, dated: Anchors | None) -> Anchors | None:
    """The number's place between "Số:" and the symbol; beside a date line one suffices, else both must be."""
    near = [w for w in words if w.box.left < 0.5 * width]
    if dated is not None:
        near = [w for w in near if abs(w.box.middle - dated.middle) < NEAR_DATE * dated.height]
        near.sort(key=lambda w: (abs(w.box.middle - dated.middle), w.box.left))
    else:
        near.sort(key=lambda w: (w.box.top, w.box.left))
    labels = [w for w in near if _is_label(w) and w.box.left < 0.35 * width]
    symbols = [w for w in near if _SYMBOL.search(w.text)]
    label, symbol = _pair(labels, symbols)
    if dated is None and (label is None or symbol is None):
        return None
    if label is None and symbol is None:
        return None
    height = dated.height if dated is not None else _height(label, symbol)
    right = None
    if symbol is not None:
        right = before_symbol(symbol, _first_mark(symbol.text), height)
    left = None
    if label is not None:
        own = re.match(r"\W{0,2}s[o06][:.;]?", fold(label.text))
        end = part(label, 0, own.end() if own else 2)[1]
        left = min(end, label.box.left + _NUMBER_LABEL * height)
        if _PLAIN_LABEL.fullmatch(fold(label.text)) is None:
            left = max(min(left, label.box.left + _GROWN_LABEL * height), label.box.left + 0.9 * height)
        if label is symbol:
            # One word of label, ink and symbol: its characters tell little of the widths, the label's size does.
            left = label.box.left + 1.25 * height
    if left is None and right is not None:
        left = right - 4.2 * height
    if right is None and left is not None:
        right = left + 4.0 * height
    anchor = label if label is not None else symbol
    if left is None or right is None or anchor is None:
        return None
    certain = (
        label is not None
        and symbol is not None
        and label is not symbol
        and _PLAIN_LABEL.fullmatch(fold(label.text)) is not None
        and label.box.width < 1.6 * height
        and _PLAIN_SYMBOL.match(symbol.text) is not None
    )
    typed = Box(min(right, symbol.box.right), symbol.box.top, symbol.box.right, symbol.box.bottom) if symbol else None
    on_line = [w for w in words if abs(w.box.middle - anchor.box.middle) < 0.7 * height and w.box.left < 0.5 * width]
    stroke = dated.stroke if dated is not None else _stroke(on_line)
    left = max(left, right - _WIDEST * height)
    mark = _first_mark(symbol.text) if symbol is not None else None
    closed = (
        symbol is not None and mark is not None and (symbol.text[mark] == "-" or (mark == 0 and symbol.text[0] == "/"))
    )
    return Anchors("number", left, right, anchor.box.middle, height, certain, typed, stroke, closed, label is not None)


def _is_label(word: Word) -> bool:
    folded = fold(word.text)
    return bool(_LABEL.match(folded) or (_GLUED.match(folded) and _SYMBOL.search(word.text)))


def _pair(labels: Sequence[Word], symbols: Sequence[Word]) -> tuple[Word | None, Word | None]:
    """A label and the symbol on its line, the first such pair; else the first label, else the first symbol."""
    for label in labels:
        for symbol in symbols:
            level = abs(symbol.box.middle - label.box.middle) < 0.8 * max(label.box.height, symbol.box.height)
            if level and symbol.box.right > label.box.left:
                return label, symbol
    if symbols and labels:
        return None, symbols[0]
    return (labels[0] if labels else None), (symbols[0] if symbols else None)


def _height(label: Word | None, symbol: Word | None) -> float:
    """The height that "tháng" would have: a printed "Số" is nearly as high, capitals 0.74 of it, a Q more.

    A label lower than the capitals ask for has lost its marks to a tight box; a far higher symbol has swallowed ink.
    """
    of_label = label.box.height * 1.03 if label is not None else None
    of_symbol = symbol.box.height * (1.04 if "Q" in symbol.text else 1.28) if symbol is not None else None
    if of_label is None or of_symbol is None:
        return of_label or of_symbol or 0.0
    return of_symbol if of_symbol <= 1.4 * of_label else of_label


def _is_year(text: str) -> bool:
    bare = text.strip(".,;:")
    return Levenshtein.distance(bare, "nam", score_cutoff=1) <= 1 or _YEAR.fullmatch(text) is not None


def _stroke(words: Sequence[Word]) -> float | None:
    typed = [w for w in words if sum(c.isalpha() for c in w.text) >= 3 and w.confidence > 0.6]
    strokes = [w.ink.stroke for w in typed if w.ink is not None]
    return median(strokes) if strokes else None


def _first_mark(text: str) -> int:
    """Where the printed symbol begins: the last slash or hyphen before its first capital, or that capital."""
    year = _YEAR_IN.search(text)
    if year is not None:
        return year.start()
    marks = [match.start() for match in _MARK.finditer(text)]
    label = _GLUED.match(fold(text))
    capital = _CAPITAL.search(text, label.end() if label else 0)
    first = marks[0] if marks else 0
    if capital is None or (marks and first < capital.start()):
        return first
    # Capitals before a slash that a hyphen follows are ink read as letters ("M0/HD-SNV"); else the first mark was lost.
    is_ink = len(marks) > 1 and text[first] == "/" and "-" in text[marks[1] :] and capital.start() < 3
    return first if is_ink else capital.start()
