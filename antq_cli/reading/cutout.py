"""A part of a page as a picture for a person, cut from what OCR saw, so that its box fits whatever was done to it."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from antq_cli.model.page import Box, Page, PageOrigin
from antq_cli.reading.pixels import MM_PER_INCH, Picture
from antq_cli.reading.prepare import as_read, flatten

_AROUND = 3.0
"""Millimetres of surroundings: a digit is easier to tell beside its neighbours."""
_MOST = 2000
"""Longer side of the cut, in pixels."""


def cut(picture: Picture, page: Page, box: Box) -> bytes:
    """The box (mm, of the page as it was read) and a little around it as a PNG; `page` tells what was done to it."""
    image, scale = _as_read(picture, page)
    edges = (box.left - _AROUND, box.top - _AROUND, box.right + _AROUND, box.bottom + _AROUND)
    left, top, right, bottom = (round(edge / scale) for edge in edges)
    left, top = min(max(0, left), image.width - 1), min(max(0, top), image.height - 1)
    right, bottom = max(left + 1, min(right, image.width)), max(top + 1, min(bottom, image.height))
    part = image.crop((left, top, right, bottom))
    part.thumbnail((_MOST, _MOST), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    part.save(stream, "PNG")
    return stream.getvalue()


def _as_read(picture: Picture, page: Page) -> tuple[Image.Image, float]:
    """The page in the geometry of its boxes, in colour when it has any, and millimetres per pixel."""
    if page.origin is not PageOrigin.OCR:
        # Boxes of a text layer are places on the page as it is stored: nothing was turned for them.
        return flatten(picture.image).convert("RGB"), MM_PER_INCH / picture.dpi[0]
    prepared = as_read(picture, page.notes)
    rgb = prepared.rgb
    pixels = prepared.gray if rgb is None else rgb
    return Image.fromarray(np.ascontiguousarray(pixels)), prepared.scale
