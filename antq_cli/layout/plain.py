"""Zones of plain text, where only the order of lines, their words and wide gaps between words tell anything."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from antq_cli.layout import labels
from antq_cli.layout.columns import by_meaning, columns, subject_end
from antq_cli.layout.middle import zone_middle
from antq_cli.layout.rows import Row, rows_of
from antq_cli.model.page import Document
from antq_cli.model.transcript import Zone
from antq_cli.vietnamese.lexicon import formulas

GAP = 8.0
"""Nominal mm (four characters) between words of one line that stand in two columns."""
HEAD_ROWS = 30
SIGNATURE_ROWS = 14
LONG = 100
"""Characters; a longer line is prose."""
SHORT = 60
"""Characters; lines of a signature block are shorter."""
INDENT = 6.0
"""Nominal mm by which a line alone in the right column is set in at least."""


def zone_plain(document: Document) -> list[tuple[Zone, Row]]:
    """All rows of a plain text in order, each with its zone."""
    rows = [row for index, page in enumerate(document.pages) for row in rows_of(index, page)]
    numbers = [row for row in rows if _is_page_number(row, document)]
    rows = [row for row in rows if row not in numbers]
    head_end = _head_end(rows, document)
    foot_start = _foot_start(rows, head_end, document)
    foot_end = _foot_end(rows, foot_start)
    if rows[:head_end]:
        left, right = by_meaning(rows[:head_end], document.pages[rows[0].page], GAP)
        zoned = [(Zone.HEADER_LEFT, row) for row in left] + [(Zone.HEADER_RIGHT, row) for row in right]
    else:
        zoned = []
    zoned += zone_middle(rows[head_end:foot_start], document, in_columns=False)
    zoned += _zone_foot(rows[foot_start:foot_end], document)
    zoned += [(Zone.ANNEX, row) for row in rows[foot_end:]]
    return zoned + [(Zone.PAGE_NUMBER, row) for row in numbers]


def _is_page_number(row: Row, document: Document) -> bool:
    page = document.pages[row.page]
    return page.is_geometric and labels.is_page_number(row, page.height)


def _head_end(rows: Sequence[Row], document: Document) -> int:
    """Number of rows that belong to the header: up to the last of its marks, with the subject that follows."""
    last = -1
    for position, row in enumerate(rows[:HEAD_ROWS]):
        if labels.is_addressees(row) or (last >= 0 and labels.kind_of(row) is not None):
            break
        is_mark = _is_mark(row, document, is_head=last >= 0)
        if len(row.text) > LONG and not is_mark and not labels.subject_label(row):
            break
        if is_mark:
            last = position
    return subject_end(rows, last + 1) if last >= 0 else 0


def _is_mark(row: Row, document: Document, *, is_head: bool) -> bool:
    """A title, a number or a date; half a date counts only below another mark, for it may be the end of a sentence."""
    if labels.is_title(row):
        return len(row.text) < 1.5 * LONG
    if labels.is_number_line(row):
        return len(row.text) < 1.5 * LONG and (len(row.text) < 6 or any(c.isupper() for c in row.text[2:]))
    if row.folded.startswith(formulas().basis):
        return False
    pieces = columns(row, document.pages[row.page], GAP)
    if any(labels.is_dated_place(piece) and (is_head or piece.text[0].isupper()) for piece in (row, *pieces)):
        return True
    return is_head and any(map(labels.is_part_of_date, pieces))


def _foot_start(rows: Sequence[Row], head_end: int, document: Document) -> int:
    label = next(
        (
            position
            for position in range(head_end, len(rows))
            if labels.is_recipients(columns(rows[position], document.pages[rows[position].page], GAP)[0])
        ),
        None,
    )
    last = len(rows) if label is None else label
    start = last
    for position in range(last - 1, max(head_end, last - SIGNATURE_ROWS) - 1, -1):
        pieces = columns(rows[position], document.pages[rows[position].page], GAP)
        if any(map(labels.is_signature_head, pieces)):
            start = position
        elif not all(map(_may_sign, pieces)):
            break
    return start


def _may_sign(row: Row) -> bool:
    """A name, a remark such as "(Đã ký)", a rule: short, and no sentence or item of the body."""
    return len(row.text) < SHORT and not row.text.endswith((".", ";", ":", "/")) and not row.text.startswith(("-", "+"))


def _foot_end(rows: Sequence[Row], start: int) -> int:
    """Where another document or an annex begins below the closing: a copy's block, an enclosed plan."""
    return next((p for p in range(start + 1, len(rows)) if labels.opens_another(rows[p])), len(rows))


def _zone_foot(rows: Sequence[Row], document: Document) -> list[tuple[Zone, Row]]:
    """Recipients, then signature blocks; before the label every row signs, after it the right column does."""
    recipients: list[Row] = []
    signature: list[Sequence[Row]] = []
    annex: list[Row] = []
    in_list = in_signature = False
    margin = min((row.box.left for row in rows), default=0.0)
    after = 0
    for row in rows:
        pieces = columns(row, document.pages[row.page], GAP)
        if labels.is_recipients(pieces[0]):
            in_list, in_signature = True, False
            recipients.append(pieces[0])
            signature.append(pieces[1:])
            continue
        is_right = row.box.left > margin + INDENT and not row.text.startswith(("-", "+", "•", "*"))
        in_signature = in_signature or (labels.is_signature_head(pieces[0]) and not (in_list and is_right))
        after += in_signature
        if after > SIGNATURE_ROWS or len(row.text) > LONG * 2:
            annex.append(row)
        elif in_signature or not in_list or is_right:
            signature.append(pieces)
        else:
            recipients.append(pieces[0])
            signature.append(pieces[1:])
    return (
        [(Zone.RECIPIENTS, row) for row in recipients]
        + [(Zone.SIGNATURE, row) for row in _in_order(signature)]
        + [(Zone.ANNEX, row) for row in annex]
    )


def _in_order(lines: Sequence[Sequence[Row]]) -> list[Row]:
    """Lines of a signature to blocks: of two or more side by side the right one first, there the leading body signs."""
    blocks: list[list[Row]] = []
    for pieces in lines:
        if len(pieces) > max(1, len(blocks)) and all(map(labels.is_signature_head, pieces)):
            blocks += [[piece] for piece in pieces]
            continue
        for piece in pieces:
            if not blocks:
                blocks.append([])
            min(blocks, key=partial(_apart, piece)).append(piece)
    return [row for block in reversed(blocks) for row in block]


def _apart(piece: Row, block: Sequence[Row]) -> float:
    return abs(block[0].box.centre - piece.box.centre) if block else 0.0
