"""Entries of Nơi nhận as scans show them."""

from __future__ import annotations

import pytest

from antq_cli.extraction.entries import join_items
from antq_cli.extraction.mentions import read_mentions
from antq_cli.extraction.recipients import mend_entry, read_recipients
from antq_cli.model.page import Box, Document, Page, PageOrigin, Word
from antq_cli.model.transcript import Paragraph, Token, Transcript, Zone


def scanned(*lines: str | tuple[float, str]) -> Transcript:
    """Lines of recipients off a scan, each at 20 mm or at the mm given; `word@0.3` is read with that confidence."""
    words: list[Word] = []
    tokens: list[Token] = []
    paragraphs: list[Paragraph] = []
    text = ""
    for number, line in enumerate(lines):
        left, content = line if isinstance(line, tuple) else (20.0, line)
        start = len(text)
        for part in content.split():
            word, _, given = part.partition("@")
            tokens.append(Token(len(text), len(text) + len(word), 0, len(words)))
            width = 2.0 * len(word)
            words.append(
                Word(
                    word, Box(left, 200 + 5.0 * number, left + width, 204 + 5.0 * number), float(given or 0.95), number
                )
            )
            text += word + " "
            left += width + 1
        text = text[:-1] + "\n"
        paragraphs.append(Paragraph(start, len(text) - 1, Zone.RECIPIENTS, 1))
    page = Page(1, 210.0, 297.0, tuple(words), PageOrigin.OCR)
    return Transcript(Document("0", "x.pdf", "pdf", (page,)), text, tuple(tokens), tuple(paragraphs))


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["- Như trên;", "- Lưu: VT."], ["Như trên", "Lưu: VT"]),
        (["~ Như trên;", "-.Bưu điện xã;", "._~ Lưu: VT."], ["Như trên", "Bưu điện xã", "Lưu: VT"]),
        (["- Như trên; ^", "- Bưu điện xã; f@0.4", "- Lưu: VT. |"], ["Như trên", "Bưu điện xã", "Lưu: VT"]),
        (["vs@0.2 - Như trên;", "- Lưu: VT."], ["Như trên", "Lưu: VT"]),
        (["- Các phòng thuộc", "Sở Nội vụ;", "- Lưu: VT."], ["Các phòng thuộc Sở Nội vụ", "Lưu: VT"]),
        (["- Phòng A;", (23.0, "Phòng B;"), "- Lưu: VT."], ["Phòng A", "Phòng B", "Lưu: VT"]),
        (["- VP: Chánh VP;", (20.2, "Các vụ: A, B;"), "- Lưu: VT."], ["VP: Chánh VP; Các vụ: A, B", "Lưu: VT"]),
        (["- Thường trực Tinh ủy (d/c);", "- Lưu: VT."], ["Thường trực Tỉnh ủy (b/c)", "Lưu: VT"]),
    ],
)
def test_entries_of_a_scan(lines, names):
    """Dashes in all their misreadings, scraps at both ends, wrapped lines and lost dashes give the printed entries."""
    recipients, label = read_recipients(scanned("Nơi nhận:", *lines))
    assert recipients.value == tuple(names)
    assert label.is_found


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        ("UBND tỉnh (b/C)", "UBND tỉnh (b/c)"),
        ("Huyện ủy (b/\u00a9)", "Huyện ủy (b/c)"),
        ("Huyện ủy (d/\u2039)", "Huyện ủy (b/c)"),
        ("Huyện ủy (để b/e)", "Huyện ủy (để b/c)"),
        ("Sở A (đông bộ)", "Sở A (đồng bộ)"),
        ("Huyện ủy (b/c)", "Huyện ủy (b/c)"),
        ("Huyện ủy (/h)", "Huyện ủy (/h)"),
        ("Sở A (02 bản)", "Sở A (02 bản)"),
        ("Phòng B (Minh)", "Phòng B (Minh)"),
        ("Lưu: VT, KT2I", "Lưu: VT, KT21"),
        ("Đội 2I", "Đội 2I"),
    ],
)
def test_a_mark_in_brackets_is_mended_only_when_it_can_be_one_thing(read, mended):
    """What admits two readings, or none, stays as it was read."""
    assert mend_entry(read) == mended


def test_mended_entries_keep_what_was_read():
    """The field says that it was repaired and keeps the words of the scan beside."""
    recipients, _ = read_recipients(scanned("Nơi nhận:", "- Huyện ủy (d/c);", "- Lưu: VT."))
    assert recipients.note == "repaired"
    assert "(d/c)" in (recipients.raw or "")


def test_addressees_share_the_joining_of_lines():
    """Lines without dashes are entries of their own when the line before was closed."""
    transcript = scanned("Sở Nội vụ;", "Sở Tài chính.")
    spans = [(paragraph.start, paragraph.end) for paragraph in transcript.paragraphs]
    assert join_items(transcript, spans) == ("Sở Nội vụ", "Sở Tài chính")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("tại Công văn số 12/5TC-HCSN ngày 04/02/2021", ["12/STC-HCSN"]),
        ("tại Công văn số 12/8NV-TCCB ngày 04/02/2021", ["12/BNV-TCCB"]),
        ("Căn cứ Thông tư \u00a77/2020/TT-BYT ngày 31/12/2020", []),
        ("Căn cứ Nghị định,lô 39/2020/NĐ-CP ngày 18/6/2020", ["39/2020/NĐ-CP"]),
        ("Theo Công văn: số:7/UBND-NC ngày 31/12/2020", ["7/UBND-NC"]),
    ],
)
def test_damaged_numbers(text, numbers):
    """A figure for the letter of a known body is put right; a number whose first figure is a mark is not claimed."""
    found = [mention.reference.number for mention in read_mentions(text, None)]
    assert found == numbers
