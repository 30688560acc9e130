"""Can this word be Vietnamese? Every syllable is an onset, a rhyme and a tone, and few of their combinations exist."""

from __future__ import annotations

import unicodedata
from functools import cache

from antq_cli.vietnamese.lexicon import read_table

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OF_STOPS = ("\u0301", "\u0323")
_STOPS = ("c", "ch", "p", "t")


def is_syllable(word: str) -> bool:
    """One syllable of Vietnamese, rightly spelled, in any case: `Hồng`; not `Hễng`, nor `Viêt`, whose tone is lost."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in letters if c in _TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if len(tones) > 1 or not bare.isalpha():
        return False
    onsets, rhymes = _parts()
    for end in range(min(3, len(bare) - 1), -1, -1):
        rhyme = bare[end:]
        if bare[:end] in onsets and rhyme in rhymes:
            return not rhyme.endswith(_STOPS) or (bool(tones) and tones[0] in _OF_STOPS)
    return False


@cache
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    table = read_table("syllables")
    return frozenset(table["onsets"]), frozenset(table["rhymes"])
