"""Letters are laid out by the rules of form, drawn the same each time, and readable."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from samples.generator import draw_letter, draw_text
from samples.generator.compose import compose
from samples.generator.files import write_letter
from samples.generator.fonts import FontMissing, font_path
from samples.generator.items import PAGE_HEIGHT, PAGE_WIDTH, Page, Penned, Seal, Text
from samples.generator.letter import Letter, Scan, Signature, load_letters
from samples.generator.pen import signature, written
from samples.generator.readme import fill

try:
    font_path()
except FontMissing:
    pytest.skip("needs Liberation Serif or Tinos", allow_module_level=True)

LETTERS = load_letters()
SMALL = Scan(dpi=60, noise=1.0)

LETTER = Letter(
    file="thu.pdf",
    family="state",
    document_class="letter",
    regime="STATE_ND30",
    issuer=("ỦY BAN NHÂN DÂN", "XÃ CÂY ĐA"),
    number="05/UBND-VP",
    kind="công văn",
    subject="mượn hội trường",
    place="Cây Đa",
    date="2023-02-03",
    addressees=("Trường Tiểu học Cây Đa",),
    body=("Xã cần mượn hội trường vào sáng thứ Bảy./.",),
    recipients=("Như trên", "Lưu: VT"),
    signatures=(Signature(position="CHỦ TỊCH", name="Quách Văn Lành", seal="XÃ CÂY ĐA"),),
)


def _find(page: Page, text: str) -> Text:
    return next(item for item in page if isinstance(item, Text) and text in item.text)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.file)
def test_all_print_stays_on_the_paper(letter: Letter) -> None:
    """No text of any sample leaves the page, and none stands nearer than 15 mm to its left or right edge."""
    for page in compose(letter):
        for item in page:
            if isinstance(item, Text):
                assert 15 <= item.left < PAGE_WIDTH - 15
                assert 10 < item.baseline < PAGE_HEIGHT - 5


def test_a_letter_has_its_parts_where_the_decree_puts_them() -> None:
    """Title right of issuer, date level with number, subject under it, recipients level with the position."""
    (page,) = compose(LETTER)
    title, issuer = _find(page, "CỘNG HÒA"), _find(page, "XÃ CÂY ĐA")
    number, date, subject = _find(page, "Số: 05"), _find(page, "ngày 03"), _find(page, "V/v")
    assert title.left > PAGE_WIDTH / 2 - 15 > issuer.left
    assert abs(number.baseline - date.baseline) < 4
    assert number.baseline < subject.baseline < _find(page, "Kính gửi").baseline
    assert abs(_find(page, "Nơi nhận").baseline - _find(page, "CHỦ TỊCH").baseline) < 3
    assert _find(page, "Quách Văn Lành").left > PAGE_WIDTH / 2
    assert not any(isinstance(item, Text) and item.text == "CÔNG VĂN" for item in page)


def test_a_pen_stands_where_number_and_day_would() -> None:
    """Handwritten number and day leave their print away and keep label, symbol and month."""
    (page,) = compose(replace(LETTER, handwritten=("number", "date")))
    penned = [item for item in page if isinstance(item, Penned)]
    assert [item.text for item in penned] == ["05", "03"]
    assert _find(page, "Số:").left < penned[0].left < _find(page, "/UBND-VP").left
    assert not any(isinstance(item, Text) and "05/UBND" in item.text for item in page)


@pytest.mark.parametrize(("number", "digits"), [("05/UBND-VP", "05"), ("138-KH/TU", "138"), ("7", "7"), ("/UBND", "")])
def test_the_pen_writes_the_leading_digits_alone(number: str, digits: str) -> None:
    """Whatever the symbol, even none, or a number left blank."""
    (page,) = compose(replace(LETTER, number=number, handwritten=("number",)))
    assert [item.text for item in page if isinstance(item, Penned)] == [digits]
    assert draw_letter(replace(LETTER, number=number, handwritten=("number",)), scan=SMALL)


def test_pages_are_numbered_from_the_second_on() -> None:
    """Top centre under NĐ 30, bottom right under the circular of 2011, never on the first page."""
    long = replace(LETTER, body=LETTER.body * 60)
    pages = compose(long)
    assert len(pages) > 1
    top = _find(pages[1], "2")
    assert top.baseline < 20
    assert PAGE_WIDTH * 0.4 < top.left < PAGE_WIDTH * 0.65
    older = compose(replace(long, page_numbers="bottom"))[1][-1]
    assert isinstance(older, Text)
    assert older.text == "2"
    assert older.baseline > PAGE_HEIGHT - 20
    assert not any(isinstance(item, Text) and item.text == "1" for item in pages[0])


def test_the_signature_never_stands_alone_on_a_page() -> None:
    """However long the body, the page of the signature also holds its last lines."""
    for count in range(20, 40):
        last = compose(replace(LETTER, body=("Một câu ngắn.",) * count))[-1]
        assert any(isinstance(item, Seal) for item in last)
        assert _find(last, "ngắn.").baseline < _find(last, "CHỦ TỊCH").baseline


def test_the_same_seed_draws_the_same_pictures() -> None:
    """Pictures depend on the letter and its seed alone."""
    letter = replace(LETTER, handwritten=("number",))
    first, again = draw_letter(letter, scan=SMALL), draw_letter(letter, scan=SMALL)
    other = draw_letter(letter, scan=SMALL, seed=99)
    assert [page.tobytes() for page in first] == [page.tobytes() for page in again]
    assert first[0].tobytes() != other[0].tobytes()


def test_a_scan_has_the_mode_and_the_turn_asked_for() -> None:
    """Bilevel pages hold two values, colour ones keep the red of the seal, a turned page lies on its side."""
    bilevel = draw_letter(LETTER, scan=replace(SMALL, colours="bilevel"))[0]
    assert bilevel.mode == "1"
    colour = draw_letter(LETTER, scan=replace(SMALL, colours="colour"))[0]
    red, green, _ = colour.split()
    assert sum(r > g + 60 for r, g in zip(red.tobytes(), green.tobytes(), strict=True)) > 50
    turned = draw_letter(LETTER, scan=replace(SMALL, turn=(90,)))[0]
    assert turned.width > turned.height
    clean = draw_letter(LETTER, scan=SMALL, clean=True)[0]
    assert clean.getpixel((0, 0)) == (255, 255, 255)


@settings(max_examples=25, deadline=None)
@given(st.text("0123456789/", min_size=1, max_size=6), st.integers(0, 2**16))
def test_any_number_can_be_written_by_hand(text: str, seed: int) -> None:
    """Digits leave ink inside their picture, in room that grows with their count."""
    ink = written(text, 24.0, 3.0, random.Random(seed))
    assert ink.getchannel("A").getbbox() is not None
    assert written(text + "88", 24.0, 3.0, random.Random(seed)).width > ink.width


def test_a_pen_does_not_write_letters() -> None:
    """Other characters are refused rather than left out."""
    with pytest.raises(KeyError):
        written("12a", 24.0, 3.0, random.Random(1))


def test_signatures_differ() -> None:
    """Two people do not sign alike."""
    assert signature(200, 3, random.Random(1)).tobytes() != signature(200, 3, random.Random(2)).tobytes()


def test_any_text_becomes_pages() -> None:
    """Plain text fills as many pages as it needs; a line that looks like a mark of style is kept as it is."""
    assert len(draw_text("Một dòng.\n\n# không phải tiêu đề", scan=SMALL)) == 1
    assert len(draw_text("Một dòng.\n" * 120, scan=SMALL)) > 2


def test_files_are_what_their_names_say(tmp_path: Path) -> None:
    """A born-digital PDF holds its text, a scan none, a mixed one on one page; Word keeps its header in a table."""
    long = replace(LETTER, body=LETTER.body * 45, scan=SMALL)
    digital = PdfReader(write_letter(replace(long, file="a.pdf", born_digital=True), tmp_path))
    assert "05/UBND-VP" in digital.pages[0].extract_text()
    assert "mượn hội trường vào sáng" in digital.pages[0].extract_text()
    scan = PdfReader(write_letter(replace(long, file="b.pdf"), tmp_path))
    assert [page.extract_text() for page in scan.pages] == [""] * len(scan.pages)
    mixed = PdfReader(write_letter(replace(long, file="c.pdf", born_digital=True, scanned_pages=(2,)), tmp_path))
    assert mixed.pages[0].extract_text() != ""
    assert mixed.pages[1].extract_text() == ""
    fax = write_letter(replace(long, file="d.pdf", scan=replace(SMALL, colours="bilevel")), tmp_path)
    assert b"CCITTFaxDecode" in fax.read_bytes()
    word = docx.Document(str(write_letter(replace(LETTER, file="e.docx"), tmp_path)))
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert cells[0] == "ỦY BAN NHÂN DÂN\nXÃ CÂY ĐA"
    assert "05/UBND-VP" in cells[2]
    with pytest.raises(ValueError, match="ending"):
        write_letter(replace(LETTER, file="f.odt"), tmp_path)
    with pytest.raises(ValueError, match="pages"):
        write_letter(replace(long, file="g.png"), tmp_path)


def test_files_are_the_same_each_time(tmp_path: Path) -> None:
    """No time of day enters a file."""
    for name in ("a.pdf", "a.docx", "a.tif"):
        letter = replace(LETTER, file=name, scan=SMALL)
        assert write_letter(letter, tmp_path).read_bytes() == write_letter(letter, tmp_path).read_bytes()


def test_tables_need_their_marks() -> None:
    """A README without the marks is an error, so that a table is never left stale."""
    with pytest.raises(ValueError, match="unpack"):
        fill("no marks", LETTERS, ())


@pytest.mark.ocr
def test_a_clean_scan_reads_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tesseract finds nearly all words of the body of a good scan."""
    pytesseract = pytest.importorskip("pytesseract")
    monkeypatch.setitem(os.environ, "OMP_THREAD_LIMIT", "1")
    letter = next(letter for letter in LETTERS if letter.file.startswith("20-"))
    read = set(pytesseract.image_to_string(draw_letter(letter)[0], lang="vie").split())
    words = [word for paragraph in letter.body for word in paragraph.split()]
    assert sum(word in read for word in words) >= 0.95 * len(words)
