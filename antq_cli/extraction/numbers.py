"""Số, ký hiệu: one number and symbol as printed, brought to its canonical form and to a key for comparison.

Sources: NĐ 30/2020, Phụ lục I.II.3 (`15/QĐ-BNV`, `12/UBND-VX`); HD 36-HD/VPTW (`36-HD/VPTW`); NĐ 78/2025 and its
forerunners (`30/2020/NĐ-CP`, `33/2024/QH15`); older practice (`14-CP`, `64 TC/TCT`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from antq_cli.extraction.symbols import DocumentNumber, scan_number, scan_symbol
from antq_cli.vietnamese.text import clean, fold

__all__ = ["DocumentNumber", "number_key", "number_keys", "parse_number"]

_LABEL = re.compile(r"\W{0,4}(?:so|s6|s0)\s{0,3}[:.;]?\s{0,3}(?=[\d\W]|[oil]\d)")
_BLANK = re.compile(r"[\s.\u2026:]{0,30}+(?=[/-])")
_NOISE = re.compile(r"[*`]+")


def parse_number(text: str) -> DocumentNumber | None:
    """The number and symbol the text begins with, after an optional "Số:"; None when it begins with no such thing.

    Damaged print is mended: `1305UBND-NCPC`, `90/TBMTTQ-BTT`, `l5/KH-UBND`, `22/2021/QD-TTg`. A blank number
    (`   /QĐ-UBND`) has empty `digits`.
    """
    return _parse(text[:200])


def number_key(text: str) -> str | None:
    """The comparison key of one number; None when it is none or its digits are blank."""
    number = parse_number(text)
    return number.key if number is not None and number.digits else None


def number_keys(text: str) -> tuple[str, ...]:
    """Keys to search a catalogue with: the full key, then its left parts down to number and type; a bare number last.

    `09/CTr-BCA-MTTW` gives `9||CTR|BCA|MTTW`, `9||CTR|BCA`, `9||CTR`; `28` gives `28`.
    """
    number = parse_number(text)
    if number is None or not number.digits:
        bare = text.strip()
        return ((bare.lstrip("0") or "0"),) if bare.isdigit() and len(bare) <= 6 else ()
    parts = number.key.split("|")
    return tuple("|".join(parts[:size]) for size in range(len(parts), min(len(parts), 3) - 1, -1))


@lru_cache(maxsize=4096)
def _parse(text: str) -> DocumentNumber | None:
    cleaned = _NOISE.sub("", clean(text)).replace("_", " ").replace("\\", "/")
    folded = fold(cleaned)
    label = _LABEL.match(folded)
    start = label.end() if label else 0
    start += len(folded[start:]) - len(folded[start:].lstrip(" \t.:;,'\"("))
    scanned = scan_number(cleaned, folded, start)
    if scanned is None and (blank := _BLANK.match(folded, label.end() if label else 0)) is not None:
        # A symbol whose number is still to be given: "   /QĐ-UBND", "…-KH/TU".
        scanned = scan_symbol(cleaned, folded, blank.end(), "", None)
    return scanned.number if scanned is not None else None
