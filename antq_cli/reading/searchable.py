"""A searchable copy of a scan: the pages as they are, our words over them, unseen.

The copy is written by pypdf, with text of rendering mode 3 (ISO 32000-1, 9.3.6) in a font without outlines, and read
again by pdfium, which shares no code with it: a copy is only kept when every word comes back as it was put in.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from antq_cli.errors import InputError
from antq_cli.model.page import Page, PageOrigin, Word
from antq_cli.reading import pixels
from antq_cli.reading.blankfont import FONT, GLYPH, blank_font
from antq_cli.reading.pdf import opened
from antq_cli.reading.placement import POINTS_PER_MM, Affine, quarter_turns, to_page, to_unread
from antq_cli.reading.prepare import flatten
from antq_cli.reading.protocol import Copied
from antq_cli.reading.stripping import drop_unseen_text, make_idle
from antq_cli.settings import Limits
from antq_cli.vietnamese.text import clean

_DESCENT = 0.2
"""Share of a word's box below the line it stands on."""
_JPEG_QUALITY = 90
HYPHENS = (0x02, 0xFFFE, 0xFFFF)
"""What pdfium gives for a hyphen that it takes for a division of a word."""


def write_copy(path: Path, media: str, pages: Sequence[Page], target: Path, limits: Limits) -> Copied:
    """Write the searchable copy to `target` and prove it. Raises InputError: `not_paper`, `encrypted`, `damaged`."""
    if media == "pdf":
        try:
            writer = PdfWriter(clone_from=PdfReader(path))
        except NotImplementedError:  # a cipher that pypdf does not have
            raise InputError("encrypted") from None
    elif media in ("tiff", "jpeg", "png"):
        writer = PdfWriter()
        for page in pages:
            _append_picture(writer, path, media, page, limits)
    else:
        raise InputError("not_paper")
    make_idle(writer)
    font = blank_font(writer)
    for page in pages:
        if page.origin is PageOrigin.OCR and page.words:
            _put_words(writer, writer.pages[page.number - 1], page, font)
    writer.add_metadata({"/Producer": "antq"})
    with target.open("wb") as stream:
        writer.write(stream)
    return prove(target, pages)


def prove(target: Path, pages: Sequence[Page]) -> Copied:
    """Read a copy with pdfium and compare: every word of every page must be there, letter by letter."""
    lost = put = read = 0
    with opened(target) as document:
        count = len(document)
        for page in pages:
            if page.origin is not PageOrigin.OCR or not page.words:
                continue
            read += 1
            put += len(page.words)
            wanted = _words(" ".join(_storable(word.text) for word in page.words))
            seen: Counter[str] = Counter()
            if page.number <= count:
                sheet = document[page.number - 1]
                seen = _words(_text(sheet))
                sheet.close()
            lost += (wanted - seen).total()
    return Copied(count, read, put, lost)


def _words(text: str) -> Counter[str]:
    """Words with how often they stand there; what stands behind a hyphen is counted with it, as readers join it."""
    return Counter(re.sub(r"-\s+", "-", clean(text)).split())


def _text(sheet: pdfium.PdfPage) -> str:
    """All characters of a page, those nobody sees among them."""
    text = sheet.get_textpage()
    try:
        codes = [raw.FPDFText_GetUnicode(text.raw, index) for index in range(text.count_chars())]
    finally:
        text.close()
    return "".join("-" if code in HYPHENS else chr(code) for code in codes)


def _append_picture(writer: PdfWriter, path: Path, media: str, page: Page, limits: Limits) -> None:
    """A page of the paper's size that shows the picture: a JPEG as it is, bilevel as fax G4, anything else as JPEG."""
    picture = pixels.picture(path, page.number, limits)
    size = (picture.width * POINTS_PER_MM, picture.height * POINTS_PER_MM)
    stored = _plain_jpeg(path) if media == "jpeg" else None
    if stored is None:
        image = flatten(picture.image)
        packed = io.BytesIO()
        options = {} if image.mode == "1" else {"quality": _JPEG_QUALITY}
        image.save(packed, format="PDF", **options)
        sheet = writer.add_page(PdfReader(packed).pages[0])
        sheet.scale_to(*size)
        return
    data, mode, (across, down) = stored
    sheet = writer.add_blank_page(*size)
    shown = StreamObject()
    shown._data = data
    shown.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(across),
            NameObject("/Height"): NumberObject(down),
            NameObject("/ColorSpace"): NameObject("/DeviceRGB" if mode == "RGB" else "/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    _resources(sheet, "/XObject")[NameObject("/AntqScan")] = writer._add_object(shown)
    _append_content(writer, sheet, b"q %s 0 0 %s 0 0 cm /AntqScan Do Q\n" % (_number(size[0]), _number(size[1])))


def _plain_jpeg(path: Path) -> tuple[bytes, str, tuple[int, int]] | None:
    """The bytes of a JPEG that a PDF can hold as they are; None when its colours or its orientation forbid it."""
    with Image.open(path, formats=("JPEG",)) as image:
        if image.mode not in ("L", "RGB") or image.getexif().get(0x0112, 1) != 1:
            return None
        return path.read_bytes(), image.mode, image.size


def _put_words(writer: PdfWriter, sheet: PageObject, page: Page, font: Any) -> None:
    box = sheet.cropbox
    visible = (float(box.left), float(box.bottom), float(box.right), float(box.top))
    quarters = quarter_turns(page.notes)
    seen = (page.width, page.height) if quarters % 2 == 0 else (page.height, page.width)
    drop_unseen_text(writer, sheet)
    matrix = to_unread(page.notes, page.width, page.height).then(to_page(visible, sheet.rotation, *seen))
    # Text runs upwards from its line: y is turned before anything else.
    matrix = Affine(1, 0, 0, -1, 0, page.height).then(matrix)
    _resources(sheet, "/Font")[NameObject(f"/{FONT}")] = font
    body = [b"q", b" ".join(_number(getattr(matrix, name)) for name in "abcdef") + b" cm", b"BT 3 Tr"]
    body.extend(_shown(page.words, page.height))
    _append_content(writer, sheet, b"\n".join([*body, b"ET Q\n"]))
    if quarters:
        # A reader of the copy sees the page upright, as it was read.
        sheet[NameObject("/Rotate")] = NumberObject((sheet.rotation - 90 * quarters) % 360)


def _shown(words: Sequence[Word], height: float) -> Iterator[bytes]:
    """Each word stretched over its box, with a space behind it so that phrases are found too.

    Word and space are one string: readers take a lone sign for the end of a divided word and drop it.
    """
    for word in words:
        text = _storable(word.text)
        size = max(word.box.height, 0.5)
        stretch = 100 * max(word.box.width, 0.1) / (GLYPH * size * len(text))
        base = height - word.box.bottom + _DESCENT * size
        place = b" ".join(map(_number, (word.box.left, base)))
        shown = f"{text} ".encode("utf-16-be").hex().encode()
        yield b"/%s %s Tf %s Tz 1 0 0 1 %s Tm <%s> Tj" % (FONT.encode(), _number(size), _number(stretch), place, shown)


def _storable(word: str) -> str:
    """The word in the plane that two bytes can name; letters of Vietnamese all lie there."""
    return "".join(c if ord(c) < 0x10000 else "\ufffd" for c in word)


def _number(value: float) -> bytes:
    return f"{value:.5f}".rstrip("0").rstrip(".").encode() or b"0"


def _append_content(writer: PdfWriter, sheet: PageObject, data: bytes) -> None:
    """Behind the page's own content, which is put in brackets so that no state of its own reaches ours."""
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(b"\nQ\n" + data)
    own = sheet.get("/Contents")
    listed = own.get_object() if own is not None else None
    inner = list(listed) if isinstance(listed, ArrayObject) else ([own] if own is not None else [])
    ends = [writer._add_object(part.flate_encode()) for part in (before, after)]
    sheet[NameObject("/Contents")] = ArrayObject([ends[0], *inner, ends[1]])


def _resources(sheet: PageObject, kind: str) -> DictionaryObject:
    """The page's own dictionary of resources of this kind; inherited or shared ones are copied, not changed."""
    inherited = sheet.get_inherited("/Resources", None) if hasattr(sheet, "get_inherited") else sheet.get("/Resources")
    whole = DictionaryObject(inherited.get_object() if inherited is not None else {})
    part = whole.get(kind)
    own = DictionaryObject(part.get_object() if part is not None else {})
    whole[NameObject(kind)] = own
    sheet[NameObject("/Resources")] = whole
    return own
