"""Lines of a text layer held against the drawn page.

The lines are drawn, set one below the other on a clean sheet and read in one go. Where the reading differs from the
layer, the line is read once more by itself, larger: only what two readings saw alike is a dispute.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from antq_cli.errors import InputError
from antq_cli.model.page import Box, Dispute, Word
from antq_cli.reading import compare, layerink, pdf
from antq_cli.reading.compare import Difference, Glimpse
from antq_cli.reading.ocr import OcrEngine, Seen
from antq_cli.reading.protocol import Strip
from antq_cli.settings import Limits

Gray = NDArray[np.uint8]

_MM_PER_INCH = 25.4
_DPI = 240.0
_CLOSE_DPI = 360.0
_MOST_PIXELS = 24_000_000
_MARGIN = 36
"""White pixels around a line on the sheet."""
_CONTRAST = 40
"""Levels between paper and ink below which a place is empty."""
_INKED = 128
_RULE = 0.9
"""Part of a strip's height from which a column of ink is a rule."""
_WIDER, _NARROWER = 0.35, 0.6
"""Change of a word's width, in figures, from which a figure was put to it or taken from it; a 1 is narrow."""
_MOST_DISPUTES = 40
_RESERVE = 2.0


def disputes(
    path: Path, number: int, strips: Sequence[Strip], engine: OcrEngine, limits: Limits
) -> tuple[Dispute, ...]:
    """Where the page does not show what the strips' words say. Raises InputError: `damaged`, `timeout`."""
    end = time.monotonic() + limits.page_seconds - _RESERVE
    page, dpi = _drawn(path, number, _DPI)
    crops = [_upright(_crop(page, strip.box, dpi)) for strip in strips]
    sheet, rows = _sheet(crops)
    read = engine.words(sheet, dpi, end - time.monotonic(), 6) if crops else []
    doubtful: list[tuple[Strip, list[Difference]]] = []
    found: list[Dispute] = []
    for strip, crop, (top, bottom) in zip(strips, crops, rows, strict=True):
        if _is_empty(crop):
            if any(c.isalnum() for word in strip.words for c in word.text):
                found.append(Dispute(_words_box(strip), " ".join(word.text for word in strip.words), ""))
            continue
        here = [word for word in read if top <= (word.box[1] + word.box[3]) / 2 < bottom]
        differences = compare.differences(strip.words, _in_order(here))
        if differences:
            doubtful.append((strip, differences))
    if doubtful:
        page, dpi = _drawn(path, number, _CLOSE_DPI)
        for strip, differences in doubtful:
            alone, _ = _sheet([_upright(_crop(page, strip.box, dpi))])
            again = engine.words(alone, dpi, end - time.monotonic(), 7)
            fits = partial(_is_resized, page, dpi, strip)
            found += compare.agreed(strip.words, differences, _in_order(again), fits)
    return tuple(found[:_MOST_DISPUTES])


_HIGHEST_LINE = 30.0
"""mm; what a strip has beyond it is not drawn."""


def _drawn(path: Path, number: int, dpi: float) -> tuple[Gray, float]:
    """The page with all that is laid over it, and the resolution it could be drawn at."""
    with pdf.opened(path) as document, pdf.overlaid(document, number) as (page, _):
        width, height = pdf.paper(page)
        dpi = min(dpi, (_MOST_PIXELS / (width * height)) ** 0.5 * _MM_PER_INCH)
        size = (max(1, round(width / _MM_PER_INCH * dpi)), max(1, round(height / _MM_PER_INCH * dpi)))
        if min(size) < 8:
            raise InputError("damaged")
        colours = layerink.draw(page, size, annotations=True)
    return np.asarray(Image.fromarray(colours).convert("L"), dtype=np.uint8), dpi


def _crop(page: Gray, box: Box, dpi: float) -> Gray:
    scale = dpi / _MM_PER_INCH
    # A layer may claim a word as high as the page: no line of a letter is.
    box = Box(box.left, box.top, box.right, min(box.bottom, box.top + _HIGHEST_LINE))
    left, top = max(0, round(box.left * scale)), max(0, round(box.top * scale))
    return page[top : max(top + 1, round(box.bottom * scale)), left : max(left + 1, round(box.right * scale))]


def _is_resized(page: Gray, dpi: float, strip: Strip, word: Word, figures: int) -> bool:
    """Is the ink at a word's place as much wider or narrower than the layer's word as so many figures make it?

    Ink that runs through the strip from top to bottom is a rule and no figure.
    """
    left = max((w.box.right for w in strip.words if w.box.right <= word.box.left + 0.2), default=strip.box.left)
    right = min((w.box.left for w in strip.words if w.box.left >= word.box.right - 0.2), default=strip.box.right)
    if right - left < word.box.width / 2:
        return False
    inked = _upright(_crop(page, Box(left, strip.box.top, right, strip.box.bottom), dpi)) < _INKED
    columns = inked.any(axis=0) & (inked.mean(axis=0) < _RULE)
    places = np.nonzero(columns)[0]
    if not places.size:
        return False
    width = (places[-1] - places[0] + 1) / dpi * _MM_PER_INCH
    change = (width - word.box.width) / (word.box.width / max(1, len(word.text)))
    return bool(change > _WIDER * figures if figures > 0 else change < _NARROWER * figures)


def _upright(crop: Gray) -> Gray:
    """Dark on light, with the whole range of grey: letters may be white on dark, or coloured."""
    if not crop.size:
        return np.full((1, 1), 255, dtype=np.uint8)
    if np.median(crop) < 110:
        crop = np.asarray(255 - crop, dtype=np.uint8)
    dark, light = (float(level) for level in np.percentile(crop, (0.5, 90)))
    dark = min(dark, float(crop.min()) + 20)
    if light - dark < _CONTRAST:
        return np.full(crop.shape, 255, dtype=np.uint8)
    stretched = (crop.astype(np.float32) - dark) * (255 / (light - dark))
    return np.asarray(np.clip(stretched, 0, 255), dtype=np.uint8)


def _is_empty(crop: Gray) -> bool:
    return bool((crop > 200).all())


def _sheet(crops: Sequence[Gray]) -> tuple[Gray, list[tuple[int, int]]]:
    """The lines one below the other on white, and the rows of pixels that belong to each."""
    width = max((crop.shape[1] for crop in crops), default=1) + 2 * _MARGIN
    height = sum(crop.shape[0] + _MARGIN for crop in crops) + _MARGIN
    sheet = np.full((height, width), 255, dtype=np.uint8)
    rows: list[tuple[int, int]] = []
    top = _MARGIN
    for crop in crops:
        sheet[top : top + crop.shape[0], _MARGIN : _MARGIN + crop.shape[1]] = crop
        rows.append((top - _MARGIN // 2, top + crop.shape[0] + _MARGIN // 2))
        top += crop.shape[0] + _MARGIN
    return sheet, rows


def _in_order(read: Sequence[Seen]) -> list[Glimpse]:
    return [Glimpse(word.text, word.confidence / 100) for word in sorted(read, key=lambda word: word.box[0])]


def _words_box(strip: Strip) -> Box:
    box = strip.words[0].box
    for word in strip.words[1:]:
        box = box.union(word.box)
    return box
