"""A symbol whose kind OCR has blurred, put right by the kind printed before it: `Chương trình số 09/CTT-BCA` is CTr."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.symbols import LETTER, DocumentNumber
from antq_cli.vietnamese.lexicon import Kind
from antq_cli.vietnamese.text import fold

_LEAST = 3
"""Shorter abbreviations are too near to one another: KH, KL, NQ, QĐ."""


def mended(number: DocumentNumber, kind: Kind | None) -> DocumentNumber:
    """The number with its first code read as an abbreviation of the printed kind, one letter wrong; else unchanged.

    Only where the symbol names no kind itself and a body follows, so that both witnesses agree on the kind.
    """
    if kind is None or number.family != LETTER or number.kind_abbreviation is not None or len(number.organs) < 2:
        return number
    first = fold(number.organs[0])
    for abbreviation in kind.all_abbreviations:
        if _is_doubled(first, fold(abbreviation)) or (
            len(abbreviation) >= _LEAST and Levenshtein.distance(first, fold(abbreviation), score_cutoff=1) == 1
        ):
            return replace(
                number,
                kind_abbreviation=abbreviation,
                organs=number.organs[1:],
                family="administrative",
                repaired=True,
            )
    return number


def _is_doubled(printed: str, right: str) -> bool:
    """The right letters, one of them read twice: `QDD`."""
    return len(printed) == len(right) + 1 and any(
        printed[:at] + printed[at + 1 :] == right for at in range(1, len(printed)) if printed[at] == printed[at - 1]
    )
