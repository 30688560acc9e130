"""Địa danh and ngày, tháng, năm ban hành (NĐ 30/2020, Phụ lục I.II.4): the slots between "ngày", "tháng", "năm"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import takewhile

from antq_cli.extraction.field import SURE, absent, found, is_from_scan, missing, sure_words, unreadable
from antq_cli.extraction.headpage import head_page, is_clear, is_off_pixels, page_at, share_of_words, slot_on_line
from antq_cli.extraction.hints import Claim, against_signature, by_value, claimed_day, on, stated
from antq_cli.extraction.spelling import restore
from antq_cli.model.letter import Field
from antq_cli.model.page import Page, PageOrigin, Slot, SlotState, Word
from antq_cli.model.transcript import Evidence, Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import formulas
from antq_cli.vietnamese.text import fold

_WRITTEN = re.compile(
    r"(?P<label>n?g[aeo]y)(?P<day>.{0,14}?)(?P<middle>t?h[aeo]ng)(?P<month>.{0,14}?)(?P<last>n[aeo]m)(?P<year>.{0,14}?)\W*$"
)
_LOOSE = re.compile(r"(?P<day>\S{0,8}?)\s?(?P<middle>thang)(?P<month>.{0,14}?)(?P<last>n[aeo]m)(?P<year>.{0,14}?)\W*$")
_NUMERIC = re.compile(
    r"(?:ngay\s{0,3})?(?P<day>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<year>\d{4})\W*$"
)
_LABEL = re.compile(r"n?g[aeo]y")
# "…, ngày 30 tháng" above "11 năm 2024"; "…, ngày 30" above "tháng 11 năm 2024".
_BEGINS = re.compile(
    r"[,.\s]ngay(?:\s{0,3}[\d.\u2026]{0,4}(?:\s{0,3}thang(?:\s{0,3}\d{0,2}(?:\s{0,3}nam)?)?)?)?\W*$|,\s*$"
)
_ENDS = re.compile(r"\A\d{4}$|\A(?:ngay.{1,14}?)?(?:\d{0,2}\s{0,3}thang)?.{0,6}?\bnam\s.{0,6}\d{4}$")
# What a place cannot hold: another part of the header ran into its line.
_NO_PLACE = re.compile(r"[/|;]|\bso\s?:|\d{3}")
_BLANK = re.compile(r"[\s.…_\-*,]*")
_PIECE = re.compile(r"\d{2,}|,\s?n?ga?y|th[ae]ng\b|\bnam\s\W{0,3}\d")
FAIR = 0.5
"""Least confidence of printed digits whose slot was seen to be typed, or which stand beside an inked one."""
YEARS = (1945, 2100)
"""A year outside them is a misreading."""
_DIGIT_TWINS = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "i": "1", "|": "1"})
_EDGE = " .,;:'\"*_|^~`“”‘’–—-()[]"


Period = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Dating:
    """What the header says of place and day."""

    place: Field[str]
    date: Field[date]
    line: Field[str]
    """The whole printed line."""
    period: Period = (None, None)
    """First and last day it can be, when the day is blank or written by hand but year, and perhaps month, are typed."""


def read_dating(transcript: Transcript) -> Dating:
    """Place and date from the header's right column; dates in the body, stamps and web pages are never taken for it."""
    for paragraph in _lines(transcript):
        text = transcript.slice(paragraph).replace("\n", " ")
        folded = fold(text)
        match = _WRITTEN.search(folded) or _LOOSE.search(folded)
        if match is None and paragraph.zone is Zone.HEADER_RIGHT:
            match = _NUMERIC.search(folded)
        if match is not None:
            line = found(transcript, text, [(paragraph.start, paragraph.end)])
            issued = _date(transcript, paragraph, match)
            period = (None, None) if issued.is_found else _period(transcript, paragraph, match)
            return Dating(_place(transcript, paragraph, match), issued, line, period)
    if _was_seen(transcript):
        # The pixels show the line though its words were not understood: nothing is said to be missing.
        unclear: Field[str] = unreadable(note="unclear")
        return Dating(unclear, unreadable(note="unclear"), unclear)
    if not is_clear(transcript, "day"):
        hidden: Field[str] = unreadable(note="not_seen")
        return Dating(hidden, unreadable(note="not_seen"), hidden)
    gone: Field[date] = missing(transcript, Zone.HEADER_RIGHT)
    return Dating(missing(transcript, Zone.HEADER_RIGHT), gone, missing(transcript, Zone.HEADER_RIGHT))


def _was_seen(transcript: Transcript) -> bool:
    """On a scan: was a slot for the day found in the header, or does the header hold a piece of such a line?"""
    page = head_page(transcript)
    if page is None or page.origin is not PageOrigin.OCR:
        return False
    if page.slot("day") is not None or page.slot("month") is not None:
        return True
    rows = [fold(transcript.slice(row)) for row in transcript.in_zones(Zone.HEADER_RIGHT)]
    return any(_PIECE.search(row) for row in rows)


def _lines(transcript: Transcript) -> list[Paragraph]:
    """The lines of the header; a line of place and date that is broken in two is made whole."""
    lines: list[Paragraph] = []
    left = takewhile(partial(_is_no_subject, transcript), transcript.in_zones(Zone.HEADER_LEFT))
    for paragraph in (*transcript.in_zones(Zone.HEADER_RIGHT), *left):
        above = lines[-1] if lines else None
        if above is not None and above.end + 1 == paragraph.start and _is_broken(transcript, above, paragraph):
            lines[-1] = replace(above, end=paragraph.end)
        else:
            lines.append(paragraph)
    return lines


def _is_no_subject(transcript: Transcript, paragraph: Paragraph) -> bool:
    """A subject under the number may hold the dates of other documents."""
    return not fold(transcript.slice(paragraph)).lstrip(_EDGE).startswith(formulas().subject_labels)


def _is_broken(transcript: Transcript, above: Paragraph, below: Paragraph) -> bool:
    begins = _BEGINS.search(fold(transcript.slice(above))) is not None
    return begins and _ENDS.match(fold(transcript.slice(below)).strip(_EDGE)) is not None


def _place(transcript: Transcript, paragraph: Paragraph, match: re.Match[str]) -> Field[str]:
    text = transcript.slice(paragraph)
    head = text[: match.start()]
    if "label" not in match.groupdict():
        # No "ngày" was read; what stands before the last comma is the place.
        head = head[: head.rfind(",")] if "," in head else head
    value = head.strip(_EDGE)
    if is_from_scan(transcript, paragraph.start):
        value = restore(value, sure_words(transcript, [(paragraph.start, paragraph.end)]))
    if sum(c.isalpha() for c in value) < 2:
        return missing(transcript, Zone.HEADER_RIGHT, note="no_place")
    start = paragraph.start + text.index(head.strip(_EDGE)[0])
    end = start + len(head.strip(_EDGE))
    evidence = transcript.evidence(start, end)
    if _NO_PLACE.search(fold(value)):
        return unreadable([evidence], [value], "unclear")
    if evidence.confidence < 0.4 and is_from_scan(transcript, start):
        return unreadable([evidence], [value], "poor_scan")
    return found(transcript, value, [(start, end)], note="repaired" if value != head.strip(_EDGE) else "")


def _date(transcript: Transcript, paragraph: Paragraph, match: re.Match[str]) -> Field[date]:
    page = page_at(transcript, paragraph.start, paragraph.end)
    span = (paragraph.start + match.start(), paragraph.start + match.end())
    evidence = [transcript.evidence(*span)]
    parts = {name: _digits(match.group(name)) for name in ("day", "month", "year")}
    raw = transcript.text[span[0] : span[1]]
    slots = _slots(page, evidence[0])
    inked = {name: slot for name, slot in slots.items() if slot.state is SlotState.INKED}
    guess = ["/".join(parts[name] or "?" for name in parts)] if any(parts.values()) else []
    if inked:
        return _handwritten(transcript, paragraph, match, inked)
    if not all(parts.values()):
        return _incomplete(match, page, evidence, guess)
    if page.origin is PageOrigin.OCR and not _is_sure(transcript, paragraph, match, slots):
        return unreadable(evidence, guess, "unclear")
    try:
        value = date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return unreadable(evidence, guess, "impossible")
    return found(transcript, value, [span], raw=raw)


def _slots(page: Page, place: Evidence) -> dict[str, Slot]:
    """The slots of day and month that lie on this line; a date in the text below has none of its own."""
    near = {name: slot_on_line(page, name, place) for name in ("day", "month")}
    return {name: slot for name, slot in near.items() if slot is not None}


def _handwritten(
    transcript: Transcript, paragraph: Paragraph, match: re.Match[str], inked: Mapping[str, Slot]
) -> Field[date]:
    """The day of inked and printed parts together, when all are sure and nothing speaks against it."""
    span = (paragraph.start + match.start(), paragraph.start + match.end())
    evidence = [transcript.evidence(*span)]
    signed = transcript.document.signed
    year = _digits(match.group("year"))
    year_sure = len(year) == 4 and YEARS[0] <= int(year) <= YEARS[1]
    year_sure = year_sure and _is_typed(transcript, paragraph, match, "year", FAIR)
    month, month_confidence = _month(transcript, paragraph, match, inked.get("month"))
    candidates = _candidates(match, inked, signed)
    if not year_sure or month is None:
        return unreadable(evidence, candidates, "handwritten")
    if "day" in inked:
        claim = claimed_day(inked["day"], int(year), month, signed)
    else:
        day = _digits(match.group("day"))
        typed = day and _is_typed(transcript, paragraph, match, "day", FAIR)
        claim = Claim(day, _share(transcript, paragraph, match, "day")) if typed else None
    value = on(int(year), month, claim.digits) if claim is not None else None
    if claim is None or value is None or against_signature(value, signed, month_by_hand="month" in inked):
        return unreadable(evidence, candidates, "handwritten")
    field = found(transcript, value, [span], raw=transcript.text[span[0] : span[1]], note="handwritten")
    year_confidence = _share(transcript, paragraph, match, "year")
    return replace(field, confidence=round(min(claim.confidence, month_confidence, year_confidence), 3))


def _month(
    transcript: Transcript, paragraph: Paragraph, match: re.Match[str], slot: Slot | None
) -> tuple[int | None, float]:
    """The month, inked or printed, and how sure it is; None when it may not be claimed."""
    if slot is not None:
        reading = slot.reading
        return (int(reading.text), stated(reading.confidence)) if reading is not None else (None, 0.0)
    month = _digits(match.group("month"))
    if not month or not 1 <= int(month) <= 12 or not _is_typed(transcript, paragraph, match, "month", FAIR):
        return None, 0.0
    return int(month), _share(transcript, paragraph, match, "month")


def _candidates(match: re.Match[str], inked: Mapping[str, Slot], signed: Sequence[date]) -> list[str]:
    """Days it may be, most likely first; one that no calendar has or that is later than a signature is left out."""
    parts = {name: [_digits(match.group(name)) or "?"] for name in ("day", "month", "year")}
    for name, slot in inked.items():
        parts[name] = [guess.text.zfill(2) for guess in by_value(slot.guesses)[:3]] or ["?"]
    latest = min(signed, default=None)
    listed = []
    for month in parts["month"]:
        for day in parts["day"]:
            year = parts["year"][0]
            known = year.isdigit() and month.isdigit() and day.isdigit()
            whole = on(int(year), int(month), day) if known and 1 <= int(year) <= 9999 else None
            if known and (whole is None or (latest is not None and whole > latest)):
                continue
            listed.append(f"{day}/{month}/{year}")
    return listed[:5]


def _period(transcript: Transcript, paragraph: Paragraph, match: re.Match[str]) -> Period:
    """The typed month and year, or the year alone, as days; nothing when the year is not sure."""
    year, month = _digits(match.group("year")), _digits(match.group("month"))
    if not (len(year) == 4 and YEARS[0] <= int(year) <= YEARS[1] and _is_typed(transcript, paragraph, match, "year")):
        return None, None
    if month and 1 <= int(month) <= 12 and _is_typed(transcript, paragraph, match, "month"):
        last = monthrange(int(year), int(month))[1]
        return date(int(year), int(month), 1), date(int(year), int(month), last)
    return date(int(year), 1, 1), date(int(year), 12, 31)


def _is_typed(
    transcript: Transcript, paragraph: Paragraph, match: re.Match[str], part: str, least: float = SURE
) -> bool:
    """Is this part print, and read well? Without a slot of its own on this line, day and month need to be read surely.

    The year is printed on every form and has no slot.
    """
    words = _words(transcript, paragraph, match, part)
    if not words:
        return False
    page = page_at(transcript, paragraph.start + match.start(part), paragraph.start + match.end(part))
    if not any(is_off_pixels(page, word) for word in words):
        return True
    place = transcript.evidence(paragraph.start + match.start(), paragraph.start + match.end())
    slot = slot_on_line(page, part, place)
    if slot is not None and slot.state is not SlotState.TYPED:
        return False
    if slot is None and part != "year":
        least = max(least, SURE)
    return all(word.confidence >= least for word in words)


def _words(transcript: Transcript, paragraph: Paragraph, match: re.Match[str], part: str) -> tuple[Word, ...]:
    """The words of this part of the date, marks alone left out."""
    start, end = match.span(part)
    words = transcript.words(paragraph.start + start, paragraph.start + end)
    return tuple(word for word in words if any(c.isalnum() for c in word.text))


def _share(transcript: Transcript, paragraph: Paragraph, match: re.Match[str], part: str) -> float:
    return share_of_words(_words(transcript, paragraph, match, part))


def _incomplete(match: re.Match[str], page: Page, evidence: list[Evidence], guess: list[str]) -> Field[date]:
    blanks = [name for name in ("day", "month", "year") if _BLANK.fullmatch(match.group(name))]
    if blanks and page.origin in (PageOrigin.PLAIN, PageOrigin.OFFICE):
        return absent("blank", evidence)
    slots = [slot_on_line(page, name, evidence[0]) for name in blanks if name != "year"]
    if slots and all(slot is not None and slot.state is SlotState.EMPTY for slot in slots):
        return absent("blank", evidence)
    return unreadable(evidence, guess, "unclear")


def _digits(text: str) -> str:
    """The one or more digits of a slot, common look-alike letters repaired; empty when it holds anything else."""
    bare = text.strip(_EDGE).translate(_DIGIT_TWINS)
    return bare if bare.isdigit() and len(bare) <= 4 else ""


def _is_sure(transcript: Transcript, paragraph: Paragraph, match: re.Match[str], slots: Mapping[str, Slot]) -> bool:
    """On a scan: is every part print that was read well? At least one slot must have been seen to be typed.

    A slot too narrow to be looked at has its neighbour's pen or type; one off the line says nothing.
    """
    words = [word for part in ("day", "month", "year") for word in _words(transcript, paragraph, match, part)]
    page = page_at(transcript, paragraph.start, paragraph.end)
    off_pixels = any(is_off_pixels(page, word) for word in words)
    if off_pixels and not any(slot.state is SlotState.TYPED for slot in slots.values()):
        return False
    return all(_is_typed(transcript, paragraph, match, part, FAIR) for part in ("day", "month", "year"))
