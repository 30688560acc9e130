"""Tên loại, trích yếu and Kính gửi."""

from __future__ import annotations

import pytest
from papers import MOTTO, NATIONAL, scan, shown, text_file, typed, understood

from antq_cli.model.letter import State
from antq_cli.vietnamese.lexicon import kinds

HEADINGS = sorted(kind.name for kind in kinds() if kind.heading and not kind.copy and not kind.by_name)
LETTER = {"title": (), "number": "Số: 45/SNV-CCHC"}


@pytest.mark.parametrize("name", HEADINGS)
def test_every_kind_with_a_heading(name: str) -> None:
    """The printed kind in capitals, and the line under it as its subject."""
    fields = understood(typed(title=(name.upper(), "Về công tác lưu trữ"), number="Số: 15/SNV")).fields
    assert (fields.kind.value, fields.subject.value) == (name, "Về công tác lưu trữ")


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        (("KẾ HOẠCH", "Thực hiện Chỉ thị số 12/CT-TTg của Thủ tướng"), "Thực hiện Chỉ thị số 12/CT-TTg của Thủ tướng"),
        (("KẾ HOẠCH", "V/v kiện toàn tổ chức"), "V/v kiện toàn tổ chức"),
        (("KẾ HOẠCH", "CHỈNH LÝ TÀI LIỆU TỒN ĐỌNG", "NĂM 2023"), "CHỈNH LÝ TÀI LIỆU TỒN ĐỌNG NĂM 2023"),
        (("KẾ HOẠCH Chỉnh lý tài liệu",), "Chỉnh lý tài liệu"),
        (("KẾ HOẠCH", "Lịch công tác tháng 9 năm 2024"), "Lịch công tác tháng 9 năm 2024"),
        (("KẾ HOẠCH", "Chỉnh lý tài liệu", "(Kèm theo Quyết định số 8/QĐ-SNV)"), "Chỉnh lý tài liệu"),
    ],
)
def test_subjects_under_the_kind(title: tuple[str, ...], subject: str) -> None:
    """All lines of the subject, none of the body, on paper as in a text of one column."""
    lines = ["SỞ NỘI VỤ", "Số: 15/KH-SNV", NATIONAL, MOTTO, "Lâm Đồng, ngày 12 tháng 5 năm 2022", *title]
    plain = text_file("\n".join([*lines, "Sở Nội vụ chỉnh lý tài liệu như sau.", "1. Rà soát hồ sơ./."]))
    for document in (typed(title=title), plain):
        fields = understood(document).fields
        assert (fields.kind.value, fields.subject.value) == ("kế hoạch", subject)


@pytest.mark.parametrize(
    ("lines", "subject", "has_label"),
    [
        (["V/v báo cáo cải cách hành chính", "quý I năm 2023"], "V/v báo cáo cải cách hành chính quý I năm 2023", True),
        (["Về việc báo cáo cải cách", "hành chính"], "Về việc báo cáo cải cách hành chính", True),
        (["báo cáo cải cách hành chính"], "báo cáo cải cách hành chính", False),
    ],
)
def test_subjects_of_a_cong_van(lines: list[str], subject: str, has_label: bool) -> None:
    """Under the number, with its label or without; the letter's form makes it a công văn."""
    letter = understood(typed(**LETTER, subject=lines, body=["Kính gửi: Cục Thống kê tỉnh.", "Sở Nội vụ báo cáo./."]))
    assert (letter.fields.kind.value, letter.fields.subject.value) == ("công văn", subject)
    assert letter.form.subject_label.is_found is has_label
    assert letter.fields.addressees.value == ("Cục Thống kê tỉnh",)


def test_a_code_that_only_looks_like_a_kind() -> None:
    """TTHĐND in the symbol of a letter with V/v is a body's code, not a thông tư's."""
    letter = understood(typed(title=(), number="Số: 61/TTHĐND-VP", subject=["V/v chuẩn bị kỳ họp"]))
    assert letter.fields.kind.value == "công văn"


ONE = "Kính gửi: Bộ Nội vụ."
LISTED = """Kính gửi:
- Như danh sách gửi kèm;
- Ủy ban nhân dân các huyện Đơn Dương và
Đức Trọng.
Sở Nội vụ đề nghị báo cáo./."""
CLOSED = """Kính gửi:
Văn phòng UBND tỉnh;
Các sở, ban, ngành.
Sở Nội vụ đề nghị báo cáo./."""
THROUGH = """Kính gửi: Ủy ban nhân dân tỉnh (qua Văn phòng UBND tỉnh)
Thực hiện Kế hoạch số 8/KH-UBND, Sở Nội vụ báo cáo./."""
PARTY_BASIS = """Kính trình: Ban Thường vụ Thành ủy.
- Căn cứ Quy chế làm việc của Đảng ủy,
Đảng ủy đề nghị chuẩn y."""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (ONE, ["Bộ Nội vụ"]),
        (LISTED, ["Như danh sách gửi kèm", "Ủy ban nhân dân các huyện Đơn Dương và Đức Trọng"]),
        (CLOSED, ["Văn phòng UBND tỉnh", "Các sở, ban, ngành"]),
        (THROUGH, ["Ủy ban nhân dân tỉnh (qua Văn phòng UBND tỉnh)"]),
        (PARTY_BASIS, ["Ban Thường vụ Thành ủy"]),
        ("Đồng kính gửi: Sở Tài chính.\nSở Nội vụ đề nghị báo cáo./.", ["Sở Tài chính"]),
        ("Kính gửi:\nCăn cứ Luật Lưu trữ, Sở Nội vụ đề nghị báo cáo./.", "absent"),
    ],
)
def test_addressees(text: str, names: object) -> None:
    """One, several with dashes or closed by semicolons, wrapped, through another body, none."""
    field = understood(text_file(f"SỞ NỘI VỤ\nSố: 45/SNV-CCHC\nV/v báo cáo\n\n{text}")).fields.addressees
    assert shown(field) == (tuple(names) if isinstance(names, list) else names)


def test_addressees_not_seen_on_a_scan_are_not_called_missing() -> None:
    """A stamp may lie over the label of a công văn; a plan has none."""
    assert understood(scan(**LETTER)).fields.addressees.state is State.UNREADABLE
    assert understood(scan()).fields.addressees.state is State.ABSENT


def test_ocr_s_foreign_letters_are_put_right() -> None:
    """Ñ is no letter of Vietnamese; marks of known phrases come back."""
    fields = understood(scan(recipients=["Nơi nhận:", "- Như trên;", "- Lưu: VT, ÑC."])).fields
    assert fields.recipients.value == ("Như trên", "Lưu: VT, NC")
