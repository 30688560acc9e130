"""Inputs made by program for the tests of reading."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from antq_cli.settings import Limits, Settings

LINES = (
    "THE OFFICE OF THE HARBOUR MASTER",
    "Number 125 of the ninth of March",
    "To all keepers of lights and bells",
    "Please send the list of lamps before Friday",
    "and report every broken window to this office.",
)


def drawn_page(lines: Sequence[str] = LINES, dpi: int = 200, mode: str = "L") -> Image.Image:
    """An A4 page with typed lines."""
    image = Image.new("L", (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=dpi / 72 * 14)
    for number, line in enumerate(lines):
        draw.text((dpi, dpi + number * dpi * 0.45), line, fill=0, font=font)
    return image.convert(mode)


def scanned_pdf(images: Sequence[Image.Image], dpi: int = 200) -> bytes:
    """A PDF whose pages are pictures."""
    out = io.BytesIO()
    images[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=list(images[1:]))
    return out.getvalue()


def typed_pdf(lines: Sequence[str] = LINES, pages: int = 1) -> bytes:
    """A born-digital PDF."""
    pdf = FPDF(format="A4")
    pdf.set_font("Helvetica", size=13)
    for _ in range(pages):
        pdf.add_page()
        for number, line in enumerate(lines):
            pdf.text(30, 30 + 10 * number, line)
    return bytes(pdf.output())


def word_file(fill: Callable[[docx.document.Document], None]) -> bytes:
    """A .docx filled by the function."""
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """A zip with one member replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """An image file's bytes."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def settings() -> Settings:
    return Settings(jobs=1, limits=Limits(inspect_seconds=15, page_seconds=60))


@pytest.fixture
def store(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file below the test's folder."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write
