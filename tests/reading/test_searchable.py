"""Searchable copies: the words are there, where they were seen, and the picture is untouched."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from antq_cli.errors import InputError, ToolMissing
from antq_cli.model.page import Box, Document, Page, PageOrigin, Word
from antq_cli.reading import copying
from antq_cli.reading.copying import copy_searchable
from antq_cli.reading.pdf import opened
from antq_cli.reading.placement import POINTS_PER_MM
from antq_cli.reading.searchable import prove, write_copy
from antq_cli.settings import Limits, Settings
from tests.reading.conftest import drawn_page, scanned_pdf, typed_pdf

LIMITS = Limits()
PHRASE = ("ỦY", "BAN", "NHÂN", "DÂN", "HUYỆN", "SUỐI", "-", "MÂY,", "Số:", "12/KH-", "UBND")


def read_page(
    words: tuple[str, ...] = PHRASE, notes: tuple[str, ...] = (), size: tuple[float, float] = (210, 297)
) -> Page:
    """A page with its words in one row, as OCR gives them."""
    placed = tuple(
        Word(text, Box(20 + 15 * index, 40, 32 + 15 * index, 45), 0.9, 0) for index, text in enumerate(words)
    )
    return Page(1, *size, placed, PageOrigin.OCR, notes)


def places(path: Path) -> dict[str, tuple[float, float]]:
    """Left and top edge in mm, as a reader of the copy sees them, of the first letter of each word."""
    found: dict[str, tuple[float, float]] = {}
    with opened(path) as document:
        page = document[0]
        width, height = page.get_size()
        text = page.get_textpage()
        whole = text.get_text_range()
        for word in whole.split():
            index = whole.index(word)
            left, bottom, right, top = text.get_charbox(index)
            x, y = {0: (left, height - top), 90: (bottom, left), 180: (width - right, bottom)}.get(
                page.get_rotation(), (width - top, height - right)
            )
            found[word] = (x / POINTS_PER_MM, y / POINTS_PER_MM)
        text.close()
        page.close()
    return found


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned_pdf([drawn_page()]))
    return path


def test_every_word_comes_back_with_its_marks(scan: Path, tmp_path: Path) -> None:
    """pdfium and pypdf both read the phrase out of the copy."""
    target = tmp_path / "copy.pdf"
    copied = write_copy(scan, "pdf", [read_page()], target, LIMITS)
    assert (copied.words, copied.lost) == (len(PHRASE), 0)
    assert "ỦY BAN NHÂN DÂN HUYỆN SUỐI" in PdfReader(target).pages[0].extract_text()


def test_words_stand_where_they_were_seen(scan: Path, tmp_path: Path) -> None:
    """A selection in a viewer covers the printed word."""
    target = tmp_path / "copy.pdf"
    write_copy(scan, "pdf", [read_page()], target, LIMITS)
    assert places(target)["NHÂN"] == pytest.approx((50, 40), abs=0.6)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_with_rotate_keeps_its_words_in_place(rotate: int, scan: Path, tmp_path: Path) -> None:
    """/Rotate of the file and words measured on the page as it is seen fit together."""
    writer = PdfWriter(clone_from=PdfReader(scan))
    writer.pages[0][NameObject("/Rotate")] = NumberObject(rotate)
    turned, target = tmp_path / "turned.pdf", tmp_path / "copy.pdf"
    writer.write(turned)
    size = (297.0, 210.0) if rotate % 180 else (210.0, 297.0)
    assert write_copy(turned, "pdf", [read_page(size=size)], target, LIMITS).lost == 0
    assert places(target)["NHÂN"] == pytest.approx((50, 40), abs=0.6)


def test_a_page_that_lay_on_its_side_is_upright_in_the_copy(scan: Path, tmp_path: Path) -> None:
    """What reading turned, a reader of the copy sees turned, with the words in place."""
    target = tmp_path / "copy.pdf"
    write_copy(scan, "pdf", [read_page(notes=("rotated:90",), size=(297.0, 210.0))], target, LIMITS)
    assert PdfReader(target).pages[0].rotation == 270
    assert places(target)["NHÂN"] == pytest.approx((50, 40), abs=0.6)


def test_the_picture_is_untouched(scan: Path, tmp_path: Path) -> None:
    """The copy is drawn exactly as the original."""
    target = tmp_path / "copy.pdf"
    write_copy(scan, "pdf", [read_page()], target, LIMITS)
    pictures = []
    for path in (scan, target):
        with opened(path) as document:
            pictures.append(np.asarray(document[0].render(scale=1).to_pil()))
    assert np.array_equal(*pictures)


def test_words_that_another_program_hid_are_replaced(scan: Path, tmp_path: Path) -> None:
    """A search finds our words, not a former OCR's beside them."""
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    write_copy(scan, "pdf", [read_page(("SAI", "LỆCH"))], first, LIMITS)
    write_copy(first, "pdf", [read_page()], second, LIMITS)
    text = PdfReader(second).pages[0].extract_text()
    assert "LỆCH" not in text
    assert "SUỐI" in text


def test_text_that_is_seen_stays(tmp_path: Path) -> None:
    """Pages with a text layer of their own are copied as they are."""
    path, target = tmp_path / "typed.pdf", tmp_path / "copy.pdf"
    path.write_bytes(typed_pdf())
    copied = write_copy(path, "pdf", [replace(read_page(), origin=PageOrigin.TEXT_LAYER)], target, LIMITS)
    assert copied.words == 0
    assert "HARBOUR MASTER" in PdfReader(target).pages[0].extract_text()


@pytest.mark.parametrize(
    ("mode", "kind", "media"), [("L", "JPEG", "jpeg"), ("RGB", "PNG", "png"), ("1", "TIFF", "tiff")]
)
def test_pictures_become_pages_of_their_size(mode: str, kind: str, media: str, tmp_path: Path) -> None:
    """A photograph or a scan file becomes a PDF page as large as the paper."""
    path, target = tmp_path / f"scan.{media}", tmp_path / "copy.pdf"
    drawn_page(mode=mode).save(path, format=kind, dpi=(200, 200))
    assert write_copy(path, media, [read_page()], target, LIMITS).lost == 0
    page = PdfReader(target).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((595, 842), abs=2)
    assert places(target)["NHÂN"] == pytest.approx((50, 40), abs=0.6)


def test_a_jpeg_goes_over_as_it_is(tmp_path: Path) -> None:
    """The bytes of the scan are in the copy, not compressed a second time."""
    packed = io.BytesIO()
    drawn_page(mode="RGB").save(packed, format="JPEG", dpi=(200, 200))
    path, target = tmp_path / "scan.jpg", tmp_path / "copy.pdf"
    path.write_bytes(packed.getvalue())
    write_copy(path, "jpeg", [read_page()], target, LIMITS)
    assert packed.getvalue() in target.read_bytes()


def test_a_jpeg_that_lies_on_its_side_is_upright(tmp_path: Path) -> None:
    """The orientation in the picture's Exif data is obeyed."""
    image = drawn_page().rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    path, target = tmp_path / "scan.jpg", tmp_path / "copy.pdf"
    image.save(path, dpi=(200, 200), exif=exif)
    write_copy(path, "jpeg", [read_page()], target, LIMITS)
    page = PdfReader(target).pages[0]
    assert float(page.mediabox.height) > float(page.mediabox.width)


def test_a_copy_that_lost_words_is_told(scan: Path) -> None:
    """Proving a file that lacks the words counts each of them."""
    assert prove(scan, [read_page()]).lost > 5


def as_document(page: Page) -> Document:
    return Document("0" * 64, "scan.pdf", "pdf", (page,))


def test_the_target_appears_whole_or_not_at_all(scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that cannot be proved leaves nothing behind."""
    target = tmp_path / "copies" / "copy.pdf"
    target.parent.mkdir()
    settings = Settings()
    assert copy_searchable(scan, as_document(read_page()), target, settings, archival=False).lost == 0
    target.unlink()
    ask = copying._ask
    monkeypatch.setattr(copying, "_ask", lambda *values: replace(ask(*values), lost=1))
    with pytest.raises(InputError, match="unproved"):
        copy_searchable(scan, as_document(read_page()), target, settings, archival=False)
    assert not list(target.parent.iterdir())


def test_an_archival_copy_needs_its_program(scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without OCRmyPDF there is no PDF/A, and nothing is written."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match="ocrmypdf"):
        copy_searchable(scan, as_document(read_page()), tmp_path / "a.pdf", Settings(), archival=True)
    assert not (tmp_path / "a.pdf").exists()


def test_a_copy_does_nothing_by_itself(scan: Path, tmp_path: Path) -> None:
    """Scripts that run on opening, turning over or clicking are gone; the words are there."""
    acting, target = tmp_path / "acting.pdf", tmp_path / "copy.pdf"
    writer = PdfWriter(clone_from=PdfReader(scan))
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
    names = DictionaryObject({NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): script})})
    writer.root_object[NameObject("/Names")] = names
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("a.txt", b"x")
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): NameObject("/None")})
    writer.write(acting)
    assert write_copy(acting, "pdf", [read_page()], target, LIMITS).lost == 0
    read = PdfReader(target)
    assert "/OpenAction" not in read.trailer["/Root"]
    assert "/JavaScript" not in read.trailer["/Root"].get("/Names", {})
    assert "/AA" not in read.pages[0]
    assert not read.attachments
