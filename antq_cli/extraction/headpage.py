"""The page that carries the letter's head, and what its pixels say of the places of number and day.

The head stands on the first page that is not blank: a scan may begin with the back of another sheet.
"""

from __future__ import annotations

from antq_cli.extraction.calibration import share_of
from antq_cli.model.page import CLEAR, Page, PageOrigin, Slot, Word
from antq_cli.model.transcript import Evidence, Transcript, Zone

MIXED = "text_and_ocr"
"""Note of a page on which words of a text layer, all of confidence 1, stand among those of OCR."""


def head_page(transcript: Transcript) -> Page | None:
    """The page on which the head's first line stands; else the first page with words, None without any."""
    rows = transcript.in_zones(Zone.HEADER_LEFT, Zone.HEADER_RIGHT)
    if rows:
        return page_at(transcript, rows[0].start, rows[0].end)
    return next((page for page in transcript.document.pages if page.words), None)


def page_at(transcript: Transcript, start: int, end: int) -> Page:
    """The page of the first word of this stretch."""
    return transcript.document.pages[transcript.tokens_in(start, end)[0].page]


def is_off_pixels(page: Page, word: Word) -> bool:
    """Was the word read by OCR? On a page of both, words of the text layer are told by their confidence."""
    return page.origin is PageOrigin.OCR and not (MIXED in page.notes and word.confidence >= 1.0)


def slot_on_line(page: Page, name: str, place: Evidence) -> Slot | None:
    """The slot of this name if it lies on this printed line; a line in the text below has none of its own.

    OCR's box may be swollen by ink or the slot's be higher than the line, so the middle is only to be near.
    """
    slot = page.slot(name)
    if slot is None:
        return None
    reach = max(place.box.height, slot.box.height / 2)
    return slot if abs(slot.box.middle - place.box.middle) <= reach else None


def is_clear(transcript: Transcript, name: str) -> bool:
    """May `number` or `day` be called missing: did no ink stand there that was not read as a word?"""
    page = head_page(transcript)
    rows = transcript.in_zones(Zone.HEADER_LEFT, Zone.HEADER_RIGHT)
    if page is None or not rows:
        return True
    words = [word for row in rows for word in transcript.words(row.start, row.end)]
    return f"{CLEAR}{name}" in page.notes or not any(is_off_pixels(page, word) for word in words)


def share_of_words(words: tuple[Word, ...]) -> float:
    """How often print whose least sure word was read like this is right; 0 without words."""
    return share_of(min(word.confidence for word in words)) if words else 0.0
