"""Which printed lines of a letter's text layers must be seen on the drawn page: those that its fields rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from antq_cli.model.letter import Letter
from antq_cli.model.page import Box, Page, Word
from antq_cli.model.transcript import Evidence, Token
from antq_cli.reading.claims import is_claimed
from antq_cli.reading.protocol import Strip

_LINES = ("number_line", "date_line", "kind_line", "signature")
"""Marks of form whose whole lines are looked at: what the layer leaves out may stand beside what it says."""
_MOST_STRIPS = 40
_APART = 8.0
"""Millimetres between words that belong to two columns."""
_ROOM = (5.0, 1.0)
"""Most millimetres looked at beside and above a line; never as far as its neighbours."""
_OVERLAP = 0.5


def strips_of(letter: Letter) -> Mapping[int, tuple[Strip, ...]]:
    """The lines by page number; pages that were read off pixels have none."""
    places = [place for _, field in letter.fields.items() for place in field.evidence]
    places += [place for name, field in letter.form.items() if name in _LINES for place in field.evidence]
    document = letter.transcript.document
    found: dict[int, tuple[Strip, ...]] = {}
    for index, page in enumerate(document.pages):
        if not is_claimed(page):
            continue
        wanted = {
            token.word
            for place in places
            for token in _tokens(letter, place)
            if token.page == index and _is_level(page.words[token.word])
        }
        strips = [_strip(page, line) for line in _lines(page) if wanted & set(line)]
        if strips:
            found[page.number] = tuple(strips[:_MOST_STRIPS])
    return found


def _tokens(letter: Letter, place: Evidence) -> tuple[Token, ...]:
    return letter.transcript.tokens_in(place.start, place.end) if place.start >= 0 else ()


def _is_level(word: Word) -> bool:
    return len(word.text) < 3 or word.box.width > 0.5 * word.box.height


def _lines(page: Page) -> list[list[int]]:
    """Words that stand beside one another without a wide gap, as indices from left to right."""
    rows: list[tuple[Box, list[int]]] = []
    for index in sorted(range(len(page.words)), key=lambda at: page.words[at].box.middle):
        box = page.words[index].box
        for at in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            if _overlap(rows[at][0], box) >= _OVERLAP:
                rows[at] = (rows[at][0].union(box), [*rows[at][1], index])
                break
        else:
            rows.append((box, [index]))
    found: list[list[int]] = []
    for _, row in rows:
        line: list[int] = []
        for index in sorted(row, key=lambda at: page.words[at].box.left):
            if line and page.words[index].box.left - page.words[line[-1]].box.right > _APART:
                found.append(line)
                line = []
            line.append(index)
        found.append(line)
    return found


def _overlap(row: Box, box: Box) -> float:
    shared = min(row.bottom, box.bottom) - max(row.top, box.top)
    return shared / max(min(row.height, box.height), 0.1)


def _strip(page: Page, line: Sequence[int]) -> Strip:
    """The line with some room around it, as far as no other word stands there."""
    words = tuple(page.words[index] for index in line)
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    chosen = set(line)
    left, right = max(0.0, box.left - _ROOM[0]), min(page.width, box.right + _ROOM[0])
    top, bottom = max(0.0, box.top - _ROOM[1]), min(page.height, box.bottom + _ROOM[1])
    for index, word in enumerate(page.words):
        other = word.box
        if index in chosen:
            continue
        if other.top < box.bottom and other.bottom > box.top:
            if other.right <= box.left:
                left = max(left, (other.right + box.left) / 2)
            elif other.left >= box.right:
                right = min(right, (other.left + box.right) / 2)
        if other.left < box.right and other.right > box.left:
            if other.bottom <= box.top:
                top = max(top, (other.bottom + box.top) / 2)
            elif other.top >= box.bottom:
                bottom = min(bottom, (other.top + box.bottom) / 2)
    return Strip(Box(round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)), words)
