"""PDFs whose text layer is of before Unicode, and layers of a PDF that are switched off."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from antq_cli.reading import pdf
from antq_cli.settings import Limits
from antq_cli.vietnamese.legacy import Encoding, encode
from samples.generator.fonts import font_path

Store = Callable[[str, bytes], Path]
_LINES = (
    "Công văn số 12 về việc đăng ký danh sách cán bộ",
    "tham gia lớp học của tỉnh trong năm học mới",
    "đề nghị các phòng gửi báo cáo trước ngày 20",
)
_ENTRY = re.compile(rb"(<[0-9A-Fa-f]+>\s+)<([0-9A-Fa-f]{4})>(\s*[\r\n])")


def _typed(lines: tuple[str, ...]) -> bytes:
    made = FPDF(format="A4")
    made.add_font("Serif", fname=font_path("Regular"))
    made.set_font("Serif", size=13)
    made.add_page()
    for at, line in enumerate(lines):
        made.text(30, 30 + 10 * at, line)
    return bytes(made.output())


def _as_old(data: bytes, encoding: Encoding) -> bytes:
    """The same drawing, whose fonts tell the codes of an old encoding as Latin letters, as programs of then wrote."""

    def told(match: re.Match[bytes]) -> bytes:
        letter = chr(int(match[2], 16))
        codes = encode(letter, encoding).encode("utf-16-be").hex().upper().encode()
        return match[1] + b"<" + codes + b">" + match[3]

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for item in list(writer._objects):
        if isinstance(item, DictionaryObject) and "/ToUnicode" in item:
            table = DecodedStreamObject()
            table.set_data(_ENTRY.sub(told, item["/ToUnicode"].get_object().get_data()))
            item[NameObject("/ToUnicode")] = writer._add_object(table)
    return _bytes(writer)


def _bytes(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_an_old_text_layer_is_read_in_unicode(store: Store, encoding: Encoding) -> None:
    """The page shows Vietnamese, its font tells Latin letters: the words are converted, and the page tells of it."""
    page = pdf.look(store("a.pdf", _as_old(_typed(_LINES), encoding)), 1, Limits()).page
    assert page is not None
    assert " ".join(word.text for word in page.words) == " ".join(_LINES)
    assert f"legacy:{encoding.family}" in page.notes


def test_a_layer_that_is_switched_off_is_not_read(store: Store) -> None:
    """Words of an optional content group that viewers do not show are hidden words."""
    made = FPDF(format="A4")
    made.set_font("Helvetica", size=13)
    made.add_page()
    for number in range(6):
        made.text(30, 30 + 10 * number, "Words that everybody sees here")
    made._out("/OC /Off BDC")
    made.text(30, 120, "forged")
    made._out("EMC")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(bytes(made.output()))))
    group = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("notes")})
    )
    resources = writer.pages[0]["/Resources"].get_object()
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/Off"): group})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {
            NameObject("/OCGs"): ArrayObject([group]),
            NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([group])}),
        }
    )
    page = pdf.look(store("a.pdf", _bytes(writer)), 1, Limits()).page
    assert page is not None
    assert "forged" not in {word.text for word in page.words}
    assert len(page.words) == 30
    assert "hidden_text" in page.notes
