"""Cut-outs of a page, stacked into one picture and read at another scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from antq_cli.reading.ocr import OcrEngine, Seen
from antq_cli.reading.prepare import Gray, Prepared

Pixels = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the page."""

SAME_SCALE = 0.05
_RIM = 12
"""White pixels around a cut-out: Tesseract drops letters that touch its edge."""


def cut_out(page: Prepared, box: Pixels, dpi: float) -> tuple[Gray, float]:
    """A stretch of the page at about this resolution with a white rim, and by how much it was enlarged."""
    left, top, right, bottom = box
    part = page.gray[top:bottom, left:right]
    factor = dpi / page.dpi
    if abs(factor - 1) < SAME_SCALE:
        factor = 1.0
    else:
        size = (max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor)))
        part = np.asarray(Image.fromarray(part).resize(size, Image.Resampling.BICUBIC), dtype=np.uint8)
    return np.pad(part, _RIM, constant_values=255), factor


def read_stack(page: Prepared, boxes: Sequence[Pixels], engine: OcrEngine, seconds: float, dpi: float) -> list[Seen]:
    """The words of lines and blocks, cut out and stacked into one picture, for starting the engine costs most.

    In pixels of the page. Raises InputError("timeout").
    """
    cuts = [cut_out(page, box, dpi) for box in boxes]
    if not cuts:
        return []
    width = max(picture.shape[1] for picture, _ in cuts)
    stack = np.concatenate(
        [np.pad(picture, ((0, 0), (0, width - picture.shape[1])), constant_values=255) for picture, _ in cuts]
    )
    factor = cuts[0][1]
    found = engine.words(stack, page.dpi * factor, seconds, psm=6)
    edges = np.cumsum([0, *(picture.shape[0] for picture, _ in cuts)])
    words = []
    for word in found:
        at = int(np.searchsorted(edges, (word.box[1] + word.box[3]) / 2, side="right")) - 1
        if 0 <= at < len(boxes):
            # The engine's own lines stay apart: what is left of the neighbours above and below is no part of this one.
            words.append(replace(word, box=_placed(word.box, boxes[at], factor, int(edges[at]))))
    return words


def _placed(inner: Pixels, box: Pixels, factor: float, above: int) -> Pixels:
    def at(value: int, start: int) -> int:
        return start + max(0, round((value - _RIM) / factor))

    left, right = at(inner[0], box[0]), at(inner[2], box[0])
    top, bottom = at(inner[1] - above, box[1]), at(inner[3] - above, box[1])
    return left, top, max(left + 1, right), max(top + 1, bottom)
