"""The places of a letter's head that offices fill in by hand: the number after "Số:", the day, the month.

OCR puts out wrong digits for pen strokes, often with high confidence, so whether a slot is empty, typed or written is
decided from pixels alone (docs/handwriting.md). Digits written by hand are read by two networks of our own; what both
of them say of a sound cut is a reading, all else a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from statistics import median

from antq_cli.model.page import Box, Guess, Slot, SlotState, Word
from antq_cli.reading.anchors import Anchors, find_anchors
from antq_cli.reading.components import Component
from antq_cli.reading.cutting import BIG, Cut, cut, printed
from antq_cli.reading.digits import AGREE, Gray, InkReading, read_ink
from antq_cli.reading.heads import head_words
from antq_cli.reading.prepare import Prepared

TALL = (0.62, 0.80)
"""Height of typed digits in heights of "tháng" (which has an ascender, a mark and a descender)."""
STROKE = (0.80, 1.14)
"""Stroke width of typed digits against that of the line's typed words."""
RAGGED = 0.06
"""Spread of the tops of typed digits, at most, in heights of "tháng"."""
LIKE_PRINT = 0.05
"""How far tops and feet of typed digits lie from those of printed digits or capitals of their line, in heights."""
LIKE_STROKE = (0.78, 1.24)
"""Stroke width of typed digits against that of printed digits or capitals of their line."""
MOST_GUESSES = 5
_HALF_SEEN = 0.2
"""Least confidence of the less sure reader where the other's string was not its first."""
_NUMBER = re.compile(r"0{0,2}[1-9]\d{0,4}")


def find_slots(page: Prepared, words: Sequence[Word]) -> tuple[Slot, ...]:
    """The slots found on this page, each judged by its pixels; fewer than three when their anchors were not read."""
    upper = head_words(words, page.width, page.height)
    return tuple(_judged(page, place, upper) for place in find_anchors(upper, page.width, page.height))


def _judged(page: Prepared, place: Anchors, words: Sequence[Word]) -> Slot:
    found = cut(page, place)
    box = place.box
    if box.left < round(found.end, 2) < box.right:
        box = Box(box.left, box.top, round(found.end, 2), box.bottom)
    if not found.big:
        # Without both neighbours the cut may have missed the writing, and nothing is claimed to be missing.
        empty = place.certain and found.clean and not _saw_digits(box, words)
        return Slot(place.name, box, SlotState.EMPTY if empty else SlotState.INKED)
    if is_typed(page, place, found):
        if found.ink is None or place.name != "number":
            return Slot(place.name, box, SlotState.TYPED)
        # The networks know print too: a second reader for a number that OCR read with doubt.
        return replace(_read(place.name, box, found.ink, sound=found.sound), state=SlotState.TYPED, guesses=())
    if found.ink is None:
        return Slot(place.name, box, SlotState.INKED)
    return _read(place.name, box, found.ink, sound=found.sound)


def _saw_digits(box: Box, words: Sequence[Word]) -> bool:
    """OCR saw digits in the slot: where no strokes were found then, it was cut wrongly."""
    return any(
        any(c.isdigit() for c in word.text)
        and word.box.top < box.middle < word.box.bottom
        and min(word.box.right, box.right) - max(word.box.left, box.left) > 0.3 * box.width
        for word in words
    )


def is_typed(page: Prepared, place: Anchors, found: Cut) -> bool:
    """Do the strokes stand like print: as high, as level and as thick as the printed words of their line?"""
    if place.stroke is None:
        return False
    scale, height = page.scale, place.height
    big = found.big
    tops = [part.top * scale / height for part in big]
    tall = (max(p.bottom for p in big) - min(p.top for p in big)) * scale / height
    area, edge = sum(part.area for part in big), sum(part.edge for part in big)
    stroke = 2 * area / (edge * 0.7854) * scale
    usual = (
        TALL[0] <= tall <= TALL[1]
        and STROKE[0] <= stroke / place.stroke <= STROKE[1]
        and max(tops) - min(tops) <= RAGGED
    )
    beside = _like_print(page, place, big, stroke)
    return usual if beside is None else usual and beside


def _like_print(page: Prepared, place: Anchors, big: Sequence[Component], stroke: float) -> bool | None:
    """Against the printed year, or the symbol's capitals; None when those are not seen."""
    if place.typed is None:
        return None
    scale, height = page.scale, place.height
    parts = [part for part in printed(page, place.typed) if part.height * scale >= BIG * height]
    # Capitals and digits of a word agree in height; the slash, a Q's tail and two letters grown together do not.
    if not parts:
        return None
    usual = median([part.height for part in parts]) if place.name == "number" else max(part.height for part in parts)
    parts = [part for part in parts if abs(part.height - usual) <= (0.12 if place.name == "number" else 0.3) * usual]
    if len(parts) < 2:
        return None
    if place.name == "number":
        top, foot = median([p.top for p in parts]), median([p.bottom for p in parts])
    else:
        # Pale digits are broken: together they show how high they are.
        top, foot = min(p.top for p in parts), max(p.bottom for p in parts)
    beside = 2 * sum(p.area for p in parts) / (sum(p.edge for p in parts) * 0.7854) * scale
    slack = LIKE_PRINT * height / scale + 1
    level = all(abs(p.top - top) <= slack and abs(p.bottom - foot) <= slack for p in big)
    return level and LIKE_STROKE[0] <= stroke / beside <= LIKE_STROKE[1]


def _read(name: str, box: Box, ink: Gray, *, sound: bool) -> Slot:
    seen = read_ink(ink)
    agreed = seen.agreed or _same_value(name, seen) or _possible_alike(name, seen)
    reading = agreed if agreed is not None and sound and is_possible(name, agreed.text) else None
    return Slot(name, box, SlotState.INKED, reading, _guesses(name, seen), whole=sound)


def _same_value(name: str, seen: InkReading) -> Guess | None:
    """Readers that differ in a leading zero alone: `5` and `05` are one day. Of a number the zero is a part."""
    if name == "number" or not seen.segments or not seen.line:
        return None
    one, other = seen.segments[0], seen.line[0]
    if not (is_possible(name, one.text) and is_possible(name, other.text) and int(one.text) == int(other.text)):
        return None
    surer = max(one, other, key=lambda guess: guess.confidence)
    return surer if surer.confidence >= AGREE else None


def _possible_alike(name: str, seen: InkReading) -> Guess | None:
    """Of a day or a month: what both put first among what a calendar holds, a `0` alone left out."""
    if name == "number":
        return None
    readers = [[g for g in reader if is_possible(name, g.text)] for reader in (seen.segments, seen.line)]
    if not all(readers) or readers[0][0].text != readers[1][0].text:
        return None
    best = max(reader[0].confidence for reader in readers)
    among = min(reader[0].confidence / sum(guess.confidence for guess in reader) for reader in readers)
    confidence = sqrt(best * among)
    is_seen = min(reader[0].confidence for reader in readers) >= _HALF_SEEN
    return Guess(readers[0][0].text, round(confidence, 3)) if is_seen and confidence >= AGREE else None


def _guesses(name: str, seen: InkReading) -> tuple[Guess, ...]:
    """What the readers say, each string once: where both say it its confidence is the mean, else half of the one."""
    both: dict[str, float] = {}
    for reader in (seen.segments, seen.line):
        for guess in reader:
            if is_possible(name, guess.text):
                both[guess.text] = both.get(guess.text, 0.0) + guess.confidence / 2
    ranked = sorted(both.items(), key=lambda item: -item[1])[:MOST_GUESSES]
    return tuple(Guess(text, round(min(confidence, 1.0), 3)) for text, confidence in ranked)


def is_possible(name: str, digits: str) -> bool:
    """Can these digits stand in the slot: a day of a month, a month, a number of a register?"""
    if name == "number":
        return _NUMBER.fullmatch(digits) is not None
    most = 31 if name == "day" else 12
    return digits.isdigit() and 1 <= len(digits) <= 2 and 1 <= int(digits) <= most
