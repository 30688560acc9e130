"""How much of a reading is language: the measure by which two readings of one place are compared.

Mean confidence is not enough: it rewards a reading that lost what was hard, and does not punish scraps of seals that
are short and sure. Here every word counts by its length, for or against: Vietnamese syllables, numbers and codes for,
letter salad and stray marks against. So more text read well is better, and made-up text is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from antq_cli.reading.ocr import Seen
from antq_cli.vietnamese.lexicon import known_words
from antq_cli.vietnamese.syllables import is_syllable
from antq_cli.vietnamese.text import fold

_EDGES = "\"'()[]<>.,;:!?*-_/+=%" + "\u2013\u2014\u201c\u201d\u2018\u2019\u00ab\u00bb\u2022\u2026"
_FIGURES = re.compile(r"\d{1,9}(?:[./,:-]\d{1,9}){0,4}%?")
_CODE = re.compile(r"\d{0,6}[a-z]?(?:[/.-]{1,2}[a-z0-9&]{1,14}){1,6}")
_USUAL_MARKS = frozenset("-+*./,;:()\"'\u2013\u201c\u201d")
_SURE, _UNSURE = 85.0, 35.0
"""Confidences from which on, and up to which, a word counts fully and not at all."""


def evidence(seen: Iterable[Seen]) -> float:
    """Characters that are language, less those that cannot be; comparable only between readings of one place."""
    return sum(value(word) for word in seen)


def value(word: Seen) -> float:
    """What one word speaks for its reading, in characters; negative when it speaks against it."""
    likely = likelihood(word.text)
    length = max(1, sum(c.isalnum() for c in word.text))
    if likely <= 0:
        return likely * length
    trust = min(1.0, max(0.0, (word.confidence - _UNSURE) / (_SURE - _UNSURE)))
    return likely * length * (0.15 + 0.85 * trust)


@lru_cache(maxsize=8192)
def likelihood(text: str) -> float:
    """1 for a word of the language, down to -1 for what no one prints."""
    core = text.strip(_EDGES)
    if not core:
        return 0.0 if set(text) <= _USUAL_MARKS else -1.0
    if core in known_words() or core.lower() in known_words():
        return 1.0
    if _FIGURES.fullmatch(core):
        return 0.9
    letters = sum(c.isalpha() for c in core)
    if letters == len(core):
        if is_syllable(core):
            # A lone letter is a list's label, and what seals and rims are made into.
            even = core.islower() or core.isupper() or core.istitle()
            return (0.2 if len(core) == 1 else 1.0) if even else -0.3
        if core.isupper() and len(core) <= 8:
            return 0.5  # an abbreviation
        return -0.5
    if _CODE.fullmatch(fold(core)) and any(c.isalnum() for c in core):
        return 0.8
    parts = [part for part in re.split(r"[/.,;:()-]", core) if part]
    if parts and all((part.isalpha() and is_syllable(part)) or part.isdigit() for part in parts):
        return 0.6
    return -0.5 if 2 * letters >= len(core) else -0.8
