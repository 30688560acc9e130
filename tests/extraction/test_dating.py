"""Place and day in the header."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from papers import MOTTO, NATIONAL, letter_page, pages, scan, shown, text_file, typed, understood

from antq_cli.model.page import CLEAR, Box, Guess, PageOrigin, Slot, SlotState

BOX = Box(150, 30, 160, 36)


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("Nam Định, ngày 05 tháng 9 năm 2024", "Nam Định", date(2024, 9, 5)),
        ("Nam Định, ngày 5 tháng 09 năm 2024", "Nam Định", date(2024, 9, 5)),
        ("Nam Định, ngày 05/9/2024", "Nam Định", date(2024, 9, 5)),
        ("Nam Định, 05/9/2024", "Nam Định", date(2024, 9, 5)),
        ("Nam Định ngày 12 tháng 9 năm 2024", "Nam Định", date(2024, 9, 12)),
        ("TP. Hồ Chí Minh, ngày 12 tháng 9 năm 2024", "TP. Hồ Chí Minh", date(2024, 9, 12)),
        ("Thành phố Huế, ngày 12 tháng 9 năm 2024", "Thành phố Huế", date(2024, 9, 12)),
        ("Quận 1, ngày 12 tháng 10 năm 2024", "Quận 1", date(2024, 10, 12)),
        ("Ngày 05 tháng 9 năm 2024", "absent", date(2024, 9, 5)),
        ("Nam Định, ngày … tháng … năm 2024", "Nam Định", "absent"),
        ("Nam Định, ngày      tháng 9 năm 2024", "Nam Định", "absent"),
        ("Nam Định, ngày 31 tháng 4 năm 2024", "Nam Định", "unreadable"),
    ],
)
def test_lines_of_place_and_date(line: str, place: str, day: object) -> None:
    """Typed lines give place and day; blanks are absent, and no such day is invented."""
    text = f"UBND TỈNH NAM ĐỊNH\nSố: 31/TB-UBND\n{NATIONAL}\n{MOTTO}\n{line}\nTHÔNG BÁO\nLịch tháng 9 năm 2023"
    fields = understood(text_file(text)).fields
    assert shown(fields.place) == place
    assert shown(fields.date) == day


def test_a_line_broken_in_two_is_made_whole() -> None:
    """In a narrow column the year stands below."""
    fields = understood(
        typed(date="", right=(NATIONAL, MOTTO, "Bà Rịa - Vũng Tàu, ngày 30 tháng", "11 năm 2024"))
    ).fields
    assert (fields.place.value, fields.date.value) == ("Bà Rịa - Vũng Tàu", date(2024, 11, 30))


@pytest.mark.parametrize(
    ("line", "slots", "day"),
    [
        ("Nam Định, ngày 05 tháng 9 năm 2024", (Slot("day", BOX, SlotState.TYPED),), date(2024, 9, 5)),
        ("Nam Định, ngày 05 tháng 9 năm 2024", (Slot("day", BOX, SlotState.INKED),), "unreadable"),
        ("Nam Định, ngày tháng 9 năm 2024", (Slot("day", BOX, SlotState.EMPTY),), "absent"),
        ("Nam Định, ngày 05@0.4 tháng 9 năm 2024", (), "unreadable"),
        ("Nam Định, ngày tháng 9 năm 2024", (), "unreadable"),
    ],
)
def test_on_a_scan_pixels_decide(line: str, slots: tuple[Slot, ...], day: object) -> None:
    """Days written by hand or read unsurely are unreadable; only an empty slot is absent."""
    assert shown(understood(scan(date=line, slots=slots)).fields.date) == day


def test_a_day_by_hand_leaves_its_month() -> None:
    """Typed month and year tell between which days the letter was issued."""
    letter = understood(scan(date="Nam Định, ngày 05 tháng 9 năm 2024", slots=(Slot("day", BOX, SlotState.INKED),)))
    assert letter.period == (date(2024, 9, 1), date(2024, 9, 30))


def test_dates_of_others_are_not_the_letter_s() -> None:
    """A subject, a deadline or a cited document never lends its date."""
    subject = ["V/v triển khai Kế hoạch", "ngày 05 tháng 01 năm 2023"]
    letter = understood(typed(date="", subject=subject, number="Số: 7/SNV-VP", title=()))
    assert shown(letter.fields.date) == "absent"
    tail = "Các cơ quan báo cáo trước ngày 30/6/2023./.\nNơi nhận:\n- Lưu: VT."
    assert shown(understood(text_file(tail)).fields.date) == "absent"


def test_a_place_holds_no_part_of_a_number() -> None:
    """Where the columns ran together the place is not claimed."""
    text = f"SỞ NỘI VỤ\n{NATIONAL}\nSố: 44/TB-SNV | Lâm Đồng, ngày 03 tháng 4 năm 2023\nTHÔNG BÁO\nLịch"
    assert "Số" not in str(shown(understood(text_file(text)).fields.place))


@pytest.mark.parametrize(
    ("line", "slots", "day"),
    [
        ("Nam Định, ngày 05 tháng 9 năm 2024", (), "unreadable"),
        ("Nam Định, ngày 05 tháng 9 năm 2024", (Slot("day", BOX, SlotState.EMPTY),), "unreadable"),
        ("Nam Định, ngày 05 tháng 9@0.7 năm 2024", (Slot("day", BOX, SlotState.TYPED),), "unreadable"),
        (
            "Nam Định, ngày 05 tháng 9 năm 2024",
            (Slot("day", Box(150, 130, 160, 136), SlotState.TYPED),),
            "unreadable",
        ),
        ("Nam Định, 05/9/2024", (), "unreadable"),
    ],
)
def test_print_is_what_the_slot_of_this_line_shows(line: str, slots: tuple[Slot, ...], day: object) -> None:
    """A slot not looked at, empty, or on another line vouches for nothing, however sure OCR is."""
    assert shown(understood(scan(date=line, slots=slots)).fields.date) == day


@pytest.mark.parametrize(("part", "most"), [("year", 0.75), ("month", 0.75), ("none", 0.99)])
def test_a_date_is_no_surer_than_its_print(part: str, most: float) -> None:
    """The least sure of the typed words beside the inked day bounds the claim, the year among them."""
    month, year = "9@0.5" if part == "month" else "9", "2024@0.5" if part == "year" else "2024"
    slots = (
        Slot("day", BOX, SlotState.INKED, Guess("05", 0.98), (Guess("05", 0.98),)),
        Slot("month", BOX, SlotState.TYPED),
    )
    field = understood(scan(date=f"Nam Định, ngày 88 tháng {month} năm {year}", slots=slots)).fields.date
    assert field.value == date(2024, 9, 5)
    assert field.confidence < most
    assert part != "none" or field.confidence > 0.9


@pytest.mark.parametrize(("notes", "state"), [((), "unreadable"), ((CLEAR + "day",), "absent")])
def test_a_scan_lacks_a_date_only_where_no_ink_was_left_unread(notes: tuple[str, ...], state: str) -> None:
    """OCR may lose the whole line; legible words beside it tell nothing."""
    page = replace(letter_page(origin=PageOrigin.OCR, date=""), notes=notes)
    assert shown(understood(pages(page)).fields.date) == state
