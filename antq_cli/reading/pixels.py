"""Picture files (TIFF, JPEG, PNG) to upright pictures of known scale."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from antq_cli.errors import InputError
from antq_cli.reading.protocol import Inspection, Look
from antq_cli.settings import Limits

MM_PER_INCH = 25.4
_FORMATS = ("TIFF", "JPEG", "PNG")
_EXIF_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
_A4 = (210.0, 297.0)
_PLAUSIBLE_DPI = (70.0, 1300.0)
_SCREEN_DPI = (72.0, 96.0)
"""Written by programs that do not know; believed only when they give a sheet of a usual size."""
_SHEETS = ((148.0, 210.0), (210.0, 297.0), (297.0, 420.0), (216.0, 279.0), (216.0, 356.0))
_PLAUSIBLE_MM = (60.0, 1300.0)


@dataclass(slots=True)
class Picture:
    """The pixels of one page. `dpi` is horizontal and vertical; width and height in mm are those of the paper."""

    image: Image.Image
    dpi: tuple[float, float]
    width: float
    height: float
    notes: tuple[str, ...] = ()


def inspect(path: Path, limits: Limits) -> Inspection:
    """Count the pages from the headers; nothing is decoded.

    Raises InputError: `too_large`, `damaged`.
    """
    with _opened(path, limits) as image:
        media = {"TIFF": "tiff", "JPEG": "jpeg", "PNG": "png"}[str(image.format)]
        count = 1
        if media == "tiff":
            # Walked with a cap, for a TIFF does not say how many pages it has.
            while count <= limits.pages:
                try:
                    image.seek(count)
                except EOFError:
                    break
                _check_size(image, limits)
                count += 1
            if count > limits.pages:
                raise InputError("too_large", limit=limits.pages)
    return Inspection(media, count)


def look(path: Path, page: int, limits: Limits) -> Look:
    """The paper size of one page, from its header."""
    with _opened(path, limits, page) as image:
        width, height = image.size
        if image.getexif().get(_EXIF_ORIENTATION) in _TURNED:
            width, height = height, width
        dpi, _ = _scale(image, (width, height))
    return Look(round(width / dpi[0] * MM_PER_INCH, 2), round(height / dpi[1] * MM_PER_INCH, 2))


def picture(path: Path, page: int, limits: Limits) -> Picture:
    """One page, decoded and turned as its EXIF orientation says. Raises InputError: `too_large`, `damaged`."""
    with _opened(path, limits, page) as image:
        image.load()
        upright = ImageOps.exif_transpose(image) if image.getexif().get(_EXIF_ORIENTATION, 1) != 1 else image.copy()
        dpi, notes = _scale(image, upright.size)
    width, height = upright.size
    return Picture(upright, dpi, width / dpi[0] * MM_PER_INCH, height / dpi[1] * MM_PER_INCH, notes)


@contextmanager
def _opened(path: Path, limits: Limits, page: int = 1) -> Iterator[Image.Image]:
    # Our own bound is checked on the header; Pillow's, meant for programs without one, is set to the same.
    Image.MAX_IMAGE_PIXELS = limits.page_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as image:
                if page > 1:
                    image.seek(page - 1)
                _check_size(image, limits)
                yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise InputError("too_large", limit=limits.page_pixels) from None
    except (UnidentifiedImageError, OSError, EOFError, SyntaxError, ValueError) as error:
        raise InputError("damaged", detail=type(error).__name__) from None


def _check_size(image: Image.Image, limits: Limits) -> None:
    if image.width * image.height > limits.page_pixels:
        raise InputError("too_large", limit=limits.page_pixels)
    if not image.width or not image.height:
        raise InputError("damaged")


def _scale(image: Image.Image, size: tuple[int, int]) -> tuple[tuple[float, float], tuple[str, ...]]:
    """Dots per inch of the upright picture, guessed from the size of A4 when the file gives none that can be true."""
    x, y = _stated_dpi(image)
    if image.getexif().get(_EXIF_ORIENTATION) in _TURNED:
        x, y = y, x
    if all(_PLAUSIBLE_DPI[0] <= value <= _PLAUSIBLE_DPI[1] for value in (x, y)) and 0.4 <= x / y <= 2.6:
        paper = (size[0] / x * MM_PER_INCH, size[1] / y * MM_PER_INCH)
        stated = all(_PLAUSIBLE_MM[0] <= side <= _PLAUSIBLE_MM[1] for side in paper)
        if stated and (x not in _SCREEN_DPI or _is_sheet(paper)):
            return (x, y), ()
    width = _A4[0] if size[0] <= size[1] else _A4[1]
    dpi = size[0] / width * MM_PER_INCH
    if size[0] <= size[1] < size[0] * 1.2 or size[1] * 1.2 > size[0] > size[1]:
        dpi = max(size) / _A4[1] * MM_PER_INCH  # nearly square: a part of a page, its longer side taken for A4's
    return (dpi, dpi), ("dpi_assumed",)


def _is_sheet(paper: tuple[float, float]) -> bool:
    short, long = sorted(paper)
    return any(abs(short / a - 1) < 0.08 and abs(long / b - 1) < 0.08 for a, b in _SHEETS)


def _stated_dpi(image: Image.Image) -> tuple[float, float]:
    stated: Any = image.info.get("dpi")
    try:
        return float(stated[0]), float(stated[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0, 0.0
