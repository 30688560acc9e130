"""The head of page 1: two columns that OCR interleaves, then a title or an addressee (NĐ 30/2020, Phụ lục I.IV)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from antq_cli.layout import labels
from antq_cli.layout.rows import Row, find_gap, rows_of, split_row
from antq_cli.model.page import Page, PageOrigin
from antq_cli.vietnamese.lexicon import formulas

HEAD_PART = 0.45
"""The header stands in this upper part of page 1."""
NEAR = 9.0
"""Rows at most this far apart, in mm, belong to one block."""
CLOSE = 3.6
"""White space, in mm, between two lines of one subject at most."""
BESIDE_SUBJECT = 4
"""The date may stand beside one of this many rows of the subject at the left."""
NEAR_SPLIT = 25.0
"""A row's own gap between the columns lies within this many mm of the page's."""
WORD_GAP = 2.5
"""Wider than the space between two words of one line, in mm."""
PIECE_GAP = 3.5
"""Words of one header row this far apart, in mm, may belong to two of its parts."""
COLUMN_GAP = 6.0
"""Words of one row this far apart, in mm, may stand in two columns."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header's rows by column, and where what follows begins."""

    left: tuple[Row, ...]
    right: tuple[Row, ...]
    bottom: float
    """In mm from the top; the next zone begins below."""


def find_header(page_index: int, page: Page, stamped: frozenset[int] = frozenset()) -> Header | None:
    """The two columns of the header, or None when the page shows none of its marks; stamped words are passed over."""
    free = [i for i in range(len(page.words)) if i not in stamped]
    rows = [row for row in rows_of(page_index, page, free) if row.box.top < HEAD_PART * page.height]
    rows = rows[: _first_beyond(rows, page)]
    marks = [row for row in rows if _is_mark(row, page)]
    if not any(row.text[0].isupper() or labels.is_number_line(row) for row in marks):
        return None  # "tháng 4 năm 2023." at the top of a page ends a sentence
    bottom = max(row.box.bottom for row in marks)
    words = [i for i in free if page.words[i].box.middle <= bottom + 0.5]
    split = _column_split(rows, page, words)
    left, right = _columns(page_index, page, words, split)
    lower = [i for i in free if bottom + 0.5 < page.words[i].box.middle < HEAD_PART * page.height]
    below = _subject_below(rows_of(page_index, page, lower), page, bottom, split)
    return Header(
        tuple(left + below),
        tuple(right),
        max([bottom, *(row.box.bottom for row in below)]),
    )


def _is_mark(row: Row, page: Page) -> bool:
    if labels.is_title(row):
        return True
    pieces = split_row(row, page, PIECE_GAP)
    return _has_date(row, page) or any(labels.is_number_line(p) and p.box.left < 0.5 * page.width for p in pieces)


def is_single_column(index: int, page: Page) -> bool:
    """Does the head stand in one column, or in two that only tabs part, so that places tell nothing?

    As a text editor prints a letter at its left margin, or as a letter whose whole head is centred.
    """
    rows = [row for row in rows_of(index, page) if row.box.top < HEAD_PART * page.height]
    titles = [row for row in rows if labels.is_national_title(row) or labels.is_party_title(row)]
    starts = [start for row in titles if (start := _title_start(row, page)) is not None]
    if starts and all(start < 0.25 * page.width for start in starts):
        return True
    if page.origin is PageOrigin.OCR:
        return False
    rows = rows[: _first_beyond(rows, page)]
    if page.origin is PageOrigin.OFFICE and any(len(split_row(row, page, COLUMN_GAP)) > 1 for row in rows):
        return True
    alone = [row for row in titles if (start := _title_start(row, page)) is None or start <= row.box.left + 1]
    numbers = [row for row in rows if labels.is_number_line(row) and len(split_row(row, page, COLUMN_GAP)) == 1]
    anchors = titles or numbers
    return bool(anchors) and len(alone) == len(titles) and all(_is_centred(row, page) for row in anchors)


def _is_centred(row: Row, page: Page) -> bool:
    return abs(row.box.centre - page.width / 2) < 0.09 * page.width


def _first_beyond(rows: Sequence[Row], page: Page) -> int:
    """Index of the first row that certainly stands below the header: a kind, an addressee, a legal basis."""
    for index, row in enumerate(rows):
        is_centred = abs(row.box.centre - page.width / 2) < 0.12 * page.width
        if any(_is_kind(piece, page) for piece in (row, *split_row(row, page, COLUMN_GAP))):
            return index
        if labels.is_addressees(row) or (is_centred and labels.is_annex(row)):
            return index
        if labels.subject_label(split_row(row, page, COLUMN_GAP)[0]) is not None:
            beside = range(index + 1, min(index + 1 + BESIDE_SUBJECT, len(rows)))
            return max((n for n in beside if _has_date(rows[n], page)), default=index) + 1
        opens_basis = any(row.folded.startswith(opener + " ") for opener in formulas().basis)
        if opens_basis and row.box.width > 0.55 * page.width:
            return index
    return len(rows)


def _is_kind(piece: Row, page: Page) -> bool:
    is_centred = abs(piece.box.centre - page.width / 2) < 0.12 * page.width
    return is_centred and labels.kind_of(piece) is not None


def _has_date(row: Row, page: Page) -> bool:
    pieces = split_row(row, page, PIECE_GAP)
    return any(labels.is_dated_place(piece) or labels.is_part_of_date(piece) for piece in pieces)


def _column_split(rows: Sequence[Row], page: Page, words: Sequence[int]) -> float:
    right_edge = 0.62 * page.width
    for row in rows:
        start = _title_start(row, page)
        if start is not None:
            right_edge = min(right_edge, start)
    inside = [page.words[index] for index in words]
    gap = find_gap(inside, 0.15 * page.width, right_edge + 0.3)
    if gap is not None:
        return gap
    return right_edge - 1.0 if right_edge < 0.6 * page.width else 0.46 * page.width


def _columns(index: int, page: Page, words: Sequence[int], split: float) -> tuple[list[Row], list[Row]]:
    """The words of the head at either side of the split; a row that it would cut is cut at its own widest gap near."""
    left: list[int] = []
    right: list[int] = []
    for row in rows_of(index, page, words):
        edge = _own_split(row, page, split)
        for word in row.words:
            (left if page.words[word].box.centre < edge else right).append(word)
    return rows_of(index, page, left), rows_of(index, page, right)


def _own_split(row: Row, page: Page, split: float) -> float:
    start = _title_start(row, page)
    if start is not None and start > row.box.left + 1:
        return start - 0.5
    boxes = [page.words[word].box for word in row.words]
    near = [
        (after.left - before.right, (after.left + before.right) / 2)
        for before, after in pairwise(boxes)
        if abs((after.left + before.right) / 2 - split) < NEAR_SPLIT
    ]
    widest, middle = max(near, default=(0.0, split))
    at_split = max((gap for gap, place in near if abs(place - split) < gap / 2), default=0.0)
    return middle if widest > max(WORD_GAP, 2 * at_split) else split


def _title_start(row: Row, page: Page) -> float | None:
    """Left edge of the national, Party title or motto within a row that may also hold the issuer's words."""
    for phrase, is_it in (
        (formulas().national_title, labels.is_national_title(row)),
        (formulas().party_title, labels.is_party_title(row)),
        (formulas().motto, labels.is_motto(row)),
    ):
        if not is_it:
            continue
        first, second = phrase.split()[:2]
        texts = row.folded.split(" ")
        for position in range(len(texts) - 1):
            if (
                Levenshtein.distance(texts[position].strip("'\"_-."), first, score_cutoff=1) <= 1
                and Levenshtein.distance(texts[position + 1], second, score_cutoff=1) <= 1
            ):
                return page.words[row.words[position]].box.left
    return None


def _subject_below(rows: Sequence[Row], page: Page, bottom: float, split: float) -> list[Row]:
    """Rows under the number that stay in the left column: a công văn's subject (box 5b)."""
    found: list[Row] = []
    last = bottom
    for row in rows:
        piece = split_row(row, page, 3 * COLUMN_GAP)[0]
        if piece.box.left > split:
            continue
        too_far = piece.box.top - last > (CLOSE if found else 2.2 * NEAR)
        if too_far or piece.box.right > split + 0.07 * page.width or labels.is_addressees(piece):
            break
        if not found and labels.subject_label(piece) is None and not _is_centred_in(piece, split, page):
            break
        if piece.text.startswith(("|", "[")) or (labels.kind_of(piece) is not None and piece is row):
            break
        found.append(piece)
        last = piece.box.bottom
    return found


def _is_centred_in(row: Row, split: float, page: Page) -> bool:
    """A short line set in the middle of the left column, as a subject without its label is."""
    middle = (0.12 * page.width + split) / 2
    return abs(row.box.centre - middle) < 0.07 * page.width and not row.text.startswith(("-", "+"))
