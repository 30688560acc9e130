"""When two references mean one document."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_cli.extraction.identity import agree, reference_of
from antq_cli.model.letter import Reference

R = reference_of
DAY = date(2021, 3, 11)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (R(number="09/CTr-BCA-MTTW"), R(kind="chương trình phối hợp", number="09")),
        (R(number="09/CTr-BCA-MTTW"), R(kind="chương trình phối hợp", number="9/CTr-MTTW-BCA")),
        (R(number="09/CTr-BCA-MTTW"), R(number="9/CTr-BCA-TTTW")),
        (R(kind="kế hoạch", number="5/KH-CA-MTTQ"), R(kind="kế hoạch phối hợp", number="05/KHPH-CA-MTTQ")),
        (R(number="23/2012/TT-BCA"), R(number="23/2012/TT-BCA-V28")),
        (R(number="64 TC/TCT"), R(number="64/TC-TCT")),
        (R(number="14-CP"), R(number="14/CP")),
        (R(kind="chỉ thị", number="28"), R(kind="Chỉ thị", number="028")),
        (R(kind="công văn", number="1305"), R(number="1305/UBND-NCPC")),
        (
            R(kind="chỉ thị", number="28", issuer="UBND tỉnh"),
            R(number="28/CT-UBND", issuer="ỦY BAN NHÂN DÂN TỈNH BẮC KẠN"),
        ),
        (R(number="5/KH-MTTQ", issuer="Ủy ban MTTQ Việt Nam tỉnh"), R(number="5/KH-MTTQ", issuer="MẶT TRẬN TỔ QUỐC")),
        (
            R(number="5/QĐ-UBND", issuer="UBND huyện Đức Trọng"),
            R(number="5/QĐ-UBND", issuer="ỦY BAN NHÂN DÂN HUYỆN ĐỨC TRONG TỈNH LÂM ĐỒNG"),
        ),
        (R(number="5/QĐ-UBND", issuer="UBND huyện"), R(number="5/QĐ-UBND", issuer="UBND huyện Lâm Hà")),
        (R(number="5/QĐ-UBND", issuer="UBND phường 5, quận 3"), R(number="5/QĐ-UBND", issuer="UBND Phường 5")),
        (R(number="5/KH-UBND", issued=DAY), R(number="05/KH-UBND")),
        (R(kind="luật", title="Đất đai năm 2024"), R(kind="luật", title="ĐẤT ĐAI", number="31/2024/QH15")),
        (R(kind="luật", title="Đất đai"), R(kind="luật", title="Đất đai", issued=date(2013, 11, 29))),
        (R(kind="hiến pháp", title="năm 2013"), R(kind="hiến pháp", issued=date(2013, 11, 28))),
        (R(number="63/NĐ-CP", issued=date(2010, 6, 8)), R(number="63/2010/NĐ-CP")),
    ],
)
def test_references_to_one_document_agree(one: Reference, other: Reference) -> None:
    """What only one side knows does not part them."""
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (R(number="09/CTr-BCA-MTTW"), R(kind="chỉ thị", number="09")),
        (R(number="09/CTr-BCA-MTTW"), R(number="10/CTr-BCA-MTTW")),
        (R(number="12/QĐ-BCT"), R(number="12/QĐ-BYT")),
        (R(number="12/QĐ-UBND"), R(number="12/2019/QĐ-UBND")),
        (R(number="12/KH-UBND"), R(number="12/QĐ-UBND")),
        (R(number="12/KH-UBND"), R(number="12/KH-HĐND")),
        (R(number="15-CT/TU"), R(number="15/CT-UBND")),
        (R(number="5/QĐ-UBND", issuer="UBND huyện Đức Trọng"), R(number="5/QĐ-UBND", issuer="UBND huyện Lâm Hà")),
        (R(number="5/QĐ-UBND", issuer="UBND xã Tân Hà"), R(number="5/QĐ-UBND", issuer="ỦY BAN NHÂN DÂN XÃ TÂN HOA")),
        (R(number="5/QĐ-UBND", issuer="UBND phường 5"), R(number="5/QĐ-UBND", issuer="UBND phường 6")),
        (
            R(number="5/QĐ-UBND", issuer="UBND xã Tân Lập, huyện Đức Trọng"),
            R(number="5/QĐ-UBND", issuer="UBND xã Tân Lập, huyện Lâm Hà"),
        ),
        (R(number="12/2018/TT-BYT"), R(number="12/2019/TT-BYT")),
        (R(number="5/KH-UBND", issued=DAY), R(number="5/KH-UBND", issued=date(2020, 3, 11))),
        (R(number="63/2010/NĐ-CP"), R(kind="nghị định", number="63", issued=date(2011, 6, 8))),
        (R(kind="chỉ thị", number="28", issuer="UBND tỉnh"), R(number="28-CT/TW")),
        (R(number="28/CT-UBND", issuer="UBND tỉnh Lào Cai"), R(number="28/CT-UBND", issuer="UBND TỈNH CÀ MAU")),
        (R(number="28/CT-UBND", issuer="UBND huyện Ba Bể"), R(number="28/CT-UBND", issuer="UBND TỈNH BẮC KẠN")),
        (R(kind="luật", title="Đất đai năm 2013"), R(kind="luật", title="Đất đai", issued=date(2024, 1, 18))),
        (R(kind="luật", title="Dân sự"), R(kind="bộ luật", title="Dân sự")),
        (R(kind="chỉ thị", issued=DAY), R(kind="chỉ thị", issued=DAY)),
        (R(kind="chỉ thị", title="An toàn"), R(kind="chỉ thị", title="An toàn")),
        (R(kind="luật"), R(kind="luật")),
        (R(number="28"), R(number="28/CT-UBND")),
        (R(number="5/KH-UBND"), R(kind="kế hoạch", issued=DAY)),
    ],
)
def test_what_differs_on_both_sides_parts_documents(one: Reference, other: Reference) -> None:
    """Number, year, kind, body, day, area: one known difference is enough; without a number nothing is claimed."""
    assert not agree(one, other)
    assert not agree(other, one)


def test_a_reference_gets_its_key() -> None:
    """Keys come from the number, from kind and digits, or from a law's name."""
    assert R(number="09/CTr-BCA-MTTW").key == "9||CTR|BCA|MTTW"
    assert R(kind="chỉ thị", number="028").key == "28||CT"
    assert R(kind="công văn", number="12").key == "12||CV"
    assert R(kind="luật", title="Đất đai năm 2024").key == "LUAT|dat dai"
    assert R(kind="bộ luật", title="Dân sự").key == "BOLUAT|dan su"
    assert R(kind="kế hoạch", title="Thi đua").key is None


_REFERENCES = st.builds(
    reference_of,
    kind=st.sampled_from([None, "kế hoạch", "chỉ thị", "luật", "công văn"]),
    number=st.sampled_from([None, "5", "05", "5/KH-UBND", "5-CT/TU", "5/UBND-TH", "5/2020/QH14", "5/2020/NQ-HĐND"]),
    issued=st.sampled_from([None, DAY, date(2020, 1, 2)]),
    issuer=st.sampled_from([None, "UBND tỉnh", "Tỉnh ủy", "UBND huyện Ba Bể"]),
    title=st.sampled_from([None, "Đất đai", "Giá năm 2020"]),
)


@settings(deadline=None)
@given(_REFERENCES, _REFERENCES)
def test_agreement_is_mutual(one: Reference, other: Reference) -> None:
    """The order of the two does not count."""
    assert agree(one, other) == agree(other, one)
