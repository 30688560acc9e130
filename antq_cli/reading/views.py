"""Other pictures of one part of a page, in which seal, pen and paper weigh less than in the first one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from antq_cli.reading.prepare import Gray, Prepared

PixelBox = tuple[int, int, int, int]
"""Left, top, right, bottom; the last two excluded."""

BLOCK, SCRAPS = 6, 11
"""Page segmentation modes of Tesseract: one block of lines; words wherever they stand."""
_PRINT = 0.5
"""Per cent of the pixels of a closing that are surely print, for its darkest strokes are."""
_DEEP = 0.45
"""What is darker than this part of the way from print to paper is print; red ink in the red channel is lighter."""
_DEEPEST = 0.25
"""On a grey scan a red seal is grey: darker than this part of the way is print alone."""
_SATURATED = 60
"""Distance between a pixel's channels from which it is ink of a seal or a coloured pen."""
_CELL = 8


@dataclass(frozen=True, slots=True)
class View:
    """A picture to be read, and how."""

    name: str
    gray: Gray
    psm: int


def views(page: Prepared, box: PixelBox) -> Iterator[View]:
    """The part of the page in different lights, the most useful first; each is made when it is asked for.

    With colour: what is red is thinned out in several ways. Without: the engine's two ways to find lines, and print
    whose breaks are closed or whose specks are gone.
    """
    left, top, right, bottom = box
    gray = np.ascontiguousarray(page.gray[top:bottom, left:right])
    rgb = page.rgb
    if rgb is None:
        yield View("plain", gray, BLOCK)
        yield View("plain_scraps", gray, SCRAPS)
        if page.bilevel:
            soft = _blurred(gray, page.dpi)
            yield View("soft", soft, BLOCK)
            yield View("soft_scraps", soft, SCRAPS)
            yield View("despeckled", _median(gray), BLOCK)
        else:
            low, paper = (float(level) for level in np.percentile(gray, (_PRINT, 75)))
            deepest = _stretched(gray, low, low + max(_DEEPEST * (paper - low), 20.0))
            yield View("deepest", deepest, BLOCK)
            yield View("deepest_scraps", deepest, SCRAPS)
            yield View("divided", _divided(gray), BLOCK)
        return
    colours = rgb[top:bottom, left:right]
    most = np.ascontiguousarray(colours.max(axis=2))
    low, paper = (float(level) for level in np.percentile(most, (_PRINT, 75)))
    high = low + max(_DEEP * (paper - low), 20.0)
    yield View("red_dark", _stretched(np.ascontiguousarray(colours[..., 0]), low, high), BLOCK)
    yield View("most_scraps", most, SCRAPS)
    yield View("most_dark", _stretched(most, low, high + 20.0), BLOCK)
    masked = gray.copy()
    masked[most.astype(np.int16) - colours.min(axis=2) > _SATURATED] = 255
    yield View("without_colour", masked, BLOCK)
    yield View("red_scraps", gray, SCRAPS)


def _stretched(gray: Gray, low: float, high: float) -> Gray:
    """Levels from `low` to `high` drawn out to black and white."""
    table = np.clip((np.arange(256) - low) * (255.0 / (high - low)), 0, 255).astype(np.uint8)
    return np.asarray(table[gray], dtype=np.uint8)


def _blurred(gray: Gray, dpi: float) -> Gray:
    return np.asarray(Image.fromarray(gray).filter(ImageFilter.GaussianBlur(dpi / 200)), dtype=np.uint8)


def _median(gray: Gray) -> Gray:
    return np.asarray(Image.fromarray(gray).filter(ImageFilter.MedianFilter(3)), dtype=np.uint8)


def _divided(gray: Gray) -> Gray:
    """The picture over its own background, so that shade and show-through fade."""
    image = Image.fromarray(gray)
    if min(image.size) < 4 * _CELL:
        return gray
    small = image.reduce(_CELL).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(2))
    paper = np.asarray(small.resize(image.size, Image.Resampling.BILINEAR), dtype=np.float32)
    return np.clip(gray / np.maximum(paper, 40.0) * 255.0, 0, 255).astype(np.uint8)
