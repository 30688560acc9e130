"""How text becomes terms: the same for what is indexed and for what is asked.

A word is a run of letters or a run of digits, folded; single letters and digits are words, and no word is left out. So
`1305/UBND-NCPC` and `1305UBND-NCPC` hold the same words, `09` and `9` are the same word, and offsets stay valid in the
original. Where a word has diacritics, its exact form is a second term.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from antq_cli.vietnamese.text import fold

_WORD = re.compile(r"[^\W\d_]+|\d+")
_LONGEST = 64
_TONES = frozenset(map(chr, (0x300, 0x301, 0x303, 0x309, 0x323)))


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text."""

    start: int
    end: int
    word: str
    """Folded; digits without leading zeros; at most 64 characters."""
    exact: str
    """With its diacritics; equal to `word` when it has none."""


def terms(text: str) -> Iterator[Term]:
    """The words of a text (NFC), with offsets in it."""
    for match in _WORD.finditer(fold(text)):
        start, end = match.span()
        word = _plain(match.group())
        yield Term(start, end, word, exact_form(text[start:end][:_LONGEST]) if word[0].isalpha() else word)


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return [_plain(word) for word in _WORD.findall(fold(text))]


def pairs(following: Iterable[str]) -> list[str]:
    """Each two words that follow one another, as one term: `toan_dan`."""
    return [f"{first}_{second}" for first, second in pairwise(following)]


@lru_cache(maxsize=65536)
def exact_form(word: str) -> str:
    """Small letters with the tone behind the word, so that both ways to place it are one: hòa and hoà."""
    small = unicodedata.normalize("NFD", word.lower())
    tone = "".join(mark for mark in small if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in small if mark not in _TONES)) + tone


def _plain(word: str) -> str:
    return (word.lstrip("0") or "0")[:_LONGEST] if word[0].isdigit() else word[:_LONGEST]


def key_prefixes(key: str) -> tuple[str, ...]:
    """The left parts of a comparison key that tell more than a bare number, the key itself last.

    `9||CTR|BCA|MTTW` gives `9||CTR`, `9||CTR|BCA` and itself; `15|||UBND`, a công văn, gives `15||` too. A key with
    a year also gives the parts without it, for who asks without the year.
    """
    parts = key.split("|")
    found = _left_parts(parts)
    if len(parts) > 3 and not parts[1] and not parts[2]:
        found.insert(0, f"{parts[0]}||")
    if len(parts) > 2 and parts[1]:
        found = [*_left_parts([parts[0], "", *parts[2:]]), *found]
    return tuple(dict.fromkeys([*found, key]))


def _left_parts(parts: list[str]) -> list[str]:
    return ["|".join(parts[: count + 1]) for count in range(1, len(parts)) if parts[count]]
