"""Lines of digits as a scanner sees them, with the truth: which string, and whose ink each pixel is."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

from training.glyphs import LETTERS, TALL, Glyph, Hand, Rng, Sources, thickened

OTHERS = -1
"""Owner of ink that belongs to no digit."""


@dataclass(frozen=True)
class Line:
    """Ink of 0..1 (rows, columns), its digits, and for every pixel the number of the nearest digit or OTHERS."""

    ink: np.ndarray
    text: str
    owner: np.ndarray


def line(sources: Sources, rng: Rng) -> Line:
    """One line: digits nine times of ten, else writing that is none."""
    canvas = _Canvas(rng)
    if rng.random() < 0.09:
        _no_digits(canvas, sources, rng)
        text = ""
    else:
        text = _digits(rng)
        hand = sources.hand(rng)
        if rng.random() < 0.1:
            _scrap(canvas, sources, rng, left=True)
        for number, mark in enumerate(text):
            canvas.put(hand(mark), number)
        if rng.random() < 0.1:
            _scrap(canvas, sources, rng, left=False)
    return _scanned(canvas, text, rng)


def _digits(rng: Rng) -> str:
    length = int(rng.choice([1, 2, 3, 4, 5], p=[0.10, 0.42, 0.27, 0.18, 0.03]))
    if length == 2 and rng.random() < 0.4:
        return f"{rng.integers(1, 32):02d}"
    if rng.random() < 0.12:
        # Long runs of one digit teach that they are many; ones are the hardest.
        return str(rng.choice([0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9])) * length
    return "".join(str(digit) for digit in rng.integers(0, 10, length))


class _Canvas:
    """A line under the pen: one slant, one gap and one width of strokes for all its marks."""

    def __init__(self, rng: Rng) -> None:
        self.rng = rng
        self.tall = int(np.exp(rng.uniform(np.log(13), np.log(64))))
        self.slant = rng.uniform(-0.1, 0.45) if rng.random() < 0.75 else 0.0
        self.gap = rng.uniform(-0.08, 0.30)
        self.steps = int(rng.choice([-2, -1, 0, 1, 2], p=[0.1, 0.24, 0.36, 0.2, 0.1]))
        self.aspect = rng.uniform(0.85, 1.18)
        self.climb = rng.normal(0, 0.025)
        self.layers: list[tuple[np.ndarray, int, int, int]] = []
        self.end = 0.0

    def put(self, glyph: Glyph, owner: int, gap: float | None = None, size: float = 1.0, low: float = 0.0) -> None:
        """The glyph behind the last one; its size and height vary as in one hand."""
        rng = self.rng
        size *= rng.uniform(0.9, 1.1)
        image = thickened(glyph.image, self.steps)
        rows = max(2, round((glyph.bottom - glyph.top) * self.tall * size * image.height / (image.height - 8)))
        ratio = rows / image.height
        columns = max(2, round(image.width * ratio * self.aspect))
        slant = self.slant + rng.normal(0, 0.03)
        if ratio < 0.7:
            image = image.resize((columns, rows), Image.Resampling.BOX if ratio < 0.35 else Image.Resampling.BILINEAR)
        turn = np.deg2rad(rng.normal(0, 2.5))
        extra = int(abs(slant) * rows + abs(turn) * rows) + 2
        fx, fy = image.width / columns, image.height / rows
        # From places on the line to places in the glyph: slanted and turned about its middle.
        mid_x, mid_y = (columns + 2 * extra) / 2, rows / 2
        a, b = fx, fx * (slant + turn)
        d, e = -fy * turn, fy
        c = image.width / 2 - a * mid_x - b * mid_y
        f = image.height / 2 - d * mid_x - e * mid_y
        placed = image.transform(
            (columns + 2 * extra, rows), Image.Transform.AFFINE, (a, b, c, d, e, f), Image.Resampling.BILINEAR
        )
        box = placed.getbbox()
        if box is None:
            return
        ink = np.asarray(placed.crop(box))
        top = glyph.top * self.tall * size + low * self.tall + self.climb * self.end + rng.normal(0, 0.03) * self.tall
        left = self.end + (self.gap if gap is None else gap) * self.tall * rng.uniform(0.6, 1.4)
        if not self.layers:
            left = 0.0
        self.layers.append((ink, round(top) + box[1], round(left), owner))
        self.end = round(left) + ink.shape[1]


def _scrap(canvas: _Canvas, sources: Sources, rng: Rng, *, left: bool) -> None:
    """What a cut leaves beside the digits: dots of a colon, a slash, an end of a letter."""
    kind = rng.random()
    gap = rng.uniform(0.02, 0.5)
    if kind < 0.4:
        canvas.put(_dots(rng, 2 if rng.random() < 0.6 else 1), OTHERS, gap)
    elif kind < 0.65 and not left:
        # Typed slashes lean, are straight, thin, and higher than a digit.
        canvas.put(_slash(rng), OTHERS, rng.uniform(0.08, 0.5))
    else:
        glyph = sources.letters(rng)(str(rng.choice(list(LETTERS))))
        width = glyph.image.width
        keep = max(3, round(width * rng.uniform(0.1, 0.3)))
        box = (width - keep, 0, width, glyph.image.height) if left else (0, 0, keep, glyph.image.height)
        canvas.put(Glyph(glyph.image.crop(box), glyph.top, glyph.bottom), OTHERS, gap, 0.9)
    if left:
        canvas.end += rng.uniform(0.0, 0.3) * canvas.tall


def _dots(rng: Rng, count: int) -> Glyph:
    size = round(TALL * rng.uniform(0.08, 0.16))
    high = TALL * rng.uniform(0.35, 0.5) if count > 1 else size
    image = Image.new("L", (size, int(high) + size))
    draw = ImageDraw.Draw(image)
    for n in range(count):
        draw.ellipse((0, n * high, size - 1, n * high + size - 1), fill=255)
    bottom = rng.uniform(0.8, 1.02)
    return Glyph(image, bottom - image.height / TALL, bottom)


def _slash(rng: Rng) -> Glyph:
    wide, thick = round(TALL * rng.uniform(0.2, 0.45)), max(3, round(TALL * rng.uniform(0.06, 0.11)))
    image = Image.new("L", (wide + thick, TALL))
    ImageDraw.Draw(image).line((wide, 0, thick // 2, TALL), fill=255, width=thick)
    top = rng.uniform(-0.25, 0.05)
    return Glyph(image, top, top + rng.uniform(1.05, 1.35))


def _no_digits(canvas: _Canvas, sources: Sources, rng: Rng) -> None:
    """Letters, waves of a signature, dots, ruled lines."""
    kind = rng.random()
    if kind < 0.5:
        hand: Hand = sources.letters(rng)
        for _ in range(rng.integers(1, 6)):
            canvas.put(hand(str(rng.choice(list(LETTERS)))), OTHERS)
    elif kind < 0.8:
        canvas.put(_scrawl(rng), OTHERS)
    elif kind < 0.9:
        for _ in range(rng.integers(1, 8)):
            canvas.put(_dots(rng, 1), OTHERS, rng.uniform(0.1, 0.4))
    elif rng.random() < 0.5:
        canvas.put(_slash(rng), OTHERS)
    else:
        rule = Image.new("L", (TALL * int(rng.integers(1, 5)), max(2, int(TALL * rng.uniform(0.04, 0.12)))), 255)
        canvas.put(Glyph(rule, 0.9, 0.9 + rule.height / TALL), OTHERS)


def _scrawl(rng: Rng) -> Glyph:
    wide = TALL * rng.uniform(0.8, 4)
    count = int(rng.integers(4, 16))
    x = np.sort(rng.uniform(0, wide, count)) + rng.normal(0, TALL * 0.3, count)
    y = rng.uniform(0, TALL, count)
    t = np.linspace(0, count - 1, count * 12)
    smooth = [ndimage.map_coordinates(v, [t], order=3, mode="nearest") for v in (x, y)]
    px, py = smooth[0] - smooth[0].min() + 4, smooth[1] - smooth[1].min() + 4
    image = Image.new("L", (int(px.max()) + 5, int(py.max()) + 5))
    ImageDraw.Draw(image).line(list(zip(px, py, strict=True)), fill=255, width=int(rng.integers(3, 8)), joint="curve")
    return Glyph(image, 0.0, image.height / TALL)


def _scanned(canvas: _Canvas, text: str, rng: Rng) -> Line:
    """The layers as one picture: worn, blurred, specked, made grey or bilevel."""
    margin = 6
    top = min((layer[1] for layer in canvas.layers), default=0) - margin
    bottom = max((layer[1] + layer[0].shape[0] for layer in canvas.layers), default=1) + margin
    left = min((layer[2] for layer in canvas.layers), default=0) - margin
    right = max((layer[2] + layer[0].shape[1] for layer in canvas.layers), default=1) + margin
    ink = np.zeros((bottom - top, right - left), dtype=np.float32)
    owner = np.full(ink.shape, OTHERS, dtype=np.int16)
    for layer, y, x, number in canvas.layers:
        rows, columns = slice(y - top, y - top + layer.shape[0]), slice(x - left, x - left + layer.shape[1])
        here = layer.astype(np.float32) / 255
        owner[rows, columns] = np.where(here > np.maximum(ink[rows, columns], 0.1), number, owner[rows, columns])
        ink[rows, columns] = np.maximum(ink[rows, columns], here)
    tall = canvas.tall
    if rng.random() < 0.1:
        ink = _leaders(ink, owner, tall, margin, rng)
    if rng.random() < 0.14:
        ink = _broken(ink, rng)
    if rng.random() < 0.12:
        # A pale pen skips: its ink comes and goes along the strokes.
        cloud = ndimage.gaussian_filter(rng.standard_normal(ink.shape), rng.uniform(0.6, 1.6)).astype(np.float32)
        ink = ink * np.clip(1.0 + rng.uniform(0.4, 1.1) * cloud / max(float(cloud.std()), 1e-6) * 0.5, 0.0, 1.0)
    if rng.random() < 0.7:
        ink = ndimage.gaussian_filter(ink, rng.uniform(0.2, 0.4 + tall / 50))
    ink = ink / max(float(ink.max()), 1e-6)
    if rng.random() < 0.6:
        ink = ink * rng.uniform(0.35, 1.0)
        ink = ink + rng.normal(0, rng.uniform(0.0, 0.06), ink.shape).astype(np.float32)
    ink = np.clip(ink, 0, 1)
    if rng.random() < 0.25:
        ink = _as_jpeg(ink, rng)
    peak = max(float(np.percentile(ink, 99.5)), 0.05)
    if rng.random() < 0.4:
        ink = (ink > rng.uniform(0.3, 0.6) * peak).astype(np.float32)
        if rng.random() < 0.3:
            ink = np.maximum(ink, rng.random(ink.shape) < 0.002)
    else:
        # Cleaned grey: what is fainter than the cut is paper.
        ink = np.where(ink > rng.uniform(0.2, 0.42) * peak, ink, 0).astype(np.float32)
    missing = owner == OTHERS
    if not missing.all():
        nearest = ndimage.distance_transform_edt(missing, return_distances=True, return_indices=True)
        distance, (rows_at, columns_at) = nearest
        others = ndimage.grey_dilation((owner == OTHERS) & (ink > 0.5) & (distance > 3), size=(3, 3))
        owner = np.where((distance <= 3) & ~others, owner[rows_at, columns_at], OTHERS).astype(np.int16)
    return Line(ink.astype(np.float32), text, owner)


def _leaders(ink: np.ndarray, owner: np.ndarray, tall: int, margin: int, rng: Rng) -> np.ndarray:
    """Dots of the form's leader line below the digits, some of them."""
    row = min(ink.shape[0] - 2, margin + round(tall * rng.uniform(0.92, 1.05)))
    size = max(1, round(tall * rng.uniform(0.03, 0.08)))
    step = max(2, round(tall * rng.uniform(0.12, 0.3)))
    dotted = ink.copy()
    for column in range(int(rng.integers(0, step)), ink.shape[1] - size, step):
        if rng.random() < 0.8:
            spot = (slice(row, row + size), slice(column, column + size))
            owner[spot] = np.where(dotted[spot] > 0.3, owner[spot], OTHERS)
            dotted[spot] = 1.0
    return dotted


def _broken(ink: np.ndarray, rng: Rng) -> np.ndarray:
    """Thin white lines through the strokes, as folds and weak toner make them."""
    mask = Image.new("L", (ink.shape[1], ink.shape[0]), 255)
    draw = ImageDraw.Draw(mask)
    for _ in range(rng.integers(1, 4)):
        x, y = rng.uniform(0, ink.shape[1]), rng.uniform(0, ink.shape[0])
        angle, reach = rng.uniform(0, np.pi), ink.shape[0] * rng.uniform(0.2, 0.8)
        dx, dy = np.cos(angle) * reach, np.sin(angle) * reach
        draw.line((x - dx, y - dy, x + dx, y + dy), fill=0, width=int(rng.integers(1, 2 + ink.shape[0] // 25)))
    return ink * (np.asarray(mask, dtype=np.float32) / 255)


def _as_jpeg(ink: np.ndarray, rng: Rng) -> np.ndarray:
    stream = io.BytesIO()
    Image.fromarray((255 - ink * 255).astype(np.uint8)).save(stream, "JPEG", quality=int(rng.integers(35, 85)))
    return 1 - np.asarray(Image.open(stream), dtype=np.float32) / 255
