"""The foot of a letter: Nơi nhận at the left, the signature block at the right, or blocks side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from antq_cli.layout import labels
from antq_cli.layout.rows import Row, find_gap, rows_of, split_row
from antq_cli.model.page import Document, Page, PageOrigin

COLUMN_GAP = 6.0
BREAK = 14.0
"""White space, in mm, after which a row no longer belongs to the list above it."""


CLOSE = 4.0
"""White space, in mm, between rows of one list at most."""
ENTRY = 4.0
"""Rows of one list begin within this many mm of one another."""
_DASHES = ("-", "+", "\u2013")
_KEPT = re.compile(r"\W{0,2}[-+]\s?l[uo]u\s?(?:[:;.]|vt\b|van\b)")
"""The last entry of a list, over folded text."""
SAME_LINE = 5.0
"""Heads of blocks side by side begin within this many mm of one another."""


@dataclass(frozen=True, slots=True)
class Footer:
    """Where the letter ends, and the rows of its last blocks."""

    page: int
    """Index of the page it stands on."""
    top: float
    """In mm: the body ends above."""
    recipients: tuple[Row, ...]
    signature: tuple[Row, ...]
    rest: tuple[Row, ...]
    """Rows below that belong to neither, such as a printed address."""


def find_footer(document: Document) -> Footer | None:
    """The first page that closes the letter: the one with "Nơi nhận", else the one with a signature block."""
    pages = [
        (index, page) for index, page in enumerate(document.pages) if page.words and page.origin is not PageOrigin.PLAIN
    ]
    for index, page in pages:
        label = recipients_label(index, page)
        if label is not None:
            return _carried_over(document, _cut(index, page, label))
    for index, page in pages:
        first = _unlabelled_list(index, page) if page.origin is PageOrigin.OCR else None
        if first is not None and signature_heads(index, page):
            return _carried_over(document, _cut(index, page, first))
    for index, page in pages:
        heads = signature_heads(index, page)
        if heads and ends_a_letter(index, page, heads[0]):
            return _cut(index, page, None)
    return None


def _carried_over(document: Document, footer: Footer) -> Footer:
    """A list of recipients that a page's end has cut goes on at the top of the next one."""
    following = footer.page + 1
    is_whole = any(row.folded.lstrip(" -+").startswith("luu") for row in footer.recipients)
    if is_whole or following >= len(document.pages) or not document.pages[following].words:
        return footer
    page = document.pages[following]
    rows = [row for row in rows_of(following, page) if not labels.is_page_number(row, page.height)]
    if not rows or not rows[0].text.startswith(("-", "+")):
        return footer
    rest = _cut(following, page, None, top=rows[0].box.top - 0.8)
    return Footer(
        following,
        rest.top,
        footer.recipients + rest.recipients,
        footer.signature + rest.signature,
        footer.rest + rest.rest,
    )


def recipients_label(index: int, page: Page) -> Row | None:
    """The row with the label "Nơi nhận" at the left of a page."""
    return next(
        (
            row
            for row in rows_of(index, page)
            if row.box.left < 0.45 * page.width and labels.is_recipients(split_row(row, page, COLUMN_GAP)[0])
        ),
        None,
    )


def _unlabelled_list(index: int, page: Page) -> Row | None:
    """On a scan, the first row of a list of recipients whose label a seal hides.

    Its last entry is "Lưu", with a dash before it as another entry above has; its rows stand close to one another at
    the left.
    """
    pieces = [split_row(row, page, COLUMN_GAP)[0] for row in rows_of(index, page)]
    rows = [piece for piece in pieces if piece.box.left < 0.3 * page.width and piece.box.right < 0.6 * page.width]
    last = next((at for at in range(len(rows) - 1, -1, -1) if _KEPT.match(rows[at].folded)), None)
    if last is None:
        return None
    first = last
    while first > 0 and _stands_over(rows[first - 1], rows[last], rows[first]):
        first -= 1
    marked = sum(row.text.startswith(_DASHES) for row in rows[first:last])
    return rows[first] if marked else None


def _stands_over(row: Row, last: Row, below: Row) -> bool:
    """Close above, and no further left or right than an entry whose dash was lost."""
    return below.box.top - row.box.bottom < CLOSE and abs(row.box.left - last.box.left) < ENTRY


def signature_heads(index: int, page: Page, above: float = float("inf")) -> list[Row]:
    """Pieces that open a signature block: in capitals, right of the middle, or beside such a piece above the label."""
    pieces = [piece for row in rows_of(index, page) for piece in split_row(row, page, COLUMN_GAP)]
    heads = [piece for piece in pieces if labels.is_signature_head(piece)]
    right = [piece for piece in heads if piece.box.centre > 0.56 * page.width and piece.box.left > 0.38 * page.width]
    return [
        piece
        for piece in heads
        if piece in right
        or (piece.box.bottom < above and any(abs(piece.box.top - other.box.top) < SAME_LINE for other in right))
    ]


def ends_a_letter(index: int, page: Page, head: Row) -> bool:
    """A head without "Nơi nhận" closes a letter when only short rows follow: no body text runs below it."""
    below = [row for row in rows_of(index, page) if row.box.top > head.box.bottom + 1]
    wide = [
        row
        for row in below
        if row.box.width > 0.62 * page.width
        and all(piece.box.width > 0.4 * page.width for piece in split_row(row, page, COLUMN_GAP))
    ]
    return len(wide) <= 1


def _cut(index: int, page: Page, label: Row | None, top: float | None = None) -> Footer:
    heads = signature_heads(index, page, above=label.box.top if label else float("inf"))
    if label is not None:
        prose = _last_prose(index, page, label.box.top)
        heads = [head for head in heads if head.box.top > prose]
    if top is None:
        top = min([row.box.top for row in heads] + ([label.box.top] if label else [])) - 0.8
    end = _end(index, page, top)
    words = [i for i, word in enumerate(page.words) if top < word.box.middle < end]
    side_by_side = [
        h for h in heads if h.box.centre < 0.45 * page.width and (label is None or h.box.top < label.box.top)
    ]
    split = _split(page, words, [head for head in heads if head not in side_by_side], label)
    if side_by_side:
        return _joint(index, page, label, top, words, heads, split)
    left = rows_of(index, page, [i for i in words if page.words[i].box.centre < split])
    right = rows_of(index, page, [i for i in words if page.words[i].box.centre >= split])
    if not heads:
        # One column: the signature block stands below the recipients.
        below = next((n for n, row in enumerate(left) if label is not None and labels.is_signature_head(row)), None)
        if below is not None:
            left, right = left[:below], left[below:] + right
    recipients, rest = _until_break(left)
    signature, beyond = _until_break(right, limit=45.0)
    return Footer(index, top, tuple(recipients), tuple(signature), tuple(rest + beyond))


def _last_prose(index: int, page: Page, above: float) -> float:
    """Top of the last row of running text above a place: a head above it is part of the body."""
    prose = [
        row.box.top
        for row in rows_of(index, page)
        if row.box.bottom < above
        and max(piece.box.width for piece in split_row(row, page, COLUMN_GAP)) > 0.55 * page.width
    ]
    return max(prose, default=0.0)


def _split(page: Page, words: Sequence[int], heads: Sequence[Row], label: Row | None) -> float:
    high = min([0.70 * page.width, *(head.box.left for head in heads)])
    low = 0.25 * page.width if label is None else max(0.25 * page.width, label.box.left + 15)
    inside = [page.words[i] for i in words]
    gap = find_gap(inside, min(low, high - 3), high + 0.3)
    if gap is not None:
        return gap
    return high - 1.5 if heads else 0.52 * page.width


def _end(index: int, page: Page, top: float) -> float:
    """Where another document begins below the closing: a copy's block, an annex."""
    below = (row.box.top for row in rows_of(index, page) if row.box.top > top + 5 and labels.opens_another(row))
    return min(below, default=page.height + 1)


def _joint(
    index: int, page: Page, label: Row | None, top: float, words: Sequence[int], heads: Sequence[Row], split: float
) -> Footer:
    """Two or more signature blocks side by side, above or without the recipients.

    Read column after column, the right one first: there the leading body signs.
    """
    floor = label.box.top - 0.5 if label is not None else page.height
    upper = [i for i in words if page.words[i].box.middle < floor]
    lower = [i for i in words if page.words[i].box.middle >= floor]
    edges = [0.0, *_between(page, upper, heads, split), page.width + 1]
    signature: list[Row] = []
    for left, right in reversed(list(pairwise(edges))):
        signature += rows_of(index, page, [i for i in upper if left <= page.words[i].box.centre < right])
    recipients, rest = _until_break(rows_of(index, page, lower))
    return Footer(index, top, tuple(recipients), tuple(signature), tuple(rest))


def _between(page: Page, words: Sequence[int], heads: Sequence[Row], split: float) -> list[float]:
    """The edges between the blocks whose heads stand on one line."""
    first = min(head.box.top for head in heads)
    line = sorted((head.box for head in heads if head.box.top < first + SAME_LINE), key=lambda box: box.left)
    inside = [page.words[i] for i in words]
    if len(line) < 2:
        gap = find_gap(inside, 0.3 * page.width, 0.7 * page.width)
        return [gap if gap is not None else split]
    edges = []
    for one, other in pairwise(line):
        gap = find_gap(inside, one.centre, other.centre)
        edges.append(gap if gap is not None else (one.right + other.left) / 2)
    return edges


def _until_break(rows: Sequence[Row], limit: float = BREAK) -> tuple[list[Row], list[Row]]:
    for position, (row, following) in enumerate(pairwise(rows)):
        if following.box.top - row.box.bottom > limit:
            return list(rows[: position + 1]), list(rows[position + 1 :])
    return list(rows), []
