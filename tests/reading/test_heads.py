"""Heads of letters on any page, and ink in them that was not read."""

from __future__ import annotations

import numpy as np
import pytest

from antq_cli.model.page import CLEAR, Box, Word
from antq_cli.reading.heads import clear_places, has_head, head_words
from antq_cli.reading.prepare import Prepared

SCALE = 25.4 / 150
"""Millimetres a pixel."""


def _row(line: int, left: float, top: float, text: str, confidence: float = 0.95) -> list[Word]:
    words = []
    for part in text.split():
        width = 2.4 * len(part)
        words.append(Word(part, Box(left, top, left + width, top + 4), confidence, line))
        left += width + 2
    return words


HEAD = [
    *_row(0, 30, 20, "SỞ NỘI VỤ"),
    *_row(0, 100, 20, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    *_row(1, 115, 26, "Độc lập - Tự do - Hạnh phúc"),
    *_row(2, 90, 50, "THÔNG BÁO"),
    *_row(3, 30, 62, "Đơn vị nhận được thông báo này có trách nhiệm thực hiện đúng thời gian và nội dung"),
]


def _page(*strokes: tuple[float, float, float, float]) -> Prepared:
    gray = np.full((round(297 / SCALE), round(210 / SCALE)), 255, dtype=np.uint8)
    for box in [(w.box.left, w.box.top, w.box.right, w.box.bottom) for w in HEAD] + list(strokes):
        left, top, right, bottom = (round(edge / SCALE) for edge in box)
        gray[top:bottom, left:right] = 30
    return Prepared(gray, 150.0, 210.0, 297.0, False, False, None, ())


@pytest.mark.parametrize(
    ("strokes", "clear"),
    [
        ((), ("number", "day")),
        (((40, 35, 41, 40), (44, 35, 45, 40)), ("day",)),
        (((140, 36, 141, 41),), ("number",)),
        (((40, 34, 60, 34.4), (140, 36, 140.5, 36.5)), ("number", "day")),
        (((40, 75, 41, 80), (150, 75, 151, 80)), ("number", "day")),
    ],
    ids=["nothing", "number", "day", "rule_and_speck", "below_the_title"],
)
def test_ink_that_was_not_read_is_told(strokes: tuple[tuple[float, float, float, float], ...], clear: object) -> None:
    """Strokes of a letter's size between title and kind, not rules, specks or what stands in the text."""
    assert clear_places(_page(*strokes), HEAD) == tuple(CLEAR + name for name in clear)  # type: ignore[attr-defined]


def test_without_a_title_nothing_is_said() -> None:
    """Where the head is not known to be, no place of it is called clear."""
    assert clear_places(_page(), HEAD[3 + 8 :][6:]) == ()


def test_words_read_badly_explain_no_ink() -> None:
    """What OCR is unsure of may be a number."""
    doubtful = _row(9, 40, 36, "so ay", 0.2)
    page = _page(*[(w.box.left, w.box.top, w.box.right, w.box.bottom) for w in doubtful])
    assert clear_places(page, [*HEAD, *doubtful]) == (CLEAR + "day",)


def test_heads_are_known_on_any_page() -> None:
    """By a title, or by a line of date; a page of text has none."""
    assert has_head(HEAD, 210.0, 297.0)
    dated = [*_row(0, 100, 30, "Nam Định, ngày"), *_row(0, 150, 30, "tháng 9 năm 2024")]
    assert has_head(dated, 210.0, 297.0)
    assert not has_head(HEAD[-16:], 210.0, 297.0)


def test_a_text_that_cites_a_date_is_no_head() -> None:
    """What stands under the kind has no places to be filled in; the date above it has."""
    dated = _row(4, 110, 35, "Huế, ngày 05 tháng 9 năm 2024")
    cited = _row(5, 30, 70, "Căn cứ Quyết định số 15/QĐ-SNV ngày 20 tháng 9 năm 2021 về việc lưu trữ")
    kept = head_words([*HEAD, *dated, *cited], 210.0, 297.0)
    assert {word.line for word in kept} == {0, 1, 4}
