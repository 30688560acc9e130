"""Draws pages of items as pictures."""

from __future__ import annotations

import random
from collections.abc import Iterable

from PIL import Image, ImageChops, ImageDraw

from samples.generator.fonts import font
from samples.generator.items import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    ArrivalStamp,
    Page,
    Penned,
    Rule,
    Scribble,
    Seal,
    Text,
)
from samples.generator.pen import signature, written
from samples.generator.stamps import arrival_stamp, seal

INK = 20
LARGE = 2


def draw_page(page: Page, dpi: int, rng: random.Random) -> Image.Image:
    """A page as it leaves the office: print, pen and seals on white paper (RGB)."""
    scale = dpi / 25.4
    paper = _print(page, dpi)
    for item in page:
        match item:
            case Penned():
                ink = written(item.text, item.height * scale, 0.5 * scale, rng)
                if ink.width - item.height * scale > item.width * scale:
                    ink = ink.resize((int((item.width + item.height) * scale), ink.height), Image.Resampling.LANCZOS)
                margin = item.height / 2
                _stamp(paper, ink, (item.left - margin) * scale, (item.baseline - item.height - margin + 0.3) * scale)
            case Scribble():
                ink = signature(item.width * scale, 0.55 * scale, rng)
                _stamp(paper, ink, item.centre * scale - ink.width / 2, item.middle * scale - ink.height / 2)
            case Seal():
                ink = seal(item.words, scale, rng)
                _stamp(paper, ink, item.centre * scale - ink.width / 2, item.middle * scale - ink.height / 2)
            case ArrivalStamp():
                ink = arrival_stamp(item.office, item.number, item.date, scale, rng)
                _stamp(paper, ink, item.left * scale, item.top * scale)
    return paper


def _print(page: Page, dpi: int) -> Image.Image:
    """The typed part, drawn large and shrunk: at small sizes the font's hints would change the width of words."""
    scale = dpi * LARGE / 25.4
    size = round(PAGE_WIDTH * dpi / 25.4), round(PAGE_HEIGHT * dpi / 25.4)
    sheet = Image.new("L", (size[0] * LARGE, size[1] * LARGE), 255)
    draw = ImageDraw.Draw(sheet)
    for item in page:
        if isinstance(item, Text):
            typeface = font(item.style, item.points * dpi * LARGE / 72)
            draw.text((item.left * scale, item.baseline * scale), item.text, fill=INK, font=typeface, anchor="ls")
        elif isinstance(item, Rule):
            ends = (item.left * scale, item.top * scale, item.right * scale, item.top * scale)
            draw.line(ends, fill=INK, width=max(round(item.points * dpi * LARGE / 72), 1))
    return sheet.reduce(LARGE).convert("RGB")


def draw_pages(pages: Iterable[Page], dpi: int, seed: int) -> list[Image.Image]:
    """All pages; the same seed gives the same pictures."""
    return [draw_page(page, dpi, random.Random(f"{seed}/{number}")) for number, page in enumerate(pages)]


def _stamp(paper: Image.Image, ink: Image.Image, left: float, top: float) -> None:
    """Multiplies transparent ink into the paper, so that print below it stays visible."""
    white = Image.new("RGBA", ink.size, "white")
    white.alpha_composite(ink)
    corner = (round(left), round(top))
    box = (*corner, corner[0] + ink.width, corner[1] + ink.height)
    paper.paste(ImageChops.multiply(paper.crop(box), white.convert("RGB")), corner)
