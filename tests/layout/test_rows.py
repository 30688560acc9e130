"""Printed rows from words that a source lists in any order."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from papers import letter_page, printed

from antq_cli.layout.rows import find_gap, rows_of, split_row
from antq_cli.model.page import Box, PageOrigin


@given(st.integers(0, 1000))
def test_rows_do_not_depend_on_the_order_of_words(seed: int) -> None:
    """However an engine lists the words, the same rows come out."""
    page = letter_page(origin=PageOrigin.OCR)
    words = list(page.words)
    random.Random(seed).shuffle(words)
    assert [row.text for row in rows_of(0, replace(page, words=tuple(words)))] == [r.text for r in rows_of(0, page)]


def test_a_leaning_row_stays_one() -> None:
    """A page scanned askew: every word stands a little lower than the one before it."""
    page = printed([(20.0, 20.0, "Sở Nội vụ đề nghị các cơ quan báo cáo")], origin=PageOrigin.OCR)
    leaning = tuple(
        replace(word, box=Box(word.box.left, word.box.top + 0.5 * n, word.box.right, word.box.bottom + 0.5 * n))
        for n, word in enumerate(page.words)
    )
    assert len(rows_of(0, replace(page, words=leaning))) == 1


def test_a_row_is_cut_at_wide_gaps_only() -> None:
    """Two columns of one row are two pieces."""
    page = printed([(20.0, 20.0, "Nơi nhận:"), (120.0, 20.0, "GIÁM ĐỐC")])
    row = rows_of(0, page)[0]
    assert [piece.text for piece in split_row(row, page, 6.0)] == ["Nơi nhận:", "GIÁM ĐỐC"]
    assert split_row(row, page, 200.0) == [row]


def test_scraps_of_a_stamp_do_not_close_a_gap() -> None:
    """A word read with no confidence between two columns does not join them."""
    page = printed([(20.0, 20.0, "TỈNH"), (60.0, 20.0, "x@0.05"), (90.0, 20.0, "NAM")], origin=PageOrigin.OCR)
    gap = find_gap(page.words, 25.0, 100.0)
    assert gap is not None
    assert 35.0 < gap < 90.0
