"""Restoring the marks of known names that OCR has changed: `TĨNH QUẢNG NGÃI` is `TỈNH QUẢNG NGÃI`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from antq_cli.vietnamese.lexicon import read_table, spellings
from antq_cli.vietnamese.syllables import is_syllable
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


def restore(text: str, sure: Collection[str] = ()) -> str:
    """The text with known names in their right spelling; letters never change, only marks. Case stays as printed.

    `sure` are words as read with confidence. They stay where they are part of a place's name, for names of places
    differ by marks alone: a village may be called like a province but for a tone.
    """
    words = text.split()
    folded = [fold(word).strip(_EDGE) for word in words]
    known = spellings()
    position = 0
    while position < len(words):
        for size in range(min(_longest(), len(words) - position), 1, -1):
            stretch = tuple(folded[position : position + size])
            right = known.get(stretch)
            printed = words[position : position + size]
            if right is None or (stretch in _everyday() and _is_name(printed)) or _is_other(printed, stretch, sure):
                continue
            words[position : position + size] = [like(old, new) for old, new in zip(printed, right, strict=True)]
            position += size
            break
        else:
            position += 1
    return " ".join(words)


@cache
def _places() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(name).split()) for name in read_table("places")["provinces"])


def _is_other(printed: Sequence[str], stretch: tuple[str, ...], sure: Collection[str]) -> bool:
    """A place's name of which a word was surely read with other marks."""
    size = next((size for size in range(len(stretch), 0, -1) if stretch[-size:] in _places()), 0)
    if size == 0 or not sure:
        return False
    right = spellings().get(stretch, ())
    return any(
        old.strip(_EDGE) in sure and like(old, new) != old and is_syllable(old.strip(_EDGE))
        for old, new in zip(printed[-size:], right[-size:], strict=True)
    )


def like(old: str, new: str) -> str:
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
