"""Digits and signatures as a pen writes them: splines through jittered points, drawn with a stroke of uneven width."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

HERE = Path(__file__).parent

Point = tuple[float, float]
Stroke = Sequence[Point]

ADVANCE = {"1": 0.5, "/": 0.55}
"""Width of narrow marks as a share of a digit's height."""

SUPERSAMPLE = 4


@cache
def _strokes() -> tuple[dict[str, list[Stroke]], list[Stroke]]:
    """Strokes of each digit, and beginnings of signatures."""
    with (HERE / "strokes.toml").open("rb") as stream:
        tables = tomllib.load(stream)
    return tables["digits"], tables["signatures"]["initials"]


def spline(points: Stroke, steps: int = 14) -> list[Point]:
    """A Catmull-Rom curve through all points."""
    padded = np.array([points[0], *points, points[-1]], dtype=float)
    curve: list[Point] = []
    for i in range(len(padded) - 3):
        a, b, c, d = padded[i : i + 4]
        for t in np.linspace(0.0, 1.0, steps, endpoint=False):
            at = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
            curve.append((float(at[0]), float(at[1])))
    curve.append((float(padded[-1][0]), float(padded[-1][1])))
    return curve


def _ink(
    mask: Image.Image, curves: list[list[Point]], width: float, rng: random.Random, colour: tuple[int, int, int]
) -> Image.Image:
    """Draws curves (in pixels of the large mask) with a width that swells and thins, and shrinks to RGBA."""
    draw = ImageDraw.Draw(mask)
    for curve in curves:
        pressure = rng.uniform(0.85, 1.1)
        for index, (x, y) in enumerate(curve):
            share = index / max(len(curve) - 1, 1)
            radius = max(width / 2 * pressure * (0.72 + 0.4 * np.sin(np.pi * min(share * 1.15, 1.0))), 0.8)
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    small = mask.resize((mask.width // SUPERSAMPLE, mask.height // SUPERSAMPLE), Image.Resampling.LANCZOS)
    inked = Image.new("RGBA", small.size, (*colour, 0))
    inked.putalpha(small)
    return inked


def _dense(curve: list[Point]) -> list[Point]:
    """The curve with a point at least every pixel of the large mask."""
    dense = [curve[0]]
    for (x0, y0), (x1, y1) in pairwise(curve):
        count = max(int(max(abs(x1 - x0), abs(y1 - y0))), 1)
        dense += [(x0 + (x1 - x0) * k / count, y0 + (y1 - y0) * k / count) for k in range(1, count + 1)]
    return dense


def written(
    text: str, height: float, pen: float, rng: random.Random, colour: tuple[int, int, int] = (24, 28, 60)
) -> Image.Image:
    """Digits and slashes by hand as RGBA: `height` of a digit and width of the `pen` in pixels.

    Around the digits there is a margin of half their height. Raises KeyError on other characters.
    """
    scale = height * SUPERSAMPLE
    slant = rng.uniform(0.0, 0.22)
    margin = 0.5
    x = 0.0
    curves: list[list[Point]] = []
    for mark in text:
        size = rng.uniform(0.88, 1.1)
        drop = rng.uniform(-0.05, 0.05)
        for stroke in _strokes()[0][mark]:
            points = [(px + rng.gauss(0, 0.022), py + rng.gauss(0, 0.022)) for px, py in stroke]
            curves.append(
                [
                    (
                        (x + (px + (1 - py) * slant) * size + margin) * scale,
                        ((py - 1) * size + 1 + drop + margin) * scale,
                    )
                    for px, py in spline(points)
                ]
            )
        x += (ADVANCE.get(mark, 0.68) + rng.uniform(-0.03, 0.05)) * size
    large = Image.new("L", (int((x + slant + 2 * margin) * scale), int((1 + 2 * margin) * scale)))
    return _ink(large, [_dense(curve) for curve in curves], pen * SUPERSAMPLE, rng, colour)


def signature(
    width: float, pen: float, rng: random.Random, colour: tuple[int, int, int] = (28, 36, 120)
) -> Image.Image:
    """An illegible signature as RGBA, `width` pixels wide: an initial, some waves, and a long last stroke."""
    scale = width * SUPERSAMPLE
    high = 0.5
    initial = [(x, y) for x, y in rng.choice(_strokes()[1])]
    waves = [initial[-1]]
    step = rng.uniform(0.05, 0.11)
    for n in range(rng.randint(2, 5)):
        left = initial[-1][0] + step * (n + 0.5)
        waves += [(left, rng.uniform(0.12, 0.24)), (left + step / 2, rng.uniform(0.26, 0.36))]
    end = min(waves[-1][0] + rng.uniform(0.15, 0.35), 0.97)
    tail = [waves[-1], ((waves[-1][0] + end) / 2, rng.uniform(0.08, 0.3)), (end, rng.uniform(0.03, 0.2))]
    start = rng.uniform(0.02, 0.3)
    under = [(start, rng.uniform(0.38, 0.46)), (0.45, rng.uniform(0.32, 0.42)), (end - 0.1, rng.uniform(0.26, 0.4))]
    curves = []
    for stroke in (initial, waves, tail, under):
        jittered = [(px + rng.gauss(0, 0.012), py + rng.gauss(0, 0.012)) for px, py in stroke]
        curves.append(_dense([(px * scale, py * scale) for px, py in spline(jittered)]))
    large = Image.new("L", (int(scale), int(scale * high)))
    return _ink(large, curves, pen * SUPERSAMPLE, rng, colour)
