"""Họ và tên of the signer (NĐ 30/2020, Phụ lục I.II.7.c): a person's name under authority and position."""

from __future__ import annotations

import re
from functools import cache

from antq_cli.extraction.field import found, is_from_scan, missing, unreadable
from antq_cli.model.letter import Field
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import any_of, formulas, read_table, surnames
from antq_cli.vietnamese.text import fold, is_upper

_EDGE = " .,;:'\"*_|^~`“”‘’–—-()[]<>=/\\"
_SIGNED = re.compile(r"\W{0,2}da ky\W{0,2}")
# Ede, Jrai, Co Ho and other names: H'Yim, K'Brêu, Y Bhiăng.
_MARKED = re.compile(r"[hk]'[a-z]{2,}")
_SINGLE = ("Y", "A")
SURE_NAME = 0.60
"""Least word confidence of a signer's name on a scan, where stamp and pen cross it."""
MOST_WORDS = 6


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
        if is_from_scan(transcript, span[0]) and _is_ambiguous(evidence.quote):
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


def _named(transcript: Transcript, span: tuple[int, int]) -> Field[str]:
    raw = " ".join(transcript.text[span[0] : span[1]].split())
    name = _spelled(" ".join(word.capitalize() for word in raw.split()) if is_upper(raw) else raw)
    return found(transcript, name, [span], raw=raw, note="repaired" if name != raw else "")


def _is_ambiguous(name: str) -> bool:
    """The family name's marks fit none of the several family names with these letters: `Vị` is Vi or Vì."""
    first = name.split()[0]
    spellings = surnames().get(fold(first), ())
    return len(spellings) > 1 and first.lower() not in map(str.lower, spellings)


def _spelled(name: str) -> str:
    """The name with its family name's marks restored, where only one family name has these letters."""
    first, _, rest = name.partition(" ")
    spellings = surnames().get(fold(first), ())
    return f"{spellings[0]} {rest}" if len(spellings) == 1 else name


def name_span(transcript: Transcript, row: Paragraph) -> tuple[int, int] | None:
    """The stretch of a row that is a name, ranks and scraps of the pen left out.

    None when a longer word stands before the family name: then the name may begin there, misread ("gô Đình Hòa").
    """
    tokens = transcript.tokens_in(row.start, row.end)
    texts = [transcript.text[token.start : token.end].strip(_EDGE) for token in tokens]
    whole = transcript.slice(row)
    if is_upper(whole):
        return _capital_span(transcript, row)
    for first in range(len(texts)):
        if not _begins_name(texts[first]):
            continue
        last = first
        while last + 1 < len(texts) and last - first < MOST_WORDS - 1 and _is_name_word(texts[last + 1]):
            last += 1
        if last > first:
            before = " ".join(text for text in texts[:first] if sum(c.isalpha() for c in text) >= 2)
            if before and not _is_rank(before):
                return None
            start = tokens[first].start + transcript.text[tokens[first].start : tokens[first].end].index(texts[first])
            end = tokens[last].start + transcript.text[tokens[last].start : tokens[last].end].index(texts[last])
            return start, end + len(texts[last])
    return None


def _begins_name(text: str) -> bool:
    folded = fold(text)
    return _is_name_word(text) and (folded in surnames() or _MARKED.fullmatch(folded) is not None)


def _is_name_word(text: str) -> bool:
    """A capital, then small letters: `Nguyễn`, `K'Brêu`; a lone capital is a scrap, except the word Y."""
    bare = text.replace("'", "").replace("\u2019", "")
    if not bare.isalpha() or not bare[0].isupper():
        return False
    return text == "Y" if len(bare) == 1 else bare[1:].islower() or _MARKED.fullmatch(fold(text)) is not None


@cache
def _rank_pattern() -> re.Pattern[str]:
    words = (*formulas().ranks, *(phrase for phrase in formulas().signed if phrase.isascii() and phrase[0].isalpha()))
    return re.compile(rf"(?:{any_of(words)}[\s.,:-]{{0,4}}){{1,5}}")


def _is_rank(text: str) -> bool:
    return _rank_pattern().fullmatch(fold(text).replace("'", "")) is not None


def _capital_span(transcript: Transcript, row: Paragraph) -> tuple[int, int] | None:
    """A name in capitals, in typed text: two to five words, the first a family name; no position, body or province.

    On a scan a torn position ("PHÓ CHỦ TỊ CH") looks the same.
    """
    text = transcript.slice(row).strip(_EDGE)
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
    text = transcript.slice(row).strip(_EDGE)
    words = text.split()
    if is_from_scan(transcript, row.start) or not 2 <= len(words) <= MOST_WORDS:
        return None
    if is_upper(text) or not all(_is_name_word(word) or word in _SINGLE for word in words) or _is_rank(text):
        return None
    start = row.start + transcript.slice(row).index(text)
    return start, start + len(text)
