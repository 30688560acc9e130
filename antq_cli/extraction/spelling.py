"""Restoring the marks of known names that OCR has changed: `TĨNH QUẢNG NGÃI` is `TỈNH QUẢNG NGÃI`."""

from __future__ import annotations

from functools import cache

from antq_cli.vietnamese.lexicon import read_table, spellings
from antq_cli.vietnamese.text import fold, is_upper

_EDGE = " .,;:'\"*_|^~`“”‘’-–—"


@cache
def _longest() -> int:
    return max(map(len, spellings()))


@cache
def _everyday() -> frozenset[tuple[str, ...]]:
    """Pairs of ordinary words, which the words of a name may resemble."""
    return frozenset(tuple(fold(phrase).split()) for phrase in read_table("collocations")["phrases"])


def _is_name(words: list[str]) -> bool:
    """`Văn Đồng` in a person's name is not `vận động`."""
    return any(word[:1].isupper() and not is_upper(word) for word in words[1:])


def restore(text: str) -> str:
    """The text with known names in their right spelling; letters never change, only marks. Case stays as printed."""
    words = text.split()
    folded = [fold(word).strip(_EDGE) for word in words]
    known = spellings()
    position = 0
    while position < len(words):
        for size in range(min(_longest(), len(words) - position), 1, -1):
            stretch = tuple(folded[position : position + size])
            right = known.get(stretch)
            if right is not None and not (stretch in _everyday() and _is_name(words[position : position + size])):
                words[position : position + size] = [
                    _like(old, new) for old, new in zip(words[position : position + size], right, strict=True)
                ]
                position += size
                break
        else:
            position += 1
    return " ".join(words)


def _like(old: str, new: str) -> str:
    """The new spelling in the old one's case, with the marks around it kept."""
    core = old.strip(_EDGE)
    if not core or fold(core) != fold(new.strip(_EDGE)):
        return old
    start = old.index(core)
    bare = new.strip(_EDGE)
    if is_upper(core):
        bare = bare.upper()
    elif core[0].isupper():
        bare = bare[0].upper() + bare[1:]
    return old[:start] + bare + old[start + len(core) :]
