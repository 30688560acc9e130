"""Nơi nhận and the signature block."""

from __future__ import annotations

import pytest
from papers import BODY, scan, shown, text_file, typed, understood

from antq_cli.model.letter import State

HEAD = ("GIÁM ĐỐC", "")


@pytest.mark.parametrize(
    ("block", "authority", "position", "signer"),
    [
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Lê Thu Hà"), "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Thu Hà"),
        (
            ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "", "Lê Thu Hà"),
            "TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG",
            "PHÓ CHÁNH VĂN PHÒNG",
            "Lê Thu Hà",
        ),
        (
            ("TM. ỦY BAN NHÂN DÂN", "XÃ HÒA AN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Lê Thu Hà"),
            "TM. ỦY BAN NHÂN DÂN XÃ HÒA AN / KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "Lê Thu Hà",
        ),
        (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "", "Lê Thu Hà"), "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Lê Thu Hà"),
        (("KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "ThS. Lê Thu Hà"), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thu Hà"),
        (("TUQ. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "", "Lê Thu Hà"), "TUQ. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Lê Thu Hà"),
        (("Q. GIÁM ĐỐC", "", "Lê Thu Hà"), "Q. GIÁM ĐỐC", "absent", "Lê Thu Hà"),
        ((*HEAD, "Lê Thu Hà"), "absent", "GIÁM ĐỐC", "Lê Thu Hà"),
        (
            ("TM. BAN THƯỜNG TRỰC", "PHÓ CHỦ TỊCH - TỔNG THƯ KÝ", "", "Lê Thu Hà"),
            "TM. BAN THƯỜNG TRỰC",
            "PHÓ CHỦ TỊCH - TỔNG THƯ KÝ",
            "Lê Thu Hà",
        ),
        ((*HEAD, "Đại tá Lê Thu Hà"), "absent", "GIÁM ĐỐC", "Lê Thu Hà"),
        ((*HEAD, "PGS.TS. Lê Thu Hà"), "absent", "GIÁM ĐỐC", "Lê Thu Hà"),
        ((*HEAD, "Thiếu tướng", "Vi Văn Đại"), "absent", "GIÁM ĐỐC", "Vi Văn Đại"),
        (("GIÁM ĐỐC", "Đã ký: Lê Thu Hà"), "absent", "GIÁM ĐỐC", "Lê Thu Hà"),
        (("GIÁM ĐỐC", "(Đã ký)", "Lê Thu Hà"), "absent", "GIÁM ĐỐC", "Lê Thu Hà"),
        (("GIÁM ĐỐC", "Ký bởi: Sở Nội vụ", "Thời gian ký: 03/4/2023", "Lê Thu Hà"), "absent", "GIÁM ĐỐC", "Lê Thu Hà"),
        ((*HEAD, "NGUYỄN VĂN BẢO"), "absent", "GIÁM ĐỐC", "Nguyễn Văn Bảo"),
        ((*HEAD, "Nguyễn Thị Ngọc Bảo Trâm"), "absent", "GIÁM ĐỐC", "Nguyễn Thị Ngọc Bảo Trâm"),
        ((*HEAD, "K'Brêu Ha Sin"), "absent", "GIÁM ĐỐC", "K'Brêu Ha Sin"),
        ((*HEAD, "H'Yim Kđoh"), "absent", "GIÁM ĐỐC", "H'Yim Kđoh"),
        ((*HEAD, "Y Bhiăng Niê"), "absent", "GIÁM ĐỐC", "Y Bhiăng Niê"),
        (("GIÁM ĐỐC",), "absent", "GIÁM ĐỐC", "absent"),
        (("GIÁM ĐỐC", "(Đã ký)"), "absent", "GIÁM ĐỐC", "absent"),
    ],
)
def test_signature_blocks(block: tuple[str, ...], authority: str, position: str, signer: str) -> None:
    """Authority, position and name as typed, beside the recipients and above them in one column."""
    lines = [line for line in block if line]
    plain = text_file(
        "\n".join(["SỞ NỘI VỤ", "Số: 15/KH-SNV", "KẾ HOẠCH", "Lưu trữ", BODY[1], *lines, "Nơi nhận:", "- VT."])
    )
    for document in (typed(blocks=[block]), plain):
        fields = understood(document).fields
        assert (shown(fields.authority), shown(fields.position), shown(fields.signer)) == (authority, position, signer)


@pytest.mark.parametrize(
    ("block", "authority", "position", "signer"),
    [
        (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Lê Thu Hà"), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thu Hà"),
        (("KT. GIÁM ĐỐC", "PHÓ-GIÁM ĐỐC", "", "Lê Thu Hà"), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thu Hà"),
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊ CH", "", "Lê Thu Hà"), "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thu Hà"),
        (("KT. GIÁM ĐỐC", "IÁM ĐỐC", "", "Lê Thu Hà"), "KT. GIÁM ĐỐC", "unreadable", "Lê Thu Hà"),
        (("KT. GIÁM ĐỐC", "GIÁM ĐỐC", "", "Lê Thu Hà"), "KT. GIÁM ĐỐC", "GIÁM ĐỐC", "Lê Thu Hà"),
        (("KT. GIÁM ĐỐC", "     GIÁM ĐỐC", "", "Lê Thu Hà"), "KT. GIÁM ĐỐC", "unreadable", "Lê Thu Hà"),
        (("TM. ỦY BAN NHÂN DÂN", "", "", "Lê Thu Hà"), "unreadable", "unreadable", "Lê Thu Hà"),
        (("TL. BỘ TRƯỞNG", "2i CỤC TRƯỞNG", "", "Lê Thu Hà"), "unreadable", "unreadable", "Lê Thu Hà"),
        (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Lê@0.3 Thu Hà"), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "unreadable"),
        (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "gô Đình Hòa"), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "unreadable"),
        (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "unreadable"),
        (("GIÁM ĐỐC", "", "Nguyên Thu Hà"), "absent", "GIÁM ĐỐC", "Nguyễn Thu Hà"),
        (("GIÁM ĐỐC", "", "Lê Thu Hà bìn"), "absent", "GIÁM ĐỐC", "unreadable"),
        (("GIÁM ĐỐC", "", "Lê Thị"), "absent", "GIÁM ĐỐC", "unreadable"),
        (("GIÁM ĐỐC", "", "Tẩn@0.8 Thu Hà"), "absent", "GIÁM ĐỐC", "unreadable"),
        (("GIÁM ĐỐC", "", "Tẩn Thu Hà"), "absent", "GIÁM ĐỐC", "Tẩn Thu Hà"),
        (("T/M HUYỆN ỦY", "PHÓ BÍ THƯ", "THƯỜNG TRỰC", "", "Lê Hà"), "T/M HUYỆN ỦY", "PHÓ BÍ THƯ THƯỜNG TRỰC", "Lê Hà"),
        (("T/M HUYỆN ỦY", "THƯỜNG TRỰC", "", "Lê Hà"), "T/M HUYỆN ỦY", "unreadable", "Lê Hà"),
    ],
)
def test_what_seal_and_pen_hide_is_not_claimed(
    block: tuple[str, ...], authority: str, position: str, signer: str
) -> None:
    """On a scan a torn or missing line makes the field unreadable, never absent and never half."""
    fields = understood(scan(blocks=[block])).fields
    assert (shown(fields.authority), shown(fields.position), shown(fields.signer)) == (authority, position, signer)


def test_a_lost_name_is_not_replaced_by_that_of_the_other_block() -> None:
    """In a joint letter each name belongs to its own block; both are kept in the form."""
    blocks = [["GIÁM ĐỐC", "", "Lê Thu Hà"], ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH", ""]]
    letter = understood(scan(blocks=blocks))
    assert letter.fields.position.value == "CHỦ TỊCH"
    assert letter.fields.signer.state is State.UNREADABLE
    assert "Lê Thu Hà" in (letter.form.signature.value or ())


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT."], ["Như Điều 3", "Lưu: VT"]),
        (["Nơi nhận", "- Như trên;", "- Lưu: VT."], ["Như trên", "Lưu: VT"]),
        (["Nơi nhận: - Như trên;", "- Lưu: VT."], ["Như trên", "Lưu: VT"]),
        (["Nơi nhận:", "Gửi bản điện tử:", "- Như trên;", "- Lưu: VT."], ["Như trên", "Lưu: VT"]),
        (["Nơi nhận:", "- Các cơ quan thuộc", "Chính phủ;", "- Lưu: VT."], ["Các cơ quan thuộc Chính phủ", "Lưu: VT"]),
        (["Nơi nhận:", "Sở Tài chính;", "- Như trên;", "- Lưu: VT."], ["Sở Tài chính", "Như trên", "Lưu: VT"]),
        (["Nơi nhận:", "- - Như trên;", "- Lưu: VT."], ["Như trên", "Lưu: VT"]),
    ],
)
def test_recipients(lines: list[str], names: list[str]) -> None:
    """One entry a line, wrapped lines joined, remarks before the list left out."""
    letter = understood(typed(recipients=lines))
    assert letter.fields.recipients.value == tuple(names)
    assert letter.form.recipients_label.is_found


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["- Như trên;", "- Công an tỉnh;", "- Lưu: VT."], ["Như trên", "Công an tỉnh", "Lưu: VT"]),
        (["Noi 3hn", "- Như trên;", "- Lưu: VT; KT."], ["Như trên", "Lưu: VT; KT"]),
        (["Nơi nhận:", "- Bệ Tài chính;", "- Lưu: V@0.8 VT."], ["Bộ Tài chính", "Lưu: VT"]),
        (["Nơi nhận:", "- Như trên;", "Lưu: VT."], ["Như trên", "Lưu: VT"]),
    ],
)
def test_recipients_off_a_scan(lines: list[str], names: list[str]) -> None:
    """A label under a seal, a lost dash, a letter wrong or read twice."""
    assert understood(scan(recipients=lines)).fields.recipients.value == tuple(names)


def test_a_letter_without_recipients_has_none() -> None:
    """The foot was read and shows no label."""
    assert shown(understood(typed(recipients=())).fields.recipients) == "absent"
