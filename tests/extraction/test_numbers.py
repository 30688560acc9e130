"""Số, ký hiệu: one number and symbol, in its many prints."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_cli.extraction.numbers import number_key, number_keys, parse_number

PRINTS = [
    # printed, canonical, key, family
    ("22/CT-UBND", "22/CT-UBND", "22||CT|UBND", "administrative"),
    ("09/CTR-BCA-MTTW", "09/CTr-BCA-MTTW", "9||CTR|BCA|MTTW", "administrative"),
    ("09/CTr- BCA-MTTW", "09/CTr-BCA-MTTW", "9||CTR|BCA|MTTW", "administrative"),
    ("15/kh-ubnd", "15/KH-UBND", "15||KH|UBND", "administrative"),
    ("541/CD-TTg", "541/CĐ-TTg", "541||CD|TTG", "administrative"),
    ("76/NQ-HĐNĐ", "76/NQ-HĐND", "76||NQ|HDND", "administrative"),
    ("45/QĐ.UBND", "45/QĐ-UBND", "45||QD|UBND", "administrative"),
    ("33/KH UBND", "33/KH-UBND", "33||KH|UBND", "administrative"),
    ("15-KH-UBND", "15/KH-UBND", "15||KH|UBND", "administrative"),
    ("240/QĐ", "240/QĐ", "240||QD", "administrative"),
    ("12a/KH-UBND", "12a/KH-UBND", "12A||KH|UBND", "administrative"),
    ("12/GP-UBND", "12/GP-UBND", "12||GP|UBND", "administrative"),
    ("138-KH/TU", "138-KH/TU", "138||KH|TU", "party"),
    ("138/KH/TU", "138-KH/TU", "138||KH|TU", "party"),
    ("27-KH/DU", "27-KH/ĐU", "27||KH|DU", "party"),
    ("1518-QĐ/TWĐTN-CTĐ", "1518-QĐ/TWĐTN-CTĐ", "1518||QD|TWDTN|CTD", "party"),
    ("Số 36-HD/VPTW", "36-HD/VPTW", "36||HD|VPTW", "party"),
    ("6711/MTTQ-BTT", "6711/MTTQ-BTT", "6711|||MTTQ|BTT", "letter"),
    ("Số: **1221** /MTTW-BTT", "1221/MTTW-BTT", "1221|||MTTW|BTT", "letter"),
    ("6/BTT-MTTQ", "6/BTT-MTTQ", "6|||BTT|MTTQ", "letter"),
    ("1234/TTCP-VP", "1234/TTCP-VP", "1234|||TTCP|VP", "letter"),
    ("12/UBND - VX", "12/UBND-VX", "12|||UBND|VX", "letter"),
    ("64 TC/TCT", "64/TC-TCT", "64|||TC|TCT", "letter"),
    ("1.305/UBND-NC", "1305/UBND-NC", "1305|||UBND|NC", "letter"),
    ("Số:1305UBND-NCPC", "1305/UBND-NCPC", "1305|||UBND|NCPC", "no_slash"),
    ("90/TBMTTQ-BTT", "90/TB-MTTQ-BTT", "90||TB|MTTQ|BTT", "glued"),
    ("01/2011/TTBNV", "01/2011/TT-BNV", "1|2011|TT|BNV", "normative"),
    ("154/2020/NĐCP", "154/2020/NĐ-CP", "154|2020|ND|CP", "normative"),
    ("89/2015/NÐ-CP", "89/2015/NĐ-CP", "89|2015|ND|CP", "normative"),
    ("51/2025/TT-BTС", "51/2025/TT-BTC", "51|2025|TT|BTC", "normative"),
    ("55 /2005/TTLT-BNV-VPCP", "55/2005/TTLT-BNV-VPCP", "55|2005|TTLT|BNV|VPCP", "normative"),
    ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", "66.7|2025|NQ|CP", "normative"),
    ("04/1985/NQLT", "04/1985/NQLT", "4|1985|NQLT", "normative"),
    ("47/2000/QĐ-BGD&ĐT", "47/2000/QĐ-BGD&ĐT", "47|2000|QD|BGDDT", "normative"),
    ("33/2024/QH15", "33/2024/QH15", "33|2024||QH15", "qh"),
    ("13/2019/QHI4", "13/2019/QH14", "13|2019||QH14", "qh"),
    ("1211/2016/UBTVQH13", "1211/2016/UBTVQH13", "1211|2016||UBTVQH13", "qh"),
    ("14-CP", "14-CP", "14|||CP", "legacy"),
    ("l5/KH-UBND", "15/KH-UBND", "15||KH|UBND", "administrative"),
    ("1O/KH-UBND", "10/KH-UBND", "10||KH|UBND", "administrative"),
    ("   /QĐ-UBND", "/QĐ-UBND", "||QD|UBND", "administrative"),
    ("12/KH-UBND ngày 5/3/2020", "12/KH-UBND", "12||KH|UBND", "administrative"),
    ("12/KH-UBND; 13/KH-UBND", "12/KH-UBND", "12||KH|UBND", "administrative"),
    ("12/KH-UBND - Sở Y tế", "12/KH-UBND", "12||KH|UBND", "administrative"),
]


@pytest.mark.parametrize(("printed", "canonical", "key", "family"), PRINTS)
def test_prints_are_brought_to_one_form(printed: str, canonical: str, key: str, family: str) -> None:
    """Each print gives its canonical form, its key and its family."""
    number = parse_number(printed)
    assert number is not None
    assert (number.canonical, number.key, number.family) == (canonical, key, family)


@pytest.mark.parametrize("canonical", sorted({row[1] for row in PRINTS if row[1][0].isdigit()}))
def test_the_canonical_form_is_read_as_itself(canonical: str) -> None:
    """Reading what was mended changes it no more."""
    number = parse_number(canonical)
    assert number is not None
    assert number.canonical == canonical


@pytest.mark.parametrize(
    "text",
    [
        "2021-2023",
        "24/7",
        "1.390.947",
        "12/3/2021",
        "5/ngày 3",
        "51F-123.45",
        "0283.123.456",
        "286",
        "Số:",
        "QH15",
        "",
        "km/h",
    ],
)
def test_other_figures_are_no_numbers_of_documents(text: str) -> None:
    """Ranges, dates, sums, plates and telephones are refused."""
    assert parse_number(text) is None


@pytest.mark.parametrize(("printed", "repaired"), [("15/KH-UBND", False), ("15/KHUBND", True), ("15/KH- UBND", False)])
def test_mending_is_told(printed: str, repaired: bool) -> None:
    """A lost separator is mended and told; a blank beside one is no fault."""
    number = parse_number(printed)
    assert number is not None
    assert number.repaired is repaired


@pytest.mark.parametrize(
    ("printed", "kinds"),
    [
        ("6711/MTTQ-BTT", ("công văn",)),
        ("59-CV/TU", ("công văn",)),
        ("12/QĐ-UBND", ("quyết định",)),
        ("66-QĐ/TW", ("quyết định", "quy định")),
        ("25/TT-MTTW-BTT", ("thông tri", "thông tư")),
        ("23/2012/TT-BCA", ("thông tư",)),
        ("15/HD-SNV", ("hướng dẫn",)),
        ("12/GP-UBND", ()),
        ("14-CP", ()),
    ],
)
def test_the_symbol_tells_the_kind(printed: str, kinds: tuple[str, ...]) -> None:
    """The kinds a symbol allows come most likely first; none when it does not tell."""
    number = parse_number(printed)
    assert number is not None
    assert number.kind_names == kinds


def test_keys_for_search_shrink_from_the_right() -> None:
    """A number is searched by its full key and by what is left of it."""
    assert number_keys("09/CTr-BCA-MTTW") == ("9||CTR|BCA|MTTW", "9||CTR|BCA", "9||CTR")
    assert number_keys("028") == ("28",)
    assert number_keys("kế hoạch") == ()


def test_a_blank_number_has_no_key() -> None:
    """A number still to be given cannot be compared."""
    assert number_key("   /QĐ-UBND") is None
    assert number_key("05/QĐ-UBND") == "5||QD|UBND"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the reader fail, and a canonical form is read again to the same key."""
    number = parse_number(text)
    if number is not None and number.digits:
        again = parse_number(number.canonical)
        assert again is not None
        assert again.canonical == number.canonical


@settings(deadline=None)
@given(
    st.integers(1, 999_999),
    st.sampled_from(["QĐ", "KH", "CTr", "TTr", "NQ", "CT", "BC", "TB", "HD"]),
    st.lists(st.sampled_from(["UBND", "HĐND", "BCA", "MTTW", "SNV", "PV05"]), min_size=1, max_size=3),
)
def test_numbers_of_the_state_survive_case_and_blanks(digits: int, kind: str, bodies: list[str]) -> None:
    """Capitals and blanks round the separators change neither key nor canonical form."""
    plain = f"{digits}/{kind}-{'-'.join(bodies)}"
    number = parse_number(plain)
    assert number is not None
    assert number.canonical == plain
    assert number_key(plain.upper()) == number.key
    assert number_key(f"{digits} /{kind}- {'-'.join(bodies)}") == number.key
