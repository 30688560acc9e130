"""One page picture to one page of words: prepare, read, read again when the reading is weak."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from antq_cli.errors import InputError
from antq_cli.model.page import Box, Page, PageOrigin, Word
from antq_cli.reading import heads, ink
from antq_cli.reading.attempts import Reading, best_reading
from antq_cli.reading.blank import has_no_print, is_blank
from antq_cli.reading.ocr import OcrEngine, Seen
from antq_cli.reading.passages import read_again
from antq_cli.reading.pixels import Picture
from antq_cli.reading.prepare import Prepared, prepare
from antq_cli.reading.rereading import reread_signature
from antq_cli.reading.slots import find_slots

_RESERVE = 2.0
"""Seconds kept for what comes after OCR."""


def read_page(picture: Picture, number: int, engine: OcrEngine, *, measure_ink: bool, seconds: float) -> Page:
    """One page. A page without ink is BLANK; one that takes longer than `seconds` is FAILED, note `ocr_timeout`.

    The ink of words is measured, and slots are looked for, with `measure_ink` and on every page that carries a head.
    """
    end = time.monotonic() + seconds - _RESERVE
    if is_blank(picture):
        return Page(number, round(picture.width, 2), round(picture.height, 2), (), PageOrigin.BLANK, picture.notes)
    prepared = prepare(picture)
    picture.image.close()
    try:
        empty = prepared.colour and has_no_print(prepared.gray, prepared.dpi)
        reading = Reading(prepared, []) if empty else best_reading(prepared, engine, end)
    except InputError as error:
        if error.reason != "timeout":
            raise
        size = (round(prepared.width, 2), round(prepared.height, 2))
        return Page(number, *size, (), PageOrigin.FAILED, (*prepared.notes, "ocr_timeout"))
    page = reading.page
    seen = [word for word in read_again(page, reading.seen, engine, end) if not _is_noise(word, page)]
    words = tuple(Word(word.text, _in_mm(word.box, page), round(word.confidence / 100, 3), word.line) for word in seen)
    # The head may stand on a later page: the first may be blank, or the back of another sheet.
    measure_ink = measure_ink or heads.has_head(words, page.width, page.height)
    if measure_ink:
        inks = ink.measure(page, [word.box for word in seen])
        words = tuple(replace(word, ink=inks.get(source.box)) for word, source in zip(words, seen, strict=True))
    notes = (*page.notes, *heads.clear_places(page, words)) if words else (*page.notes, "no_text")
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
