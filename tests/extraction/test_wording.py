"""Set phrases of lists with a letter wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_cli.extraction.wording import reworded


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Bệ Tài chính", "Bộ Tài chính"),
        ("Như kính gứi", "Như kính gửi"),
        ("Gác đơn vị trực thuộc", "Các đơn vị trực thuộc"),
        ("Văn phàng Chính phu", "Văn phòng Chính phủ"),
        ("Bạn CHQS xã", "Ban CHQS xã"),
        ("CT, các PCF UPND tỉnh", "CT, các PCT UBND tỉnh"),
        ("UBMTTTQ các xã", "UBMTTQ các xã"),
        ("UBM TQ các huyện", "UBMTTQ các huyện"),
        ("UBđTW MTTQ Việt Nam", "UBTW MTTQ Việt Nam"),
        ("VPUB: CVP. PCVP", "VPUB: CVP, PCVP"),
        ("Lưu: VI; KGVX", "Lưu: VT; KGVX"),
        ("Lưu: VT, NC (3h)", "Lưu: VT, NC (3b)"),
    ],
)
def test_known_phrases_get_their_letters_back(read: str, right: str) -> None:
    """One letter is wrong, and one known body, office or phrase alone fits."""
    assert reworded(read) == right


@pytest.mark.parametrize(
    "printed",
    [
        "Sở Nông nghiệp và Môi trường",
        "Bộ Nông nghiệp và Môi trường",
        "Trung tâm XTĐT (để biết)",
        "Các hộ nông dân trong xã",
        "Lưu: VX",
        "TP. HCM",
        "Công ty Tài Chánh",
        "",
    ],
)
def test_what_may_be_right_stays(printed: str) -> None:
    """A code or a word that nothing proves wrong is left as it was read."""
    assert reworded(printed) == printed


@given(st.text(alphabet="ABCDĐUNTabếộ,.;: ()-35", max_size=40))
def test_the_count_of_words_never_grows(text: str) -> None:
    """Phrases are mended in place."""
    assert len(reworded(text).split()) <= len(text.split())
