"""What counts as a difference between a text layer and a reading of the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_cli.model.page import Box, Word
from antq_cli.reading.compare import Glimpse, agreed, differences


def _words(text: str) -> list[Word]:
    return [Word(part, Box(10.0 * at, 10, 10.0 * at + 8, 14), 1.0) for at, part in enumerate(text.split())]


def _seen(text: str, confidence: float = 0.95) -> list[Glimpse]:
    return [Glimpse(part, confidence) for part in text.split()]


@pytest.mark.parametrize(
    ("layer", "seen", "told"),
    [
        ("Số: 125/KH-UBND", "Số: 725/KH-UBND", ("125/KH-UBND", "725/KH-UBND")),
        ("Số: /KH-UBND", "Số: 457/KH-UBND", ("Số: /KH-UBND", "457/KH-UBND")),
        ("ngày 12 tháng 5 năm 2022", "ngày 19 tháng 5 năm 2022", ("12", "19")),
        ("Nguyễn Văn Thử", "Nguyễn Văn Kiên", ("Thử", "Kiên")),
        ("Nguyễn Văn Thử", "Hoàng Quỳnh Mai", ("Nguyễn Văn Thử", "Hoàng Quỳnh Mai")),
    ],
)
def test_what_two_readings_see_alike_is_disputed(layer: str, seen: str, told: tuple[str, str]) -> None:
    """Another number, a number where the layer has none, another name."""
    words = _words(layer)
    (found,) = agreed(words, differences(words, _seen(seen)), _seen(seen))
    assert (found.layer, found.seen) == told


@pytest.mark.parametrize(
    ("layer", "seen"),
    [
        ("Số: 125/KH-UBND", "Số: l25/KH-UBND"),
        ("Số: 125/KH-UBND", "Số:125 /KH- UBND"),
        ("ỦY BAN NHÂN DÂN", "ÚY BẢN NHÂN DẪN"),
        ("ỦY BAN NHÂN DÂN TỈNH", "UYBAN NHÂN DÂN TINH"),
        ("ngày 12 tháng 5 năm 2021", "ngày 12 tháng 5 năm 202"),
        ("Trần Thị Lan", "Trần Thị Ian"),
        ("Số: 125/KH-UBND", ""),
    ],
)
def test_noise_of_ocr_is_no_difference(layer: str, seen: str) -> None:
    """Marks, look-alikes, spaces, a figure cut off at the end of a line, nothing read."""
    words = _words(layer)
    assert agreed(words, differences(words, _seen(seen)), _seen(seen)) == []


@pytest.mark.parametrize(("seen", "figures"), [("15", -1), ("1521", 1), ("52", -1), ("1152", 1)])
def test_a_figure_more_or_less_at_a_number_s_end_is_for_the_ink_to_tell(seen: str, figures: int) -> None:
    """It is disputed when the width of the ink has changed by as many figures, else it is noise."""
    words = _words("Số: 152/KH-UBND")
    shown = _seen(f"Số: {seen}/KH-UBND")
    told = differences(words, shown)
    assert [each.figures for each in told] == [figures]
    assert agreed(words, told, shown) == []
    asked = []
    (found,) = agreed(words, told, shown, lambda word, change: not asked.append((word.text, change)))
    assert found.seen == f"{seen}/KH-UBND"
    assert asked == [("152/KH-UBND", figures)]


def test_doubtful_readings_do_not_count() -> None:
    """Neither one of low confidence nor one that is not seen again."""
    words = _words("Số: 125/KH-UBND")
    assert differences(words, _seen("Số: 725/KH-UBND", 0.5)) == []
    assert agreed(words, differences(words, _seen("Số: 725/KH-UBND")), _seen("Số: 125/KH-UBND")) == []
    assert agreed(words, differences(words, _seen("Số: 725/KH-UBND")), _seen("Số: 925/KH-UBND")) == []


@given(st.lists(st.text("aáđ1279/-: ", min_size=1, max_size=8), max_size=6).map(" ".join))
def test_a_line_never_differs_from_itself(text: str) -> None:
    """Whatever stands in it."""
    assert differences(_words(text), _seen(text)) == []


@given(st.text("aá19/- ", max_size=20), st.text("aá19/- ", max_size=20))
def test_any_two_lines_can_be_compared(layer: str, seen: str) -> None:
    """Differences name words of the layer."""
    words = _words(layer)
    assert all(0 <= each.first <= each.last < len(words) for each in differences(words, _seen(seen)))
