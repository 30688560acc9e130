"""Letters and figures of numbers that look alike."""

from __future__ import annotations

import pytest

from antq_cli.extraction.grammar import find_named
from antq_cli.extraction.lookalikes import untwinned, without_ligature
from antq_cli.vietnamese.text import fold


@pytest.mark.parametrize(
    ("read", "number"),
    [
        ("Tờ trình số 14/TTr-SGŒTVT ngày 02/3/2024", "14/TTr-SGTVT"),
        ("Quyết định số 15/QĐĐ-UBND ngày 01/2/2020", "15/QĐ-UBND"),
        ("Kết luận số Đ7-KL/TW ngày 03/5/2019", "07-KL/TW"),
        ("Công văn số 33/5TC-NS", "33/STC-NS"),
    ],
)
def test_a_number_is_read_through_its_damage(read: str, number: str) -> None:
    """One letter is wrong and one reading is possible."""
    (named,) = find_named(read, fold(read))
    assert named.number is not None
    assert named.number.canonical == number


def test_lengths_stay() -> None:
    """Offsets hold in the text as it was read."""
    text = "Kết luận số Đ7-KL/TW và Công văn số 33/5TC-NS"
    put_right, folded = untwinned(text, fold(text))
    assert len(put_right) == len(folded) == len(text)


def test_an_unknown_code_keeps_its_ligature() -> None:
    """Nothing tells what stood there."""
    assert without_ligature("QŒZ", 1) == "QŒZ"
