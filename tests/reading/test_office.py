"""Word documents on nominal paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from antq_cli.errors import InputError
from antq_cli.model.page import Page, PageOrigin, Word
from antq_cli.reading import office
from antq_cli.settings import Limits

from .conftest import repacked, word_file

Fill = Callable[[docx.document.Document], None]


def _pages(tmp_path: Path, fill: Fill) -> tuple[Page, ...]:
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(fill))
    return office.inspect(path, Limits()).pages


def _word(page: Page, text: str) -> Word:
    return next(word for word in page.words if word.text == text)


def test_the_two_columns_of_a_head_stand_side_by_side(tmp_path: Path) -> None:
    """Borderless tables carry the head of a letter: both cells begin at the same height, the right in the middle."""

    def fill(document: docx.document.Document) -> None:
        left, right = document.add_table(1, 2).rows[0].cells
        left.text = "SỞ\nSố: 5"
        right.text = "CỘNG HÒA"
        document.add_paragraph("Kính gửi")

    (page,) = _pages(tmp_path, fill)
    assert _word(page, "SỞ").box.left == 20
    assert _word(page, "CỘNG").box.left == 105
    assert _word(page, "SỞ").box.top == _word(page, "CỘNG").box.top == 20
    assert _word(page, "Số:").box.top == 25
    assert _word(page, "Kính").box.top == 30
    assert _word(page, "SỞ").line != _word(page, "CỘNG").line
    assert page.origin is PageOrigin.OFFICE


def test_alignment_moves_a_line(tmp_path: Path) -> None:
    """Centred and right-aligned lines stand where they are printed, also when the alignment is the style's."""

    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("giữa").alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.add_paragraph("phải").alignment = WD_ALIGN_PARAGRAPH.RIGHT
        document.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.add_paragraph("kiểu")

    (page,) = _pages(tmp_path, fill)
    assert _word(page, "giữa").box.centre == pytest.approx(105, abs=1)
    assert _word(page, "phải").box.right == pytest.approx(190, abs=1)
    assert _word(page, "kiểu").box.centre == pytest.approx(105, abs=1)


def test_an_explicit_page_break_begins_a_page(tmp_path: Path) -> None:
    """Both kinds: a break in a run, and a paragraph that asks for a new page."""

    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("một").add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("hai")
        document.add_paragraph("ba").paragraph_format.page_break_before = True

    assert [[w.text for w in page.words] for page in _pages(tmp_path, fill)] == [["một"], ["hai"], ["ba"]]


def test_what_a_reader_does_not_see_is_not_read(tmp_path: Path) -> None:
    """Deleted and hidden text is left out; inserted text, content controls and text boxes are read."""

    def fill(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("thấy ")
        paragraph.add_run("ẩn ").font.hidden = True
        for tag, text in (("w:ins", "thêm "), ("w:del", "xóa ")):
            mark, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement("w:t")
            words.text = text
            run.append(words)
            mark.append(run)
            paragraph._p.append(mark)
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        inner = document.add_paragraph("trong ô")._p
        inner.getparent().replace(inner, control)
        control.append(content)
        content.append(inner)

    (page,) = _pages(tmp_path, fill)
    assert [word.text for word in page.words] == ["thấy", "thêm", "trong", "ô"]


def test_a_long_paragraph_is_wrapped_and_a_header_comes_first(tmp_path: Path) -> None:
    """No line is longer than the text area; a header with nothing but a page number is left out."""

    def fill(document: docx.document.Document) -> None:
        document.sections[0].header.paragraphs[0].text = "DỰ THẢO"
        document.add_paragraph("từ " * 200)

    (page,) = _pages(tmp_path, fill)
    assert page.words[0].text == "DỰ"
    assert max(word.box.right for word in page.words) <= 190

    def numbered(document: docx.document.Document) -> None:
        document.sections[0].header.paragraphs[0].text = "2"
        document.add_paragraph("một")

    (page,) = _pages(tmp_path, numbered)
    assert [word.text for word in page.words] == ["một"]


def test_macros_and_links_out_are_flagged(tmp_path: Path) -> None:
    """A template that Word would fetch from elsewhere is active content; a hyperlink is not."""

    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("một")
        document.part.relate_to("https://example.org", "http://x/hyperlink", is_external=True)

    path = tmp_path / "a.docx"
    path.write_bytes(word_file(fill))
    assert office.inspect(path, Limits()).flags == ()

    def fetching(document: docx.document.Document) -> None:
        fill(document)
        document.part.relate_to("https://example.org", "http://x/attachedTemplate", is_external=True)

    path.write_bytes(word_file(fetching))
    assert office.inspect(path, Limits()).flags == ("active_content",)


def test_a_document_of_macros_is_read(tmp_path: Path) -> None:
    """.docm differs in its content type only."""

    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("một")
        document.part._content_type = office._MACRO_DOCUMENT

    path = tmp_path / "a.docm"
    path.write_bytes(word_file(fill))
    found = office.inspect(path, Limits())
    assert ([word.text for word in found.pages[0].words], found.flags) == (["một"], ("active_content",))


def test_limits(tmp_path: Path) -> None:
    """Too much text and nested tables without end are refused; so is a document without text."""

    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("một hai ba")

    path = tmp_path / "a.docx"
    path.write_bytes(word_file(fill))
    assert _reason(path, Limits(text_characters=5)) == "too_large"
    path.write_bytes(word_file(lambda document: None))
    assert _reason(path, Limits()) == "empty"
    path.write_bytes(repacked(word_file(fill), "word/document.xml", b"<w:document"))
    assert _reason(path, Limits()) == "damaged"
    deep = "<w:tbl><w:tr><w:tc>" * 12 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 12
    body = f'<w:document xmlns:w="{qn("w:p")[1:].split("}")[0]}"><w:body>{deep}</w:body></w:document>'
    path.write_bytes(repacked(word_file(fill), "word/document.xml", body.encode()))
    assert _reason(path, Limits()) == "too_complex"


def _reason(path: Path, limits: Limits) -> str:
    with pytest.raises(InputError) as caught:
        office.inspect(path, limits)
    return caught.value.reason
