"""Issuers of all sorts, as their names are printed over two to four lines."""

from __future__ import annotations

import pytest
from papers import MOTTO, NATIONAL, scan, shown, text_file, typed, understood

from antq_cli.model.letter import State

DISTRICT = "UBMTTQ VIỆT NAM HUYỆN VĂN QUAN"
CASES = [
    (["ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"], None, "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"),
    (["UBND TỈNH GIA LAI", "SỞ NỘI VỤ"], "UBND TỈNH GIA LAI", "SỞ NỘI VỤ"),
    (
        ["UBND TỈNH THÁI NGUYÊN", "SỞ NÔNG NGHIỆP", "VÀ PHÁT TRIỂN NÔNG THÔN"],
        "UBND TỈNH THÁI NGUYÊN",
        "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
    ),
    (["CHỦ TỊCH", "ỦY BAN NHÂN DÂN TỈNH CÀ MAU"], None, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU"),
    (["CÔNG AN TỈNH PHÚ THỌ", "PHÒNG THAM MƯU"], "CÔNG AN TỈNH PHÚ THỌ", "PHÒNG THAM MƯU"),
    ([DISTRICT, "BAN THƯỜNG TRỰC"], DISTRICT, "BAN THƯỜNG TRỰC"),
    (["TỈNH ỦY HÀ GIANG", "BAN TỔ CHỨC"], "TỈNH ỦY HÀ GIANG", "BAN TỔ CHỨC"),
    (["HUYỆN ỦY SƠN DƯƠNG", "ĐẢNG ỦY XÃ TÂN TRÀO"], "HUYỆN ỦY SƠN DƯƠNG", "ĐẢNG ỦY XÃ TÂN TRÀO"),
    (
        ["ĐẢNG BỘ HUYỆN SƠN DƯƠNG", "BAN CHẤP HÀNH"],
        "ĐẢNG BỘ HUYỆN SƠN DƯƠNG",
        "BAN CHẤP HÀNH",
    ),
    (["ỦY BAN MTTQ VIỆT NAM TỈNH -", "CÔNG AN TỈNH"], None, "ỦY BAN MTTQ VIỆT NAM TỈNH - CÔNG AN TỈNH"),
    (["SỞ TƯ PHÁP - SỞ NỘI VỤ -", "SỞ TÀI CHÍNH"], None, "SỞ TƯ PHÁP - SỞ NỘI VỤ - SỞ TÀI CHÍNH"),
    (
        ["SỞ Y TẾ YÊN BÁI", "BỆNH VIỆN ĐA KHOA", "KHU VỰC NGHĨA LỘ"],
        "SỞ Y TẾ YÊN BÁI",
        "BỆNH VIỆN ĐA KHOA KHU VỰC NGHĨA LỘ",
    ),
    (["BAN QUẢN LÝ DỰ ÁN", "CÔNG TRÌNH GIAO THÔNG"], None, "BAN QUẢN LÝ DỰ ÁN CÔNG TRÌNH GIAO THÔNG"),
]


@pytest.mark.parametrize(("lines", "parent", "issuer"), CASES)
def test_names_over_several_lines(lines: list[str], parent: str | None, issuer: str) -> None:
    """The last name is the issuer, the one above it its parent, whether places or words tell the columns."""
    plain = text_file("\n".join([*lines, NATIONAL, MOTTO, "Số: 15/KH-SNV", "KẾ HOẠCH", "Chỉnh lý tài liệu"]))
    for document in (typed(left=lines), plain):
        fields = understood(document).fields
        assert shown(fields.issuer) == issuer
        assert shown(fields.issuer_parent) == (parent or "absent")
        assert fields.issuer.evidence


def test_marks_that_ocr_changed_are_restored() -> None:
    """Known names get their marks back, and the printed words stay as `raw`."""
    field = understood(scan(left=("ỦY BAN NHÂN DẦN", "TĨNH QUẢNG NGÃI"))).fields.issuer
    assert (field.value, field.raw, field.note) == (
        "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI",
        "ỦY BAN NHÂN DẦN TĨNH QUẢNG NGÃI",
        "repaired",
    )


@pytest.mark.parametrize(
    "lines",
    [("UBND@0.2 TỈNH@0.3 GIA@0.2 LAI@0.3",), ("UBND TỈNH GIA LAI", "SỞNÔNG NGHIỆP"), ("HỘI NÔNG DÂN VIỆT NAMCỘNG",)],
)
def test_what_ocr_saw_badly_is_not_claimed(lines: tuple[str, ...]) -> None:
    """A name of unsure letters, or with two words run together, is unreadable, with what was seen."""
    field = understood(scan(left=lines)).fields.issuer
    assert field.state is State.UNREADABLE
    assert field.candidates


@pytest.mark.parametrize("scrap", [" ˆ", " ñ", " _", ","])
def test_scraps_after_a_name_are_left_out(scrap: str) -> None:
    """Specks that OCR takes for letters or commas change neither name nor parent."""
    fields = understood(scan(left=("UBND TỈNH GIA LAI" + scrap, "SỞ NỘI VỤ"))).fields
    assert (shown(fields.issuer_parent), shown(fields.issuer)) == ("UBND TỈNH GIA LAI", "SỞ NỘI VỤ")


def test_a_letter_without_names_has_no_issuer() -> None:
    """The place was read and is empty."""
    assert shown(understood(typed(left=())).fields.issuer) == "absent"
