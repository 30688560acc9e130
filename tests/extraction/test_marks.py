"""Titles, stamps, openers and closings, signs of drafts, copies and news."""

from __future__ import annotations

from dataclasses import replace

import pytest
from papers import MOTTO, NATIONAL, PARTY, scan, text_file, typed, understood

from antq_cli.model.letter import State
from antq_cli.model.page import Document, Ink

FOUND, ABSENT, UNREADABLE = State.FOUND, State.ABSENT, State.UNREADABLE
MARKED = {
    "draft": ("DỰ THẢO", "Dự thảo lần 2"),
    "secret": ("MẬT", "TỐI MẬT", "TUYỆT MẬT"),
    "urgent": ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"),
}


def test_titles_of_state_and_party() -> None:
    """The header shows one or the other, some letters wrong."""
    state = understood(scan(right=("CỘNG HOÀ XÃ HÔI CHỦ NGHĨA VIỆT NAM", MOTTO))).form
    party = understood(typed(right=(PARTY,), left=("TỈNH ỦY LÂM ĐỒNG", "*"), number="Số 4-KH/TU")).form
    assert (state.national_title.state, state.motto.state, state.party_title.state) == (FOUND, FOUND, ABSENT)
    assert (party.national_title.state, party.motto.state, party.party_title.state) == (ABSENT, ABSENT, FOUND)
    assert party.party_star.is_found


def test_a_star_that_ocr_drops_proves_nothing() -> None:
    """On a scan the star of the Party is found or unreadable."""
    assert understood(scan(right=(PARTY,), left=("TỈNH ỦY LÂM ĐỒNG",))).form.party_star.state is UNREADABLE


@pytest.mark.parametrize(("name", "mark"), [(name, mark) for name, marks in MARKED.items() for mark in marks])
def test_marks_beside_the_title(name: str, mark: str) -> None:
    """A mark that stands alone between header and title is seen; the others are not."""
    form = understood(typed(more=[(35.0, 49.0, mark)], gap=10.0)).form
    seen = {field: getattr(form, field).state for field in MARKED}
    assert seen == {field: FOUND if field == name else ABSENT for field in MARKED}


def test_a_word_in_the_text_is_no_stamp() -> None:
    """MẬT within a sentence, KHẨN at a line's start: words, not marks."""
    form = understood(typed(body=["Tài liệu có dấu MẬT phải được quản lý riêng.", "KHẨN trương nộp hồ sơ./."])).form
    assert (form.secret.state, form.urgent.state) == (ABSENT, ABSENT)


@pytest.mark.parametrize("heading", ["SAO Y", "SAO LỤC", "TRÍCH SAO", "SAO Y BẢN CHÍNH"])
def test_headings_of_copies(heading: str) -> None:
    """The block of a copy below the letter."""
    assert understood(typed(more=[(95.0, 240.0, heading)])).form.copy.is_found


def test_the_mark_of_an_electronic_copy() -> None:
    """Form, body and moment in one line above the header."""
    text = f"SAO Y; UBND HUYỆN ĐỨC TRỌNG; 20/04/2023\nSỞ NỘI VỤ\n{NATIONAL}\nSố: 4/TB-SNV\nTHÔNG BÁO\nLịch công tác"
    letter = understood(text_file(text))
    assert letter.form.copy.is_found
    assert letter.fields.issuer.value == "SỞ NỘI VỤ"


STAMP = [(35.0, 62.0, "ĐẾN"), (52.0, 56.0, "Số: 1021"), (52.0, 62.0, "Ngày: 05/4/2022@0.5"), (52.0, 68.0, "Chuyển:")]


def _with_ink(document: Document, heights: dict[str, float]) -> Document:
    """The document with ink measured on these words, in mm."""
    page = document.pages[0]
    words = tuple(
        replace(word, ink=Ink(heights[word.text], 0.3)) if word.text in heights else word for word in page.words
    )
    return replace(document, pages=(replace(page, words=words),))


@pytest.mark.parametrize(("height", "state"), [(2.5, FOUND), (3.9, UNREADABLE)])
def test_number_and_day_of_arrival_are_the_receiver_s(height: float, state: State) -> None:
    """They are read from the stamp ĐẾN where they are as high as print, and never become the letter's."""
    paper = scan(number="Số: 15/KH-SNV", more=STAMP, gap=35.0)
    letter = understood(_with_ink(paper, {"Số:": 3.3, "1021": height, "Ngày:": 3.3, "05/4/2022": 2.5}))
    assert letter.form.arrival_number.state is state
    assert letter.form.arrival_number.raw == "1021"
    assert letter.form.arrival_date.state is UNREADABLE
    assert letter.form.arrival_date.candidates == ("05/4/2022",)
    assert letter.fields.number.value == "15/KH-SNV"
    assert understood(scan()).form.arrival_number.state is ABSENT


def test_without_measured_ink_nothing_of_a_stamp_is_claimed() -> None:
    """A scan whose digits were not measured may show pen; a text layer shows type."""
    assert understood(scan(more=STAMP, gap=35.0)).form.arrival_number.state is UNREADABLE
    assert understood(typed(more=STAMP, gap=35.0)).form.arrival_number.value == "1021"


@pytest.mark.parametrize(
    ("end", "state"),
    [("báo cáo./.", FOUND), ("báo cáo.I.", FOUND), ("báo cáo.", ABSENT), ("báo cáo@0.3", UNREADABLE)],
)
def test_the_closing_mark(end: str, state: State) -> None:
    """`./.` at the end of the body, blurred or not."""
    assert understood(scan(body=["Sở Nội vụ đề nghị các cơ quan " + end])).form.ending.state is state


@pytest.mark.parametrize(
    ("opening", "state"),
    [
        ("Căn cứ Luật Lưu trữ;", FOUND),
        ("Thực hiện Kế hoạch số 88/KH-UBND ngày 03/3/2022,", FOUND),
        ("Thực hiện nếp sống văn minh,", ABSENT),
        ("Để nâng cao chất lượng hồ sơ,", ABSENT),
    ],
)
def test_what_a_letter_rests_on(opening: str, state: State) -> None:
    """An opener counts with the document it names."""
    assert understood(typed(body=[opening, "Sở Nội vụ đề nghị báo cáo./."])).form.basis.state is state


NEWS = """UBND tỉnh yêu cầu phòng cháy rừng
UBND tỉnh vừa ban hành Công văn số 2101/UBND-NN về phòng cháy rừng.
Theo đó, các sở, ngành triển khai ngay.
"""


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (NEWS, FOUND),
        ("Hội nghị tổng kết công tác lưu trữ\nNăm qua, tỉnh đã chỉnh lý 100 mét hồ sơ.\nSố lượt xem: 12", FOUND),
        ("Sở Nội vụ đề nghị các cơ quan báo cáo kết quả.", ABSENT),
    ],
)
def test_signs_of_news(text: str, state: State) -> None:
    """Reported speech and the furniture of a web page weigh together."""
    assert understood(text_file(text)).form.news.state is state
