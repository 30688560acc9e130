"""What a row of a letter is, though OCR has changed some of its letters."""

from __future__ import annotations

import time

import pytest
from papers import printed

from antq_cli.layout import labels
from antq_cli.layout.rows import Row, rows_of


def _row(text: str) -> Row:
    return rows_of(0, printed([(20.0, 20.0, text)]))[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("KẾ HOẠCH", "kế hoạch"),
        ("CHƯƠNG TRÌNH PHỐI HỢP", "chương trình phối hợp"),
        ("HƯỚNG DẪN LIÊN NGÀNH", "hướng dẫn liên ngành"),
        ("KÊ HOẠCH", "kế hoạch"),
        ("THÔNG BÁQ", "thông báo"),
        ("BÁO CÁO Tình hình lưu trữ năm 2022", "báo cáo"),
        ("QUYẾT ĐỊNH:", "quyết định"),
        ("PHƯƠNG ÁN CHỮA CHÁY", "phương án"),
        ("PHƯỜNG AN HÒA", None),
        ("Kế hoạch này có hiệu lực", None),
        ("BÁO CÁO tại kỳ họp", None),
        ("BAN QUẢN LÝ DỰ ÁN", None),
    ],
)
def test_kind_of_a_heading(text: str, kind: str | None) -> None:
    """A heading in capitals names its kind, alone or before a subject; a ward's name is none."""
    assert labels.kind_of(_row(text)) == kind


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("Nam Định, ngày 05 tháng 9 năm 2024", True),
        ("Thành phố Huế, ngày … tháng … năm 2024", True),
        ("TP. Hồ Chí Minh, ngày 12 tháng 9 năm 2024", True),
        ("Quận 1, ngày 12 tháng 9 năm 2024", True),
        ("Nam Định, ngày 05/9/2024", True),
        ("Nam Định, 05/9/2024", True),
        ("ngày 05 tháng 9 năm 2024", True),
        ("Nam Định ngày tháng 9 năm 2024", True),
        ("báo cáo kết quả về Sở trước ngày 30/6/2023", False),
        ("Bàn giao xong hồ sơ giấy trong tháng 6 năm 2023", False),
        ("(Kèm theo Quyết định ngày 05 tháng 9 năm 2024)", False),
        ("Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;", False),
    ],
)
def test_line_of_place_and_date(text: str, is_date: bool) -> None:
    """A place and a date alone make the line; a deadline, a basis, an annex's binding do not."""
    assert labels.is_dated_place(_row(text)) is is_date


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("Số: 15/KH-UBND", True),
        ("Số 45-CT/TU", True),
        ("Số:", True),
        ("Số: ……/KH-UBND", True),
        ("SỐ: 15/KH-UBND", True),
        ("/QĐ-UBND", True),
        ("Sở, ban, ngành của tỉnh", False),
        ("Số lượng hồ sơ tăng", False),
    ],
)
def test_line_of_the_number(text: str, is_number: bool) -> None:
    """The label with a number, a symbol or nothing after it; words after it make a sentence."""
    assert labels.is_number_line(_row(text)) is is_number


@pytest.mark.parametrize(
    ("text", "is_head"),
    [
        ("TM. ỦY BAN NHÂN DÂN", True),
        ("T/M BAN THƯỜNG VỤ", True),
        ("KT.GIÁM ĐỐC", True),
        ("Q. GIÁM ĐỐC", True),
        ("PHÓ GIÁM ĐỐC PHỤ TRÁCH", True),
        ("THƯ KÝ", True),
        ("CHỦ TỌA", True),
        ("THỂ LỆ", False),
        ("Chủ tịch nước", False),
        ("QUYẾT ĐỊNH:", False),
    ],
)
def test_head_of_a_signature_block(text: str, is_head: bool) -> None:
    """Authority or position in capitals opens a block."""
    assert labels.is_signature_head(_row(text)) is is_head


def test_patterns_stay_fast_on_hostile_rows() -> None:
    """No pattern needs more than a moment for a row of many thousand letters."""
    for text in ("ngày " * 4000, "Số: " + "." * 20000, "A" * 20000, "1 tháng " * 3000, "nam" * 9000):
        row = Row(0, (0,), _row("a").box, text, text.lower())
        started = time.perf_counter()
        for check in (labels.is_dated_place, labels.is_part_of_date, labels.is_number_line, labels.is_signature_head):
            check(row)
        assert time.perf_counter() - started < 1.0
