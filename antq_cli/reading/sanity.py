"""Whether decoded text can be what a person wrote: legacy Vietnamese encodings and broken fonts give letter salad."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", vowel + shape + tone)
    for vowel, shapes in (
        ("a", ("", "\u0306", "\u0302")),
        ("e", ("", "\u0302")),
        ("i", ("",)),
        ("o", ("", "\u0302", "\u031b")),
        ("u", ("", "\u031b")),
        ("y", ("",)),
    )
    for shape in shapes
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | {"\u0111"}
_FOREIGN_SHARE = 0.15
_FOREIGN_LEAST = 4
_BROKEN_SHARE = 0.1
_STRANGE_SHARE = 0.5
_VOWELS = frozenset("aeiouy")
_EDGES = "\"'()[]<>.,;:!?-_/*+=%" + "\u2013\u2014\u201c\u201d\u2018\u2019\u00ab\u00bb\u2022\u2026"


def is_legacy(words: Sequence[str]) -> bool:
    """True for Vietnamese of the time before Unicode (TCVN3, VNI) decoded as Latin letters.

    Both put letters and signs no Vietnamese word has inside words: `C«ng v¨n`, `Coâng vaên soá`. Other languages
    have them too, but in far fewer words. Words that TCVN3 and VNI leave whole keep the share below one half.
    """
    spoken = [word for word in words if any(c.isalpha() for c in word)]
    foreign = sum(1 for word in spoken if is_foreign(word))
    return foreign >= _FOREIGN_LEAST and foreign >= _FOREIGN_SHARE * len(spoken)


def is_garbled(words: Sequence[str]) -> bool:
    """True when words cannot be what the page shows: private, replacement or control characters, or no syllables."""
    text = "".join(words)
    if not text:
        return False
    broken = sum(1 for c in text if c == "\ufffd" or unicodedata.category(c) in ("Co", "Cc", "Cn", "Cs"))
    if broken > _BROKEN_SHARE * len(text) or is_legacy(words):
        return True
    long = [word for word in words if len(word) >= 2]
    strange = sum(1 for word in long if not _is_regular(word))
    return len(long) >= 8 and strange > _STRANGE_SHARE * len(long)


def is_foreign(word: str) -> bool:
    """A Latin-1 character that is no Vietnamese letter stands beside a letter."""
    for index, c in enumerate(word):
        if not "\u0080" <= c <= "\u024f" or c.lower() in _VIETNAMESE:
            continue
        if c in "\u00ab\u00bb\u00b0\u00a7\u00ba\u00aa\u00b2\u00b3\u00b7" and index in (0, len(word) - 1):
            continue  # quotes, degrees, paragraph signs at a word's edge
        if word[index - 1 : index].isalpha() or word[index + 1 : index + 2].isalpha():
            return True
    return False


def _is_regular(word: str) -> bool:
    """Looks like a word, a number or a code: letters with a vowel, digits, capitals, with marks around or between."""
    core = word.strip(_EDGES)
    if not core:
        return len(set(word)) == 1 or len(word) <= 3
    odd = sum(1 for c in core if not (c.isalnum() or c in "./-:,;&'()+%\u2013"))
    if odd > 0.2 * len(core) or any(c in "\\|~^{}<>@#$" for c in core):
        return ("@" in core and "." in core) or "://" in core
    if any(a.islower() and b.isupper() for a, b in pairwise(core)):
        return False
    letters = [c for c in core if c.isalpha()]
    if not letters:
        return True
    if all(c.isupper() for c in letters) or len(letters) <= 2:
        return True
    base = {unicodedata.normalize("NFD", c)[0].lower() for c in letters}
    return bool(base & _VOWELS) or any(ord(c) > 0x370 for c in letters)
