"""The passages of a page worth reading again: the list of recipients, lines with doubtful numbers."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from statistics import median

import numpy as np

from antq_cli.extraction.numbers import parse_number
from antq_cli.layout import labels
from antq_cli.layout.footer import find_footer
from antq_cli.layout.rows import Row, make_row
from antq_cli.model.page import Box, Document, Page, PageOrigin, Word
from antq_cli.reading.lines import is_inside, is_known, reread
from antq_cli.reading.ocr import OcrEngine, Seen
from antq_cli.reading.prepare import Prepared
from antq_cli.reading.stack import Pixels
from antq_cli.vietnamese.text import fold

WEAK = 80.0
"""A word below this confidence is read again where it matters."""
MOST_LINES = 6
"""Lines of a page that are read again for their numbers, at most."""
BELOW = 12.0
"""Lines of the list that were lost stand at most this many mm below the last one read."""
LEAST_WIDTH = 25.0
"""A signature block begins at least this many mm right of the list's left edge."""
SAME_LINE = 8.0
"""A block's head stands at most this many mm above the label it is beside."""
LABEL = 8.0
"""The label stands at most this many mm above the first entry."""
BESIDE = 8.0
"""Words at a line's end that were lost stand at most this many mm to the right of the longest line read."""
CERTAIN = 95.0
"""A word that is neither known nor a number is read again below this."""
_DARK = 128
_WORD_RIM = 0.6
"""Ink this many mm around a word is that word's."""
_LOST_INK = 3.0
"""Square mm of ink in the list that no word explains: the shortest entry of 11 points has more."""
LEAST_SECONDS = 3.0
"""Without this much time left, the first reading stands."""
AROUND = 3
"""Words on either side of a doubtful number that are read again with it."""
HIGHEST = 12.0
"""A line higher than this, in mm, is none."""
SIDE_RIM = 1.5
"""White, in mm, to the left and the right of what is cut out of a line, where no word stands there."""
LINE_RIM = 0.8
"""White, in mm, above and below a line that is cut out."""

_FIGURES = re.compile(r"\d[\doil.]{0,6}\s?[/-]|[/-]\s?[A-ZĐ]{2}")
_DATE = re.compile(r"\W*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\W*")
_CUT = re.compile(r"\d.*[/-]$|[/-][A-ZĐ]{1,8}[a-z]?-$")
_LABEL = re.compile(r"\W{0,2}s[o06][.:,]?")


def read_again(page: Prepared, seen: list[Seen], engine: OcrEngine, end: float) -> list[Seen]:
    """The words of a page, its weak passages read anew; `end` in time.monotonic(). Want of time is no error."""
    if end - time.monotonic() < LEAST_SECONDS or not seen:
        return seen
    box = recipients_box(page, seen)
    blocks = [box] if box is not None and _is_doubtful(page, seen, box) else []
    lines = doubtful_numbers(page, seen, box)
    return reread(page, seen, blocks, lines, engine, end) if blocks or lines else seen


def _is_doubtful(page: Prepared, seen: Sequence[Seen], box: Pixels) -> bool:
    """Is there in the box what may be misread, a word weak or unknown, or ink that may be a lost line?"""
    inside = [word for word in seen if is_inside(word, [box])]
    for word in inside:
        if not any(c.isalnum() for c in word.text):
            continue
        if word.confidence < WEAK or (word.confidence < CERTAIN and not is_known(word.text)):
            return True
    left, top, right, bottom = box
    dark = page.gray[top:bottom, left:right] < _DARK
    rim = round(_WORD_RIM / page.scale)
    for word in seen:
        dark[
            max(0, word.box[1] - top - rim) : max(0, word.box[3] - top + rim),
            max(0, word.box[0] - left - rim) : max(0, word.box[2] - left + rim),
        ] = False
    return int(dark.sum()) * page.scale**2 > _LOST_INK


def recipients_box(page: Prepared, seen: Sequence[Seen]) -> Pixels | None:
    """Where "Nơi nhận" and its list stand, with room for lines that were lost; None when the page closes no letter."""
    sketch = _sketch(page, seen)
    footer = find_footer(Document("", "", "", (sketch,)))
    if footer is None or not footer.recipients:
        return None
    rows = footer.recipients
    first, last = min(row.box.top for row in rows), max(row.box.bottom for row in rows)
    label = min(row.box.left for row in rows)
    # Heads of blocks above the list, or at its left, are no edge of it.
    signed = [
        row.box
        for row in footer.signature
        if labels.is_signature_head(row)
        and row.box.left > label + LEAST_WIDTH
        and row.box.top < last
        and row.box.bottom > first - SAME_LINE
    ]
    right = max(row.box.right for row in rows) + BESIDE
    right = min([right, 0.62 * page.width, *(head.left - 1.5 for head in signed)])
    below = [row.box.top for row in footer.rest if row.box.left < right]
    bottom = min([last + BELOW, *(top - 0.5 for top in below)])
    top = min([first, *(head.top for head in signed)])
    if not any(labels.is_recipients(row) for row in rows):
        # The label was lost: it stands above the list, below the running text.
        prose = [row.box.bottom + 0.5 for row in _engine_lines(sketch) if row.box.width > 0.55 * page.width]
        top = min(top, max([first - LABEL, *(edge for edge in prose if edge <= first)]))
    left = label - 4
    # A word is cut out whole or not at all.
    crossed = [word.box.right for row in rows for word in (sketch.words[i] for i in row.words) if word.box.left < right]
    right = max([right, *(edge + 0.5 for edge in crossed if not any(h.left < edge for h in signed))])
    box = _pixels(Box(max(left, 0.0), max(top - 1.5, 0.0), max(right, left + 5), max(bottom, top + 3)), page)
    return _between_lines(page, box)


def _between_lines(page: Prepared, box: Pixels) -> Pixels:
    """The box with its upper edge moved to the whitest row nearby, so that it cuts through no line."""
    left, top, right, bottom = box
    reach = round(1.8 / page.scale)
    first = max(0, top - reach)
    dark = (page.gray[first : top + reach, left:right] < 128).sum(axis=1)
    if not len(dark):
        return box
    near = np.flatnonzero(dark == dark.min())
    return left, first + int(near[np.argmin(np.abs(near - (top - first)))]), right, bottom


def doubtful_numbers(page: Prepared, seen: Sequence[Seen], other: Pixels | None = None) -> list[Pixels]:
    """Stretches of lines in which the number of a document was read weakly or is none, weakest first.

    A few words on either side are cut out with it: a whole line of a page a little askew would hold its neighbours too.
    The head's own number and date, and what stands inside `other`, are left out.
    """
    sketch = _sketch(page, seen)
    doubts: list[tuple[float, Pixels]] = []
    is_open = False
    for row in _engine_lines(sketch):
        words = [sketch.words[index] for index in row.words]
        goes_on, is_open = is_open, _CUT.search(words[-1].text) is not None
        if labels.is_number_line(row) or (labels.is_date_line(row) and row.box.width < 0.5 * page.width):
            continue
        for doubt, first, last in _stretches(words, goes_on):
            box = _around(words, first, last)
            inside = _pixels(box, page)
            if other is not None and _holds(other, inside):
                continue
            if box.height < HIGHEST:
                doubts.append((doubt, inside))
    return [box for _, box in sorted(doubts)[:MOST_LINES]]


def _stretches(words: Sequence[Word], goes_on: bool) -> list[tuple[float, int, int]]:
    """The doubtful numbers of a line with the words around them; those that meet are one. Doubt, first, last word.

    `goes_on`: the line before ended within a symbol.
    """
    found: list[tuple[float, int, int]] = []
    for place, word in enumerate(words):
        doubt = _doubt_of(words, place, word)
        if goes_on and place == 0 and word.confidence * 100 < WEAK:
            doubt = word.confidence * 100
        if doubt is None:
            continue
        first, last = max(0, place - AROUND), min(len(words) - 1, place + AROUND)
        if found and found[-1][2] >= first:
            found[-1] = (min(doubt, found[-1][0]), found[-1][1], last)
        else:
            found.append((doubt, first, last))
    return found


def _around(line: Sequence[Word], first: int, last: int) -> Box:
    """A box around these words of a line, up to the middle of the gaps beside them.

    A scrap of a stamp among them does not stretch it upwards or downwards.
    """
    words = line[first : last + 1]
    solid = [word for word in words if sum(c.isalnum() for c in word.text) >= 2] or list(words)
    usual = median(word.box.height for word in solid)
    solid = [word for word in solid if word.box.height < 1.6 * usual] or solid
    left, right = words[0].box.left, words[-1].box.right
    before = left - line[first - 1].box.right if first > 0 else 2 * SIDE_RIM
    after = line[last + 1].box.left - right if last + 1 < len(line) else 2 * SIDE_RIM
    left, right = left - min(max(before / 2, 0.0), SIDE_RIM), right + min(max(after / 2, 0.0), SIDE_RIM)
    top, bottom = min(word.box.top for word in solid), max(word.box.bottom for word in solid)
    return Box(max(left, 0.0), max(top - LINE_RIM, 0.0), max(right, left), bottom + LINE_RIM)


def _holds(outer: Pixels, inner: Pixels) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _engine_lines(page: Page) -> list[Row]:
    """The lines as the engine cut them: on a page a little askew, rows told by their places may hold two of them."""
    found: dict[int, list[int]] = {}
    for index, word in enumerate(page.words):
        found.setdefault(word.line, []).append(index)
    return [make_row(0, page, words) for words in found.values()]


def _doubt_of(words: Sequence[Word], place: int, word: Word) -> float | None:
    text = word.text
    labelled = place > 0 and _LABEL.fullmatch(fold(words[place - 1].text)) is not None
    has_digit = any(c.isdigit() for c in text)
    if _DATE.fullmatch(text) or not (has_digit or labelled):
        return None
    if not (_FIGURES.search(text) or labelled):
        return None
    confidence = word.confidence * 100
    if not _FIGURES.search(text):
        # A lone number behind "số" is well, unless the rest of it stands apart.
        following = words[place + 1].text if place + 1 < len(words) else ""
        return 0.0 if has_digit and following[:1].isdigit() and "/" in following else None
    if not labelled and parse_number(text) is None:
        return None if confidence >= WEAK or not re.search(r"[A-ZĐ]{2}", text) else confidence
    is_number = parse_number(text.strip(".,;:()")) is not None
    is_cut = text.rstrip(",;.").endswith(("-", "/")) and place + 1 < len(words)
    if not is_number or is_cut:
        return min(confidence, WEAK / 2)
    return confidence if confidence < WEAK else None


def _sketch(page: Prepared, seen: Sequence[Seen]) -> Page:
    words = tuple(Word(word.text, _in_mm(word.box, page), word.confidence / 100, word.line) for word in seen)
    return Page(1, page.width, page.height, words, PageOrigin.OCR)


def _in_mm(box: Pixels, page: Prepared) -> Box:
    left, top, right, bottom = (value * page.scale for value in box)
    return Box(left, top, max(left, right), max(top, bottom))


def _pixels(box: Box, page: Prepared) -> Pixels:
    height, width = page.gray.shape
    left, top = max(0, round(box.left / page.scale)), max(0, round(box.top / page.scale))
    right, bottom = min(width, round(box.right / page.scale)), min(height, round(box.bottom / page.scale))
    return min(left, width - 1), min(top, height - 1), max(right, left + 1), max(bottom, top + 1)
