"""Rows of running text to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from antq_cli.layout import labels
from antq_cli.layout.rows import Row
from antq_cli.model.page import Page, PageOrigin

INDENT = 4.5
"""A first line is set in by at least this many mm (NĐ 30/2020, Phụ lục I.II.6.e: 10 or 12.7 mm)."""
SHORT = 0.12
"""A row that ends this part of the text width before the right edge ends its paragraph."""

WRAPPED = 110
"""Characters: text none of whose lines is longer may have been broken at a width."""
FULL = 60
"""Characters of a line that was broken because it was full."""
NEXT_LINE = 7.0
"""Nominal mm between a line and the next one, without a blank line between them."""
_POINT = re.compile(
    r"[a-z]\s?[).]\s|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)]\s|[ivx]{1,4}\s?[.)]\s|(?:dieu|phan|chuong|muc)\s[\divx]"
)


def split_paragraphs(rows: Sequence[Row], page: Page) -> list[list[Row]]:
    """The rows of one page's body, grouped."""
    if page.origin is PageOrigin.PLAIN:
        return _split_lines(rows)
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
        stands_alone = labels.opens_another(previous) or labels.opens_another(row)
        if is_set_in or was_short or is_far or stands_alone:
            groups.append([])
        groups[-1].append(row)
    return groups


def _split_lines(rows: Sequence[Row]) -> list[list[Row]]:
    """Plain text: a line is a paragraph, unless the text was broken at a width and the sentence goes on below."""
    is_wrapped = max((len(row.text) for row in rows), default=0) <= WRAPPED
    groups: list[list[Row]] = []
    for row in rows:
        previous = groups[-1][-1] if groups else None
        if previous is not None and row.box.top - previous.box.top < NEXT_LINE and _runs_on(previous, row, is_wrapped):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _runs_on(previous: Row, row: Row, is_wrapped: bool) -> bool:
    if previous.text.endswith((".", ";", ":", "!", "?")) or labels.opens_another(row):
        return False
    if row.text[0].islower():
        return not _POINT.match(row.folded)
    return is_wrapped and len(previous.text) >= FULL and row.text[0].isalnum() and not _POINT.match(row.folded)


def continues(previous: Row, following: Row) -> bool:
    """Does the first row of a page go on with the sentence that ended the page before?"""
    ends_open = not previous.text.rstrip().endswith((".", ";", ":", "./.", "!", "?"))
    return ends_open and following.text[:1].islower()
