"""One page picture to one page of words: prepare, read, read again when the reading is weak."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from antq_cli.errors import InputError
from antq_cli.model.page import Box, Page, PageOrigin, Word
from antq_cli.reading import ink
from antq_cli.reading.blank import is_blank
from antq_cli.reading.ocr import OcrEngine, Seen
from antq_cli.reading.passages import read_again
from antq_cli.reading.pixels import Picture
from antq_cli.reading.prepare import Prepared, prepare, rotated, without_background
from antq_cli.reading.rereading import reread_signature
from antq_cli.reading.slots import find_slots

_WEAK = 85.0
_LOST = 65.0
_FEW = 12
"""A page with ink and fewer words than this may lie on its side."""
_RESERVE = 2.0
"""Seconds kept for what comes after OCR."""


@dataclass(frozen=True, slots=True)
class _Reading:
    page: Prepared
    seen: list[Seen]

    @property
    def confidence(self) -> float:
        """Mean over words that hold letters or digits, weighted by length: scraps of stamps weigh little."""
        weights = [(sum(c.isalnum() for c in word.text), word.confidence) for word in self.seen]
        total = sum(weight for weight, _ in weights)
        return sum(weight * value for weight, value in weights) / total if total else 0.0

    @property
    def good(self) -> float:
        """How much was read well: confident characters."""
        return sum(len(word.text) * max(0.0, word.confidence - 50) / 50 for word in self.seen)


def read_page(picture: Picture, number: int, engine: OcrEngine, *, measure_ink: bool, seconds: float) -> Page:
    """One page. A page without ink is BLANK; one that takes longer than `seconds` is FAILED, note `ocr_timeout`."""
    end = time.monotonic() + seconds - _RESERVE
    if is_blank(picture):
        return Page(number, round(picture.width, 2), round(picture.height, 2), (), PageOrigin.BLANK, picture.notes)
    prepared = prepare(picture)
    picture.image.close()
    try:
        reading = _best_reading(prepared, engine, end)
    except InputError as error:
        if error.reason != "timeout":
            raise
        size = (round(prepared.width, 2), round(prepared.height, 2))
        return Page(number, *size, (), PageOrigin.FAILED, (*prepared.notes, "ocr_timeout"))
    page = reading.page
    seen = [word for word in read_again(page, reading.seen, engine, end) if not _is_noise(word, page)]
    inks = ink.measure(page, [word.box for word in seen]) if measure_ink else {}
    words = tuple(
        Word(word.text, _in_mm(word.box, page), round(word.confidence / 100, 3), word.line, inks.get(word.box))
        for word in seen
    )
    notes = page.notes if words else (*page.notes, "no_text")
    made = Page(
        number,
        round(page.width, 2),
        round(page.height, 2),
        words,
        PageOrigin.OCR,
        notes=notes,
        red=ink.red_areas(page),
        slots=find_slots(page, words) if measure_ink else (),
        colour=page.colour,
    )
    return reread_signature(page, made, engine, end)


def _best_reading(page: Prepared, engine: OcrEngine, end: float) -> _Reading:
    def read(candidate: Prepared) -> _Reading:
        return _Reading(candidate, engine.words(candidate.gray, candidate.dpi, end - time.monotonic()))

    def again(candidate: Prepared, best: _Reading) -> _Reading:
        """A second reading; when the time is up, the first one stands."""
        try:
            other = read(candidate)
        except InputError as error:
            if error.reason != "timeout":
                raise
            return best
        return other if _is_better(other, best) else best

    best = read(page)
    if _lies_on_its_side(best.seen):
        # The engine turns lines by itself when it can; its words are right then, but their boxes lie on their sides.
        turn = engine.turn(page.gray, page.dpi, end - time.monotonic())
        best = read(rotated(page, turn if turn in (90, 270) else 90))
        if best.confidence < _LOST:
            best = again(rotated(best.page, 180), best)
    elif best.confidence < _LOST or len(best.seen) < _FEW:
        turn = engine.turn(page.gray, page.dpi, end - time.monotonic())
        if turn:
            best = again(rotated(page, turn), best)
    if best.confidence < _WEAK and not best.page.bilevel:
        best = again(without_background(best.page), best)
    return best


def _lies_on_its_side(seen: Sequence[Seen]) -> bool:
    """True when most longer words are higher than wide."""
    long = [word.box for word in seen if len(word.text) >= 4]
    upright = sum(1 for left, top, right, bottom in long if right - left >= bottom - top)
    return len(long) >= 3 and upright < 0.3 * len(long)


def _is_better(other: _Reading, best: _Reading) -> bool:
    """More confident, and not by having lost most of the page."""
    return other.confidence > best.confidence and other.good >= 0.8 * best.good


def _is_noise(word: Seen, page: Prepared) -> bool:
    """Marks of rules, frames and specks. A lone `*` or a dash stays: the Party star and the bullets matter."""
    if any(c.isalnum() for c in word.text):
        return False
    width, height = (word.box[2] - word.box[0]) * page.scale, (word.box[3] - word.box[1]) * page.scale
    if height > 12 or width > 60:
        return True  # a frame or a rule taken for a mark
    if max(width, height) < 0.5:
        return True  # a speck
    return word.confidence < 30 and not set(word.text) & set("*-+./:;,()")


def _in_mm(box: Sequence[int], page: Prepared) -> Box:
    left, top, right, bottom = (round(value * page.scale, 2) for value in box)
    return Box(left, top, max(left, right), max(top, bottom))
