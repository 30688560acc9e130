"""What copying, lying about and scanning do to a clean page."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from samples.generator.letter import Scan


def age(pages: list[Image.Image], scan: Scan, seed: int) -> list[Image.Image]:
    """Scanned pages: mode RGB, L or 1 by `scan.colours`; the pages must be drawn at `scan.dpi`."""
    aged = []
    for number, page in enumerate(pages):
        rng = np.random.default_rng([seed, number])
        back = pages[(number + 1) % len(pages)]
        turn = scan.turn[number] if number < len(scan.turn) else 0
        aged.append(_age_page(page, back, scan, turn, rng))
    return aged


def _age_page(page: Image.Image, back: Image.Image, scan: Scan, turn: int, rng: np.random.Generator) -> Image.Image:
    sheet = page.convert("RGB" if scan.colours == "colour" else "L")
    if scan.show_through:
        sheet = _show_through(sheet, back.convert(sheet.mode), scan.show_through)
    if scan.specks:
        _speckle(sheet, scan, rng)
    if scan.skew:
        white = (255, 255, 255) if sheet.mode == "RGB" else 255
        angle = scan.skew + float(rng.normal(0, 0.1))
        sheet = sheet.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=white)
    if scan.blur:
        sheet = sheet.filter(ImageFilter.GaussianBlur(scan.blur * scan.dpi / 200))
    sheet = _expose(sheet, scan, rng)
    if turn:
        sheet = sheet.rotate(turn, expand=True)
    return sheet


def _show_through(sheet: Image.Image, back: Image.Image, strength: float) -> Image.Image:
    ghost = ImageOps.mirror(back).filter(ImageFilter.GaussianBlur(1.6))
    faint = Image.eval(ghost, lambda level: round(255 - (255 - level) * strength))
    return Image.fromarray(np.minimum(np.asarray(sheet), np.asarray(faint)))


def _speckle(sheet: Image.Image, scan: Scan, rng: np.random.Generator) -> None:
    draw = ImageDraw.Draw(sheet)
    unit = scan.dpi / 200
    for _ in range(scan.specks):
        x, y = rng.random() * sheet.width, rng.random() * sheet.height
        radius = unit * float(rng.choice([0.6, 0.8, 1.2, 1.8], p=[0.45, 0.3, 0.18, 0.07]))
        level = int(rng.integers(30, 150))
        fill = (level, level, level) if sheet.mode == "RGB" else level
        draw.ellipse((x - radius, y - radius, x + radius * rng.uniform(0.6, 1.8), y + radius), fill=fill)


def _expose(sheet: Image.Image, scan: Scan, rng: np.random.Generator) -> Image.Image:
    """Paper and ink take their grey levels; light falls off to one side; the sensor adds noise."""
    levels = np.asarray(sheet, dtype=np.float32) / 255
    levels = scan.ink + levels * (scan.paper - scan.ink)
    fall = np.linspace(0.0, scan.shade, sheet.width, dtype=np.float32)[None, :]
    noise = rng.normal(0, scan.noise, (sheet.height, sheet.width)).astype(np.float32)
    change = noise - fall
    levels = levels + (change[..., None] if levels.ndim == 3 else change)
    exposed = Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))
    if scan.colours == "bilevel":
        return exposed.point(lambda level: 255 if level > 150 else 0).convert("1", dither=Image.Dither.NONE)
    return exposed
