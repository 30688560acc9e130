"""The measures themselves: known texts give known figures."""

from __future__ import annotations

from bench.calibrate import fit
from bench.ocr_quality import bare, compare, nearest
from bench.pages import PageText

PAGE = PageText(("left one", "left two", "right"), ((0, 1, 2), (2, 0, 1)))


def test_the_order_that_suits_is_taken() -> None:
    """Either column first is no error, and insertions count."""
    assert compare(PAGE, "right left one left two").wrong["CER"] == 0
    assert compare(PAGE, "left one left  two\nright xy").wrong["CER"] == 3


def test_lines_are_found_wherever_they_stand() -> None:
    """The line figure is free of order and of scraps between lines."""
    assert compare(PAGE, "left two zz right yy left one").wrong["line"] == 0
    assert nearest("right", "scraps rught scraps") == 1
    assert nearest("right", "") == 5


def test_marks_are_taken_away_and_case_is_kept() -> None:
    """`Đường` is `Duong`."""
    assert bare("Đường ấy") == "Duong ay"


def test_fit_only_rises() -> None:
    """Groups whose share falls are pooled."""
    pairs = sorted((n / 400, n % 5 != 0 or n > 300) for n in range(400))
    knots = fit(pairs)
    assert [right for _, right in knots] == sorted(right for _, right in knots)
    assert [said for said, _ in knots] == sorted(said for said, _ in knots)
