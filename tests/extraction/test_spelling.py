"""Marks of known names and phrases that OCR has changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_cli.extraction.spelling import restore
from antq_cli.vietnamese.lexicon import spellings
from antq_cli.vietnamese.text import fold


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("ỦY BAN NHÂN DẦN TĨNH QUẢNG NGÃI", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"),
        ("Sở Nội vu", "Sở Nội vụ"),
        ("BẠN TỔ CHỨC", "BAN TỔ CHỨC"),
        ("công tác quán lý", "công tác quản lý"),
        ("công thông tin điện tử", "cổng thông tin điện tử"),
        ("đường Phạm Văn Đồng", "đường Phạm Văn Đồng"),
        ("hai bên có quan hệ tốt", "hai bên có quan hệ tốt"),
        ("Hộ kinh doanh Tấn Tài", "Hộ kinh doanh Tấn Tài"),
        ("", ""),
    ],
)
def test_known_names_get_their_marks_back(read: str, right: str) -> None:
    """Only marks change, only in known phrases, and a person's name is no phrase."""
    assert restore(read) == right


@given(st.lists(st.sampled_from(sorted(" ".join(words) for words in spellings().values())), max_size=5))
def test_letters_and_their_number_never_change(phrases: list[str]) -> None:
    """Folding the restored text gives the folded text."""
    text = " ".join(phrases)
    assert fold(restore(fold(text))) == fold(text)
