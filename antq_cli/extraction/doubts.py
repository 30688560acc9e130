"""Numbers of cited documents that OCR was not sure of, weighed against the other documents the letter names.

A letter says many of its numbers twice, and a document has one number only: of two that differ by a letter or a figure
and bear one day, the one read with doubt is the other. What no body could have issued and was read with doubt is not
claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.identity import same_kind
from antq_cli.extraction.numbers import parse_number
from antq_cli.model.letter import Reference
from antq_cli.vietnamese.lexicon import read_table
from antq_cli.vietnamese.text import fold

DOUBTED = 0.6
"""Confidence of a number's least sure word below which another may stand for it."""
TRUSTED = 0.8
"""Confidence from which a number bears witness."""
APART = 2
"""Most letters and figures in which two readings of one number differ."""
COMPARED = 200
"""Sure numbers with which a doubted one is compared."""
_CIRCULARS = ("tt", "ttlt")


@dataclass(frozen=True, slots=True)
class Read:
    """A full number as a letter names it, and how sure its least sure word was read."""

    reference: Reference
    confidence: float


def settled(readings: Sequence[Read]) -> list[Reference | None]:
    """The references in their order: a doubted number as its sure twin has it, None for what is not to be claimed."""
    witnesses = [each.reference for each in readings if each.confidence >= TRUSTED and _is_full(each.reference)]
    known = {reference.key: reference for reference in witnesses}
    return [_settled(each, list(known.values())[:COMPARED]) for each in readings]


def _settled(read: Read, witnesses: Sequence[Reference]) -> Reference | None:
    reference = read.reference
    if read.confidence >= DOUBTED or not _is_full(reference):
        return reference
    is_odd = _is_impossible(reference)
    if any(each.key == reference.key for each in witnesses):
        return reference
    twins = [each for each in witnesses if _may_be(reference, each, is_odd=is_odd)]
    if len(twins) == 1:
        return Reference(
            kind=twins[0].kind or reference.kind,
            number=twins[0].number,
            key=twins[0].key,
            issued=reference.issued or twins[0].issued,
            issuer=reference.issuer or twins[0].issuer,
            title=reference.title or twins[0].title,
        )
    return None if is_odd else reference


def _is_full(reference: Reference) -> bool:
    return reference.number is not None and not reference.is_short and reference.key is not None


def _may_be(doubted: Reference, sure: Reference, *, is_odd: bool) -> bool:
    """One day, or no day said of a number that cannot be; one year and kind; and nearly one number."""
    if doubted.issued is not None and sure.issued is not None:
        if doubted.issued != sure.issued:
            return False
    elif not is_odd:
        return False
    if doubted.kind is not None and sure.kind is not None and not same_kind(doubted.kind, sure.kind):
        return False
    ours, theirs = doubted.key or "", sure.key or ""
    if ours.split("|")[1:2] != theirs.split("|")[1:2]:
        return False
    return Levenshtein.distance(ours, theirs, score_cutoff=APART) <= APART


def _is_impossible(reference: Reference) -> bool:
    """A circular of a year by a body that is no ministry (Luật Ban hành văn bản quy phạm pháp luật, Điều 4)."""
    number = parse_number(reference.number or "")
    if number is None or number.year is None or fold(number.kind_abbreviation or "") not in _CIRCULARS:
        return False
    return not any(fold(code) in _ministries() for code in number.organs)


@cache
def _ministries() -> frozenset[str]:
    return frozenset(map(fold, read_table("organs")["circulars"]))
