"""What the text of a PDF page leaves on the paper, and what is there without it.

The page is drawn twice, with its text objects and without them. Where the two drawings differ, text is to be seen: text
in the colour of the paper, under a picture or a white box, transparent, clipped or switched off leaves no difference,
whatever the reason. What the second drawing shows is not text to the file, though it may be to a reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from antq_cli.reading.components import Component, components

Colours = NDArray[np.uint8]

_MM_PER_INCH = 25.4
_DPI = 144.0
_MOST_PIXELS = 6_000_000
_SEEN = 16
"""Levels by which text must change the paper in some colour to be seen."""
_SHARE = 0.06
"""Part of a letter's box that its ink covers at least; a hairline `l` covers more."""
_DARK = 140
_RUNS = 150_000
"""A drawing with more dark runs is a raster of dots, and is looked at by OCR."""
_LETTER_MM = (0.9, 8.0)
_LETTER_WIDTH_MM = (0.25, 10.0)
_LINE_LETTERS = 5
_FLAT = 35.0
"""Standard deviation of grey levels under a word from which on something is printed below it."""


@dataclass(frozen=True, slots=True)
class LayerInk:
    """Two drawings of one page at `scale` pixels a millimetre."""

    scale: float
    sums: NDArray[np.int32]
    """Integral image of the pixels that the text changes: one row and one column larger than the drawing."""
    bare: Colours
    """The page without its text, height by width by 3."""

    def shows(self, boxes: NDArray[np.float64], solid: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of the boxes (n by 4: left, top, right, bottom in mm) hold ink of the text.

        A letter or digit (`solid`) must fill its share of the box; any trace will do for a mark.
        """
        height, width = self.sums.shape[0] - 1, self.sums.shape[1] - 1
        edges = boxes * self.scale
        left, top = np.floor(edges[:, 0] + 0.25), np.floor(edges[:, 1] + 0.25)
        right, bottom = np.ceil(edges[:, 2] - 0.25), np.ceil(edges[:, 3] - 0.25)
        # The neighbours' smoothed edges reach into a box; its own strokes stand further in.
        inset = solid & (right - left >= 7)
        left, right = left + inset, right - inset
        thin_x, thin_y = right <= left, bottom <= top
        left, right = np.where(thin_x, left - 1, left), np.where(thin_x, left + 1, right)
        top, bottom = np.where(thin_y, top - 1, top), np.where(thin_y, top + 1, bottom)
        x1, x2 = (np.clip(edge, 0, width).astype(np.int64) for edge in (left, right))
        y1, y2 = (np.clip(edge, 0, height).astype(np.int64) for edge in (top, bottom))
        ink = self.sums[y2, x2] - self.sums[y1, x2] - self.sums[y2, x1] + self.sums[y1, x1]
        area = np.maximum((x2 - x1) * (y2 - y1), 1)
        return (ink > 0) & (~solid | (ink >= _SHARE * area))

    def letters(self) -> int:
        """How many parts look like letters in lines on the page without its text; red ones do not count: stamps."""
        dark = self.bare[:, :, 0] < _DARK
        runs = int(np.count_nonzero(dark[:, 1:] & ~dark[:, :-1]))
        if not runs or runs > _RUNS:
            return runs  # nothing; or a raster, in which letters cannot be told from dots
        least, most = (mm * self.scale for mm in _LETTER_MM)
        thin, wide = (mm * self.scale for mm in _LETTER_WIDTH_MM)
        found = [
            part
            for part in components(dark)
            if least <= part.height <= most and thin <= part.right - part.left <= wide and part.area > 4
        ]
        return sum(len(line) for line in _in_lines(found) if len(line) >= _LINE_LETTERS)

    def is_overprinted(self, box: tuple[float, float, float, float]) -> bool:
        """True when something else than a flat colour lies under the box (mm): print of a scan, mostly."""
        left, top, right, bottom = (round(edge * self.scale) for edge in box)
        under = self.bare[max(0, top) : max(bottom, top + 1), max(0, left) : max(right, left + 1)]
        return under.size > 0 and float(under.mean(axis=2).std()) > _FLAT

    @property
    def is_marked(self) -> bool:
        """True when the page without its text is not empty."""
        return bool((self.bare.min(axis=2) < 200).mean() > 0.002)


def measure(page: pdfium.PdfPage, texts: Sequence[Any], width: float, height: float) -> LayerInk:
    """Draw the page of `width` by `height` mm with and without its text objects. Afterwards its text is invisible."""
    scale = min(_DPI / _MM_PER_INCH, (_MOST_PIXELS / (width * height)) ** 0.5)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    whole = draw(page, size)
    hide(texts)
    bare = draw(page, size)
    changed = np.zeros((size[1], size[0]), dtype=np.bool_)
    for channel in range(3):
        one, other = whole[:, :, channel], bare[:, :, channel]
        changed |= np.maximum(one, other) - np.minimum(one, other) > _SEEN
    sums = np.zeros((size[1] + 1, size[0] + 1), dtype=np.int32)
    np.cumsum(np.cumsum(changed, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    return LayerInk(scale, sums, bare)


def hide(texts: Sequence[Any]) -> None:
    """Make the text objects invisible, in memory."""
    for item in texts:
        raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def draw(page: pdfium.PdfPage, size: tuple[int, int], *, annotations: bool = False) -> Colours:
    """The page on white, `size` (width, height) pixels large: height by width by 3, red first."""
    bitmap = pdfium.PdfBitmap.new_native(*size, format=raw.FPDFBitmap_BGR, rev_byteorder=True)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
    flags = raw.FPDF_REVERSE_BYTE_ORDER | raw.FPDF_RENDER_LIMITEDIMAGECACHE | (raw.FPDF_ANNOT if annotations else 0)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 0, flags)
    lines = np.frombuffer(bytes(bitmap.buffer), dtype=np.uint8).reshape(size[1], bitmap.stride)
    bitmap.close()
    return lines[:, : size[0] * 3].reshape(size[1], size[0], 3)


def _in_lines(parts: list[Component]) -> list[list[Component]]:
    """Parts of about one height that stand beside one another, left to right."""
    lines: list[list[Component]] = []
    open_lines: list[list[Component]] = []
    for part in sorted(parts, key=lambda one: one.left):
        middle = (part.top + part.bottom) / 2
        still: list[list[Component]] = []
        joined = False
        for line in open_lines:
            last = line[-1]
            reach = 2.5 * max(last.height, part.height)
            if part.left - last.right > 4 * reach:
                continue
            still.append(line)
            close = part.left - last.right <= reach
            level = abs(middle - (last.top + last.bottom) / 2) < 0.5 * max(last.height, part.height)
            alike = max(last.height, part.height) < 2.3 * min(last.height, part.height)
            if not joined and close and level and alike:
                line.append(part)
                joined = True
        if not joined:
            line = [part]
            lines.append(line)
            still.append(line)
        open_lines = still
    return lines
