"""Words of a sentence that OCR has torn, and pairs of quotation marks of which it changed one."""

from __future__ import annotations

import re

from antq_cli.vietnamese.syllables import is_syllable
from antq_cli.vietnamese.text import fold

_YEAR = re.compile(r"(?P<before>\bnam )(?P<century>19|20) (?P<rest>\d\d)(?![\d/.,-])")
_ONSET = re.compile(r"(?:ngh?|nh|ch|gh|kh|ph|th|tr|qu|gi|[bcdghklmnpqrstvx])")
_OPENERS, _CLOSERS = '"\u201c', '"\u201d'


def rejoined(text: str) -> str:
    """The text with torn syllables ("t rong") and years ("năm 20 23") whole, and its one pair of quotes alike."""
    words: list[str] = []
    for word in text.split():
        if words and _ONSET.fullmatch(fold(words[-1])) and _is_torn(words[-1], word):
            words[-1] += word
        else:
            words.append(word)
    joined = " ".join(words)
    while (match := _YEAR.search(fold(joined))) is not None:
        gap = match.end("century")
        joined = joined[:gap] + joined[gap + 1 :]
    return _with_quotes(joined)


def _is_torn(onset: str, rest: str) -> bool:
    """Consonants alone, before small letters that make a syllable with them."""
    bare = rest.rstrip(' .,;:)"\u201d')
    return rest[:1].islower() and onset.isalpha() and onset[-1:].islower() and is_syllable(onset + bare)


def _with_quotes(text: str) -> str:
    """The closing mark as the opening one has it; where there is not one pair, the text as it is."""
    marks = [(place, c) for place, c in enumerate(text) if c in '"\u201c\u201d\u201e']
    if len(marks) != 2 or marks[0][1] not in _OPENERS:
        return text
    right = _CLOSERS[_OPENERS.index(marks[0][1])]
    place = marks[1][0]
    return text[:place] + right + text[place + 1 :]
