"""The characters of a PDF page as pdfium tells them: codes, places on the paper, and how they are painted."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from antq_cli.vietnamese.legacy import Encoding, encoding_of_font

_UNITS = 100
"""Device units per millimetre when pdfium maps page space to the paper."""
_HYPHENS = (0x02, 0xFFFE, 0xFFFF)
"""What pdfium gives for a hyphen at a line's end."""
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FONT_NAME = 256

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """What one text object tells of its characters."""

    painted: bool
    """False for render mode 3 (neither filled nor stroked), as OCR layers use it, and for mere clipping."""
    encoding: Encoding | None
    """The old encoding that its font is known for."""
    embedded: bool
    """False when the drawing shows another font, in which letters may be missing."""


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a page in the order of the file; boxes in mm, n by 4, left, top, right, bottom."""

    codes: list[int]
    styles: list[Style]
    boxes: NDArray[np.float64]
    unmapped: int


def characters(text: Any, count: int, place: Matrix) -> Characters:
    """All characters with their places; 0 parts words, 10 parts lines."""
    codes: list[int] = []
    styles: list[Style] = []
    points: list[tuple[float, float, float, float]] = []
    known: dict[int, Style] = {}
    unmapped = 0
    blank = Style(painted=True, encoding=None, embedded=True)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        style, box = blank, (0.0, 0.0, 0.0, 0.0)
        if code in (0x0A, 0x0D):
            code = 10
        elif (code <= 0x20 and code not in _HYPHENS) or code in (0xA0, 0x3000) or 0x2000 <= code <= 0x200A:
            unmapped += code == 0
            code = 0
        else:
            if raw.FPDFText_HasUnicodeMapError(text, index) == 1 and code not in _HYPHENS:
                unmapped += 1
            if not raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
                continue
            style = _style(text, index, known)
            box = (left.value, bottom.value, right.value, top.value)
            code = _character(code, style, box)
        codes.append(code)
        styles.append(style)
        points.append(box)
    return Characters(codes, styles, boxes_of(points, place), unmapped)


def _character(code: int, style: Style, box: tuple[float, float, float, float]) -> int:
    """The character's code point; a hyphen, which pdfium hides at the end of a line, may be a letter of TCVN3."""
    if code in _HYPHENS:
        is_letter = style.encoding in (Encoding.TCVN3, Encoding.TCVN3_CAPITALS) and box[3] - box[1] > 2.5
        return 0xAD if is_letter else 0x2D
    return 0xFFFD if 0xD800 <= code <= 0xDFFF else code


def _style(text: Any, index: int, known: dict[int, Style]) -> Style:
    item = raw.FPDFText_GetTextObject(text, index)
    key = ctypes.cast(item, ctypes.c_void_p).value or 0 if item else 0
    if key not in known:
        painted = not item or raw.FPDFTextObj_GetTextRenderMode(item) not in _INVISIBLE
        font = raw.FPDFTextObj_GetFont(item) if item else None
        name, embedded = "", True
        if font:
            buffer = ctypes.create_string_buffer(_FONT_NAME)
            length = raw.FPDFFont_GetBaseFontName(font, buffer, _FONT_NAME)
            name = buffer.raw[: max(0, min(length, _FONT_NAME) - 1)].decode("utf-8", "replace")
            embedded = raw.FPDFFont_GetIsEmbedded(font) != 0
        known[key] = Style(painted, encoding_of_font(name), embedded)
    style = known[key]
    return style if raw.FPDFText_GetFontSize(text, index) > 0 else replace(style, painted=False)


def placement(page: pdfium.PdfPage, width: float, height: float) -> Matrix:
    """Page space to millimetres of the upright page: /Rotate and the crop box are pdfium's to know."""
    size = (round(width * _UNITS), round(height * _UNITS))
    x, y = ctypes.c_int(), ctypes.c_int()

    def point(across: float, up: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, across, up, x, y)
        return x.value / _UNITS, y.value / _UNITS

    far = 1000.0
    (e, f), (a, b), (c, d) = point(0, 0), point(far, 0), point(0, far)
    return ((a - e) / far, (b - f) / far, (c - e) / far, (d - f) / far, e, f)


def boxes_of(points: list[tuple[float, float, float, float]], place: Matrix) -> NDArray[np.float64]:
    """Boxes in mm from boxes in page points."""
    a, b, c, d, e, f = place
    corners = np.array(points, dtype=np.float64).reshape(len(points), 4)
    x1, y1, x2, y2 = corners.T
    across = np.stack([a * x1 + c * y1 + e, a * x2 + c * y2 + e])
    down = np.stack([b * x1 + d * y1 + f, b * x2 + d * y2 + f])
    return np.stack([across.min(axis=0), down.min(axis=0), across.max(axis=0), down.max(axis=0)], axis=1).round(2)
