"""The columns of a head where only meaning and gaps between words tell them: plain text, tabs, one centred column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from antq_cli.layout import labels
from antq_cli.layout.rows import Row, make_row, split_row
from antq_cli.model.page import Page
from antq_cli.vietnamese.lexicon import formulas
from antq_cli.vietnamese.text import is_upper

SUBJECT_ROWS = 6
"""A công văn's subject has at most this many lines under its number."""
SUBJECT_LINE = 90
"""Characters of such a line at most."""
_OPEN = re.compile(r"(?:\bngay|\bthang|\bnam|^\W{0,2}so)\s?[:.]?[\s.…_-]{0,20}$")
_GOES_ON = re.compile(r"(?:\d{1,2}\s)?(?:thang|nam)\s{0,3}(?=[\d.\u2026_-]|$)|\W{0,3}[/-]\s?[a-z]{1,8}\s?[-/]")


def columns(row: Row, page: Page, gap: float) -> list[Row]:
    """The row cut at wide gaps, but not at the blanks of "ngày … tháng … năm" and of "Số: … /KH-UBND"."""
    pieces: list[Row] = []
    for piece in split_row(row, page, gap):
        if pieces and _OPEN.search(pieces[-1].folded) and (_GOES_ON.match(piece.folded) or piece.folded[:1].isdigit()):
            pieces[-1] = make_row(row.page, page, pieces[-1].words + piece.words)
        else:
            pieces.append(piece)
    return pieces


def by_meaning(rows: Sequence[Row], page: Page, gap: float) -> tuple[list[Row], list[Row]]:
    """The rows of a head, left column and right column: titles, motto and date stand at the right, all else left."""
    left: list[Row] = []
    right: list[Row] = []
    in_subject = False
    for row in rows:
        for piece in columns(row, page, gap):
            is_label = labels.subject_label(piece) is not None
            is_date = labels.is_date_line(piece) and not is_label and not in_subject
            is_right = is_date or labels.is_title(piece) or labels.is_copy_mark(piece)
            in_subject = (in_subject or is_label) and not is_right
            (right if is_right else left).append(piece)
    return left, right


def subject_end(rows: Sequence[Row], start: int) -> int:
    """Index after the rows of a công văn's subject that follow a head in one column; `start` when none do.

    A subject has a label; or it stands between the head and "Kính gửi"; or it goes on in small letters.
    """
    if start >= len(rows):
        return start
    opens = labels.subject_label(rows[start]) is not None
    end = start + 1 if opens else start
    limit = min(len(rows), start + SUBJECT_ROWS)
    while end < limit and _goes_on(rows[end], opens or end > start):
        end += 1
    is_before_addressees = end < len(rows) and labels.is_addressees(rows[end])
    return end if opens or is_before_addressees else start


def _goes_on(row: Row, has_begun: bool) -> bool:
    text = row.text
    if len(text) > SUBJECT_LINE or is_upper(text) or not any(c.isalpha() for c in text):
        return False
    if labels.is_addressees(row) or labels.kind_of(row) is not None or text.endswith((".", ";", ":", "./.")):
        return False
    if text.startswith(("-", "+", "(", "•", "*")):
        return False
    return not has_begun or text[0].islower() or not row.folded.startswith(formulas().basis)
