"""Making fields: found with its place, absent, or unreadable with what was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from antq_cli.model.letter import Field, State
from antq_cli.model.page import PageOrigin, Word
from antq_cli.model.transcript import Evidence, Paragraph, Transcript, Zone
from antq_cli.vietnamese.text import fold

T = TypeVar("T")

SURE = 0.85
"""Word confidence from which digits on a scan are taken without looking at the pixels."""
MOST_READ = 3000
"""Words of a letter in which its own spelling of a name is looked for."""
EDGE = " .,;:'\"*_|^~()[]<>-"
"""Marks around words."""
LEGIBLE = 0.55
"""Mean word confidence below which a zone counts as not read."""


def found(
    transcript: Transcript,
    value: T,
    spans: Sequence[tuple[int, int]],
    *,
    raw: str | None = None,
    note: str = "",
) -> Field[T]:
    """A field with one piece of evidence per stretch of text. Its confidence is that of its least sure word."""
    evidence = tuple(transcript.evidence(start, end) for start, end in spans)
    return Field(
        State.FOUND,
        value,
        raw if raw is not None else " ".join(piece.quote for piece in evidence),
        min(piece.confidence for piece in evidence),
        evidence,
        note=note,
    )


def absent(note: str = "", evidence: Sequence[Evidence] = ()) -> Field[T]:
    """The place where it would stand was read, and holds none."""
    return Field(State.ABSENT, evidence=tuple(evidence), note=note)


def unreadable(evidence: Sequence[Evidence] = (), candidates: Sequence[str] = (), note: str = "") -> Field[T]:
    """Something may stand there; antq cannot tell what, and claims nothing."""
    return Field(
        State.UNREADABLE,
        raw=evidence[0].quote if evidence else None,
        evidence=tuple(evidence),
        candidates=tuple(candidates),
        note=note,
    )


def lines(transcript: Transcript, *zones: Zone) -> tuple[Paragraph, ...]:
    return transcript.in_zones(*zones)


def is_from_scan(transcript: Transcript, offset: int) -> bool:
    """Was the word at this offset, or after the space there, read off pixels?"""
    tokens = transcript.tokens_in(offset, offset + 2)
    return bool(tokens) and transcript.document.pages[tokens[0].page].origin is PageOrigin.OCR


def sure_words(transcript: Transcript, spans: Sequence[tuple[int, int]]) -> frozenset[str]:
    """The words of these stretches that were read with confidence, without the marks around them.

    A word is not among them when the letter oftener gives it other marks beside the same neighbour.
    """
    words = [word for start, end in spans for word in transcript.words(start, end)]
    bare = [word.text.strip(EDGE) for word in words]
    sure = {text for text, word in zip(bare, words, strict=True) if text.isalpha() and word.confidence >= SURE}
    if not sure:
        return frozenset()
    said: dict[tuple[str, str], Counter[str]] = {}
    for one, other in pairwise(bare):
        said.setdefault((fold(one), fold(other)), Counter())
    read = [word.text.strip(EDGE) for word in _first_words(transcript)]
    for one, other in pairwise(read):
        counts = said.get((fold(one), fold(other)))
        if counts is not None:
            counts.update((one.lower(), other.lower()))
    return frozenset(text for text in sure if not any(_is_outvoted(text.lower(), votes) for votes in said.values()))


def _first_words(transcript: Transcript) -> Iterator[Word]:
    return (transcript.document.pages[token.page].words[token.word] for token in transcript.tokens[:MOST_READ])


def _is_outvoted(text: str, votes: Counter[str]) -> bool:
    folded = fold(text)
    return any(count > votes[text] for other, count in votes.items() if other != text and fold(other) == folded)


def legibility(transcript: Transcript, *zones: Zone) -> float | None:
    """Mean confidence of the words of these zones, weighted by length; None when they hold no word."""
    total = weight = 0.0
    for paragraph in transcript.in_zones(*zones):
        for word in transcript.words(paragraph.start, paragraph.end):
            total += word.confidence * len(word.text)
            weight += len(word.text)
    return total / weight if weight else None


def missing(transcript: Transcript, *zones: Zone, note: str = "") -> Field[T]:
    """ABSENT when the zones were read well or the file does not show them at all; UNREADABLE when they were read badly.

    A page that could not be read at all makes everything on it unreadable.
    """
    if any(page.origin is PageOrigin.FAILED for page in transcript.document.pages):
        return unreadable(note="page_failed")
    quality = legibility(transcript, *zones)
    if quality is None:
        quality = legibility(transcript, *Zone)
        if quality is None:
            return unreadable(note="no_text")
        return absent(note="zone_unseen") if quality >= LEGIBLE else unreadable(note="poor_scan")
    return absent(note=note) if quality >= LEGIBLE else unreadable(note="poor_scan")
