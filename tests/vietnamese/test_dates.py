"""Dates in running text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_cli.vietnamese.dates import find_dates


@pytest.mark.parametrize(
    ("text", "value", "style"),
    [
        ("ngày 06/3/2019", date(2019, 3, 6), "numeric"),
        ("ngày 1-12-2011", date(2011, 12, 1), "numeric"),
        ("ngày 22.4.2020", date(2020, 4, 22), "numeric"),
        ("05 / 7 / 2021", date(2021, 7, 5), "numeric"),
        ("ngày 11 tháng 3 năm 2021", date(2021, 3, 11), "written"),
        ("Ngày **11** tháng 3 năm 2021", date(2021, 3, 11), "written"),
        ("2 tháng 9 năm 1945", date(1945, 9, 2), "written"),
        ("ngày 03 tháng bốn năm 2018", date(2018, 4, 3), "written"),
        ("ngày 25 tháng II năm 2015", date(2015, 11, 25), "written"),
        ("ngày l4 tháng 02 năm. 2025", date(2025, 2, 14), "written"),
        ("ngày 31/02/2020", None, "numeric"),
        ("ngày 30 tháng 2 năm 2020", None, "written"),
        ("ngày 9/6", None, "day_month"),
        ("ngày 22.4", None, "day_month"),
        ("ngày 25 tháng 10", None, "day_month"),
        ("tháng 9 năm 2020", None, "month"),
        ("tháng 9/2020", None, "month"),
    ],
)
def test_each_way_of_writing_a_date_is_read(text: str, value: date | None, style: str) -> None:
    """A date is found with its value, or without one when it is impossible or partial."""
    (found,) = find_dates(f"Họp {text}, tại trụ sở.")
    assert (found.value, found.style, found.blank) == (value, style, False)
    assert f"Họp {text}, tại trụ sở."[found.start : found.end] == text


@pytest.mark.parametrize(
    "text",
    ["ngày     tháng 3 năm 2021", "ngày ... tháng ... năm 20...", "ngày tháng năm 2021", "ngày 5 tháng … năm 2022"],
)
def test_a_date_to_be_filled_in_is_blank(text: str) -> None:
    """A form's empty date is reported without a value."""
    (found,) = find_dates(text)
    assert found.blank
    assert found.value is None


@pytest.mark.parametrize(
    "text",
    [
        "2021-2023",
        "trực 24/7",
        "1.390.947 đồng",
        "ngày, tháng, năm sinh",
        "ngày tháng năm sinh",
        "5/KH-UBND",
        "1.2.3.4",
        "",
    ],
)
def test_other_figures_are_no_dates(text: str) -> None:
    """Ranges, sums and labels are left alone."""
    assert find_dates(text) == ()


@settings(deadline=None)
@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(["/", "-", "."]))
def test_every_day_is_read_back(day: date, mark: str) -> None:
    """Any day, written in figures or words, comes back as itself."""
    figures = f"{day.day:02}{mark}{day.month}{mark}{day.year}"
    words = f"ngày {day.day} tháng {day.month} năm {day.year}"
    assert [found.value for found in find_dates(f"từ {figures} đến {words}.")] == [day, day]


@settings(deadline=None)
@given(st.text(alphabet="ngày tháng năm0123456789/.-…", max_size=80))
def test_dates_are_in_order_and_apart(text: str) -> None:
    """Whatever the text, the dates found lie in it, in order, without overlap."""
    found = find_dates(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_many_dates_take_no_longer_each() -> None:
    """The time grows with the text, not with its square."""
    started = process_time()
    assert len(find_dates("ngày 1/1 " * 11_000)) == 11_000
    assert process_time() - started < 1.0
