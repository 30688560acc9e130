"""The text layer of a PDF page: words with boxes from pdfium's characters, and whether they can be believed."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from antq_cli.errors import InputError
from antq_cli.model.page import Box, Word
from antq_cli.reading import sanity
from antq_cli.reading.overlay import Rectangle
from antq_cli.settings import Limits
from antq_cli.vietnamese.text import clean

_DEPTH = 6
_OBJECTS = 200_000
_CHARACTERS = 400_000
"""No page of a letter holds more; a page that does is read as a picture."""
_UNITS = 100
"""Device units per millimetre when pdfium maps page space to the paper."""
_HYPHENS = (0x02, 0xFFFE, 0xFFFF)
"""What pdfium gives for a hyphen at a line's end."""
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FEW_WORDS = 3

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Layer:
    """Visible words in the order of the file. `suspect`: the characters are not what the page shows."""

    words: tuple[Word, ...]
    suspect: bool
    notes: tuple[str, ...]


def objects(page: pdfium.PdfPage) -> Iterator[tuple[int, pdfium.PdfObject, Matrix]]:
    """Kind, object and matrix to page space of everything painted, forms entered down to a depth."""
    left = _OBJECTS
    waiting = [(page.get_objects(max_depth=1), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)]
    while waiting:
        listed, outer, depth = waiting.pop()
        for item in listed:
            left -= 1
            if left < 0:
                raise InputError("too_complex")
            matrix = _times(item.get_matrix().get(), outer)
            if item.type == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                waiting.append((page.get_objects(form=item, max_depth=1), matrix, depth + 1))
            else:
                yield item.type, item, matrix


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return (a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r)


@dataclass(slots=True)
class _Run:
    """Characters of one word while it grows; box in page points: left, bottom, right, top."""

    text: list[str]
    box: list[float]


def read(
    page: pdfium.PdfPage, width: float, height: float, limits: Limits, signatures: Sequence[Rectangle] = ()
) -> Layer:
    """The words of a page that is `width` by `height` mm, without those in the boxes of electronic signatures.

    Raises InputError("too_complex").
    """
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > min(_CHARACTERS, limits.text_characters):
            raise InputError("too_complex")
        if count <= 0:
            return Layer((), suspect=False, notes=())
        lines, unmapped, hidden = _lines(text.raw, count)
        place = _Placement(page, width, height)
        words: list[Word] = []
        outside = 0
        signed = _signature_runs(lines, signatures)
        for number, line in enumerate(lines):
            for run in line:
                if id(run) in signed:
                    continue
                box = place.box(run.box)
                if box.right < 0 or box.bottom < 0 or box.left > width or box.top > height:
                    outside += 1
                    continue
                words.extend(Word(part, box, 1.0, number) for part in clean("".join(run.text)).split())
    finally:
        text.close()
    notes = (*(("hidden_text",) if hidden or outside else ()), *(("signature_box",) if signed else ()))
    suspect = unmapped > 0.1 * count or sanity.is_garbled([word.text for word in words])
    return Layer(tuple(words), suspect, notes)


def _signature_runs(lines: list[list[_Run]], signatures: Sequence[Rectangle]) -> set[int]:
    """Words that tell who signed and when. A few words alone stay: signing programs also set the number that way."""
    found: set[int] = set()
    for left, bottom, right, top in signatures:
        inside = [
            id(run)
            for line in lines
            for run in line
            if left <= (run.box[0] + run.box[2]) / 2 <= right and bottom <= (run.box[1] + run.box[3]) / 2 <= top
        ]
        if len(inside) > _FEW_WORDS:
            found.update(inside)
    return found


def _lines(text: Any, count: int) -> tuple[list[list[_Run]], int, int]:
    """Lines of words; how many characters have no Unicode value; how many are invisible."""
    lines: list[list[_Run]] = [[]]
    run: _Run | None = None
    unmapped = hidden = 0
    visible: dict[int, bool] = {}
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (0x0A, 0x0D):
            run = None
            if lines[-1]:
                lines.append([])
            continue
        if (code <= 0x20 and code not in _HYPHENS) or code in (0xA0, 0x3000) or 0x2000 <= code <= 0x200A:
            unmapped += code == 0
            run = None
            continue
        if raw.FPDFText_HasUnicodeMapError(text, index) == 1 and code not in _HYPHENS:
            unmapped += 1
        character = "-" if code in _HYPHENS else "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
        if not _is_visible(text, index, visible):
            hidden += 1
            continue
        if not raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            continue
        box = [left.value, bottom.value, right.value, top.value]
        if run is not None and _continues(run, box):
            run.text.append(character)
            run.box = [
                min(run.box[0], box[0]),
                min(run.box[1], box[1]),
                max(run.box[2], box[2]),
                max(run.box[3], box[3]),
            ]
        else:
            run = _Run([character], box)
            lines[-1].append(run)
    return [line for line in lines if line], unmapped, hidden


def _continues(run: _Run, box: list[float]) -> bool:
    """False when a gap parts two characters though the file has no space between them, as in tables."""
    if box[2] <= box[0] and box[3] <= box[1]:
        return True  # a combining mark without extent
    size = max(run.box[3] - run.box[1], box[3] - box[1], 4.0)
    across = max(box[0] - run.box[2], run.box[0] - box[2])
    down = max(box[1] - run.box[3], run.box[1] - box[3])
    return across < 0.9 * size + 2 and down < 0.9 * size + 2


def _is_visible(text: Any, index: int, known: dict[int, bool]) -> bool:
    """False for render mode 3 (neither filled nor stroked), as OCR layers use it, and for specks of letters."""
    item = raw.FPDFText_GetTextObject(text, index)
    if not item:
        return True
    key = ctypes.cast(item, ctypes.c_void_p).value or 0
    if key not in known:
        known[key] = raw.FPDFTextObj_GetTextRenderMode(item) not in _INVISIBLE
    return known[key] and raw.FPDFText_GetFontSize(text, index) > 0


class _Placement:
    """Page space to millimetres of the upright page: /Rotate and the crop box are pdfium's to know."""

    def __init__(self, page: pdfium.PdfPage, width: float, height: float) -> None:
        self._page = page.raw
        self._size = (round(width * _UNITS), round(height * _UNITS))
        self._x, self._y = ctypes.c_int(), ctypes.c_int()

    def box(self, points: list[float]) -> Box:
        x1, y1 = self._point(points[0], points[1])
        x2, y2 = self._point(points[2], points[3])
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(self._page, 0, 0, *self._size, 0, x, y, self._x, self._y)
        return self._x.value / _UNITS, self._y.value / _UNITS


def ink_outside(gray: NDArray[np.uint8], words: tuple[Word, ...], width: float, height: float) -> float:
    """Share of a drawn page's ink that lies outside the words, 0..1; 0 for a page without ink."""
    ink = gray < 140
    total = int(ink.sum())
    if not total:
        return 0.0
    free = ink.copy()
    across, down = gray.shape[1] / width, gray.shape[0] / height
    for word in words:
        rows = slice(max(0, int((word.box.top - 1) * down)), int((word.box.bottom + 1) * down) + 1)
        columns = slice(max(0, int((word.box.left - 1) * across)), int((word.box.right + 1) * across) + 1)
        free[rows, columns] = False
    return float(free.sum()) / total
