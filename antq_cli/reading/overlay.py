"""What lies over a PDF page: numbers and dates stamped on after printing, filled form fields, electronic signatures.

Numbering programs of offices put "số" and "ngày" on a finished letter as annotations, so what they show is part of the
letter. The box of an electronic signature (who signed it when) is not: it would be read as a line of the letter's head.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_MOST = 2_000
_STAMPED = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)
_DRAWN = (*_STAMPED, raw.FPDF_ANNOT_WIDGET)
_FLATTENED = 1

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in page points."""


def are_stamped(page: pdfium.PdfPage) -> bool:
    """True when the page bears text or pictures stamped on it."""
    return any(raw.FPDFAnnot_GetSubtype(mark) in _STAMPED for mark in _marks(page))


def draw_in(page: pdfium.PdfPage) -> list[Rectangle] | None:
    """Make stamps and form fields part of the page's content, in memory; the page must be loaded anew afterwards.

    Returns the places of electronic signatures, None when there was nothing to draw in.
    """
    drawn = False
    signatures: list[Rectangle] = []
    for mark in _marks(page):
        drawn = drawn or raw.FPDFAnnot_GetSubtype(mark) in _DRAWN
        if _text(mark, b"FT") == "Sig":
            place = raw.FS_RECTF()
            if raw.FPDFAnnot_GetRect(mark, place):
                low, high = sorted((place.bottom, place.top))
                signatures.append((place.left, low, place.right, high))
    if not drawn or raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != _FLATTENED:
        return None
    return signatures


def _marks(page: pdfium.PdfPage) -> Iterator[Any]:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        mark = raw.FPDFPage_GetAnnot(page, index)
        if mark:
            try:
                yield mark
            finally:
                raw.FPDFPage_CloseAnnot(mark)


def _text(mark: Any, key: bytes) -> str:
    buffer = ctypes.create_string_buffer(64)
    length = raw.FPDFAnnot_GetStringValue(mark, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 64)
    return buffer.raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
