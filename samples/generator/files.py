"""Writes a letter as the kind of file its name says."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from samples.generator import draw_letter
from samples.generator.compose import compose
from samples.generator.letter import Letter
from samples.generator.office import write_docx
from samples.generator.pdf import write_fax_pdf, write_pdf
from samples.generator.plain import plain_text


def write_letter(letter: Letter, folder: Path) -> Path:
    """Writes the sample into the folder and returns its path. Raises ValueError on an unknown ending."""
    path = folder / letter.file
    match path.suffix:
        case ".txt":
            path.write_text(plain_text(letter), encoding="utf-8", newline="\n")
        case ".docx":
            write_docx(path, letter)
        case ".pdf":
            _write_pdf(path, letter)
        case ".tif":
            first, *others = draw_letter(letter)
            packing = "group4" if first.mode == "1" else "jpeg"
            first.save(path, save_all=True, append_images=others, compression=packing, dpi=(letter.scan.dpi,) * 2)
        case ".jpg":
            _single(letter).save(path, quality=letter.scan.quality, optimize=True, dpi=(letter.scan.dpi,) * 2)
        case ".png":
            _single(letter).quantize(16).save(path, optimize=True, dpi=(letter.scan.dpi,) * 2)
        case other:
            raise ValueError(f"unknown ending: {other}")
    return path


def _single(letter: Letter) -> Image.Image:
    pages = draw_letter(letter)
    if len(pages) != 1:
        raise ValueError(f"{letter.file}: {len(pages)} pages do not fit a picture of one")
    return pages[0]


def _write_pdf(path: Path, letter: Letter) -> None:
    pages = compose(letter)
    every = tuple(range(1, len(pages) + 1))
    scanned = letter.scanned_pages or () if letter.born_digital else every
    drawn = draw_letter(letter) if scanned else []
    if drawn and drawn[0].mode == "1":
        write_fax_pdf(path, drawn, letter.scan.dpi)
        return
    pictures = [drawn[n - 1] if n in scanned else None for n in range(1, len(pages) + 1)]
    write_pdf(path, pages, pictures, letter.scan.dpi, letter.scan.quality, letter.seed)
