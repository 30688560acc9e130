"""A picture made ready for OCR, each step only when it is needed, and noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from antq_cli.reading import background, deskew, spots
from antq_cli.reading.pixels import MM_PER_INCH, Picture

Gray = NDArray[np.uint8]
Colours = NDArray[np.uint8]

_MOST_PIXELS = 40_000_000
"""A bigger picture is halved until it fits: A3 at 400 dpi has 31 million."""
_COLOURED = 40
"""Least distance between a pixel's channels for it to count as coloured."""
_COLOUR_SHARE = 0.0005
_BILEVEL_SHARE = 0.997
_LOW_DPI = 180.0
UPSCALED = "upscaled"
"""Note of a coarse grey page that was doubled."""
_UPSCALE_MOST = 25_000_000
_CLIP = 0.38
"""What the second preparation takes off the light end: grey seals and the back of the sheet, and thin strokes too."""


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
    painted: Colours | None = None
    """The colours as they were stored, height by width by 3; None on pages without colour."""
    moves: tuple[Callable[[Colours], Colours], ...] = ()
    """What brings `painted` into the geometry of `gray`."""

    @property
    def rgb(self) -> Colours | None:
        """The colours in the geometry of `gray`, made anew at each call, for few pages need them; None without."""
        if self.painted is None:
            return None
        pixels = self.painted
        for move in self.moves:
            pixels = move(pixels)
        return pixels

    @property
    def scale(self) -> float:
        """Millimetres per pixel."""
        return MM_PER_INCH / self.dpi


def prepare(picture: Picture) -> Prepared:
    """The picture of the first reading: one channel, square pixels, white paper, no dirt, straight lines."""
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
        image = _without_colours(image) if colour else image.convert("L")
    elif image.mode == "1":
        image = image.convert("L")
    gray: Gray = np.asarray(image, dtype=np.uint8)
    bilevel = _is_bilevel(gray)
    if not bilevel:
        clear = background.cleared(gray, square)
        gray = clear.gray
        notes += ["background_removed"] * clear.uneven + ["show_through_removed"] * clear.ghost
    gray, streaked = spots.without_streaks(gray, square)
    gray, done = spots.without_specks(gray, square, bilevel=bilevel)
    notes += ["streaks_removed"] * streaked + [done] * bool(done)
    notes.append(f"dpi:{round(square)}")
    page = Prepared(gray, square, picture.width, picture.height, colour, bilevel, red, tuple(notes), rgb)
    return _upscaled(straightened(page))


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


def rotated(page: Prepared, turn: int) -> Prepared:
    """The page turned counter-clockwise by 90, 180 or 270 degrees."""
    quarter = turn // 90 % 4
    width, height = (page.width, page.height) if quarter % 2 == 0 else (page.height, page.width)
    return replace(
        page,
        gray=np.ascontiguousarray(np.rot90(page.gray, quarter)),
        red=None if page.red is None else np.ascontiguousarray(np.rot90(page.red, quarter)),
        moves=_moved(page, partial(_quarter_turned, quarter=quarter)),
        width=width,
        height=height,
        notes=(*page.notes, f"rotated:{turn}"),
    )


def straightened(page: Prepared) -> Prepared:
    """The page with its lines level, when they clearly are not."""
    angle = deskew.turn_needed(page.gray, page.dpi, bilevel=page.bilevel)
    return _turned(page, angle) if angle else page


def as_read(picture: Picture, notes: Iterable[str]) -> Prepared:
    """The picture prepared, turned and straightened as the notes of its page tell, so that the page's boxes fit."""
    page = prepare(picture)
    for note in tuple(notes)[len(page.notes) :]:
        name, _, value = note.partition(":")
        if name == "rotated" and value.isdigit():
            page = rotated(page, int(value))
        elif name == "deskewed" and value:
            page = _turned(page, float(value))
    return page


def without_background(page: Prepared) -> Prepared:
    """The picture of a second reading: light greys, such as seals on a grey scan, taken for paper.

    It saves faint, stamped and bleeding pages and harms thin strokes, so it is never the only reading.
    """
    clear = background.cleared(page.gray, page.dpi, _CLIP)
    return replace(page, gray=clear.gray, notes=(*page.notes, "background_clipped"))


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


def _without_colours(image: Image.Image) -> Image.Image:
    """The brighter of red and green: seals and markers vanish, print stays, and so does the blue of pens."""
    red, green, _ = image.split()
    return ImageChops.lighter(red, green)


def _red_ink(image: Image.Image) -> Gray:
    """255 where a pixel is red or violet-red, as stamp ink is; brown and yellow paper are not."""
    red, green, blue = image.split()
    # Differences are cut off at 0, as the thresholds allow; whole pictures at a time, for this is done to every page.
    over_green = ImageChops.subtract(red, green).point([255 * (value > 35) for value in range(256)])
    over_blue = ImageChops.subtract(red, blue).point([255 * (value > 15) for value in range(256)])
    bright = red.point([255 * (value > 90) for value in range(256)])
    return np.asarray(ImageChops.darker(ImageChops.darker(over_green, over_blue), bright), dtype=np.uint8)


def _is_bilevel(gray: Gray) -> bool:
    sample = gray[::3, ::3]
    return float(np.mean((sample < 8) | (sample > 247))) > _BILEVEL_SHARE


def _turned(page: Prepared, angle: float) -> Prepared:
    red = page.red
    if red is not None:
        red = np.asarray(Image.fromarray(red).rotate(angle, Image.Resampling.NEAREST, fillcolor=0), dtype=np.uint8)
    gray = deskew.turned(page.gray, angle)
    moves = _moved(page, partial(_turned_colours, angle=angle))
    return replace(page, gray=gray, red=red, moves=moves, notes=(*page.notes, f"deskewed:{angle}"))


def _moved(page: Prepared, move: Callable[[Colours], Colours]) -> tuple[Callable[[Colours], Colours], ...]:
    return (*page.moves, move)


def _quarter_turned(rgb: Colours, quarter: int) -> Colours:
    return np.asarray(np.rot90(rgb, quarter), dtype=np.uint8)


def _turned_colours(rgb: Colours, angle: float) -> Colours:
    image = Image.fromarray(np.ascontiguousarray(rgb))
    return np.asarray(image.rotate(angle, Image.Resampling.NEAREST, fillcolor=(255, 255, 255)), dtype=np.uint8)


def _enlarged_colours(rgb: Colours, size: tuple[int, int]) -> Colours:
    image = Image.fromarray(np.ascontiguousarray(rgb))
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC), dtype=np.uint8)


def _upscaled(page: Prepared) -> Prepared:
    if page.bilevel or page.dpi >= _LOW_DPI or page.gray.size * 4 > _UPSCALE_MOST:
        return page
    size = (page.gray.shape[1] * 2, page.gray.shape[0] * 2)
    gray = np.asarray(Image.fromarray(page.gray).resize(size, Image.Resampling.BICUBIC), dtype=np.uint8)
    red = None if page.red is None else np.repeat(np.repeat(page.red, 2, axis=0), 2, axis=1)
    moves = _moved(page, partial(_enlarged_colours, size=size))
    return replace(page, gray=gray, red=red, moves=moves, dpi=page.dpi * 2, notes=(*page.notes, UPSCALED))
