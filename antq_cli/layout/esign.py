"""Boxes of electronic signatures printed on a page: who signed, for whom, when (NĐ 30/2020, Phụ lục I.II.7.d and 8).

They stand above the header, in the signature block or at the foot, in small type. Their words are about the file, not
of the letter: the body they name, their e-mail and their time are no issuer, signer or date of issue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from antq_cli.layout import labels
from antq_cli.layout.rows import Row, rows_of, split_row
from antq_cli.model.page import Page, PageOrigin
from antq_cli.vietnamese.lexicon import formulas
from antq_cli.vietnamese.names import name_in
from antq_cli.vietnamese.text import upper_share

COLUMN_GAP = 4.0
"""White space, in mm, between a line of the box and what stands beside it."""
PITCH = 1.4
"""White space between two lines of a box, in heights of a line, at most."""
BESIDE = 3.0
"""A line that goes on begins within this many mm of the label above it, or is wholly under it."""
EDGE = 0.05
"""Part of the page's height at its top and bottom where running lines of programs stand."""
APART = 1.0
"""White space between a logo and the header below it, in heights of the title, at least."""
FAR = 2.2
"""What stands this many heights of the title above the header, if no mark of a letter, is a stamp's or a program's."""
SURE = 0.6
"""Mean confidence below which a line above the header is what OCR made of a logo."""
LINES_ON = 2
"""Lines without a label that may follow one with it."""

_SIGNED = re.compile(
    r"\W{0,3}(?:(?:duoc\s)?ky\s(?:so\s)?b[o0]i\s?[:;.]|nguoi ky\s?[:;]|digitally signed by\b|signed by\s?[:;]"
    r"|chu ky so\b|signature (?:valid|not verified)\b|chu ky (?:khong )?hop le\b)"
)
_TIME_LABEL = re.compile(r"\W{0,3}(?:thoi gian ky|ngay ky|gio ky|ngay gio ky|signing time|date)\s?[:;.]?\s?(?=\d)")
_OTHER = re.compile(
    r"\W{0,3}(?:co quan|don vi|to chuc|chuc vu|chuc danh|e-?mail|thu dien tu|dia chi|ly do|reason|location|dn|cn"
    r"|thoi gian ky|ngay ky|ngay gio ky|gio ky|signing time|date|noi ky|version|foxit|adobe)\s?[:;=]"
)
_MOMENT = re.compile(
    r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}\D{0,4}\d{1,2}\s?[:.h]\s?\d{2}(?:\s?[:.]\s?\d{2})?\s?(?:[+*]\s?0?7\D{0,2}(?:00)?)?"
)
_ZONE = re.compile(r"\d{1,2}\s?:\s?\d{2}\s?:\s?\d{2}\s?\+\s?0?7\W?")
_RUNNING = re.compile(
    r"van ban (?:nay )?(?:da )?duoc ky (?:so|dien tu)|https?://|\bwww\.|\bqlvb|ioffice|e-?office|in tu he thong"
    r"|\d{1,2}:\d{2}:\d{2}\s?[-_]|[-_]\s?\d{1,2}/\d{1,2}/\d{4}\s\d{1,2}:\d{2}"
)
_ADDRESS = re.compile(r"(?:[a-z0-9-]{2,30}\.){1,4}(?:vn|com|org|net)\b|chinh?\s?ph[ui]\W?vn\b")
_PORTAL = re.compile(r"\bcong (?:thong tin|ttdt|dich vu cong)|\bbao dien tu\b|\btrang thong tin\b")
_COPY = re.compile(r"\W{0,3}(?:sao y|sao luc|trich sao)\b")


def signature_box_words(page: Page) -> frozenset[int]:
    """Indices of the words of such boxes; empty when the page shows none."""
    if page.origin not in (PageOrigin.OCR, PageOrigin.TEXT_LAYER):
        return frozenset()
    pieces = [piece for row in rows_of(0, page) for piece in split_row(row, page, COLUMN_GAP)]
    pieces.sort(key=lambda piece: (piece.box.top, piece.box.left))
    found: set[int] = set()
    for at, piece in enumerate(pieces):
        if piece.words[0] in found or not _opens(piece):
            continue
        box = _box_from(piece, pieces[at + 1 :])
        if _is_box(box):
            found |= {word for line in box for word in line.words}
            if _MOMENT.search(piece.folded):
                found |= {word for line in _over(piece, pieces[:at], page) for word in line.words}
    return frozenset(found)


def running_words(index: int, page: Page) -> frozenset[int]:
    """The words of lines at the very edge of a page that an office program printed there: where the file lies, who
    printed it when.

    `ubnd_x-20/02/2025 08:12:31-user`, "Văn bản được ký số …", an address on the net.
    """
    if page.origin not in (PageOrigin.OCR, PageOrigin.TEXT_LAYER):
        return frozenset()
    rows = rows_of(index, page)
    running = {word for row in rows if _is_running(row, page) for word in row.words}
    return frozenset(running | _above_header(rows, page))


def _above_header(rows: Sequence[Row], page: Page) -> set[int]:
    """The words of a logo or a portal's address well above the header.

    Issuer and title stand side by side at the top (NĐ 30/2020, Phụ lục I.IV); what a wide gap parts from both is not
    of the letter. Marks that the rules know above a header (copies, drafts, urgency) stay.
    """
    pieces = sorted(
        (piece for row in rows for piece in split_row(row, page, COLUMN_GAP)), key=lambda piece: piece.box.top
    )
    title = next((piece for piece in pieces if labels.is_national_title(piece) or labels.is_party_title(piece)), None)
    if title is None or title.box.top > 0.3 * page.height:
        return set()
    found: set[int] = set()
    head = title.box.top
    for piece in reversed([p for p in pieces if p.box.bottom < title.box.top]):
        gap = (head - piece.box.bottom) / max(title.box.height, 3.0)
        is_near = gap < APART
        if _ADDRESS.search(piece.folded) or (not is_near and _is_scrap(piece, page, far=gap > FAR)):
            found |= set(piece.words)
        elif is_near:
            head = min(head, piece.box.top)
    return found


def _is_scrap(piece: Row, page: Page, *, far: bool) -> bool:
    """Anything far above; nearer a letter or two, a portal's name, or words hardly read, as OCR makes of a logo."""
    weight = sum(len(page.words[i].text) for i in piece.words)
    sure = sum(len(page.words[i].text) * page.words[i].confidence for i in piece.words) / max(1, weight)
    is_known = (
        labels.is_copy_mark(piece)
        or labels.is_copy(piece)
        or any(phrase in piece.folded for phrase in (*formulas().drafts, *formulas().secret, *formulas().urgent))
    )
    return not is_known and (far or sure < SURE or weight <= 2 or _PORTAL.search(piece.folded) is not None)


def _is_running(row: Row, page: Page) -> bool:
    at_edge = row.box.bottom < EDGE * page.height or row.box.top > (1 - EDGE) * page.height
    return at_edge and len(row.text) < 160 and _RUNNING.search(row.folded) is not None


def _opens(piece: Row) -> bool:
    is_moment = _ZONE.search(piece.folded) is not None and not _COPY.match(piece.folded)
    return bool(_SIGNED.match(piece.folded) or _TIME_LABEL.match(piece.folded) or is_moment)


def _is_box(lines: Sequence[Row]) -> bool:
    """Who signed and one thing more, or a moment to the second: a bare label "Người ký:" may be of a form."""
    folded = [line.folded for line in lines]
    if any(_ZONE.search(line) for line in folded) or re.match(
        r"\W{0,3}(?:digitally|signature (?:valid|not))", folded[0]
    ):
        return True
    signs = sum(1 for line in folded if _SIGNED.match(line) or _OTHER.match(line) or _TIME_LABEL.match(line))
    return signs >= 2 or any(_MOMENT.search(line) for line in folded)


def _box_from(first: Row, below: Sequence[Row]) -> list[Row]:
    """The lines of a box from its first one down: labels, and what goes on after each."""
    lines, loose = [first], 0
    for piece in below:
        last = lines[-1]
        if piece.box.top - last.box.bottom > PITCH * max(first.box.height, 2.0):
            if piece.box.top > last.box.bottom + 12.0:
                break
            continue
        if piece.box.left > max(line.box.right for line in lines) or piece.box.right < first.box.left:
            continue
        if piece.box.middle <= last.box.middle + 0.3:
            continue
        is_labelled = bool(_OTHER.match(piece.folded) or _SIGNED.match(piece.folded) or _MOMENT.match(piece.folded))
        if not is_labelled and (not _goes_on(piece, lines) or loose >= LINES_ON):
            break
        loose = 0 if is_labelled else loose + 1
        lines.append(piece)
    return lines


def _goes_on(piece: Row, lines: Sequence[Row]) -> bool:
    first, last = lines[0], lines[-1]
    if labels.is_title(piece) or labels.is_signature_head(piece) or labels.is_number_line(piece):
        return False
    if labels.is_addressees(piece) or labels.is_recipients(piece) or labels.kind_of(piece) is not None:
        return False
    if _TIME_LABEL.match(last.folded) or _MOMENT.search(last.folded):
        return re.match(r"\W{0,2}0?7\b", piece.folded) is not None  # a moment ends a box, but for its time zone
    if name_in(piece.text) is not None:
        return False  # the signer's name under the box is the letter's own
    is_small = piece.box.height < 1.35 * first.box.height
    stands_under = abs(piece.box.left - first.box.left) < BESIDE or (
        piece.box.left > first.box.left - BESIDE and piece.box.right < max(line.box.right for line in lines) + BESIDE
    )
    return is_small and stands_under and (upper_share(piece.text) < 0.9 or any(c.isdigit() for c in piece.text))


def _over(piece: Row, above: Sequence[Row], page: Page) -> list[Row]:
    """The name of the body over a bare moment at the very top of a page, where nothing of a letter stands."""
    found: list[Row] = []
    edge = piece
    for line in reversed(above):
        is_near = 0 <= edge.box.top - line.box.bottom < PITCH * max(piece.box.height, 2.0)
        if is_near and line.box.bottom < 0.08 * page.height and abs(line.box.left - piece.box.left) < 4 * BESIDE:
            found.append(line)
            edge = line
    return found if not _SIGNED.match(piece.folded) else []
