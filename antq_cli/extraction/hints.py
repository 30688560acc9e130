"""What else tells of a number or a day written by hand: the file's name, the days of electronic signatures, citations.

A hint may confirm what a reader saw, rank what several readers saw, or contradict it. It never fills a field alone:
names carry register numbers and days of export, signatures follow the letter by days or weeks (docs/handwriting.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from antq_cli.extraction.field import unreadable
from antq_cli.model.letter import Citation, Field
from antq_cli.model.page import Guess, Slot
from antq_cli.vietnamese.text import fold

DECENT = 0.3
"""Least confidence of a guess that a hint can confirm; one sure reader alone gives a half of its own."""
VERY_SURE = 0.85
"""A reading this sure stands against a file name whose number no reader saw: names often carry a register number."""
SOON = 3
"""Most letters are signed electronically on their day or the next ones (within four days 34 of 35 real ones)."""
LATE = 45
"""A month written by hand that puts the letter longer than this before its signature was misread."""

HALF_A_YEAR = 183
"""No letter waits longer for its signature: its printed year or month was misread."""

_STAMPS = re.compile(
    r"(?<!\d)(?:19|20)\d{6}(?:[_\-. ]?\d{4,6})?(?!\d)|(?<!\d)\d{12,17}(?!\d)"
    r"|(?<!\d)\d{1,2}[._-]\d{1,2}[._-](?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d[._-]\d{1,2}[._-]\d{1,2}(?!\d)"
)
"""Moments of an export (`20250510_124908`) and written dates."""
_LEADING = re.compile(r"\W{0,3}(?:(?:cv|vb|so|qd|kh|tb|bc|ttr|ct|nq)[\W_]{0,3})?0{0,3}(\d{1,5})(?![\d])")


_OF_FILES = re.compile(r"signed|scan|copy|final|page|trang|file|[^a-z]")
"""What names of files say of the file, not of the letter."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Digits that may be claimed, and how sure they are."""

    digits: str
    confidence: float


def leading_number(name: str) -> str | None:
    """The number a file name begins with, without zeros: `286` of `286_QD-ABC_signed.pdf`; None when there is none."""
    stem = name.rsplit(".", 1)[0] if "." in name else name
    bare = _STAMPS.sub(" ", fold(stem))
    match = _LEADING.match(bare)
    return match.group(1) if match is not None else None


def _names_number(name: str) -> bool:
    """Does the name speak of a letter's number? `1.pdf`, `012.pdf`, `12 (2).pdf` are files that were counted.

    One or two digits speak of it beside a kind or a symbol (`12_KH.pdf`), more do so alone.
    """
    stem = fold(name.rsplit(".", 1)[0] if "." in name else name)
    return len(leading_number(name) or "") > 2 or len(_OF_FILES.sub("", stem)) > 1


def claimed_number(slot: Slot, name: str) -> Claim | None:
    """The number that may be claimed from an inked slot, for a file of this name; None leaves it to a person."""
    hint = leading_number(name)
    reading = slot.reading
    if reading is not None:
        if hint is None:
            return Claim(reading.text, stated(reading.confidence))
        if _bare(reading.text) == hint:
            sure = confirmed if _names_number(name) else stated
            return Claim(reading.text, sure(reading.confidence))
        seen = any(_bare(guess.text) == hint for guess in slot.guesses)
        if seen or reading.confidence < VERY_SURE:
            return None
        return Claim(reading.text, stated(reading.confidence) - 0.05)
    if hint is None or not _names_number(name) or not slot.whole:
        return None
    best, *rest = slot.guesses or (Guess("", 0.0),)
    rival = max((guess.confidence for guess in rest if _bare(guess.text) != _bare(best.text)), default=0.0)
    if _bare(best.text) != hint or best.confidence < DECENT or rival > best.confidence / 2:
        return None
    return Claim(best.text, stated(best.confidence))


def claimed_day(slot: Slot, year: int, month: int, signed: Sequence[date]) -> Claim | None:
    """The day that may be claimed from an inked slot of a letter of this month."""
    latest = min(signed, default=None)
    reading = slot.reading
    if reading is not None:
        day = on(year, month, reading.text)
        if day is None or (latest is not None and day > latest):
            return None
        soon = latest is not None and latest - day <= timedelta(days=SOON)
        return Claim(reading.text, confirmed(reading.confidence) if soon else stated(reading.confidence))
    if latest is None:
        return None
    ranked = [(guess, day) for guess in by_value(slot.guesses) if (day := on(year, month, guess.text)) is not None]
    ranked = [(guess, day) for guess, day in ranked if day <= latest]
    if not ranked:
        return None
    best, day = ranked[0]
    rival = ranked[1][0].confidence if len(ranked) > 1 else 0.0
    if best.confidence >= DECENT and rival <= best.confidence / 2 and latest - day <= timedelta(days=SOON):
        return Claim(best.text, confirmed(best.confidence))
    return None


def by_value(guesses: Iterable[Guess]) -> list[Guess]:
    """Guesses of one value made one, `5` and `05` alike, the likeliest first."""
    merged: dict[int, Guess] = {}
    for guess in guesses:
        if guess.text.isdigit():
            known = merged.get(int(guess.text))
            total = guess.confidence + (known.confidence if known else 0.0)
            merged[int(guess.text)] = Guess(known.text if known else guess.text, min(1.0, round(total, 3)))
    return sorted(merged.values(), key=lambda guess: -guess.confidence)


def against_signature(day: date, signed: Sequence[date], *, month_by_hand: bool) -> bool:
    """Does a signature's day speak against this one? No letter was seen to be signed before its own day."""
    latest = min(signed, default=None)
    if latest is None:
        return False
    return day > latest or latest - day > timedelta(days=LATE if month_by_hand else HALF_A_YEAR)


def against_cited(field: Field[date], citations: Iterable[Citation]) -> Field[date]:
    """A day read off ink that lies before one of the documents the letter cites is not claimed."""
    if field.note != "handwritten" or field.value is None:
        return field
    day = field.value
    if any(c.reference.issued is not None and c.reference.issued > day for c in citations):
        return replace(unreadable(field.evidence, [day.isoformat()], "handwritten"), raw=field.raw)
    return field


def on(year: int, month: int, digits: str) -> date | None:
    """That day, None when the calendar has none."""
    try:
        return date(year, month, int(digits))
    except ValueError:
        return None


def stated(confidence: float) -> float:
    """How sure a reading is that both networks agree on: the share of right ones that bench/slots.py shows."""
    return round(0.40 + 0.57 * min(confidence, 1.0), 3)


def confirmed(confidence: float) -> float:
    """The same with an independent hint beside it."""
    return round(0.93 + 0.05 * min(confidence, 1.0), 3)


def _bare(digits: str) -> str:
    return digits.lstrip("0") or "0"
