"""Round red seals and the receiver's stamp ĐẾN, as RGBA pictures."""

from __future__ import annotations

import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from samples.generator.fonts import font
from samples.generator.letter import formulas
from samples.generator.pen import written

RED = (205, 28, 40)
VIOLET = (120, 30, 90)
SEAL_MM = 34.0
ARRIVAL_MM = (50.0, 33.0)


def seal(words: str, pixels_per_mm: float, rng: random.Random) -> Image.Image:
    """A seal 34 mm wide with words around a star; its ink is uneven, as rubber prints."""
    big = 3
    side = int(SEAL_MM * pixels_per_mm) * big
    mask = Image.new("L", (side, side))
    draw = ImageDraw.Draw(mask)
    middle = side / 2
    for share, width in ((0.98, 0.02), (0.92, 0.008), (0.62, 0.01)):
        radius = middle * share
        draw.ellipse(
            (middle - radius, middle - radius, middle + radius, middle + radius),
            outline=255,
            width=max(int(side * width), 1),
        )
    _words_around(mask, words, middle, middle * 0.76)
    star = []
    for n in range(10):
        radius = middle * (0.30 if n % 2 == 0 else 0.125)
        angle = -math.pi / 2 + n * math.pi / 5
        star.append((middle + radius * math.cos(angle), middle + radius * math.sin(angle)))
    draw.polygon(star, fill=255)
    mask = mask.rotate(rng.uniform(-9, 9), resample=Image.Resampling.BICUBIC)
    small = mask.resize((side // big, side // big), Image.Resampling.LANCZOS)
    return _uneven(small, RED, 0.86, rng)


def _words_around(mask: Image.Image, words: str, middle: float, radius: float) -> None:
    size = radius * 0.30
    letters = f" {words} * "
    typeface = font("Bold", size)
    step = 2 * math.pi / len(letters)
    for n, mark in enumerate(letters):
        angle = -math.pi + n * step + step
        tile = Image.new("L", (int(size * 2), int(size * 2)))
        ImageDraw.Draw(tile).text((size, size), mark, fill=255, font=typeface, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
        x, y = middle + radius * math.cos(angle), middle + radius * math.sin(angle)
        mask.paste(255, (int(x - size), int(y - size)), tile)


def _uneven(mask: Image.Image, colour: tuple[int, int, int], strength: float, rng: random.Random) -> Image.Image:
    """Fills a mask with ink that is thinner in patches."""
    noise = np.random.default_rng(rng.getrandbits(32)).random((12, 12))
    patches = Image.fromarray((noise * 255).astype(np.uint8)).resize(mask.size, Image.Resampling.BICUBIC)
    ink = np.asarray(mask, dtype=float) * (strength - 0.3 + 0.4 * np.asarray(patches, dtype=float) / 255)
    inked = Image.new("RGBA", mask.size, (*colour, 0))
    inked.putalpha(Image.fromarray(np.clip(ink, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.4)))
    return inked


def _fitting(text: str, size: float, room: float) -> ImageFont.FreeTypeFont:
    typeface = font("Bold", size)
    return typeface if typeface.getlength(text) <= room else font("Bold", size * room / typeface.getlength(text))


def arrival_stamp(office: str, number: str, date: str, pixels_per_mm: float, rng: random.Random) -> Image.Image:
    """The stamp of NĐ 30/2020, Phụ lục IV: the receiver's name, ĐẾN, number, day; the last two written by pen."""
    width, height = (int(side * pixels_per_mm) for side in ARRIVAL_MM)
    mask = Image.new("L", (width, height))
    draw = ImageDraw.Draw(mask)
    line = max(int(0.35 * pixels_per_mm), 1)
    draw.rectangle((line, line, width - line - 1, height - line - 1), outline=255, width=line)
    words = formulas()
    em = pixels_per_mm * 25.4 / 72
    draw.text(
        (width / 2, 4.2 * pixels_per_mm), office, fill=255, font=_fitting(office, 9 * em, width * 0.92), anchor="mm"
    )
    draw.line((0, 7.8 * pixels_per_mm, width, 7.8 * pixels_per_mm), fill=255, width=line)
    draw.text(
        (9.0 * pixels_per_mm, 17.0 * pixels_per_mm), words["arrival"], fill=255, font=font("Bold", 15 * em), anchor="mm"
    )
    rows = (("arrival_number", 14.0, number), ("arrival_date", 21.5, date), ("arrival_routed", 29.0, ""))
    typeface = font("Regular", 10 * em)
    for key, y, _ in rows:
        label = words[key]
        dots = "." * int((27.0 * pixels_per_mm - typeface.getlength(label)) / typeface.getlength("."))
        draw.text((19.5 * pixels_per_mm, y * pixels_per_mm), label + dots, fill=255, font=typeface, anchor="ls")
    stamp = _uneven(mask, VIOLET, 0.9, rng)
    for key, y, text in rows:
        if text:
            pen = written(text, 3.2 * pixels_per_mm, 0.42 * pixels_per_mm, rng, (20, 30, 110))
            left = 19.8 * pixels_per_mm + typeface.getlength(words[key]) - 1.6 * pixels_per_mm
            room = int(width - left)
            if pen.width > room:
                pen = pen.resize((room, pen.height), Image.Resampling.LANCZOS)
            stamp.alpha_composite(pen, (int(left), int((y - 0.5) * pixels_per_mm - pen.height * 0.75)))
    return stamp.rotate(rng.uniform(-1.8, 1.8), resample=Image.Resampling.BICUBIC, expand=True)
