"""Rows of running text to paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from antq_cli.layout.rows import Row
from antq_cli.model.page import Page, PageOrigin

INDENT = 4.5
"""A first line is set in by at least this many mm (NĐ 30/2020, Phụ lục I.II.6.e: 10 or 12.7 mm)."""
SHORT = 0.12
"""A row that ends this part of the text width before the right edge ends its paragraph."""


def split_paragraphs(rows: Sequence[Row], page: Page) -> list[list[Row]]:
    """The rows of one page's body, grouped. In plain text each source line is a paragraph."""
    if page.origin is PageOrigin.PLAIN:
        return [[row] for row in rows]
    if not rows:
        return []
    right = sorted(row.box.right for row in rows)[int(0.8 * (len(rows) - 1))]
    left = sorted(row.box.left for row in rows)[int(0.25 * (len(rows) - 1))]
    width = max(right - left, 1.0)
    gaps = [b.box.middle - a.box.middle for a, b in pairwise(rows) if b.box.middle > a.box.middle]
    pitch = median(gaps) if gaps else 6.0
    groups = [[rows[0]]]
    for previous, row in pairwise(rows):
        is_set_in = row.box.left - min(previous.box.left, left) > INDENT and row.box.left < left + 0.35 * width
        was_short = previous.box.right < right - SHORT * width
        is_far = row.box.middle - previous.box.middle > 1.75 * pitch
        if is_set_in or was_short or is_far:
            groups.append([])
        groups[-1].append(row)
    return groups


def continues(previous: Row, following: Row) -> bool:
    """Does the first row of a page go on with the sentence that ended the page before?"""
    ends_open = not previous.text.rstrip().endswith((".", ";", ":", "./.", "!", "?"))
    return ends_open and following.text[:1].islower()
