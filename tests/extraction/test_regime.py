"""Which file is what, and whose rules of form it answers to."""

from __future__ import annotations

from datetime import date

import pytest
from papers import BODY, MOTTO, NATIONAL, PARTY, pages, printed, scan, text_file, typed, understood

from antq_cli.extraction.regime import regime_on
from antq_cli.model.letter import DocumentClass, Regime
from antq_cli.model.page import Document

FRONT = ("ỦY BAN MTTQ VIỆT NAM TỈNH LÂM ĐỒNG", "BAN THƯỜNG TRỰC")
PARTY_HEAD = {"right": (PARTY,), "left": ("TỈNH ỦY LÂM ĐỒNG", "*"), "number": "Số 45-KH/TU"}


@pytest.mark.parametrize(
    ("family", "day", "regime"),
    [
        ("state", date(2004, 1, 1), Regime.UNKNOWN),
        ("state", date(2008, 4, 3), Regime.STATE_TTLT55),
        ("state", date(2020, 3, 4), Regime.STATE_TT01),
        ("state", date(2020, 3, 5), Regime.STATE_ND30),
        ("party", date(2018, 4, 2), Regime.PARTY_HD11),
        ("party", date(2018, 4, 3), Regime.PARTY_HD36),
        ("party", date(2026, 5, 27), Regime.PARTY_HD05),
        ("front", date(2025, 8, 28), Regime.MTTQ_HD91),
        ("front", date(2025, 8, 29), Regime.MTTQ_QD207),
    ],
)
def test_regimes_follow_one_another(family: str, day: date, regime: Regime) -> None:
    """The first day of each set of rules counts as its own."""
    assert regime_on(family, day) is regime


def _on(day: str) -> str:
    return f"Lâm Đồng, ngày {day[:2]} tháng {day[3:5]} năm {day[6:]}"


@pytest.mark.parametrize(
    ("document", "regime"),
    [
        (typed(), Regime.STATE_ND30),
        (typed(date=_on("12/05/2015")), Regime.STATE_TT01),
        (typed(left=FRONT, number="Số: 249/KH-MTTQ-BTT"), Regime.MTTQ_HD91),
        (typed(left=FRONT, number="Số: 249/KH-MTTQ-BTT", date=_on("12/10/2025")), Regime.MTTQ_QD207),
        (scan(left=FRONT, date="Lâm Đồng, ngày 12@0.3 tháng 10 năm 2025"), Regime.MTTQ_QD207),
        (typed(**PARTY_HEAD), Regime.PARTY_HD36),
        (typed(**PARTY_HEAD, date=_on("01/07/2026")), Regime.PARTY_HD05),
        (typed(number="Số: 12/2022/QĐ-UBND", title=("QUYẾT ĐỊNH", "Ban hành quy định")), Regime.VBQPPL),
        (
            typed(left=("ĐOÀN TNCS HỒ CHÍ MINH", "TỈNH ĐOÀN LÂM ĐỒNG"), right=(), number="Số: 13-KH/TĐTN"),
            Regime.OTHER_UNION,
        ),
        (text_file("Kính gửi: Các sở\nUBND tỉnh yêu cầu các sở báo cáo trước ngày 27/8/2022./."), Regime.STATE_ND30),
        (text_file("Lời cảm ơn\nGia đình chúng tôi xin chân thành cảm ơn."), Regime.UNKNOWN),
    ],
)
def test_regime_of_a_letter(document: Document, regime: Regime) -> None:
    """By the printed header first, then number and voice; then by the day, or what is known of it."""
    assert understood(document).regime is regime


TAIL = "Các cơ quan báo cáo về Sở trước ngày 30/6/2023./.\nNơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nLê Thu Hà"
EXCERPT = f"Kính gửi: Các sở, ban, ngành\n{BODY[0]}\n1. Báo cáo trước ngày 30/6/2023./."
ANNEX = "PHỤ LỤC I\nDANH MỤC HỒ SƠ\n(Kèm theo Kế hoạch số 81/KH-SNV ngày 03/4/2023)\n1. Hồ sơ tổ chức."
NEWS = "Tỉnh vừa ban hành Công văn số 21/UBND-NN\nTheo đó, các sở triển khai ngay.\nSố lượt xem: 12"
MIDDLE = "2\ntháng 4 năm 2023. Các cơ quan cử cán bộ tham gia.\n2. Sở Tài chính\na) Thẩm định dự toán kinh phí."
TABLE = "STT\tTên hồ sơ\tThời hạn\n1\tHồ sơ bộ máy\tVĩnh viễn\n2\tHồ sơ kế toán\t10 năm"
ENGLISH = "To: All department heads\nPlease submit the records schedule by 30 June 2023.\nKind regards,"
COPY = [(95.0, 240.0, "SAO Y")]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (typed(), DocumentClass.LETTER),
        (scan(), DocumentClass.LETTER),
        (typed(more=COPY), DocumentClass.COPY),
        (typed(more=[(35.0, 49.0, "DỰ THẢO")], gap=8.0), DocumentClass.DRAFT),
        (text_file(TAIL), DocumentClass.EXCERPT),
        (text_file(EXCERPT), DocumentClass.EXCERPT),
        (text_file(ANNEX), DocumentClass.ANNEX),
        (text_file(NEWS), DocumentClass.NEWS),
        (text_file(MIDDLE), DocumentClass.OTHER),
        (text_file(TABLE), DocumentClass.OTHER),
        (text_file(ENGLISH), DocumentClass.OTHER),
        (pages(printed([])), DocumentClass.OTHER),
        (
            text_file(f"SỞ NỘI VỤ\n{NATIONAL}\n{MOTTO}\nSố: 4/SNV-VP\nKính gửi: Sở Y tế\nTheo đó, sở báo cáo."),
            DocumentClass.LETTER,
        ),
    ],
)
def test_class_of_a_file(document: Document, expected: DocumentClass) -> None:
    """Letters, parts of letters, news, annexes and what is none of them."""
    assert understood(document).document_class is expected
