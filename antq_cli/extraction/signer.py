"""Họ và tên of the signer (NĐ 30/2020, Phụ lục I.II.7.c): a person's name under authority and position."""

from __future__ import annotations

import re
from functools import cache

from antq_cli.extraction.field import found, is_from_scan, missing, unreadable
from antq_cli.model.letter import Field
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import formulas, read_table, surnames
from antq_cli.vietnamese.names import (
    EDGE,
    MOST_WORDS,
    is_ambiguous,
    is_name_word,
    is_rank,
    lacks_letter,
    name_in,
    spelled,
)
from antq_cli.vietnamese.text import fold, is_upper

_SIGNED = re.compile(r"\W{0,2}da ky\W{0,2}")
_SINGLE = ("Y", "A")
_NEVER_LAST = tuple(read_table("given_names")["never_last"])
SURE_FAMILY = 0.9
"""Word confidence from which a rare family name is no frequent one that lost a letter."""
SURE_NAME = 0.60
"""Least word confidence of a signer's name on a scan, where stamp and pen cross it."""


def read_signer(transcript: Transcript, block: list[Paragraph], authority: list[Paragraph]) -> Field[str]:
    """The line of a signature block that is a person's name, which the lines of its authority never are."""
    rows = [row for row in block if row not in authority]
    guesses: list[str] = []
    weak: list[tuple[int, int]] = []
    for row in rows:
        span = name_span(transcript, row)
        if span is None:
            continue
        evidence = transcript.evidence(*span)
        if is_from_scan(transcript, span[0]) and _may_be_other(transcript, row, span):
            guesses.append(evidence.quote)
            weak.append(span)
            continue
        if not is_from_scan(transcript, span[0]) or evidence.confidence >= SURE_NAME:
            return _named(transcript, span)
        guesses.append(evidence.quote)
        weak.append(span)
    if weak:
        return unreadable([transcript.evidence(*weak[0])], guesses, "unclear")
    span = _last_line(transcript, rows) if len(block) > 1 and rows else None
    if span is not None:
        return _named(transcript, span)
    if any(_SIGNED.fullmatch(fold(transcript.slice(row))) for row in rows):
        return missing(transcript, Zone.SIGNATURE, note="signed_without_name")
    if is_from_scan(transcript, block[0].start):
        # Under a stamp the name is often lost whole: not seen is not absent.
        return unreadable([transcript.evidence(block[-1].start, block[-1].end)], note="not_seen")
    return missing(transcript, Zone.SIGNATURE, note="no_name")


def _may_be_other(transcript: Transcript, row: Paragraph, span: tuple[int, int]) -> bool:
    """Off a scan: a family name that may be another one, or a name of which a part may be lost."""
    evidence = transcript.evidence(*span)
    words = [word.strip(EDGE) for word in evidence.quote.split()]
    behind = [word for word in transcript.text[span[1] : row.end].split() if any(c.isalpha() for c in word)]
    is_cut = words[-1] in _NEVER_LAST or any(sum(map(str.isalpha, word)) > 1 for word in behind)
    is_cut = is_cut or (len(words) == 2 and bool(behind))
    return is_cut or is_ambiguous(evidence.quote) or (evidence.confidence < SURE_FAMILY and lacks_letter(words[0]))


def _named(transcript: Transcript, span: tuple[int, int]) -> Field[str]:
    raw = " ".join(transcript.text[span[0] : span[1]].split())
    name = spelled(" ".join(word.capitalize() for word in raw.split()) if is_upper(raw) else raw)
    return found(transcript, name, [span], raw=raw, note="repaired" if name != raw else "")


def name_span(transcript: Transcript, row: Paragraph) -> tuple[int, int] | None:
    """The stretch of a row that is a name; None when it holds none that is surely whole."""
    whole = transcript.slice(row)
    if is_upper(whole):
        return _capital_span(transcript, row)
    place = name_in(whole)
    return None if place is None else (row.start + place[0], row.start + place[1])


def _capital_span(transcript: Transcript, row: Paragraph) -> tuple[int, int] | None:
    """A name in capitals, in typed text: two to five words, the first a family name; no position, body or province.

    On a scan a torn position ("PHÓ CHỦ TỊ CH") looks the same.
    """
    text = transcript.slice(row).strip(EDGE)
    words = text.split()
    folded = fold(text)
    if is_from_scan(transcript, row.start) or not 2 <= len(words) <= 5 or fold(words[0]) not in surnames():
        return None
    if not all(word == "Y" or (word.isalpha() and len(word) > 1) for word in words):
        return None
    if any(folded == other or folded.startswith(other + " ") for other in _no_names()):
        return None
    start = row.start + transcript.slice(row).index(text)
    return start, start + len(text)


@cache
def _no_names() -> tuple[str, ...]:
    """Positions, bodies and provinces: some begin like a family name (PHÓ CHỦ TỊCH, VĂN PHÒNG, HÀ NỘI)."""
    named = (*read_table("agencies")["phrases"], *read_table("places")["provinces"])
    return (*formulas().positions, *map(fold, named))


def _last_line(transcript: Transcript, rows: list[Paragraph]) -> tuple[int, int] | None:
    """In typed text: the last line, when it is made of capitalised words alone, is a name whatever its first word."""
    row = rows[-1]
    text = transcript.slice(row).strip(EDGE)
    words = text.split()
    if is_from_scan(transcript, row.start) or not 2 <= len(words) <= MOST_WORDS:
        return None
    if is_upper(text) or not all(is_name_word(word) or word in _SINGLE for word in words) or is_rank(text):
        return None
    start = row.start + transcript.slice(row).index(text)
    return start, start + len(text)
