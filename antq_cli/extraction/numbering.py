"""Số, ký hiệu (NĐ 30/2020, Phụ lục I.II.3): the slot beside "Số:", typed, written by hand, or empty."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.field import LEGIBLE, absent, found, is_from_scan, missing, unreadable
from antq_cli.extraction.headpage import head_page, is_clear, is_off_pixels, page_at, share_of_words, slot_on_line
from antq_cli.extraction.hints import claimed_number, leading_number
from antq_cli.extraction.numbers import DocumentNumber, parse_number
from antq_cli.model.letter import Field
from antq_cli.model.page import Page, PageOrigin, Slot, SlotState
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import organs, symbol_types
from antq_cli.vietnamese.text import fold, upper_share

# One wrong letter is forgiven; "so" glued to what follows ("Só:83", "Số286") is common on scans.
_LABEL = re.compile(r"\W{0,3}s[o06]\s{0,3}(?:(?P<colon>[:;.,])|(?=[^a-z\s])|$)")
_SPACED_LABEL = re.compile(r"\W{0,3}s[o06]\s")
_SYMBOL = re.compile(r"[/-]\s?[A-ZĐ]{1,6}[A-Za-zĐđ&.]{0,8}")
_BARE = re.compile(r"[A-ZĐ]{2,}[A-Za-zĐđ&.]{0,8}\s?[-/]\s?[A-ZĐ]{2,}")
_BLANK = re.compile(r"[\s.…_\-*]*")


_DATED = re.compile(r"[/-]\s?(?:19|20)\d\d\s?[/-]\s?[A-ZĐ]")
_HIDING = re.compile(r"\d|/[a-z]|^\W{0,3}s[o06]\W{0,3}$")
_D_TWINS = str.maketrans({"\u00d0": "\u0110"})
_TWICE = re.compile(r"(?<=QĐ)Đ")
SYMBOL_SURE = 0.6
"""Least confidence of the words of a printed symbol whose parts are not known."""
SEEN_TWICE = 0.3
"""Least confidence of printed digits that the digit networks read alike."""
TYPED_SURE = 0.5
"""Least confidence of printed digits whose slot was seen to be typed."""
_SUBJECT = re.compile(r"\W{0,3}(?:v\s?[/il1|!u]\s?[vy]|ve viec|vv)\b")
_MERGED = 0.1
"""Least confidence of a word of ink and symbol together."""


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
        if _may_hide(transcript):
            # Ink or a damaged label stands where a number stands: nothing is said to be missing.
            return Numbering(unreadable(note="unclear"), unreadable(note="unclear"))
        if not is_clear(transcript, "number"):
            return Numbering(unreadable(note="not_seen"), unreadable(note="not_seen"))
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
        # Digits by pen may have been read as letters: "So Of -TB/TU".
        is_labelled = _SPACED_LABEL.match(fold(text)) is not None
        if len(text) < 40 and _SYMBOL.search(text) and (is_labelled or any(c.isdigit() for c in text)):
            return paragraph, paragraph.start
    for paragraph in header:
        # Ink has spoilt the label, but a symbol stands on the line on which the slot was seen.
        text = transcript.slice(paragraph)
        if len(text) < 40 and _SYMBOL.search(text) and _line_slot(transcript, paragraph) is not None:
            return paragraph, paragraph.start
    return None, 0


def _line_slot(transcript: Transcript, line: Paragraph) -> Slot | None:
    page = page_at(transcript, line.start, line.end)
    return slot_on_line(page, "number", transcript.evidence(line.start, line.end))


def _number(transcript: Transcript, line: Paragraph, start: int) -> Field[str]:
    text = transcript.text[start : line.end]
    evidence = [transcript.evidence(line.start, line.end)]
    number = parse_number(text)
    symbol = _SYMBOL.search(text) or _BARE.search(text)
    before = text[: symbol.start()] if symbol else text
    page = page_at(transcript, line.start, line.end)
    slot = _line_slot(transcript, line)
    guess = [number.canonical] if number else ([text.strip()] if any(c.isalnum() for c in before) else [])
    if slot is not None and slot.state is SlotState.INKED:
        return _handwritten(transcript, line, start, slot)
    if number is None or not number.digits:
        if slot is not None and slot.state is SlotState.EMPTY and not any(c.isdigit() for c in before):
            return absent("blank", evidence)
        if page.origin in (PageOrigin.PLAIN, PageOrigin.OFFICE) and _BLANK.fullmatch(before):
            return absent("blank", evidence)
        return unreadable(evidence, guess, "unclear" if guess else "blank_or_handwritten")
    if is_from_scan(transcript, start) and transcript.in_zones(Zone.TITLE) and _is_blurred(number):
        return unreadable(evidence, guess, "unclear")
    if page.origin is PageOrigin.OCR and not _is_sure(transcript, page, (start, line.end), number, slot):
        return unreadable(evidence, guess, "unclear")
    digits_at = text.find(number.digits[-1])
    span = (start + max(0, len(text) - len(text.lstrip())), line.end)
    raw = transcript.text[span[0] : span[1]].strip()
    note = "repaired" if number.repaired else ""
    return found(transcript, number.canonical, [span if digits_at >= 0 else (line.start, line.end)], raw=raw, note=note)


def _may_hide(transcript: Transcript) -> bool:
    """On a scan: was a number's slot seen though no line was understood, or does the column hold digits or a slash?"""
    page = head_page(transcript)
    if page is None or page.origin is not PageOrigin.OCR:
        return False
    if page.slot("number") is not None:
        return True
    above = takewhile(
        lambda row: _SUBJECT.match(fold(transcript.slice(row))) is None, transcript.in_zones(Zone.HEADER_LEFT)
    )
    return any(_HIDING.search(fold(transcript.slice(row))) or _is_garbled(transcript, row) for row in above)


def _is_garbled(transcript: Transcript, row: Paragraph) -> bool:
    """A line that is neither a name in capitals nor read well may be the number's."""
    text = transcript.slice(row)
    words = [word for word in transcript.words(row.start, row.end) if any(c.isalnum() for c in word.text)]
    if sum(len(word.text) for word in words) < 3:
        return False
    mean = sum(word.confidence for word in words) / len(words)
    return mean < LEGIBLE or (upper_share(text) < 0.5 and "/" in text)


def _handwritten(transcript: Transcript, line: Paragraph, start: int, slot: Slot) -> Field[str]:
    """The inked digits with the printed symbol, when both are sure; else what they may be."""
    printed, from_here = _symbol(transcript, line, start)
    evidence = [transcript.evidence(line.start, line.end)]
    claim = claimed_number(slot, transcript.document.name)
    composed = [_composed(guess.text, printed) for guess in slot.guesses]
    candidates = list(dict.fromkeys(each.canonical for each in composed if each is not None))
    if claim is None:
        hint = leading_number(transcript.document.name)
        named = _composed(hint, printed) if hint is not None and slot.guesses else None
        if named is not None and all(not _same_digits(named, each) for each in composed if each is not None):
            candidates.append(named.canonical)
        return unreadable(evidence, candidates or _seen(transcript, start, line.end), "handwritten")
    number = _composed(claim.digits, printed)
    if number is None or not _is_symbol_sure(transcript, from_here, line.end, number):
        first = [number.canonical] if number is not None else []
        return unreadable(evidence, list(dict.fromkeys((*first, *candidates))), "handwritten")
    field = found(transcript, number.canonical, [(line.start, line.end)], raw=number.canonical, note="handwritten")
    words = transcript.words(from_here, line.end)
    return replace(field, confidence=round(min(claim.confidence, share_of_words(words)), 3))


def _symbol(transcript: Transcript, line: Paragraph, start: int) -> tuple[str, int]:
    """The printed symbol behind the slot, its first mark included, and where it begins; empty when none was read."""
    # One printed letter may come out as both of its look-alikes; the text keeps its length for the offsets.
    text = _TWICE.sub(" ", transcript.text[start : line.end].translate(_D_TWINS))
    starts = [match.start() for match in (_DATED.search(text), _SYMBOL.search(text), _BARE.search(text)) if match]
    if not starts:
        return "", line.end
    first = min(starts)
    return text[first:].strip().replace("QĐ ", "QĐ"), start + first


def _composed(digits: str, printed: str) -> DocumentNumber | None:
    """The number these digits make with the printed symbol; None when that is no number."""
    if not printed:
        return None
    join = "" if printed[0] in "/-" else "/"
    number = parse_number(f"{digits}{join}{printed}")
    return number if number is not None and number.digits == digits else None


def _same_digits(one: DocumentNumber, other: DocumentNumber) -> bool:
    return one.digits.lstrip("0") == other.digits.lstrip("0")


def _seen(transcript: Transcript, start: int, end: int) -> list[str]:
    text = transcript.text[start:end].strip()
    return [text] if any(c.isalnum() for c in text) else []


def _is_symbol_sure(transcript: Transcript, start: int, end: int, number: DocumentNumber) -> bool:
    """Is the printed rest of the line read well enough to stand in a claim?

    Ink in the same word lowers its confidence, so a symbol whose every part is known is believed at nearly any;
    another needs a fair one.
    """
    if not number.organs or _is_blurred(number):
        return False
    words = transcript.words(start, end)
    known = all(fold(organ) in organs().spelling for organ in number.organs)
    least = min((word.confidence for word in words), default=0.0)
    return least >= (_MERGED if known else SYMBOL_SURE)


def _is_blurred(number: DocumentNumber) -> bool:
    """Where a kind must stand stands a code that is none, but a letter away from one (`QĐĐ`): it was read wrongly."""
    if number.kind_abbreviation is not None or not number.organs:
        return False
    code = fold(number.organs[0])
    if code in organs().spelling:
        return False
    return any(len(kind) > 1 and Levenshtein.distance(code, kind, score_cutoff=1) <= 1 for kind in symbol_types())


def _is_sure(
    transcript: Transcript, page: Page, span: tuple[int, int], number: DocumentNumber, slot: Slot | None
) -> bool:
    """On a scan: are the words that carry digits and symbol trusted?

    OCR is as sure of pen strokes as of print, so its digits count only where the pixels show print; words of a text
    layer are what the file says, whatever the picture's own ink was.
    """
    words = [word for word in transcript.words(*span) if any(c.isdigit() for c in word.text)]
    if not words or not any(number.digits[-1] in word.text for word in words):
        return False
    if not any(is_off_pixels(page, word) for word in words):
        return True
    if slot is None or slot.state is not SlotState.TYPED:
        return False
    is_symbol_sure = not number.organs or _is_symbol_sure(transcript, *span, number)
    is_seen_twice = slot.reading is not None and slot.reading.text == number.digits
    least = SEEN_TWICE if is_seen_twice else TYPED_SURE
    return is_symbol_sure and min(word.confidence for word in words) >= least
