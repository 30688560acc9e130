"""Pictures of parts of pages: what a box of a read page names is what its picture shows."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from antq_cli.errors import InputError
from antq_cli.model.page import Box, Page, PageOrigin
from antq_cli.reading.crop import crop
from antq_cli.reading.cutout import cut
from antq_cli.reading.pixels import Picture
from antq_cli.reading.prepare import prepare
from antq_cli.reading.reader import read_files
from antq_cli.settings import Limits, Settings

from .conftest import drawn_page, scanned_pdf

A4 = (210.0, 297.0)


def _dark(png: bytes) -> float:
    levels = Image.open(io.BytesIO(png)).convert("L").tobytes()
    return sum(level < 128 for level in levels) / len(levels)


def test_a_box_of_a_straight_page_is_cut_with_its_surroundings() -> None:
    """The mark is in the picture, in its colour, with three millimetres around it."""
    sheet = Image.new("RGB", (827, 1169), "white")
    sheet.paste((200, 20, 30), (400, 500, 440, 520))
    picture = Picture(sheet, (100.0, 100.0), *A4)
    page = Page(1, *A4, (), PageOrigin.TEXT_LAYER)
    shown = Image.open(io.BytesIO(cut(picture, page, Box(101.6, 127.0, 111.76, 132.08))))
    assert shown.width == pytest.approx(40 + 2 * 11.8, abs=2)
    assert shown.getpixel((shown.width // 2, shown.height // 2)) == (200, 20, 30)
    assert shown.getpixel((2, 2)) == (255, 255, 255)


@pytest.mark.parametrize("angle", [1.5, -2.0])
def test_a_box_of_a_straightened_page_is_cut_where_it_was_read(angle: float) -> None:
    """The same turn is made again before cutting."""
    sheet = drawn_page().rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    prepared = prepare(Picture(sheet.copy(), (200.0, 200.0), *A4))
    assert any(note.startswith("deskewed") for note in prepared.notes)
    rows = (prepared.gray < 128).sum(axis=1)
    first = next(row for row, count in enumerate(rows) if count > 20)
    page = Page(1, prepared.width, prepared.height, (), PageOrigin.OCR, notes=prepared.notes)
    box = Box(25.0, first * prepared.scale, 130.0, (first + 30) * prepared.scale)
    straight = cut(Picture(sheet.copy(), (200.0, 200.0), *A4), page, box)
    assert _dark(straight) > 0.02
    shown = Image.open(io.BytesIO(straight)).convert("L").point(lambda level: 255 if level < 128 else 0)
    left, top, right, bottom = shown.getbbox() or (0, 0, 0, 0)
    # A level line of letters is no higher than a letter; a slanting one would be.
    assert (bottom - top) * prepared.scale < 12.0
    assert right - left > 0.5 * shown.width


def test_a_box_beyond_the_page_still_gives_a_picture() -> None:
    """Nothing of what a page says makes cutting fail."""
    page = Page(1, *A4, (), PageOrigin.TEXT_LAYER)
    for box in (Box(-50, -50, -10, -10), Box(500, 500, 600, 600), Box(0, 0, 900, 900)):
        assert cut(Picture(drawn_page(), (200.0, 200.0), *A4), page, box).startswith(b"\x89PNG")


@pytest.mark.ocr
@pytest.mark.parametrize(("turn", "skew"), [(0, 0.0), (0, 1.5), (90, 1.0), (270, 0.0), (180, -1.0)])
def test_the_picture_of_a_word_shows_the_word(tmp_path: Path, turn: int, skew: float) -> None:
    """Whatever was done to the page before it was read is done again before it is cut."""
    import pytesseract

    sheet = drawn_page().rotate(skew, Image.Resampling.BICUBIC, fillcolor=255).rotate(turn, expand=True)
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned_pdf([sheet]))
    settings = replace(Settings(), jobs=1)
    (reading,) = read_files([path], settings)
    assert reading.document is not None
    page = reading.document.pages[0]
    word = next(word for word in page.words if word.text == "keepers")
    png = crop(path, "pdf", page, word.box, settings)
    text = pytesseract.image_to_string(Image.open(io.BytesIO(png)), lang="vie", config="--psm 7 --dpi 200")
    assert "keepers" in text


def test_text_files_have_no_pictures(tmp_path: Path) -> None:
    """There is no paper to cut from."""
    page = Page(1, *A4, (), PageOrigin.PLAIN)
    with pytest.raises(InputError, match="not_paper"):
        crop(tmp_path / "a.txt", "text", page, Box(0, 0, 1, 1), replace(Settings(), limits=Limits()))
