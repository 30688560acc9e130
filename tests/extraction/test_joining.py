"""Torn words, torn years and quotation marks of a sentence."""

from __future__ import annotations

import pytest

from antq_cli.extraction.joining import rejoined


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Về việc t rồng cây t rên đồi", "Về việc trồng cây trên đồi"),
        ("Kế hoạch năm 20 23", "Kế hoạch năm 2023"),
        ('Phong trào "Xanh\u201d năm 2020', 'Phong trào "Xanh" năm 2020'),
        ('Phong trào \u201cXanh" năm 2020', "Phong trào \u201cXanh\u201d năm 2020"),
        ("", ""),
    ],
)
def test_what_was_torn_is_joined(read: str, right: str) -> None:
    """Only what cannot be otherwise changes."""
    assert rejoined(read) == right


@pytest.mark.parametrize(
    "printed",
    ["Đội B an toàn", "năm 20 10/3", "đo 20 23 mét", 'Cỡ 5" và "Lớn\u201d', "khối T rồng rắn", "Về y tế"],
)
def test_what_may_be_right_stays(printed: str) -> None:
    """A capital alone, a number that is no year, marks that are no pair."""
    assert rejoined(printed) == printed
