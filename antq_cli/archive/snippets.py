"""The stretch of a document that shows why it was found: matched on folded words, shown as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from antq_cli.archive.analysis import Term, terms
from antq_cli.archive.query import Number, Phrase, Prefix, Query, words_of

WIDTH = 200
_MORE = chr(0x2026)
_JOINED = re.compile(r"[\s/.\-]{0,3}")


@dataclass(frozen=True, slots=True)
class Snippet:
    page: int
    """From 1."""
    text: str


def snippet(pages: Sequence[str], query: Query) -> Snippet:
    """The best stretch of about 200 characters, its words found between << and >>.

    The stretch with the most different words asked for is best, then the one where they stand as they were typed. A
    document found by its number alone may show none of the words: then its beginning is shown.
    """
    asked = {word.word: word.exact for word in query.words}
    found = _matches([list(terms(page)) for page in pages], query)
    best: tuple[float, int, int] | None = None
    for number, matches in enumerate(found):
        for index, value in _windows(matches, asked):
            if best is None or value > best[0]:
                best = (value, number, index)
    if best is None:
        number = next((at for at, page in enumerate(pages) if page.strip()), 0)
        return Snippet(number + 1, _cut(pages[number], 0, ()) if pages else "")
    _, number, index = best
    marked = _as_typed(found[number], asked)
    return Snippet(number + 1, _cut(pages[number], found[number][index].start, marked))


def _matches(pages: list[list[Term]], query: Query) -> list[list[Term]]:
    """The terms of each page to mark. Words of a phrase or a number count where they stand together, if they do."""
    prefixes = tuple(leaf.word for leaf in query.leaves if isinstance(leaf, Prefix))
    loose: set[str] = set()
    together: list[set[int]] = [set() for _ in pages]
    for leaf in query.leaves:
        sequence = [word.word for word in words_of(leaf)]
        places = [_places(page, sequence) if isinstance(leaf, Phrase | Number) else set() for page in pages]
        if not any(places):
            loose.update(sequence)
        for covered, more in zip(together, places, strict=True):
            covered |= more
    return [
        [
            term
            for at, term in enumerate(page)
            if at in covered or term.word in loose or (prefixes and term.word.startswith(prefixes))
        ]
        for page, covered in zip(pages, together, strict=True)
    ]


def _places(page: list[Term], sequence: list[str]) -> set[int]:
    """Where a sequence of words stands, as indexes of its terms."""
    size = len(sequence)
    starts = (at for at, term in enumerate(page) if sequence and term.word == sequence[0])
    return {
        at + step for at in starts if [term.word for term in page[at : at + size]] == sequence for step in range(size)
    }


def _windows(matches: list[Term], asked: dict[str, str]) -> list[tuple[int, float]]:
    """For each match the worth of the window that begins with it."""
    found: list[tuple[int, float]] = []
    end = 0
    for index, first in enumerate(matches):
        end = max(end, index + 1)
        while end < len(matches) and matches[end].end <= first.start + WIDTH:
            end += 1
        inside = matches[index:end]
        different = len({term.word for term in inside})
        exact = len({term.word for term in inside if asked.get(term.word, term.exact) == term.exact})
        close = sum(later.start - earlier.end <= 1 for earlier, later in pairwise(inside))
        spread = (inside[-1].end - first.start) / WIDTH
        found.append((index, 4 * different + 2 * exact + min(close, 8) * 0.5 - 0.4 * min(spread, 1.0)))
    return found


def _as_typed(matches: list[Term], asked: dict[str, str]) -> list[Term]:
    """Without the words that only resemble the one asked for, where the page has that one itself.

    A word without any diacritics stays: OCR loses them.
    """
    seen = {term.word for term in matches if asked.get(term.word) == term.exact}
    return [
        term
        for term in matches
        if term.word not in seen or asked[term.word] == term.word or term.exact in (asked[term.word], term.word)
    ]


def _cut(page: str, first: int, marked: Sequence[Term]) -> str:
    begin = _word_start(page, max(0, first - 40))
    end = _word_end(page, min(len(page), first + WIDTH))
    inside = [term for term in marked if term.start >= begin and term.end <= end]
    parts: list[str] = []
    at = begin
    for place, term in enumerate(inside):
        if place and _JOINED.fullmatch(page, at, term.start):
            parts[-1] = _shown(page[at : term.start])
        else:
            parts += [_shown(page[at : term.start]), "<<"]
        parts += [_shown(page[term.start : term.end]), ">>"]
        at = term.end
    parts.append(_shown(page[at:end]))
    text = " ".join("".join(parts).split())
    return f"{_MORE + ' ' if begin > 0 else ''}{text}{' ' + _MORE if end < len(page.rstrip()) else ''}"


def _shown(text: str) -> str:
    # The marks belong to the snippet alone.
    return text.replace("<<", "< <").replace(">>", "> >")


def _word_start(page: str, at: int) -> int:
    limit = max(0, at - 40)
    while limit < at < len(page) and not page[at - 1].isspace():
        at -= 1
    return at


def _word_end(page: str, at: int) -> int:
    limit = min(len(page), at + 40)
    while at < limit and not page[at].isspace():
        at += 1
    return at
