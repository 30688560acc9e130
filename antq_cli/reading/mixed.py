"""Pages that are partly text and partly picture: what the file says of the one and OCR reads of the other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from antq_cli.model.page import Box, Page, Slot, SlotState, Word

MIXED = "text_and_ocr"
"""Note of a page whose words come from both."""
_SAME = 0.5
"""A word of OCR covered to this part by a word of the layer is that word, read a second time."""


def merge(page: Page, layer: Sequence[Word], notes: Iterable[str] = ()) -> Page:
    """The page as OCR read its pictures, with the words of its text layer put in their places.

    OCR may have turned the picture; the words of the layer are turned with it. A word that both hold is the layer's.
    """
    kept = tuple(notes)
    if not layer:
        return replace(page, notes=(*page.notes, *(note for note in kept if note not in page.notes)))
    typed = _turned(layer, page)
    read = [word for word in page.words if not any(_covers(other.box, word.box) for other in typed)]
    first = 1 + max((word.line for word in read), default=-1)
    moved = [replace(word, line=word.line + first) if word.line >= 0 else word for word in typed]
    told = (MIXED, *kept)
    return replace(
        page,
        words=(*read, *moved),
        notes=(*page.notes, *(note for note in told if note not in page.notes)),
        slots=tuple(_filled(slot, typed) for slot in page.slots),
    )


def _covers(typed: Box, read: Box) -> bool:
    across = min(typed.right, read.right) - max(typed.left, read.left)
    down = min(typed.bottom, read.bottom) - max(typed.top, read.top)
    return across > 0 and down > 0 and across * down >= _SAME * max(read.width * read.height, 1e-6)


def _filled(slot: Slot, typed: Sequence[Word]) -> Slot:
    """A place that the picture leaves empty and the text fills was typed."""
    for word in typed:
        inside = slot.box.left <= word.box.centre <= slot.box.right
        if inside and slot.box.top <= word.box.middle <= slot.box.bottom and any(c.isalnum() for c in word.text):
            return Slot(slot.name, slot.box, SlotState.TYPED)
    return slot


def _turned(layer: Sequence[Word], page: Page) -> list[Word]:
    """The words where `prepare` moved them: straightened first, then turned upright."""
    turns = [int(note.removeprefix("rotated:")) for note in page.notes if note.startswith("rotated:")]
    width, height = (page.height, page.width) if sum(turns) % 180 else (page.width, page.height)
    boxes = [word.box for word in layer]
    for note in page.notes:
        if note.startswith("deskewed:"):
            angle = math.radians(float(note.removeprefix("deskewed:")))
            boxes = [_straightened(box, angle, width, height) for box in boxes]
    for turn in turns:
        for _ in range(turn // 90 % 4):
            boxes = [Box(box.top, max(0.0, width - box.right), box.bottom, max(0.0, width - box.left)) for box in boxes]
            width, height = height, width
    return [replace(word, box=box) for word, box in zip(layer, boxes, strict=True)]


def _straightened(box: Box, angle: float, width: float, height: float) -> Box:
    """The box, its centre turned counter-clockwise about the page's."""
    x, y = box.centre - width / 2, box.middle - height / 2
    across = math.cos(angle) * x + math.sin(angle) * y + width / 2
    down = math.cos(angle) * y - math.sin(angle) * x + height / 2
    half = (box.width / 2, box.height / 2)
    return Box(across - half[0], down - half[1], across + half[0], down + half[1])
