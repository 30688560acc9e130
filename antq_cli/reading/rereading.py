"""A second look at the signature block, where seal and pen lie over print.

One reading of the whole page loses the signer's name under a red seal in a third of real letters. The block alone, in
several pictures that thin out the seal, is read well; what two of them show alike is believed, and nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from antq_cli.errors import InputError
from antq_cli.extraction.closing import Closing, read_closing
from antq_cli.layout import transcribe
from antq_cli.layout.footer import ends_a_letter, recipients_label, signature_heads
from antq_cli.layout.rows import rows_of, split_row
from antq_cli.model.letter import State
from antq_cli.model.page import Box, Document, Page, PageOrigin, Word
from antq_cli.model.transcript import Transcript
from antq_cli.reading.ocr import OcrEngine, Seen
from antq_cli.reading.prepare import Prepared
from antq_cli.reading.views import views
from antq_cli.reading.votes import COLUMN_GAP, Choice, Column, choose
from antq_cli.vietnamese.names import begins_name, is_common

NOTE = "reread:signature"
SURE = 0.85
"""Word confidence from which a name of the first reading is not looked at again."""
LEFT, ABOVE, HEIGHT = 0.42, 0.02, 0.32
"""The block stands in the right 58 % of the page, from 2 % of its height above "Nơi nhận", 32 % high."""
BELOW = 25.0
"""Nơi nhận this many mm below a head of the block: blocks stand above it, side by side."""
AROUND = 3.0
"""Scraps of seal and pen within this many mm of the block's lines go."""
FAR = 12.0
"""On the height of a chosen line they go within this many mm of its ends."""
WEAK = 0.60


def reread_signature(prepared: Prepared, page: Page, engine: OcrEngine, end: float) -> Page:
    """The page with the lines of its signature block as several pictures show them; as it was when it closes no letter
    or was read surely.

    `end` is the moment, of the monotonic clock, by which to be done; when time is up, what was agreed on stands.
    """
    if page.origin is not PageOrigin.OCR:
        return page
    columns = _columns(page)
    if not columns or _is_sure(read_closing(_alone(page)), SURE):
        return page
    band = _band(columns, prepared)
    readings = [page]
    best = page
    for view in views(prepared, band):
        left = end - time.monotonic()
        if left <= 0:
            break
        try:
            seen = engine.words(view.gray, prepared.dpi, left, view.psm)
        except InputError as error:
            if error.reason != "timeout":
                raise
            break
        readings.append(_as_page(seen, band, prepared, page))
        choices = [choose(readings, column) for column in columns]
        best = _merged(page, choices)
        if all(choice.is_plain for choice in choices) and _is_sure(read_closing(_alone(best)), WEAK):
            break
    return best


def _columns(page: Page) -> list[Column]:
    """Where the signature blocks of a page stand; none on a page that closes no letter."""
    label = recipients_label(0, page)
    heads = signature_heads(0, page, above=label.box.top if label is not None else float("inf"))
    if label is None and (not heads or not ends_a_letter(0, page, heads[0])):
        return []
    width, height = page.width, page.height
    if label is not None:
        heads = [head for head in heads if head.box.top > label.box.top - 0.3 * height]
    first = min((head.box.top for head in heads), default=height)
    if label is not None and first < label.box.top - BELOW:
        left, top, bottom = 0.0, first, min(label.box.top, first + HEIGHT * height)
    else:
        top = min(first, label.box.top) if label is not None else first
        left = min([LEFT * width, *(head.box.left - 4.0 for head in heads)])
        bottom = top + HEIGHT * height
    beside = [head for head in heads if head.box.centre < 0.45 * width]
    left = 0.0 if beside else left
    top, bottom = max(0.0, top - ABOVE * height), min(height, bottom)
    if left > 0.0:
        return [Column(left, width, top, bottom)]
    # The edge between two blocks; without a head at the left there may be none, or one that was not read.
    edge = width / 2
    if beside:
        right = [head.box.left for head in heads if head not in beside]
        edge = (max(head.box.right for head in beside) + min(right, default=width)) / 2
    return [Column(edge, width, top, bottom), Column(0.0, edge, top, bottom)]


def _band(columns: Sequence[Column], prepared: Prepared) -> tuple[int, int, int, int]:
    """All columns as one picture, in pixels."""
    rows, width = prepared.gray.shape
    scale = prepared.scale
    left = max(0, round(min(column.left for column in columns) / scale))
    right = min(width, round(max(column.right for column in columns) / scale))
    top, bottom = max(0, round(columns[0].top / scale)), min(rows, round(columns[0].bottom / scale))
    return left, top, right, bottom


def _is_sure(closing: Closing, least: float) -> bool:
    """Were name, position and authority read? A block without authority has its position on top."""
    name = closing.signer.value
    is_named = name is not None and closing.signer.confidence >= least and (least < SURE or is_common(name))
    return is_named and closing.position.is_found and closing.authority.state is not State.UNREADABLE


def _alone(page: Page) -> Transcript:
    return transcribe(Document("", "", "", (page,)))


def _as_page(seen: Sequence[Seen], band: tuple[int, int, int, int], prepared: Prepared, page: Page) -> Page:
    """What was seen of the band, with its places on the page."""
    words: list[Word] = []
    for item in seen:
        left, top, right, bottom = (
            round((edge + shift) * prepared.scale, 2)
            for edge, shift in zip(item.box, (band[0], band[1], band[0], band[1]), strict=True)
        )
        words += _parted(Word(item.text, Box(left, top, right, bottom), round(item.confidence / 100, 3), item.line))
    return Page(page.number, page.width, page.height, _once(words), PageOrigin.OCR)


def _once(words: Sequence[Word]) -> tuple[Word, ...]:
    """Without words that lie within another one: the search for scraps reads `Cao` once more as `ao`."""
    return tuple(
        word
        for word in words
        if not any(
            other is not word
            and other.box.width > word.box.width
            and min(word.box.right, other.box.right) - max(word.box.left, other.box.left) > 0.7 * word.box.width
            and min(word.box.bottom, other.box.bottom) - max(word.box.top, other.box.top) > 0.7 * word.box.height
            for other in words
        )
    )


def _parted(word: Word) -> list[Word]:
    """A name whose words were run together (`LêMinhTrí`), in its words."""
    starts = [n for n, c in enumerate(word.text) if c.isupper()]
    ends = [*starts[1:], len(word.text)]
    if len(starts) < 2 or starts[0] != 0 or not word.text.isalpha():
        return [word]
    parts = [word.text[start:end] for start, end in zip(starts, ends, strict=True)]
    if not begins_name(parts[0]) or not all(len(part) > 1 for part in parts):
        return [word]
    step = word.box.width / len(word.text)
    left = word.box.left
    return [
        replace(
            word, text=part, box=replace(word.box, left=left + start * step, right=left + (start + len(part)) * step)
        )
        for part, start in zip(parts, starts, strict=True)
    ]


def _merged(page: Page, choices: Sequence[Choice]) -> Page:
    """The page with the chosen lines in place of what stood there, and without the scraps around them."""
    lines = [line for choice in choices for line in choice.lines]
    if not lines:
        return page
    gone: set[int] = set()
    for choice in choices:
        if choice.lines:
            gone |= _replaced(page, choice)
    number = max((word.line for word in page.words), default=0) + 1
    new = [replace(word, line=number + at) for at, line in enumerate(lines) for word in line]
    first = min(gone, default=len(page.words))
    before = page.words[:first]
    after = (word for index, word in enumerate(page.words) if index >= first and index not in gone)
    return replace(page, words=(*before, *new, *after), notes=(*page.notes, NOTE))


def _replaced(page: Page, choice: Choice) -> set[int]:
    """Indices of words that give way: other readings of the chosen lines, and weak scraps between them."""
    boxes = [_around(line) for line in choice.lines]
    left, right = min(box.left for box in boxes) - AROUND, max(box.right for box in boxes) + AROUND
    top, bottom = min(box.top for box in boxes) - AROUND, max(box.bottom for box in boxes) + AROUND
    gone: set[int] = set()
    for row in rows_of(0, page):
        for piece in split_row(row, page, COLUMN_GAP):
            is_beside = piece.box.left < left - COLUMN_GAP
            for index in piece.words:
                word = page.words[index]
                if not (left - FAR <= word.box.centre <= right + FAR and top <= word.box.middle <= bottom):
                    continue
                if any(_covers(box, word) for box in boxes) or (not is_beside and _is_scrap(word)):
                    gone.add(index)
    return gone


def _is_scrap(word: Word) -> bool:
    return word.confidence < WEAK or sum(c.isalnum() for c in word.text) < 3


def _covers(box: Box, word: Word) -> bool:
    """Does the word stand on the chosen line, or weakly near either end of it?"""
    reach = FAR if word.confidence < WEAK else AROUND
    is_level = min(box.bottom, word.box.bottom) - max(box.top, word.box.top) > 0.4 * word.box.height
    return is_level and box.left - reach < word.box.centre < box.right + reach


def _around(line: Sequence[Word]) -> Box:
    box = line[0].box
    for word in line[1:]:
        box = box.union(word.box)
    return box
