"""Số, ký hiệu (NĐ 30/2020, Phụ lục I.II.3): the slot beside "Số:", typed, written by hand, or empty."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.field import SURE, absent, found, is_from_scan, missing, unreadable
from antq_cli.extraction.numbers import DocumentNumber, parse_number
from antq_cli.model.letter import Field
from antq_cli.model.page import PageOrigin, SlotState
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import organs, symbol_types
from antq_cli.vietnamese.text import fold

# One wrong letter is forgiven; "so" glued to what follows ("Só:83", "Số286") is common on scans.
_LABEL = re.compile(r"\W{0,3}s[o06]\s{0,3}(?:(?P<colon>[:;.,])|(?=[^a-z\s])|$)")
_SYMBOL = re.compile(r"[/-]\s?[A-ZĐ]{1,6}[A-Za-zĐđ&.]{0,8}")
_BARE = re.compile(r"[A-ZĐ]{2,}[A-Za-zĐđ&.]{0,8}\s?[-/]\s?[A-ZĐ]{2,}")
_BLANK = re.compile(r"[\s.…_\-*]*")


@dataclass(frozen=True, slots=True)
class Numbering:
    """What the header says of the letter's number."""

    number: Field[str]
    line: Field[str]
    """The whole printed line."""


def read_number(transcript: Transcript) -> Numbering:
    """The letter's own number. Never guessed: a number written by hand is UNREADABLE with what OCR made of it."""
    line, label_end = _number_line(transcript)
    if line is None:
        number: Field[str] = missing(transcript, Zone.HEADER_LEFT, note="no_label")
        return Numbering(number, missing(transcript, Zone.HEADER_LEFT))
    printed = found(transcript, transcript.slice(line), [(line.start, line.end)])
    return Numbering(_number(transcript, line, label_end), printed)


def _number_line(transcript: Transcript) -> tuple[Paragraph | None, int]:
    """The line and the offset after its label; a line with a bare symbol counts when no label is seen."""
    header = transcript.in_zones(Zone.HEADER_LEFT)
    for paragraph in header:
        text = transcript.slice(paragraph)
        match = _LABEL.match(fold(text))
        if match is not None and (_SYMBOL.search(text) or _BARE.search(text) or len(text) < 25):
            return paragraph, paragraph.start + match.end()
    for paragraph in header:
        text = transcript.slice(paragraph)
        if len(text) < 40 and _SYMBOL.search(text) and any(c.isdigit() for c in text):
            return paragraph, paragraph.start
    return None, 0


def _number(transcript: Transcript, line: Paragraph, start: int) -> Field[str]:
    text = transcript.text[start : line.end]
    evidence = [transcript.evidence(line.start, line.end)]
    number = parse_number(text)
    symbol = _SYMBOL.search(text) or _BARE.search(text)
    before = text[: symbol.start()] if symbol else text
    page = transcript.document.pages[transcript.tokens_in(line.start, line.end)[0].page]
    slot = page.slot("number")
    guess = [number.canonical] if number else ([text.strip()] if any(c.isalnum() for c in before) else [])
    if slot is not None and slot.state is SlotState.INKED:
        return unreadable(evidence, guess, "handwritten")
    if number is None or not number.digits:
        if slot is not None and slot.state is SlotState.EMPTY:
            return absent("blank", evidence)
        if page.origin in (PageOrigin.PLAIN, PageOrigin.OFFICE) and _BLANK.fullmatch(before):
            return absent("blank", evidence)
        return unreadable(evidence, guess, "unclear" if guess else "blank_or_handwritten")
    if is_from_scan(transcript, start) and transcript.in_zones(Zone.TITLE) and _is_blurred(number):
        return unreadable(evidence, guess, "unclear")
    if is_from_scan(transcript, start) and not _is_sure(transcript, start, line.end, number.digits, slot is not None):
        return unreadable(evidence, guess, "unclear")
    digits_at = text.find(number.digits[-1])
    span = (start + max(0, len(text) - len(text.lstrip())), line.end)
    raw = transcript.text[span[0] : span[1]].strip()
    note = "repaired" if number.repaired else ""
    return found(transcript, number.canonical, [span if digits_at >= 0 else (line.start, line.end)], raw=raw, note=note)


def _is_blurred(number: DocumentNumber) -> bool:
    """Where a kind must stand stands a code that is none, but a letter away from one (`QĐĐ`): it was read wrongly."""
    if number.kind_abbreviation is not None or not number.organs:
        return False
    code = fold(number.organs[0])
    if code in organs().spelling:
        return False
    return any(len(kind) > 1 and Levenshtein.distance(code, kind, score_cutoff=1) <= 1 for kind in symbol_types())


def _is_sure(transcript: Transcript, start: int, end: int, digits: str, was_seen_typed: bool) -> bool:
    """On a scan: are the words that carry the digits trusted?

    A slot seen to be typed needs an ordinary confidence; one not looked at needs a high one.
    """
    words = [word for word in transcript.words(start, end) if any(c.isdigit() for c in word.text)]
    if not words or not any(digits[-1] in word.text for word in words):
        return False
    return min(word.confidence for word in words) >= (0.5 if was_seen_typed else SURE)
