"""Files that must be read, through real workers."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import numpy as np
import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from antq_cli.errors import ToolMissing
from antq_cli.model.page import Document, PageOrigin
from antq_cli.reading import reader
from antq_cli.reading.reader import Progress, read_files
from antq_cli.settings import Settings

from .conftest import LINES, drawn_page, encoded, repacked, scanned_pdf, typed_pdf, word_file

Store = Callable[[str, bytes], Path]


def _read(path: Path, settings: Settings) -> Document:
    (reading,) = read_files([path], settings)
    assert reading.document is not None, reading.error
    return reading.document


def _text(document: Document, page: int = 1) -> str:
    return " ".join(word.text for word in document.pages[page - 1].words)


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _stamp(writer: PdfWriter, text: str, subtype: str) -> None:
    """Lay words over the first page, as numbering and signing programs do."""
    look = DecodedStreamObject()
    look.set_data(f"BT /F 12 Tf 2 8 Td ({text}) Tj ET".encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): named})})
    box = ArrayObject(FloatObject(value) for value in (0, 0, 240, 30))
    look.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    look.update({NameObject("/BBox"): box, NameObject("/Resources"): fonts})
    mark = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(subtype)})
    mark[NameObject("/Rect")] = ArrayObject(FloatObject(value) for value in (300, 600, 540, 630))
    mark[NameObject("/F")] = NumberObject(4)
    mark[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    if subtype == "/Widget":
        mark[NameObject("/FT")] = NameObject("/Sig")
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])


def test_typed_pdf_needs_no_ocr(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A born-digital page is read from its text layer even on a machine without Tesseract."""
    monkeypatch.setattr(reader, "require_tesseract", _missing)
    document = _read(store("a.pdf", typed_pdf(pages=2)), settings)
    assert [page.origin for page in document.pages] == [PageOrigin.TEXT_LAYER] * 2
    assert _text(document) == " ".join(LINES)
    assert (document.media, document.flags) == ("pdf", ())


def test_words_of_a_text_layer_stand_where_they_are_printed(store: Store, settings: Settings) -> None:
    """Boxes are millimetres from the top left corner; each printed line has its number."""
    page = _read(store("a.pdf", typed_pdf()), settings).pages[0]
    assert (page.width, page.height) == (pytest.approx(210, abs=0.2), pytest.approx(297, abs=0.2))
    first = page.words[0]
    assert first.box.left == pytest.approx(30, abs=1)
    assert first.box.bottom == pytest.approx(30, abs=1.5)
    assert len({word.line for word in page.words}) == len(LINES)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_by_its_rotate_entry_is_read_upright(store: Store, settings: Settings, turn: int) -> None:
    """Boxes follow /Rotate: the page is as its reader sees it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typed_pdf())))
    writer.pages[0].rotate(turn)
    page = _read(store("a.pdf", _written(writer)), settings).pages[0]
    expected = (210, 297) if turn == 180 else (297, 210)
    assert (page.width, page.height) == (pytest.approx(expected[0], abs=0.2), pytest.approx(expected[1], abs=0.2))
    assert all(0 <= word.box.left <= page.width and 0 <= word.box.top <= page.height for word in page.words)
    if turn == 180:
        assert page.words[0].box.bottom > 250


def test_words_outside_the_crop_box_are_not_read(store: Store, settings: Settings) -> None:
    """What a reader of the page cannot see is not text of the letter, and the page says so."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typed_pdf())))
    page = writer.pages[0]
    page.cropbox.lower_left = (0, 297 / 25.4 * 72 - 52 / 25.4 * 72)  # the topmost 52 mm
    found = _read(store("a.pdf", _written(writer)), settings).pages[0]
    assert " ".join(word.text for word in found.words) == " ".join(LINES[:3])
    assert "hidden_text" in found.notes


def test_invisible_text_is_not_read(store: Store, settings: Settings) -> None:
    """Text in render mode 3 is nobody's letter."""
    pdf = FPDF(format="A4")
    pdf.set_font("Helvetica", size=13)
    pdf.add_page()
    for number in range(6):
        pdf.text(30, 30 + 10 * number, "Words that everybody sees here")
    pdf.text_mode = "INVISIBLE"
    pdf.text(30, 120, "forged words")
    page = _read(store("a.pdf", bytes(pdf.output())), settings).pages[0]
    assert "forged" not in {word.text for word in page.words}
    assert "hidden_text" in page.notes


def test_an_empty_page_is_blank_and_kept(store: Store, settings: Settings) -> None:
    """A page without ink keeps its place and needs no OCR."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typed_pdf())))
    writer.add_blank_page()
    document = _read(store("a.pdf", _written(writer)), settings)
    assert [page.origin for page in document.pages] == [PageOrigin.TEXT_LAYER, PageOrigin.BLANK]


def test_restricted_and_active_files_are_flagged(store: Store, settings: Settings) -> None:
    """An owner password does not keep a letter from being read; scripts are named and never run."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typed_pdf())))
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    value = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
    form = DictionaryObject({NameObject("/FT"): NameObject("/Sig"), NameObject("/V"): value})
    form[NameObject("/T")] = TextStringObject("s")
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([form])})
    writer.encrypt("", "owner", algorithm="RC4-128")
    document = _read(store("a.pdf", _written(writer)), settings)
    assert set(document.flags) == {"restricted", "active_content", "signature_present"}
    assert _text(document) == " ".join(LINES)


def test_a_number_stamped_on_as_an_annotation_is_read(store: Store, settings: Settings) -> None:
    """Numbering programs add number and date as annotations: what a reader sees on the page is read."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typed_pdf())))
    _stamp(writer, "4711", "/Stamp")
    document = _read(store("a.pdf", _written(writer)), settings)
    assert "4711" in _text(document).split()


@pytest.mark.parametrize(("text", "read"), [("125/QD", True), ("Signed by A of B on the day C", False)])
def test_signature_boxes(store: Store, settings: Settings, text: str, read: bool) -> None:
    """Who signed when is no line of the letter; a number set by a signing program is."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typed_pdf())))
    _stamp(writer, text, "/Widget")
    page = _read(store("a.pdf", _written(writer)), settings).pages[0]
    words = {word.text for word in page.words}
    assert words.issuperset(text.split()) is read
    assert ("signature_box" in page.notes) is not read


def test_a_picture_under_another_extension_is_flagged(store: Store, settings: Settings) -> None:
    """The content decides; the name is a hint whose failing is noted."""
    document = _read(store("a.pdf", encoded(Image.new("L", (827, 1169), 255), "PNG", dpi=(100, 100))), settings)
    assert (document.media, document.flags) == ("png", ("type_mismatch",))
    assert document.pages[0].origin is PageOrigin.BLANK


@pytest.mark.ocr
def test_scanned_pages_of_several_files_come_in_order(store: Store, settings: Settings) -> None:
    """Pages read side by side by two workers are put together again, files in the order given."""
    scan = store("b.pdf", scanned_pdf([drawn_page(), drawn_page(("Second page of the letter",))]))
    tiff = store("c.tif", encoded(drawn_page(mode="1"), "TIFF", compression="group4", dpi=(200, 200)))
    text = store("d.txt", b"Plain words")
    seen: list[Progress] = []
    readings = list(read_files([scan, tiff, text], replace(settings, jobs=2), seen.append))
    assert [reading.path for reading in readings] == [scan, tiff, text]
    documents = [reading.document for reading in readings]
    assert all(document is not None for document in documents)
    first, second, third = (document for document in documents if document is not None)
    assert "HARBOUR MASTER" in _text(first)
    assert "Second page" in _text(first, 2)
    assert "HARBOUR MASTER" in _text(second)
    assert [first.ocr_pages, second.ocr_pages, third.ocr_pages] == [2, 1, 0]
    assert (seen[-1].files_done, seen[-1].files_total, seen[-1].pages_done) == (3, 3, 4)
    box = next(word.box for word in second.pages[0].words if word.text == "HARBOUR")
    assert box.top == pytest.approx(27, abs=3)


@pytest.mark.ocr
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_scanned_on_its_side_is_turned(store: Store, settings: Settings, turn: int) -> None:
    """The orientation is found when the first reading fails, and the boxes are those of the upright page."""
    lines = LINES + LINES + LINES
    side = drawn_page(lines).rotate(turn, expand=True)
    document = _read(store("a.png", encoded(side, "PNG", dpi=(200, 200))), settings)
    page = document.pages[0]
    assert "HARBOUR MASTER" in _text(document)
    assert (page.width, page.height) == (pytest.approx(210, abs=1), pytest.approx(297, abs=1))
    assert any(note.startswith("rotated:") for note in page.notes)
    assert page.words[0].box.top < 50


@pytest.mark.ocr
def test_a_skewed_page_is_straightened(store: Store, settings: Settings) -> None:
    """A page laid in askew is read as a straight one."""
    image = drawn_page(LINES * 3).rotate(-2, fillcolor=255, resample=Image.Resampling.BICUBIC)
    document = _read(store("a.png", encoded(image, "PNG", dpi=(200, 200))), settings)
    assert "HARBOUR MASTER" in _text(document)
    angle = next(float(n.split(":")[1]) for n in document.pages[0].notes if n.startswith("deskewed:"))
    assert angle == pytest.approx(2, abs=0.3)


@pytest.mark.ocr
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "CMYK", "1", "I;16"])
def test_modes_of_pictures(store: Store, settings: Settings, mode: str) -> None:
    """Colour spaces of scanners and phones are all read."""
    gray = drawn_page(LINES[:2])
    image = (
        Image.fromarray(np.asarray(gray, dtype=np.uint16) * 257)
        if mode == "I;16"
        else gray.convert("RGB").convert(mode)
    )
    kind = "TIFF" if mode in ("CMYK", "1") else "PNG"
    assert "HARBOUR MASTER" in _text(_read(store(f"a.{kind.lower()}", encoded(image, kind)), settings))


@pytest.mark.ocr
def test_exif_orientation_is_obeyed(store: Store, settings: Settings) -> None:
    """A photograph whose camera lay on its side is turned by its own note, without guessing."""
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(drawn_page().rotate(90, expand=True), "JPEG", exif=exif, quality=90)
    page = _read(store("a.jpg", data), settings).pages[0]
    assert "HARBOUR" in {word.text for word in page.words}
    assert page.width == pytest.approx(210, abs=1)
    assert not any(note.startswith("rotated:") for note in page.notes)


@pytest.mark.ocr
def test_a_scan_with_a_foreign_text_layer_is_read_anew(store: Store, settings: Settings) -> None:
    """Text laid over a full-page picture is somebody's OCR or forged: the picture is read."""
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.image(drawn_page(), 0, 0, 210, 297)
    pdf.set_font("Helvetica", size=13)
    pdf.text_mode = "INVISIBLE"
    for number in range(8):
        pdf.text(30, 30 + 10 * number, "Wrong words of another machine")
    document = _read(store("a.pdf", bytes(pdf.output())), settings)
    assert "HARBOUR MASTER" in _text(document)
    assert "Wrong" not in _text(document)
    assert "text_layer_ignored" in document.pages[0].notes


@pytest.mark.ocr
def test_red_ink_is_found_and_read_through(store: Store, settings: Settings) -> None:
    """A red seal over the words is reported and does not hide them."""
    image = drawn_page(mode="RGB")
    seal = Image.new("RGB", (290, 290), (255, 255, 255))
    ImageDraw.Draw(seal).ellipse((5, 5, 285, 285), outline=(220, 30, 40), width=14)
    image.paste(seal, (600, 1500))
    document = _read(store("a.png", encoded(image, "PNG", dpi=(200, 200))), settings)
    (box,) = document.pages[0].red
    assert (box.left, box.top) == (pytest.approx(76, abs=3), pytest.approx(191, abs=3))
    assert box.width == pytest.approx(36, abs=4)
    assert document.pages[0].colour


def test_a_page_without_tesseract_is_an_error_of_the_machine(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a page that needs OCR asks for Tesseract."""
    monkeypatch.setattr(reader, "require_tesseract", _missing)
    (reading,) = read_files([store("a.png", encoded(drawn_page(), "PNG"))], settings)
    assert isinstance(reading.error, ToolMissing)


def _missing(language: str = "vie") -> object:
    raise ToolMissing("tesseract")


@pytest.mark.ocr
def test_the_second_reading_comes_from_the_cache(
    store: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading the same bytes again under another name needs no OCR."""
    kept = replace(settings, cache=tmp_path / "cache")
    data = encoded(drawn_page(), "PNG", dpi=(200, 200))
    first = _read(store("a.png", data), kept)
    calls: list[str] = []
    original = reader.Worker.call

    def counted(self: reader.Worker, request: reader.Request, seconds: float) -> reader.Reply:
        calls.append(request.task)
        return original(self, request, seconds)

    monkeypatch.setattr(reader.Worker, "call", counted)
    second = _read(store("b.png", data), kept)
    assert second.pages == first.pages
    assert calls == ["inspect", "look"]


def test_active_word_files_are_flagged(store: Store, settings: Settings) -> None:
    """Macros are named, never run."""

    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("A letter")

    data = repacked(word_file(fill), "word/vbaProject.bin", b"macro")
    assert _read(store("a.docx", data), settings).flags == ("active_content",)
