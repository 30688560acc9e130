"""Between header and closing: title, addressees, body (NĐ 30/2020, Phụ lục I.IV, boxes 5a, 9a, 6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from antq_cli.layout import labels
from antq_cli.layout.rows import Row, split_row
from antq_cli.model.page import Document, Page, PageOrigin
from antq_cli.model.transcript import Zone
from antq_cli.vietnamese.lexicon import formulas
from antq_cli.vietnamese.text import is_upper, upper_share

TITLE_WITHIN = 14
"""The kind stands among this many rows after the header."""
TITLE_ROWS = 9
"""A subject has at most this many rows."""
LONGEST_KIND = 24
"""Characters of a kind alone on its line; a longer line holds its subject too."""
BESIDE = 8.0
"""White space, in mm, between a title's row and a stamp beside it."""
OFF_CENTRE = 6.0
"""A title's row this many mm off its kind's middle holds something else too."""
TITLE_GAP = 5.5
"""White space, in mm, that ends a subject."""
TIGHT = 2.6
"""White space, in mm, between the lines of one subject at most."""
LINE_PITCH = 7.0
"""Plain text: rows further apart than this, in nominal mm, have a blank line between them."""
_BULLETS = ("-", "+", "•", "–", "*", "~", "—")
_ITEM = re.compile(r"(?:phan|chuong|muc|dieu)\s[ivx\d]{1,4}\b|[ivx]{1,4}\s?[.)]\s|\d{1,2}\s?[.)]\s|[a-z]\)\s")
_HAS_WORD = re.compile(r"[a-z]|\d{4}")


def zone_middle(rows: Sequence[Row], document: Document, *, in_columns: bool = True) -> list[tuple[Zone, Row]]:
    """The rows after the header, in their order, each with its zone.

    `in_columns` is False for text set line below line at one margin, where places tell nothing.
    """
    title = _title(rows, document, in_columns)
    addressees = _addressees(rows, document, in_columns)
    zones: list[tuple[Zone, Row]] = []
    first = min([*title, *addressees], default=0)
    for position, row in enumerate(rows):
        if position in title:
            zone = Zone.TITLE
        elif position in addressees:
            zone = Zone.ADDRESSEES
        elif position < first or (title and position < max(title)):
            # Between the header, the title's lines and the first thing of the middle stand only marks: drafts, urgency,
            # arrival.
            zone = Zone.STAMP
        else:
            zone = Zone.BODY
        if zone is Zone.TITLE and in_columns:
            page = document.pages[row.page]
            zones += _without_stamps(row, _kind_piece(rows[min(title)], page), page)
        else:
            zones.append((zone, row))
    return zones


def _kind_piece(row: Row, page: Page) -> Row:
    """The kind alone, without what a stamp prints beside it."""
    return next((piece for piece in split_row(row, page, BESIDE) if labels.kind_of(piece) is not None), row)


def _without_stamps(row: Row, kind: Row, page: Page) -> list[tuple[Zone, Row]]:
    """A title's row without what a stamp prints far beside it: the piece in the middle is the title's."""
    pieces = split_row(row, page, BESIDE)
    holds_kind = set(kind.words) < set(row.words)
    if len(pieces) == 1 or (abs(row.box.centre - kind.box.centre) < OFF_CENTRE and not holds_kind):
        return [(Zone.TITLE, row)]
    middle = min(pieces, key=lambda piece: abs(piece.box.centre - kind.box.centre))
    return [(Zone.TITLE if piece is middle else Zone.STAMP, piece) for piece in pieces]


def _title(rows: Sequence[Row], document: Document, in_columns: bool) -> frozenset[int]:
    start = next(
        (
            position
            for position, row in enumerate(rows[:TITLE_WITHIN])
            if _is_kind(row, document.pages[row.page], in_columns)
        ),
        None,
    )
    if start is None or any(_is_prose(row) for row in rows[:start]):
        return frozenset()
    page = document.pages[rows[start].page]
    kind = _kind_piece(rows[start], page) if in_columns else rows[start]
    taken = [start]
    previous = kind
    for position in range(start + 1, min(start + 1 + TITLE_ROWS, len(rows))):
        row = rows[position]
        if not _HAS_WORD.search(row.folded) or (in_columns and _stands_aside(row, kind)):
            continue
        is_first = previous is kind and len(kind.folded) <= LONGEST_KIND
        by_places = in_columns or (page.origin is PageOrigin.OFFICE and _may_be_title(kind, page))
        following = rows[position + 1] if position + 1 < len(rows) else None
        if page.origin is PageOrigin.OFFICE and by_places and _opens_paragraph(row, following, page):
            break
        if _ends_title(row, previous, kind, page, is_first=is_first, in_columns=by_places):
            break
        taken.append(position)
        previous = row
    return frozenset(taken)


def _is_kind(row: Row, page: Page, in_columns: bool) -> bool:
    piece = _kind_piece(row, page) if in_columns else row
    return labels.kind_of(piece) is not None and (not in_columns or _may_be_title(piece, page))


def _stands_aside(row: Row, kind: Row) -> bool:
    """A stamp's line: close under the kind, and not under its middle."""
    is_close = row.box.top - kind.box.bottom < TITLE_GAP + 4
    return is_close and (row.box.left > kind.box.centre + BESIDE or row.box.right < kind.box.centre - BESIDE)


def _may_be_title(row: Row, page: Page) -> bool:
    return abs(row.box.centre - 0.52 * page.width) < 0.16 * page.width


def _is_prose(row: Row) -> bool:
    return len(row.text) > 60 and not is_upper(row.text)


def _ends_title(row: Row, previous: Row, kind: Row, page: Page, *, is_first: bool, in_columns: bool) -> bool:
    if row.page != kind.page or labels.is_addressees(row) or row.folded.startswith("can cu "):
        return True
    if row.text.startswith(_BULLETS) or row.text.endswith(":") or _ITEM.match(row.folded) or _binds_annex(row):
        return True
    if not is_first and is_upper(row.text) and (labels.is_position(row.text, row.folded) or _names_body(row)):
        return True
    gap = row.box.top - previous.box.bottom
    if not in_columns:
        return _ends_title_by_words(row, previous, is_first)
    if len(row.text) > 160:
        return True
    if gap > (TITLE_GAP + 4 if is_first else TITLE_GAP):
        return True
    if is_first:
        return False  # what stands right under the kind is its subject, however a stamp has widened either
    if page.origin is PageOrigin.OFFICE:
        return abs(row.box.centre - kind.box.centre) > 3
    if gap < TIGHT and row.box.width < 0.7 * page.width and upper_share(row.text) < 0.6:
        return False  # set as closely as the subject's own lines; a stamp may have eaten one end of it
    offset = abs(row.box.centre - kind.box.centre)
    return offset > 9 or (offset > 3.5 and row.box.width > 0.7 * page.width)


def _opens_paragraph(row: Row, following: Row | None, page: Page) -> bool:
    """In an office file: the first line of a paragraph, set in from the line that follows; or a sentence."""
    margin = min(word.box.left for word in page.words)
    goes_on = following is not None and following.box.left < margin + 1 < row.box.left - 4
    is_set_in = goes_on and row.box.width > 0.6 * page.width
    return is_set_in or row.text.endswith((".", ":", ";"))


def _ends_title_by_words(row: Row, previous: Row, is_first: bool) -> bool:
    """In one column: a subject is no sentence, and its later lines are short and do not open with a basis."""
    if row.text.endswith((".", ":", ";")):
        return True
    if is_first:
        return len(row.text) > 400
    has_blank = row.box.top - previous.box.top > LINE_PITCH
    is_open = row.text[0].islower() or row.text[0].isdigit() or is_upper(row.text)
    return has_blank or len(row.text) > 110 or (not is_open and row.folded.startswith(formulas().basis))


def _binds_annex(row: Row) -> bool:
    """`(Kèm theo Quyết định số …)` under the title of what a decision encloses."""
    return row.text.startswith("(") and any(phrase in row.folded for phrase in formulas().annex_bound)


def _names_body(row: Row) -> bool:
    return row.folded.lstrip(" -").startswith(("uy ban nhan dan", "hoi dong nhan dan", "chinh phu", "quoc hoi", "ban "))


def _addressees(rows: Sequence[Row], document: Document, in_columns: bool) -> frozenset[int]:
    start = next((position for position, row in enumerate(rows[:40]) if labels.is_addressees(row)), None)
    if start is None:
        return frozenset()
    label = rows[start]
    page = document.pages[label.page]
    margin = _margin(rows, label.page)
    taken = [start]
    has_list = False
    for position in range(start + 1, min(start + 60, len(rows))):
        row = rows[position]
        is_item = row.text.startswith(_BULLETS)
        label_only = len(taken) == 1 and labels_only(label)
        goes_on = _goes_on(row, rows[taken[-1]]) or (has_list and _closes_item(row, rows[taken[-1]]))
        if in_columns and page.origin is not PageOrigin.OFFICE:
            is_set_in = row.box.left > margin + 18 or (is_item and row.box.left > margin + 8)
            near = row.box.top - rows[taken[-1]].box.bottom < 14
            continues = near and (
                is_set_in
                or (is_item and has_list)
                or (label_only and is_item)
                or (not label_only and not has_list and goes_on)
            )
        else:
            continues = is_item or label_only or goes_on
        if not continues or row.page != label.page or _opens_body(row, is_item):
            break
        has_list = has_list or is_item
        taken.append(position)
    return frozenset(taken)


def labels_only(row: Row) -> bool:
    """The label "Kính gửi:" stands alone on its row."""
    return len(row.folded.strip(" .:;,-")) <= 12


def _goes_on(row: Row, previous: Row) -> bool:
    """The row before was not closed: it ends in mid-sentence, or with the ";" between two names."""
    if previous.text.endswith(";"):
        return len(row.text) < 120
    return row.text[:1].islower() and not previous.text.endswith((".", "./."))


def _closes_item(row: Row, previous: Row) -> bool:
    """The end of a list's item that was broken over two lines, without a blank line between them."""
    is_open = not previous.text.endswith((";", ".", ":"))
    is_near = row.box.top - previous.box.top <= LINE_PITCH
    return is_open and is_near and len(row.text) < 80 and row.text.endswith((";", "."))


def _opens_body(row: Row, is_item: bool) -> bool:
    if is_item:
        return row.folded.lstrip(" -+").startswith("can cu ")
    return _ITEM.match(row.folded) is not None or any(
        row.folded.startswith(opener + " ") for opener in formulas().basis
    )


def _margin(rows: Sequence[Row], page_index: int) -> float:
    """The left edge of running text on the page, in mm."""
    lefts = sorted(row.box.left for row in rows if row.page == page_index)
    return lefts[int(0.2 * (len(lefts) - 1))] if lefts else 0.0
