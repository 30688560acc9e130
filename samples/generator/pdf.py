"""PDF files of three makes: text drawn as text, pictures of pages, or some pages of each."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from PIL import Image

from samples.generator.fonts import STYLES, font_path
from samples.generator.items import ArrivalStamp, Page, Penned, Rule, Scribble, Seal, Text
from samples.generator.pen import signature, written
from samples.generator.stamps import arrival_stamp, seal

MADE = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
"""The time written into every file, so that the same letters give the same bytes."""

INK_PER_MM = 8.0
"""Pixels per mm of pen and seals on a digital page."""


def write_pdf(
    path: Path, pages: Sequence[Page], pictures: Sequence[Image.Image | None], dpi: int, quality: int, seed: int
) -> None:
    """One PDF page per page: its picture where there is one, else its items as text and lines."""
    pdf = FPDF(unit="mm", format="A4")
    pdf.set_creation_date(MADE)
    pdf.set_margin(0)
    pdf.set_auto_page_break(False)
    if any(picture is None for picture in pictures):
        for style in STYLES:
            pdf.add_font(f"Serif{style}", fname=font_path(style))
    for number, (page, picture) in enumerate(zip(pages, pictures, strict=True)):
        if picture is None:
            pdf.add_page()
            _draw_items(pdf, page, random.Random(f"{seed}/{number}"))
        else:
            width, height = (side * 25.4 / dpi for side in picture.size)
            pdf.add_page(format=(min(width, height), max(width, height)), orientation="L" if width > height else "P")
            pdf.image(_compressed(picture, quality), 0, 0, width, height)
    path.write_bytes(bytes(pdf.output()))


def write_fax_pdf(path: Path, pictures: Sequence[Image.Image], dpi: int) -> None:
    """Black and white pages, compressed as a fax (CCITT group 4)."""
    moment = MADE.timetuple()
    first, *others = pictures
    first.save(
        path, "PDF", save_all=True, append_images=others, resolution=float(dpi), creationDate=moment, modDate=moment
    )


def _compressed(picture: Image.Image, quality: int) -> io.BytesIO:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=quality, optimize=True)
    stream.seek(0)
    return stream


def _draw_items(pdf: FPDF, page: Page, rng: random.Random) -> None:
    for item in page:
        match item:
            case Text():
                pdf.set_font(f"Serif{item.style}", size=item.points)
                pdf.text(item.left, item.baseline, item.text + (" " if item.spaced else ""))
            case Rule():
                pdf.set_line_width(item.points * 25.4 / 72)
                pdf.line(item.left, item.top, item.right, item.top)
            case Penned():
                ink = written(item.text, item.height * INK_PER_MM, 0.5 * INK_PER_MM, rng)
                margin = item.height / 2
                pdf.image(ink, item.left - margin, item.baseline - item.height - margin, h=ink.height / INK_PER_MM)
            case Scribble():
                _put(pdf, signature(item.width * INK_PER_MM, 0.55 * INK_PER_MM, rng), item.centre, item.middle)
            case Seal():
                _put(pdf, seal(item.words, INK_PER_MM, rng), item.centre, item.middle)
            case ArrivalStamp():
                ink = arrival_stamp(item.office, item.number, item.date, INK_PER_MM, rng)
                pdf.image(ink, item.left, item.top, w=ink.width / INK_PER_MM)


def _put(pdf: FPDF, ink: Image.Image, centre: float, middle: float) -> None:
    width, height = (side / INK_PER_MM for side in ink.size)
    pdf.image(ink, centre - width / 2, middle - height / 2, w=width)
