"""Zones and reading order of letters as offices print them."""

from __future__ import annotations

import pytest
from papers import (
    BODY,
    LINE,
    MOTTO,
    NATIONAL,
    PARTY,
    centred,
    letter_page,
    pages,
    printed,
    scan,
    text_file,
    typed,
    zones,
)

from antq_cli.layout import transcribe
from antq_cli.model.page import Document, PageOrigin

RUNNING = "Các cơ quan, đơn vị chịu trách nhiệm sắp xếp hồ sơ, tài liệu theo đúng trình tự và bàn giao"
ONE_COLUMN = f"""
UBND TỈNH LÂM ĐỒNG
SỞ NỘI VỤ
{NATIONAL}
{MOTTO}
Số: 45/SNV-CCHC
Lâm Đồng, ngày 03 tháng 4 năm 2023
V/v báo cáo cải cách hành chính
quý I năm 2023

Kính gửi: Các sở, ban, ngành
Sở Nội vụ đề nghị các cơ quan báo cáo./.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Kiều Bích Hậu
Nơi nhận:
- Như trên;
- Lưu: VT.
"""
BY_SPACES = f"""
        UBND TỈNH LÂM ĐỒNG                 {NATIONAL}
            SỞ NỘI VỤ                          {MOTTO}
         Số: 15/KH-SNV                     Lâm Đồng, ngày      tháng 5 năm 2022

                                KẾ HOẠCH
                      Chỉnh lý tài liệu năm 2022

Sở Nội vụ chỉnh lý tài liệu./.

Nơi nhận:                                       GIÁM ĐỐC
- UBND tỉnh;
- Lưu: VT.
                                            Trần Thị Thử
"""
BY_TABS = f"""
UBND TỈNH LÂM ĐỒNG\t{NATIONAL}
SỞ NỘI VỤ\t{MOTTO}
Số: 15/KH-SNV\tLâm Đồng, ngày 12 tháng 5 năm 2022
KẾ HOẠCH
Chỉnh lý tài liệu năm 2022
Sở Nội vụ chỉnh lý tài liệu./.
Nơi nhận:\tGIÁM ĐỐC
- Lưu: VT.\tTrần Thị Thử
"""
NAMES_AT_LEFT = ["UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ"]


@pytest.mark.parametrize("document", [typed(), scan(), text_file(BY_TABS)], ids=["typed", "scan", "tabs"])
def test_a_plan_is_read_column_by_column(document: Document) -> None:
    """The header's left column comes before its right one, then title, body, recipients and signature."""
    found = zones(document)
    assert found["header_left"] == [*NAMES_AT_LEFT, "Số: 15/KH-SNV"]
    assert found["header_right"] == [NATIONAL, MOTTO, "Lâm Đồng, ngày 12 tháng 5 năm 2022"]
    assert found["title"] == ["KẾ HOẠCH", "Chỉnh lý tài liệu năm 2022"]
    assert (found["recipients"][0], found["recipients"][-1]) == ("Nơi nhận:", "- Lưu: VT.")
    assert found["signature"][-1] == "Trần Thị Thử"
    assert len(found["body"]) == 1


def test_a_letter_in_one_column_is_told_by_its_words() -> None:
    """Titles and date go to the right column, the subject with its second line to the left one."""
    found = zones(text_file(ONE_COLUMN))
    subject = ["V/v báo cáo cải cách hành chính", "quý I năm 2023"]
    assert found["header_left"] == [*NAMES_AT_LEFT, "Số: 45/SNV-CCHC", *subject]
    assert found["header_right"] == [NATIONAL, MOTTO, "Lâm Đồng, ngày 03 tháng 4 năm 2023"]
    assert found["addressees"] == ["Kính gửi: Các sở, ban, ngành"]
    assert found["signature"] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Kiều Bích Hậu"]


def test_columns_by_spaces_keep_the_blanks_of_a_date() -> None:
    """The room left for the day does not part the line of the date; a name alone at the right signs."""
    found = zones(text_file(BY_SPACES))
    assert found["header_right"][-1] == "Lâm Đồng, ngày tháng 5 năm 2022"
    assert found["signature"] == ["GIÁM ĐỐC", "Trần Thị Thử"]
    assert found["recipients"] == ["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT."]


def test_a_head_all_centred_is_one_column() -> None:
    """Issuer above title, both in the middle of the page, are still told apart."""
    lines = centred(105, 20, "UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ", NATIONAL, MOTTO, "Số: 15/KH-SNV")
    lines += centred(105, 60, "KẾ HOẠCH", "Chỉnh lý tài liệu năm 2022")
    found = zones(pages(printed([*lines, (40, 80, BODY[0]), (30, 86, BODY[1])])))
    assert found["header_left"] == [*NAMES_AT_LEFT, "Số: 15/KH-SNV"]
    assert found["header_right"] == [NATIONAL, MOTTO]


def test_an_office_file_with_tabs_is_one_column() -> None:
    """Columns that only tabs part begin at other places on every line."""
    lines = [
        (20.0, 20.0, "UBND TỈNH LÂM ĐỒNG"),
        (85.0, 20.0, NATIONAL),
        (20.0, 25.0, "SỞ NỘI VỤ"),
        (60.0, 25.0, MOTTO),
        (20.0, 30.0, "Số: 15/KH-SNV"),
        (62.0, 30.0, "Lâm Đồng, ngày 12 tháng 5 năm 2022"),
    ]
    page = printed(lines, origin=PageOrigin.OFFICE)
    words = tuple(
        type(word)(word.text, word.box, 1.0, round(word.box.top)) for word in page.words
    )  # one source line for both columns
    found = zones(pages(type(page)(1, 210.0, 297.0, words, PageOrigin.OFFICE)))
    assert found["header_left"] == [*NAMES_AT_LEFT, "Số: 15/KH-SNV"]
    assert found["header_right"] == [NATIONAL, MOTTO, "Lâm Đồng, ngày 12 tháng 5 năm 2022"]


@pytest.mark.parametrize(
    ("blocks", "order"),
    [
        ([["GIÁM ĐỐC", "", "Lê Thu Hà"], ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH", "Giàng A Páo"]], "Giàng A Páo, Lê Thu Hà"),
        (
            [["GIÁM ĐỐC", "", "Lê Thu Hà"], ["CHỦ TỊCH", "", "Ma Văn Khoa"], ["GIÁM ĐỐC", "", "Võ Minh Trí"]],
            "Võ Minh Trí, Ma Văn Khoa, Lê Thu Hà",
        ),
        ([["THƯ KÝ", "", "Lê Thu Hà"], ["CHỦ TỌA", "", "Ma Văn Khoa"]], "Ma Văn Khoa, Lê Thu Hà"),
    ],
)
def test_blocks_side_by_side_are_read_one_after_another(blocks: list[list[str]], order: str) -> None:
    """The right block comes first, there the leading body signs; the recipients stand below."""
    found = zones(typed(blocks=blocks))
    names = [line for line in found["signature"] if not line.isupper()]
    assert ", ".join(names) == order
    assert found["recipients"] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]


def test_a_copy_s_block_below_the_letter_is_not_the_letter_s() -> None:
    """What stands below the closing under another title is an annex to it."""
    block = [*centred(60, 230, "UBND HUYỆN ĐỨC TRỌNG", "Số: 145/SY-UBND"), *centred(148, 230, NATIONAL)]
    found = zones(typed(more=[*block, *centred(105, 246, "SAO Y"), *centred(150, 256, "CHÁNH VĂN PHÒNG")]))
    assert found["header_left"][-1] == "Số: 15/KH-SNV"
    assert found["signature"][-1] == "Trần Thị Thử"
    assert "SAO Y" in found["annex"]


def test_an_arrival_stamp_is_no_part_of_the_text() -> None:
    """The frame ĐẾN with its number and day, under the letter's number, goes to the stamps."""
    stamp = [(35.0, 62.0, "ĐẾN"), (52.0, 56.0, "Số: 1021"), (52.0, 62.0, "Ngày: 05/4"), (52.0, 68.0, "Chuyển:")]
    found = zones(scan(more=stamp, gap=35.0))
    assert found["header_left"] == [*NAMES_AT_LEFT, "Số: 15/KH-SNV"]
    assert found["arrival_stamp"] == ["Số: 1021", "ĐẾN Ngày: 05/4", "Chuyển:"]
    assert found["title"] == ["KẾ HOẠCH", "Chỉnh lý tài liệu năm 2022"]


def test_a_stamp_beside_the_title_is_not_its_subject() -> None:
    """What is printed far beside kind and subject belongs to a stamp."""
    found = zones(scan(more=[(165.0, 49.0, "CỤC MẪU"), (168.0, 53.5, "Số 388")]))
    assert found["title"] == ["KẾ HOẠCH", "Chỉnh lý tài liệu năm 2022"]


def test_columns_that_lean_into_each_other_are_cut_row_by_row() -> None:
    """A long issuer reaches under the right column; its row is cut at its own gap."""
    left = ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "XÃ HÒA AN")
    found = zones(scan(left=left, date="Vĩnh Long, ngày 12 tháng 5 năm 2022"))
    assert found["header_right"][-1] == "Vĩnh Long, ngày 12 tháng 5 năm 2022"
    assert found["header_left"][1] == "XÃ HÒA AN"


def test_a_paragraph_that_a_page_s_end_cuts_is_one() -> None:
    """The sentence goes on in small letters on the next page."""
    first = letter_page(recipients=(), blocks=(), body=[RUNNING, RUNNING + " hồ sơ"])
    second = printed([(30.0, 20.0, "cho Lưu trữ lịch sử trước ngày 30 tháng 6 năm 2023.")], number=2)
    assert any("hồ sơ cho Lưu trữ lịch sử" in paragraph for paragraph in zones(pages(first, second))["body"])


def test_text_broken_at_a_width_is_joined_again() -> None:
    """Lines of one sentence become one paragraph, points of a list do not."""
    text = (
        "Sở Nội vụ đề nghị các cơ quan, đơn vị nộp hồ sơ về kho trước ngày 10\n"
        "tháng 4 năm 2023.\na) Hồ sơ giấy;\nb) Hồ sơ số."
    )
    assert zones(text_file(text))["body"] == [
        "Sở Nội vụ đề nghị các cơ quan, đơn vị nộp hồ sơ về kho trước ngày 10 tháng 4 năm 2023.",
        "a) Hồ sơ giấy;",
        "b) Hồ sơ số.",
    ]


@pytest.mark.parametrize(
    "document",
    [
        typed(right=(PARTY,), left=("TỈNH ỦY LÂM ĐỒNG", "*"), number="Số 45-CT/TU", title=("CHỈ THỊ", "Về lưu trữ")),
        text_file(ONE_COLUMN),
        text_file(BY_SPACES),
        scan(blocks=[["GIÁM ĐỐC", "Lê Thu Hà"], ["CHỦ TỊCH", "Ma Văn Khoa"]]),
        pages(printed([])),
        pages(printed([(30.0, 20.0 + LINE * n, "1 Hồ sơ 20 năm") for n in range(9)])),
    ],
)
def test_every_word_is_kept_once_and_evidence_leads_back(document: Document) -> None:
    """The transcript holds each word of each page exactly once, at the place its token says."""
    transcript = transcribe(document)
    seen = [(token.page, token.word) for token in transcript.tokens]
    assert sorted(seen) == [(n, i) for n, page in enumerate(document.pages) for i in range(len(page.words))]
    for token in transcript.tokens:
        assert transcript.text[token.start : token.end] == document.pages[token.page].words[token.word].text
