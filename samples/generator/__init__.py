"""Draws the sample letters: `python -m samples.generator OUT`.

For other programs: `draw_letter` turns a letter into pictures, `draw_text` does so with any plain text.
"""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from samples.generator.ageing import age
from samples.generator.compose import compose
from samples.generator.letter import Letter, Scan, letter_from, load_letters
from samples.generator.raster import draw_pages

__all__ = ["Letter", "Scan", "draw_letter", "draw_text", "letter_from", "load_letters"]


def draw_letter(
    letter: Letter, *, scan: Scan | None = None, seed: int | None = None, clean: bool = False
) -> list[Image.Image]:
    """The letter's pages as a scanner would give them (RGB, L or 1), by its own `scan` or another.

    `clean` leaves out the scanner: print, pen and seals on white paper, RGB. The same seed gives the same pictures.
    """
    effects = letter.scan if scan is None else scan
    number = letter.seed if seed is None else seed
    pages = draw_pages(compose(letter), effects.dpi, number)
    return pages if clean else age(pages, effects, number)


def draw_text(text: str, *, scan: Scan | None = None, seed: int = 1, clean: bool = False) -> list[Image.Image]:
    """Any plain text as pages, one paragraph per line, without header or closing; empty lines are dropped."""
    lines = tuple(f"| {line.strip()}" for line in text.splitlines() if line.strip())
    letter = Letter(file="text", family="plain", document_class="other", regime="UNKNOWN", body=lines)
    return draw_letter(replace(letter, scan=scan or Scan()), seed=seed, clean=clean)
