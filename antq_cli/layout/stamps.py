"""Words of an arrival stamp (dấu ĐẾN, NĐ 30/2020, Phụ lục IV.V).

Its number and date are the receiver's, not the letter's.
"""

from __future__ import annotations

import re

from antq_cli.model.page import Box, Page, PageOrigin, Word
from antq_cli.vietnamese.text import fold, is_upper

STAMP_WIDTH = 60.0
STAMP_HEIGHT = 40.0
"""mm; the decree draws 35 by 50, offices stamp a little larger."""
RED = 0.6
"""Share of red ink from which a word is a stamp's."""
ABOVE = 12.0
"""The first row of the frame stands this many mm above the mark ĐẾN at most."""
_SYMBOL = re.compile(r"/\s?[A-ZĐ]|[A-ZĐ]{2,}\s?[-/]")
_MARKS = re.compile(r"[\W\d]*")
_LABEL = re.compile(r"\W{0,2}(?:so|ngay|chuyen|gio|luu)\b")


def stamp_words(page: Page) -> frozenset[int]:
    """Indices of the words of arrival stamps in the upper half of a page; empty when there is no such stamp."""
    if page.origin is not PageOrigin.OCR and page.origin is not PageOrigin.TEXT_LAYER:
        return frozenset()
    found: set[int] = set()
    for word in page.words:
        if word.box.top < 0.5 * page.height and is_upper(word.text) and fold(word.text).strip(" .:-_|") == "den":
            found |= _around(page, word.box)
    return frozenset(found)


def _around(page: Page, mark: Box) -> set[int]:
    """The mark ĐẾN, and the labelled rows below it; none when no label follows, for then it is a word of the text."""
    area = Box(
        max(mark.centre - STAMP_WIDTH / 2, 0.0), mark.top - 12, mark.centre + STAMP_WIDTH / 2, mark.top + STAMP_HEIGHT
    )
    inside = [
        i
        for i, word in enumerate(page.words)
        if area.left <= word.box.left <= area.right and area.top <= word.box.middle <= area.bottom
    ]
    labels = [i for i in inside if _LABEL.match(fold(page.words[i].text)) and _is_labelled(page, i, inside, mark)]
    labels = [i for i in labels if abs(page.words[i].box.left - mark.left) < STAMP_WIDTH / 2]
    beside = [i for i in inside if abs(page.words[i].box.middle - mark.middle) < 0.6 * mark.height]
    is_alone = all(_is_stamp_word(page.words[i].text) for i in beside)
    if not is_alone or (not labels and len(beside) < 2):
        return set()
    found = _framed(page, inside, mark) | {i for i in inside if _is_red(page.words[i])} | set(beside)
    if labels:
        left = min([mark.left, *(page.words[i].box.left for i in labels)]) - 3
        top = min([mark.top, *(page.words[i].box.top for i in labels)]) - 1
        bottom = max(page.words[i].box.bottom for i in labels) + 1
        right = max(mark.right, left + 35.0)
        found |= {
            i for i in inside if left <= page.words[i].box.left <= right and top <= page.words[i].box.middle <= bottom
        }
    return found


def _is_stamp_word(text: str) -> bool:
    return _MARKS.fullmatch(text) is not None or fold(text).lstrip("|_ ").startswith(("den", "ngay", "so", "gio"))


def _is_labelled(page: Page, index: int, inside: list[int], mark: Box) -> bool:
    """A label below the mark; or above it and to its right, unless it is the letter's own number with its symbol."""
    box = page.words[index].box
    if box.middle > mark.top:
        return True
    beside = "".join(
        page.words[i].text for i in inside if abs(page.words[i].box.middle - box.middle) < 0.6 * box.height
    )
    return box.left > mark.right - 2 and mark.top - box.middle < ABOVE and _SYMBOL.search(beside) is None


def _framed(page: Page, inside: list[int], mark: Box) -> set[int]:
    """Words of rows near the mark that begin or end with an upright bar: a stamp's frame encloses them."""
    found: set[int] = set()
    for i in inside:
        box = page.words[i].box
        if set(page.words[i].text) <= {"|", "!", "[", "]"} and abs(box.middle - mark.middle) < 14:
            found |= {j for j in inside if abs(page.words[j].box.middle - box.middle) < 0.5 * mark.height}
    return found


def _is_red(word: Word) -> bool:
    return word.ink is not None and word.ink.red >= RED
