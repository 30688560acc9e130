"""Does a page carry a letter's head, and does ink stand in it that OCR did not read?

OCR now and then loses the whole line of number or date, above all where a pen has been. A head whose words are all
legible tells nothing of that, only its pixels do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from antq_cli.model.page import CLEAR, Box, Word
from antq_cli.reading.anchors import TOP, find_anchors
from antq_cli.reading.components import Component, components
from antq_cli.reading.prepare import Prepared
from antq_cli.vietnamese.lexicon import formulas
from antq_cli.vietnamese.text import fold

_TITLE_WORDS = 4
"""So many words of the national title, its motto or the Party's title make a head."""
_LOWEST_TITLE = 0.3
"""The title stands in this part of the page."""
_BELOW = 32.0
"""Number and date stand at most this many mm under the title or its motto."""
_READ = 0.3
"""A word read with less confidence does not tell what ink stands there."""
_GROWN = 0.7
"""OCR's boxes cut marks and tails by so many mm."""
_HIGHEST = 9.0
"""A word box higher than this, in mm, holds more than the word."""
_LETTER = 1.7
"""Ink at least so many mm high may be a letter or a digit."""
_CERTAIN = 2.5
"""One stroke of this height is more than a speck."""
_STREAK = (0.8, 8.0)
"""Narrower than the first and higher than the second, in mm, is a frame or a streak of the scanner."""
_FLAT = 12.0
"""So many times wider than high is a rule."""
_FRAME = 60.0
_INK = 0.30
"""Darkness against the paper, as a share of its brightness, from which pale pens count."""
_GAP = 6.0
"""Words of a line of text stand closer than this, in mm; the columns of a head do not."""


def has_head(words: Sequence[Word], width: float, height: float) -> bool:
    """Is a title of the state or the Party here, or a place for a number or a date?"""
    return _title(words, width, height) is not None or bool(find_anchors(words, width, height))


def head_words(words: Sequence[Word], width: float, height: float) -> Sequence[Word]:
    """The words above the first line that belongs to neither column; all of them when no title was read.

    A text that cites a number and a date has no place to be filled in.
    """
    title = _title(words, width, height)
    if title is None:
        return words
    bottom = _first_below(words, title, width)
    return [word for word in words if word.box.top < bottom]


def clear_places(page: Prepared, words: Sequence[Word]) -> tuple[str, ...]:
    """Notes for `number` and `day`, each when the place under the head's title holds no ink that was not read.

    Without a title that was read the places are not known, and nothing is said of them.
    """
    title = _title(words, page.width, page.height)
    if title is None:
        return ()
    bottom = min(_first_below(words, title, page.width), title.bottom + _BELOW)
    if bottom <= title.bottom:
        return ()
    edge = max(title.left - 2.0, 0.3 * page.width)
    places = {
        "number": Box(0.05 * page.width, title.top, edge, bottom),
        "day": Box(edge, title.bottom + 0.5, 0.97 * page.width, bottom),
    }
    return tuple(CLEAR + name for name, place in places.items() if not _holds_unread(page, place, words))


def _title(words: Sequence[Word], width: float, height: float) -> Box | None:
    """The box around the words of title and motto at the right; None when too few were read."""
    phrases = formulas()
    known = {part for phrase in (phrases.national_title, phrases.motto, phrases.party_title) for part in phrase.split()}
    known.discard("-")
    upper = [w for w in words if w.box.top < _LOWEST_TITLE * height and w.box.centre > 0.38 * width]
    found = [w for w in upper if fold(w.text).strip(" .,;:-_'\"") in known and w.text[:1].isupper()]
    found += [w for w in upper if w not in found and fold(w.text).strip(" .,;:-_'\"") in ("lap", "do", "phuc")]
    lines: dict[int, list[Word]] = {}
    for word in found:
        lines.setdefault(word.line, []).append(word)
    rows = [row for row in lines.values() if len(row) >= 3]
    if sum(map(len, rows)) < _TITLE_WORDS:
        return None
    boxes = [word.box for row in rows for word in row]
    return Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )


def _first_below(words: Sequence[Word], title: Box, width: float) -> float:
    """Top of the first line under the title that stands in neither column: a kind, addressees, text."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        if word.box.top > title.bottom + 2.0 and any(c.isalnum() for c in word.text):
            lines.setdefault(word.line, []).append(word)
    tops = [min(w.box.top for w in row) for row in lines.values() if _is_across(row, width)]
    return min(tops, default=float("inf"))


def _is_across(row: Sequence[Word], width: float) -> bool:
    ordered = sorted(row, key=lambda word: word.box.left)
    left, right = ordered[0].box.left, max(word.box.right for word in ordered)
    gaps = [after.box.left - before.box.right for before, after in pairwise(ordered)]
    if max(gaps, default=0.0) > _GAP or not (left < 0.48 * width and right > 0.52 * width):
        return False
    folded = " ".join(fold(word.text) for word in ordered)
    if "thang" in folded and ("ngay" in folded or "nam" in folded):
        return False  # number and date that ran together; text that cites a date has other lines above it
    # A long line of place and date may begin left of the middle; text and headings reach as far to the left.
    return abs((left + right) / 2 - width / 2) < 0.09 * width


def _holds_unread(page: Prepared, place: Box, words: Sequence[Word]) -> bool:
    """Is there ink of the size of letters outside the words that were read?"""
    scale = page.scale
    limits = (min(page.height, TOP * page.height), page.width)
    top, bottom = round(place.top / scale), round(min(place.bottom, limits[0]) / scale)
    left, right = round(place.left / scale), round(min(place.right, limits[1]) / scale)
    crop = page.gray[max(0, top) : bottom, max(0, left) : right]
    if not crop.size:
        return True
    paper = float(np.percentile(crop, 90))
    dark = crop < (1 - _INK) * paper
    if page.red is not None:
        dark = dark | (page.red[max(0, top) : bottom, max(0, left) : right] > 0)
    dark = np.array(dark, dtype=np.bool_)
    for word in words:
        if word.confidence < _READ or word.box.height > _HIGHEST or not any(c.isalnum() for c in word.text):
            continue
        rows = _inside(word.box.top - _GROWN, word.box.bottom + _GROWN, top, scale)
        columns = _inside(word.box.left - _GROWN, word.box.right + _GROWN, left, scale)
        dark[rows, columns] = False
    sizes = [(part.width * scale, part.height * scale) for part in components(dark) if _is_writing(part, scale)]
    return len(sizes) > 1 or any(high >= _CERTAIN for _, high in sizes)


def _inside(first: float, last: float, origin: int, scale: float) -> slice:
    return slice(max(0, round(first / scale) - origin), max(0, round(last / scale) - origin))


def _is_writing(part: Component, scale: float) -> bool:
    wide, high = part.width * scale, part.height * scale
    if high < _LETTER or max(wide, high) > _FRAME or wide > _FLAT * high:
        return False
    return not (wide < _STREAK[0] and high > _STREAK[1])
