"""Nominal geometry for what has no paper: 2 mm a character, 5 mm a line, on A4."""

from __future__ import annotations

from collections.abc import Iterable

from antq_cli.model.page import Box, Page, PageOrigin, Word
from antq_cli.vietnamese.text import clean

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP = 20.0, 20.0
CHARACTER, LINE = 2.0, 5.0
_GLYPH = 4.0
"""Height of a word's box within its line."""


def words_of(text: str, line: int, left: float, top: float) -> list[Word]:
    """The words of one line, each at its column."""
    found: list[Word] = []
    text = clean(text)
    column = 0
    for part in text.split(" "):
        tokens = part.split()  # other white space than a space never stays inside a word
        if tokens:
            box = Box(
                round(left + column * CHARACTER, 2),
                round(top, 2),
                round(left + (column + len(part)) * CHARACTER, 2),
                round(top + _GLYPH, 2),
            )
            found.extend(Word(token, box, 1.0, line) for token in tokens)
        column += len(part) + 1
    return found


def page(number: int, words: Iterable[Word], origin: PageOrigin, notes: tuple[str, ...] = ()) -> Page:
    """A page as large as its words need, at least A4; without words it is BLANK."""
    found = tuple(words)
    width = max([WIDTH, *(word.box.right + LEFT for word in found)])
    height = max([HEIGHT, *(word.box.bottom + TOP for word in found)])
    return Page(number, width, height, found, origin if found else PageOrigin.BLANK, notes)
