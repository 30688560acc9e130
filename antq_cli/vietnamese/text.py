"""Vietnamese text: one spelling at the door, one folding on both sides of every comparison.

`clean` brings text to NFC and repairs look-alikes; `fold` maps each character to exactly one ASCII-like base
letter in lower case. Because `fold` keeps lengths, patterns can be plain ASCII over folded text and their
offsets are offsets in the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that look like others and are common in letters typed or read wrongly (rulebook: 89/2015/NÐ-CP with the
# Icelandic eth, 51/2025/TT-BTС with a Cyrillic С).
_LOOK_ALIKES = str.maketrans(
    {
        "\u00d0": "Đ",
        "\u00f0": "đ",
        "\u0189": "Đ",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\u2044": "/",
        "\u2215": "/",
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        "\u00ad": None,
    }
)
_CYRILLIC = dict(zip("АВЕЗКМНОРСТУХаеорсухі", "ABE3KMHOPCTYXaeopcyxi", strict=True))
_CYRILLIC_RUN = re.compile("[\u0400-\u04ff]+")
_CYRILLIC_TABLE = str.maketrans(_CYRILLIC)
# A tone mark typed before a vowel mark stays two code points in NFC (e + acute + circumflex); sorting repairs it.
_SHAPE_MARKS = "\u0302\u0306\u031b"
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_MISORDERED = re.compile(f"([{_TONE_MARKS}])([{_SHAPE_MARKS}])")
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"


def clean(text: str) -> str:
    """Bring text to NFC, with look-alike letters, odd spaces and mis-ordered marks repaired.

    Cyrillic letters become Latin only where the whole run has Latin twins, so a Russian word stays itself.
    Idempotent. Lengths may change: call it once, at the door.
    """
    decomposed = unicodedata.normalize("NFD", text)
    previous = None
    while previous != decomposed:
        previous, decomposed = decomposed, _MISORDERED.sub(r"\2\1", decomposed)
    composed = unicodedata.normalize("NFC", decomposed).translate(_LOOK_ALIKES)
    return _CYRILLIC_RUN.sub(_latin_twin, composed)


def _latin_twin(run: re.Match[str]) -> str:
    letters = run.group()
    return letters.translate(_CYRILLIC_TABLE) if all(c in _CYRILLIC for c in letters) else letters


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in "đĐÐð":
        return "d"
    if character in _DASHES:
        return "-"
    if character in "\u2018\u2019\u02bc\u00b4`":
        return "'"
    if character in "\u201c\u201d\u201e\u00ab\u00bb\u2033":
        return '"'
    base = unicodedata.normalize("NFD", character)[0]
    if base != character:
        return _fold_character(base)
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d, dashes and quotes as ASCII; `len(fold(s)) == len(s)` always."""
    return "".join(map(_fold_character, text))


def squeeze(text: str) -> str:
    """All white space runs become one space; none at the ends."""
    return " ".join(text.split())


def is_upper(text: str) -> bool:
    """True when the text has letters and none of them is small (digits and marks do not count)."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(not c.islower() for c in letters)


def upper_share(text: str) -> float:
    """Share of capitals among the letters, 0..1; 0.0 for a text without letters."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0


FOREIGN_LETTERS = str.maketrans({"Ñ": "N", "ñ": "n", "Ç": "C", "ç": "c", "€": "C", "£": "E"})
"""What OCR makes of a blurred N, C or E: no Vietnamese word has these."""
