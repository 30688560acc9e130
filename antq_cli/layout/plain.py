"""Zones of plain text, where only the order of lines, their words and wide gaps between words tell anything."""

from __future__ import annotations

from collections.abc import Sequence

from antq_cli.layout import labels
from antq_cli.layout.middle import zone_middle
from antq_cli.layout.rows import Row, rows_of, split_row
from antq_cli.model.page import Document
from antq_cli.model.transcript import Zone
from antq_cli.vietnamese.lexicon import formulas

GAP = 8.0
"""Nominal mm (four characters) between words of one line that stand in two columns."""
HEAD_ROWS = 30
SIGNATURE_ROWS = 12
LONG = 100
"""Characters; a longer line is prose."""


def zone_plain(document: Document) -> list[tuple[Zone, Row]]:
    """All rows of a plain text in order, each with its zone."""
    rows = [row for index, page in enumerate(document.pages) for row in rows_of(index, page)]
    head_end = _head_end(rows)
    foot_start = _foot_start(rows, head_end, document)
    zoned = _zone_head(rows[:head_end], document)
    zoned += zone_middle(rows[head_end:foot_start], document, in_columns=False)
    zoned += _zone_foot(rows[foot_start:], document)
    return zoned


def _head_end(rows: Sequence[Row]) -> int:
    """Number of rows that belong to the header: up to the last of its marks, with the subject that follows."""
    last = -1
    for position, row in enumerate(rows[:HEAD_ROWS]):
        if labels.is_addressees(row) or (len(row.text) > LONG and not _is_mark(row) and not labels.subject_label(row)):
            break
        if _is_mark(row):
            last = position
    if last < 0:
        return 0
    end = last + 1
    if end < len(rows) and labels.subject_label(rows[end]) is not None:
        end += 1
    return end


def _is_mark(row: Row) -> bool:
    if labels.is_national_title(row) or labels.is_motto(row) or labels.is_party_title(row):
        return len(row.text) < LONG
    if labels.is_number_line(row):
        return any(c.isupper() for c in row.text[2:]) and len(row.text) < LONG
    return labels.is_date_line(row) and len(row.text) < 75 and not row.folded.startswith(formulas().basis)


def _zone_head(rows: Sequence[Row], document: Document) -> list[tuple[Zone, Row]]:
    left: list[Row] = []
    right: list[Row] = []
    in_subject = False
    for row in rows:
        for piece in split_row(row, document.pages[row.page], GAP):
            is_right = (
                labels.is_national_title(piece)
                or labels.is_motto(piece)
                or labels.is_party_title(piece)
                or (labels.is_date_line(piece) and labels.subject_label(piece) is None and not in_subject)
            )
            in_subject = (in_subject or labels.subject_label(piece) is not None) and not is_right
            (right if is_right else left).append(piece)
    return [(Zone.HEADER_LEFT, row) for row in left] + [(Zone.HEADER_RIGHT, row) for row in right]


def _foot_start(rows: Sequence[Row], head_end: int, document: Document) -> int:
    label = next(
        (
            position
            for position in range(head_end, len(rows))
            if labels.is_recipients(split_row(rows[position], document.pages[rows[position].page], GAP)[0])
        ),
        None,
    )
    if label is not None:
        start = label
        while start - 1 >= head_end and label - start < SIGNATURE_ROWS and _is_closing(rows[start - 1]):
            start -= 1
        # A name or two may stand between the last capitals and the label.
        heads = [p for p in range(max(head_end, label - SIGNATURE_ROWS), label) if labels.is_signature_head(rows[p])]
        return min([start, *heads])
    for position in range(len(rows) - 1, max(head_end, len(rows) - SIGNATURE_ROWS) - 1, -1):
        if labels.is_authority(rows[position].text, rows[position].folded):
            return position
    return len(rows)


def _is_closing(row: Row) -> bool:
    return labels.is_signature_head(row)


def _zone_foot(rows: Sequence[Row], document: Document) -> list[tuple[Zone, Row]]:
    recipients: list[Row] = []
    signature: list[Row] = []
    annex: list[Row] = []
    in_signature = False
    after = 0
    for row in rows:
        pieces = split_row(row, document.pages[row.page], GAP)
        if len(pieces) == 1 and labels.is_recipients(row):
            in_signature = False
        elif labels.is_signature_head(pieces[0]):
            in_signature = True
        if in_signature:
            after += 1
        if len(pieces) > 1 and not in_signature:
            recipients.append(pieces[0])
            signature += pieces[1:]
        elif after > SIGNATURE_ROWS or len(row.text) > LONG * 2:
            annex.append(row)
        elif in_signature:
            signature += pieces
        else:
            recipients += pieces
    return (
        [(Zone.RECIPIENTS, row) for row in recipients]
        + [(Zone.SIGNATURE, row) for row in signature]
        + [(Zone.ANNEX, row) for row in annex]
    )
