"""Vietnamese written before Unicode: TCVN3 (ABC) and VNI, to which a font gave its letters.

Programs of today show such text as Latin letters: `C«ng v¨n` (TCVN3), `Coâng vaên` (VNI).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from antq_cli.vietnamese.lexicon import read_table
from antq_cli.vietnamese.syllables import is_syllable

_PLAUSIBLE = 0.8
_ENOUGH = 6
"""Fewer words do not show in which encoding they are Vietnamese."""
_PRIVATE = 0xF000
"""Fonts marked as symbols show their codes here."""
_EDGES = "\"'()[]<>.,;:!?-_/*+=%0123456789"


class Encoding(StrEnum):
    """An old encoding; `TCVN3_CAPITALS` is TCVN3 in a font that draws small letters as capitals."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3_capitals"
    VNI = "vni"

    @property
    def family(self) -> str:
        """`tcvn3` or `vni`."""
        return self.value.partition("_")[0]


@cache
def _table() -> dict[str, dict[str, Any]]:
    return read_table("legacy")


@lru_cache(maxsize=4096)
def encoding_of_font(name: str) -> Encoding | None:
    """What a font's name tells: `.VnTime`, `ABCDEF+.VnTimeH`, `VNI-Times`; None for all other fonts."""
    bare = name.rpartition("+")[2].strip().lower()
    fonts = _table()["fonts"]
    if bare.startswith(tuple(fonts["tcvn3"])):
        family = bare.split(",")[0].split("-")[0].split(" ")[0]
        return Encoding.TCVN3_CAPITALS if family.endswith("h") else Encoding.TCVN3
    return Encoding.VNI if bare.startswith(tuple(fonts["vni"])) else None


def decode(text: str, encoding: Encoding) -> str:
    """The text in Unicode, NFC. Characters that the encoding does not know stay."""
    table, longest = _decoding(encoding.family)
    raw = "".join(map(_raw, text))
    found: list[str] = []
    at = 0
    while at < len(raw):
        for length in range(longest, 0, -1):
            letter = table.get(raw[at : at + length])
            if letter is not None:
                found.append(letter)
                at += length
                break
        else:
            found.append(raw[at])
            at += 1
    decoded = unicodedata.normalize("NFC", "".join(found))
    return decoded.upper() if encoding is Encoding.TCVN3_CAPITALS else decoded


def encode(text: str, encoding: Encoding) -> str:
    """The codes of a text, as Latin-1 shows them; the way back of `decode`.

    Of TCVN3 toned capitals lose their case, for only a font of capitals has them.
    """
    table = _encoding(encoding.family)
    return "".join(
        table.get(letter) or table.get(letter.lower(), letter) for letter in unicodedata.normalize("NFC", text)
    )


def guess(words: Iterable[str]) -> Encoding | None:
    """The encoding in which these words, whose font is not known, are Vietnamese; None when there is none."""
    listed = list(words)
    if len(listed) < _ENOUGH:
        return None
    best: tuple[float, Encoding] | None = None
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        share = plausibility(decode(word, encoding) for word in listed)
        if share >= _PLAUSIBLE and (best is None or share > best[0]):
            best = (share, encoding)
    return best[1] if best else None


def plausibility(words: Iterable[str]) -> float:
    """Share of rightly spelled syllables among the words of two letters and more, abbreviations left out; 0..1.

    1.0 where there are too few words to tell.
    """
    spoken = [core for word in words if len(core := word.strip(_EDGES)) >= 2 and any(c.isalpha() for c in core)]
    known = [core for core in spoken if not (core.isupper() and core.isascii()) and not any(c.isdigit() for c in core)]
    if len(known) < 4:
        return 1.0
    return sum(1 for core in known if is_syllable(core)) / len(known)


def is_plausible(words: Iterable[str]) -> bool:
    """True when the words can be Vietnamese."""
    return plausibility(words) >= _PLAUSIBLE


def _raw(character: str) -> str:
    code = ord(character)
    if _PRIVATE < code <= _PRIVATE + 0xFF:
        return chr(code - _PRIVATE)
    variant: str = _table()["variants"].get(character, character)
    return variant


@cache
def _encoding(family: str) -> dict[str, str]:
    table = _table()
    if family == "tcvn3":
        return dict(table["tcvn3"])
    letters: dict[str, str] = {}
    for letter, code in table["vni"].items():
        letters |= {letter: code, letter.upper(): code.upper()}
    bases = table["vni_bases"]
    plain = {code: letter for letter, code in table["vni"].items()}
    for marks, code in table["vni_marks"].items():
        kind = {"\u0302": "circumflex", "\u0306": "breve"}.get(marks[0], "tones")
        for base in bases[kind]:
            letter = unicodedata.normalize("NFC", plain.get(base, base) + marks)
            letters.setdefault(letter, base + code)
            letters.setdefault(letter.upper(), base.upper() + code.upper())
    return letters


@cache
def _decoding(family: str) -> tuple[dict[str, str], int]:
    letters = _encoding(family)
    table: dict[str, str] = {code: letter for letter, code in letters.items()}
    if family == "vni":
        # A capital is as often followed by the small mark, which looks the same.
        mixed = {code[0] + code[1:].lower(): letter for code, letter in table.items()}
        table = mixed | {code[0] + code[1:].upper(): letter for code, letter in table.items()} | table
    return table, max(map(len, table))
