"""A picture made ready for OCR, each step only when it is needed, and noted."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from antq_cli.reading.pixels import MM_PER_INCH, Picture

Gray = NDArray[np.uint8]
Colours = NDArray[np.uint8]

_MOST_PIXELS = 40_000_000
"""A bigger picture is halved until it fits: A3 at 400 dpi has 31 million."""
_WORKING_DPI = 75
_COLOURED = 40
"""Least distance between a pixel's channels for it to count as coloured."""
_COLOUR_SHARE = 0.0005
_BLANK_SHARE = 0.00012
_BILEVEL_SHARE = 0.997
_SPECK_SHARE = 0.001
_LOW_DPI = 180.0
_UPSCALE_MOST = 25_000_000
_SKEW_MOST = 6.0
_SKEW_LEAST = 0.3
_SKEW_LEAST_BILEVEL = 0.5
_SKEW_GAIN = 1.08


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page as OCR gets it: black ink on white, 8 bits. Its size in mm is `width` and `height`."""

    gray: Gray
    dpi: float
    width: float
    height: float
    colour: bool
    bilevel: bool
    red: Gray | None
    """255 where the ink is red, as large as `gray`; None on pages without colour."""
    notes: tuple[str, ...]
    rgb: Colours | None = None
    """The colours in the same geometry as `gray`, height by width by 3; None on pages without colour."""

    @property
    def scale(self) -> float:
        """Millimetres per pixel."""
        return MM_PER_INCH / self.dpi


def prepare(picture: Picture) -> Prepared:
    """The first reading's picture ("A"): one channel, scale, angle, specks."""
    notes = list(picture.notes)
    image = flatten(picture.image)
    dpi = picture.dpi
    while image.width * image.height > _MOST_PIXELS:
        image = image.reduce(2)
        dpi = (dpi[0] / 2, dpi[1] / 2)
        notes.append("reduced")
    before = image.size
    image, square = _square(image, dpi)
    if image.size != before:
        notes.append("aspect")
    colour, red, rgb = False, None, None
    if image.mode == "RGB":
        colour = _has_colour(image)
        if colour:
            red = _red_ink(image)
            rgb = np.asarray(image, dtype=np.uint8)
            notes.append("red_channel")
        image = image.getchannel("R") if colour else image.convert("L")
    elif image.mode == "1":
        image = image.convert("L")
    gray: Gray = np.asarray(image, dtype=np.uint8)
    bilevel = _is_bilevel(gray)
    if not bilevel:
        gray = _stretched(gray)
        if specks(gray) > _SPECK_SHARE:
            gray = _median(gray)
            notes.append("despeckled")
    elif specks(gray) > _SPECK_SHARE:
        gray = _median(gray)
        notes.append("despeckled")
    notes.append(f"dpi:{round(square)}")
    page = Prepared(gray, square, picture.width, picture.height, colour, bilevel, red, tuple(notes), rgb)
    page = _deskewed(page)
    return _upscaled(page)


def flatten(image: Image.Image) -> Image.Image:
    """Any mode of Pillow's as `1`, `L` or `RGB`, transparency on white paper."""
    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        over = image.convert("RGBA")
        paper = Image.new("RGBA", over.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, over).convert("RGB")
    if image.mode in ("I;16", "I;16L", "I;16B", "I;16N", "I", "F"):
        values = np.asarray(image, dtype=np.float32)
        low, high = float(values.min()), float(values.max())
        top = 65535.0 if image.mode != "F" and high > 255 else max(high, 1.0)
        low = min(low, 0.0)
        return Image.fromarray(np.clip((values - low) * (255.0 / (top - low)), 0, 255).astype(np.uint8))
    return image.convert("RGB")


def is_blank(picture: Picture) -> bool:
    """True when the paper bears no ink: nothing clearly darker than its surroundings but rims and single specks."""
    image = flatten(picture.image).convert("L")
    factor = max(1, round(picture.dpi[0] / _WORKING_DPI))
    small: Gray = np.asarray(image.reduce(factor) if factor > 1 else image, dtype=np.uint8)
    rim_y, rim_x = round(small.shape[0] * 0.03), round(small.shape[1] * 0.03)
    inner = small[rim_y : small.shape[0] - rim_y, rim_x : small.shape[1] - rim_x]
    if not inner.size:
        return True
    # Against the paper around it, not against white: paper is grey, yellow, or shaded by the scanner's lid.
    paper = _local_paper(inner)
    return float(np.mean(inner < paper * 0.75)) < _BLANK_SHARE


def rotated(page: Prepared, turn: int) -> Prepared:
    """The page turned counter-clockwise by 90, 180 or 270 degrees."""
    quarter = turn // 90 % 4
    width, height = (page.width, page.height) if quarter % 2 == 0 else (page.height, page.width)
    return replace(
        page,
        gray=np.ascontiguousarray(np.rot90(page.gray, quarter)),
        red=None if page.red is None else np.ascontiguousarray(np.rot90(page.red, quarter)),
        rgb=None if page.rgb is None else np.ascontiguousarray(np.rot90(page.rgb, quarter)),
        width=width,
        height=height,
        notes=(*page.notes, f"rotated:{turn}"),
    )


def without_background(page: Prepared) -> Prepared:
    """The second reading's picture ("B"): divided by the paper's local brightness, then clipped.

    It saves faint, shaded or bleeding pages and harms thin strokes, so it is never the only reading.
    """
    gray = page.gray
    factor = 8
    small = np.asarray(Image.fromarray(gray).reduce(factor), dtype=np.uint8)
    paper = Image.fromarray(_local_paper(small).astype(np.uint8)).resize(
        (gray.shape[1], gray.shape[0]), Image.Resampling.BILINEAR
    )
    ratio = gray.astype(np.float32)
    ratio /= np.maximum(np.asarray(paper, dtype=np.float32), 1.0)
    dark = float(np.quantile(ratio[::4, ::4], 0.001))
    light = dark + (1.0 - dark) * (1 - 0.38)
    ratio -= dark
    ratio *= 255.0 / max(light - dark, 0.05)
    cleaned = np.clip(ratio, 0, 255).astype(np.uint8)
    return replace(page, gray=cleaned, notes=(*page.notes, "background_removed"))


def _local_paper(gray: Gray) -> NDArray[np.float32]:
    """Brightness of the paper around each pixel: a high percentile of its neighbourhood, smoothed."""
    cell = 16
    rows, columns = -(-gray.shape[0] // cell), -(-gray.shape[1] // cell)
    padded = np.pad(gray, ((0, rows * cell - gray.shape[0]), (0, columns * cell - gray.shape[1])), mode="edge")
    blocks = padded.reshape(rows, cell, columns, cell).swapaxes(1, 2).reshape(rows, columns, cell * cell)
    bright = np.percentile(blocks, 85, axis=2).astype(np.uint8)
    image = Image.fromarray(bright).filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.BoxBlur(1))
    full = image.resize((columns * cell, rows * cell), Image.Resampling.BILINEAR)
    return np.asarray(full, dtype=np.float32)[: gray.shape[0], : gray.shape[1]]


def _square(image: Image.Image, dpi: tuple[float, float]) -> tuple[Image.Image, float]:
    """Pixels made square: a fax has half as many rows as it should. Rows are repeated, so bilevel stays bilevel."""
    x, y = dpi
    if abs(x / y - 1) <= 0.06:
        return image, (x * y) ** 0.5 if x != y else x
    higher = max(x, y)
    size = (round(image.width * higher / x), round(image.height * higher / y))
    method = Image.Resampling.NEAREST if image.mode == "1" else Image.Resampling.BICUBIC
    return image.resize(size, method), higher


def _has_colour(image: Image.Image) -> bool:
    small = np.asarray(image.reduce(max(1, image.width // 800)), dtype=np.int16)
    return float(np.mean(small.max(axis=2) - small.min(axis=2) > _COLOURED)) > _COLOUR_SHARE


def _red_ink(image: Image.Image) -> Gray:
    """255 where a pixel is red or violet-red, as stamp ink is; brown and yellow paper are not."""
    red, green, blue = (np.asarray(image.getchannel(c), dtype=np.int16) for c in "RGB")
    return np.where((red - green > 35) & (red - blue > 15) & (red > 90), 255, 0).astype(np.uint8)


def _is_bilevel(gray: Gray) -> bool:
    sample = gray[::3, ::3]
    return float(np.mean((sample < 8) | (sample > 247))) > _BILEVEL_SHARE


def _stretched(gray: Gray) -> Gray:
    """Contrast drawn out between the darkest and the lightest thousandths."""
    low, high = np.percentile(gray[::3, ::3], (0.2, 98.0))
    if high - low < 30:
        return gray
    table = np.clip((np.arange(256) - low) * (255.0 / (high - low)), 0, 255).astype(np.uint8)
    return np.asarray(table[gray], dtype=np.uint8)


def specks(gray: Gray) -> float:
    """Share of pixels that are dark and stand alone among their eight neighbours."""
    dark = gray < 128
    if dark.shape[0] < 3 or dark.shape[1] < 3:
        return 0.0
    rows = dark[:-2].astype(np.uint8) + dark[1:-1] + dark[2:]
    around = rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]
    return float(np.mean((around == 1) & dark[1:-1, 1:-1]))


def _median(gray: Gray) -> Gray:
    return np.asarray(Image.fromarray(gray).filter(ImageFilter.MedianFilter(3)), dtype=np.uint8)


def skew(gray: Gray, dpi: float) -> tuple[float, float]:
    """Angle of the lines in degrees (positive: they fall to the right), and how much better they line up at it."""
    factor = max(1, round(dpi / _WORKING_DPI))
    small = np.asarray(Image.fromarray(gray).reduce(factor), dtype=np.uint8) if factor > 1 else gray
    rim_y, rim_x = round(small.shape[0] * 0.04), round(small.shape[1] * 0.04)
    inner = small[rim_y : small.shape[0] - rim_y, rim_x : small.shape[1] - rim_x]
    y, x = np.nonzero(inner < 150)
    if not 300 <= len(y) <= inner.size // 3:
        return 0.0, 1.0
    if len(y) > 60_000:
        step = -(-len(y) // 60_000)
        y, x = y[::step], x[::step]
    height = inner.shape[0]

    def sharpness(angle: float) -> float:
        shifted = y - x * math.tan(math.radians(angle))
        rows = np.bincount(np.clip(np.rint(shifted), -height, 2 * height).astype(np.int64) + height)
        return float(np.sum(np.square(rows, dtype=np.float64)))

    flat = sharpness(0.0)
    best = max(np.arange(-_SKEW_MOST, _SKEW_MOST + 0.1, 0.5), key=sharpness)
    best = max(np.arange(best - 0.5, best + 0.55, 0.1), key=sharpness)
    return float(round(best, 1)), sharpness(float(best)) / flat


def _deskewed(page: Prepared) -> Prepared:
    angle, gain = skew(page.gray, page.dpi)
    least = _SKEW_LEAST_BILEVEL if page.bilevel else _SKEW_LEAST
    if abs(angle) < least or abs(angle) >= _SKEW_MOST or gain < _SKEW_GAIN:
        return page
    method = Image.Resampling.BILINEAR
    gray = np.asarray(Image.fromarray(page.gray).rotate(angle, method, fillcolor=255), dtype=np.uint8)
    red = page.red
    if red is not None:
        red = np.asarray(Image.fromarray(red).rotate(angle, Image.Resampling.NEAREST, fillcolor=0), dtype=np.uint8)
    rgb = page.rgb
    if rgb is not None:
        rgb = np.asarray(Image.fromarray(rgb).rotate(angle, method, fillcolor=(255, 255, 255)), dtype=np.uint8)
    return replace(page, gray=gray, red=red, rgb=rgb, notes=(*page.notes, f"deskewed:{angle}"))


def _upscaled(page: Prepared) -> Prepared:
    if page.bilevel or page.dpi >= _LOW_DPI or page.gray.size * 4 > _UPSCALE_MOST:
        return page
    size = (page.gray.shape[1] * 2, page.gray.shape[0] * 2)
    gray = np.asarray(Image.fromarray(page.gray).resize(size, Image.Resampling.BICUBIC), dtype=np.uint8)
    red = None if page.red is None else np.repeat(np.repeat(page.red, 2, axis=0), 2, axis=1)
    rgb = page.rgb
    if rgb is not None:
        rgb = np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BICUBIC), dtype=np.uint8)
    return replace(page, gray=gray, red=red, rgb=rgb, dpi=page.dpi * 2, notes=(*page.notes, "upscaled"))
