"""Words of an arrival stamp (dấu ĐẾN, NĐ 30/2020, Phụ lục IV.V).

Its number and date are the receiver's, not the letter's. A stamp is known by its mark ĐẾN together with labelled rows
("Số", "Ngày", "Giờ", "Chuyển", "Lưu hồ sơ số"), or, where the mark was misread, by rows that only a stamp has. Colour
decides nothing alone: stamps are red, blue, violet and on grey scans black.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from antq_cli.layout import labels
from antq_cli.layout.rows import Row, make_row, rows_of, split_row
from antq_cli.model.page import Box, Page, PageOrigin
from antq_cli.vietnamese.text import fold, is_upper, upper_share

STAMP_WIDTH = 62.0
STAMP_HEIGHT = 42.0
"""mm; the decree draws 50 by 35, offices stamp a little larger."""
RED = 0.6
"""Share of red ink from which a word is a stamp's."""
ABOVE = 14.0
"""The first row of the frame stands this many mm above the mark ĐẾN at most: the mark stands in the middle."""
HEADING = 9.0
"""The receiver's name stands this many mm above the first row at most."""
ALIGNED = 7.0
"""Labels of one stamp begin within this many mm of each other."""
PITCH = 13.0
"""Distance between two labelled rows, in mm, at most."""
FILLED = 5.0
"""White space, in mm, within a row between its label and what was written beside it."""
PIECE = 2.4
"""Words this far apart, in mm, are of different things; the space between words of one line is narrower."""
LINE = 0.5
"""Words share a line when their middles are nearer than this part of the lower one's height."""

_EDGES = " .,:;-_|!'\"*~`^[](){}<>=\u2026"
_MARK = re.compile(r"[dobp]?[e3]n|[do]e[nm]")
_LABEL = re.compile(r"\W{0,3}(?:(s[o06])|(nga?y|ngaty)|(chuyen|chuven)|(gi[o0])|(l[uw]u\W?(?=ho|$|\W)))(?![a-z])")
_NOT_OWN = frozenset({"chuyen", "luu", "gio"})
"""Labels that no letter's head has."""
_SYMBOL = re.compile(r"\d\s?[/-]\s?[A-ZĐ]{2}|/\s?[A-ZĐ]{2,}|[A-ZĐ]{2,}\s?[-/]\s?[A-ZĐ]{2}")
_NOISE = re.compile(r"[\W\d_]*|[a-z]{1,2}")
_DOTS = re.compile(r"\.{5}")
_KINDS = ("so", "ngay", "chuyen", "gio", "luu")


def stamp_words(page: Page) -> frozenset[int]:
    """Indices of the words of arrival stamps in the upper half of a page; empty when there is no such stamp."""
    if page.origin is not PageOrigin.OCR and page.origin is not PageOrigin.TEXT_LAYER:
        return frozenset()
    upper = [i for i, word in enumerate(page.words) if word.box.top < 0.5 * page.height]
    pieces = _pieces(page, upper)
    heads = {piece.words[0]: kind for piece in pieces if (kind := _label(piece, page)) is not None}
    found: set[int] = set()
    for piece in pieces:
        mark = _mark_of(piece, page)
        if mark is not None:
            found |= _around(page, mark, piece, heads, pieces)
    if not found:
        found = _without_mark(page, heads, pieces)
    return frozenset(found)


def _pieces(page: Page, chosen: Sequence[int]) -> list[Row]:
    """What stands together in one line: rows, cut where words are apart and before a label or the mark."""
    found: list[Row] = []
    for row in rows_of(0, page, chosen):
        for piece in split_row(row, page, PIECE):
            words: list[int] = []
            for index in piece.words:
                if words and _begins_row(page, words, index):
                    found.append(make_row(0, page, words))
                    words = []
                words.append(index)
            found.append(make_row(0, page, words))
    return found


def _begins_row(page: Page, before: Sequence[int], index: int) -> bool:
    """A label right after the mark or after noise of a frame: `ĐẾN Số:`, `| Ngày`."""
    word = page.words[index]
    if _LABEL.match(fold(word.text)) is None or not _bare(word.text)[:1].isupper():
        return False
    return all(_is_mark(page.words[i].text) or _is_noise(page.words[i].text) for i in before)


def _bare(text: str) -> str:
    return text.strip(_EDGES)


def _is_noise(text: str) -> bool:
    return _NOISE.fullmatch(_bare(text)) is not None


def _is_mark(text: str) -> bool:
    bare = _bare(text)
    return is_upper(bare) and _MARK.fullmatch(fold(bare)) is not None


def _label(piece: Row, page: Page) -> str | None:
    """Which label of a stamp opens the piece; None when none does, or when it is the letter's own number or date."""
    match = _LABEL.match(piece.folded)
    if match is None or not _bare(piece.text)[:1].isupper():
        return None
    kind = next(name for name, group in zip(_KINDS, match.groups(), strict=True) if group)
    beside = "".join(
        word.text
        for word in page.words
        if abs(word.box.middle - piece.box.middle) < 2.5 and -1 < word.box.left - piece.box.left < STAMP_WIDTH
    )
    if kind == "so" and _SYMBOL.search(beside):
        return None
    rest = piece.folded[match.end() :].strip(_EDGES)
    is_filled = kind in ("chuyen", "luu") or not any(c.isalpha() for c in re.sub(r"thang|nam|ngay|gio", "", rest)[:6])
    return kind if is_filled or ":" in piece.text[match.start() : match.end() + 2] else None


def _mark_of(piece: Row, page: Page) -> Box | None:
    """The mark's box when the piece is nothing but ĐẾN, or CÔNG VĂN ĐẾN and its like, in capitals."""
    words = [page.words[i] for i in piece.words if any(c.isalpha() for c in page.words[i].text)]
    if not words or not is_upper(" ".join(_bare(word.text) for word in words)):
        return None
    texts = fold(" ".join(_bare(word.text) for word in words))
    if len(words) > 1 and _MARK.fullmatch(texts.replace(" ", "")):
        return piece.box  # letters of the mark stand apart
    before, _, last = texts.rpartition(" ")
    if before not in ("", "cong van", "van ban", "dau", "cv", "vb") or not _MARK.fullmatch(last):
        return None
    return words[-1].box


def _around(page: Page, mark: Box, piece: Row, heads: dict[int, str], pieces: Sequence[Row]) -> set[int]:
    """The mark and what belongs to its stamp; none when no label follows, for then it is a word of the text."""
    near = [
        p
        for p in pieces
        if p.words[0] in heads
        and abs(p.box.left - mark.left) < STAMP_WIDTH / 2 + 4
        and mark.top - ABOVE < p.box.middle < mark.bottom + STAMP_HEIGHT - ABOVE
        and (p.box.middle > mark.top - 1 or p.box.left > mark.right - 2)
    ]
    rows = _stacked(near, mark)
    if not rows:
        is_exact = any(fold(_bare(page.words[i].text)) == "den" for i in piece.words)
        beside = [
            p for p in pieces if p is not piece and _in_line(p.box, mark) and abs(p.box.left - mark.right) < FILLED * 3
        ]
        is_alone = all(_is_noise(page.words[i].text) for p in beside for i in p.words)
        return {i for p in (piece, *beside) for i in p.words} if is_exact and is_alone and beside else set()
    return _stamp(page, [piece, *rows], rows, pieces)


def _in_line(box: Box, other: Box) -> bool:
    return abs(box.middle - other.middle) < LINE * max(box.height, other.height)


def _stacked(near: Sequence[Row], mark: Box | None) -> list[Row]:
    """The labelled rows that stand below one another at about one left edge, nearest to the mark."""
    best: list[Row] = []
    for first in near:
        chosen = [p for p in near if abs(p.box.left - first.box.left) < ALIGNED]
        chosen.sort(key=lambda p: p.box.middle)
        kept = [first]
        for p in chosen:
            if p is not first and min(abs(p.box.middle - k.box.middle) for k in kept) < PITCH:
                kept.append(p)
        if len(kept) > len(best):
            best = kept
    if mark is not None:
        # "Giờ: … Ngày: …" may stand in one row.
        best += [p for p in near if p not in best and any(_in_line(p.box, k.box) for k in best)]
    return best


def _without_mark(page: Page, heads: dict[int, str], pieces: Sequence[Row]) -> set[int]:
    """A stamp whose mark was not read: labels in a stack that no letter's head has."""
    near = [p for p in pieces if p.words[0] in heads]
    rows = _stacked(near, None)
    kinds = {heads[p.words[0]] for p in rows}
    owns = any(p.words[0] not in heads and labels.is_number_line(p) and _SYMBOL.search(p.text) for p in pieces)
    is_row_of_dots = any(heads[p.words[0]] in _NOT_OWN and _DOTS.search(p.text) for p in rows)
    if is_row_of_dots and len(rows) == 1:
        return _stamp(page, rows, rows, pieces)
    if len(kinds) < 2 or not (kinds & _NOT_OWN or (owns and kinds == {"so", "ngay"})):
        return set()
    return _stamp(page, rows, rows, pieces)


def _stamp(page: Page, parts: Sequence[Row], rows: Sequence[Row], pieces: Sequence[Row]) -> set[int]:
    """All words of a stamp: its parts, what is filled in beside labels, noise of the frame, the name above."""
    found = {i for part in parts for i in part.words}
    ends: list[Box] = [part.box for part in parts]
    for row in rows:
        limit = row.box.left + STAMP_WIDTH - 12
        end = row.box.right
        line = [p for p in pieces if p.box.left > row.box.left and abs(p.box.middle - row.box.middle) < 2.6]
        for p in sorted(line, key=lambda p: p.box.left):
            if p.box.left - end < FILLED and p.box.right < limit and (_is_filled(p) or p.box.left - end < PIECE):
                found |= set(p.words)
                ends.append(p.box)
                end = max(end, p.box.right)
    left, top = min(b.left for b in ends), min(b.top for b in ends)
    right, bottom = max(b.right for b in ends), max(b.bottom for b in ends)
    frame = Box(left - 3, top - 2, min(max(right, left + 38) + 2, left + STAMP_WIDTH), bottom + 2)
    found |= {i for p in pieces if _inside(p.box, frame) and _is_filled(p) for i in p.words}
    found |= _misread_mark(page, frame, pieces)
    for p in sorted(pieces, key=lambda p: -p.box.bottom):
        if _is_heading(p, frame, page, pieces):
            found |= set(p.words)
    return found | _red(page, frame)


def _misread_mark(page: Page, frame: Box, pieces: Sequence[Row]) -> set[int]:
    """A short word at the left of the rows is what OCR made of ĐẾN."""
    reach = Box(max(frame.left - 14, 0), frame.top, frame.left + 18, frame.bottom)
    return {i for p in pieces if len(p.words) == 1 and len(p.text) <= 5 and _inside(p.box, reach) for i in p.words}


def _red(page: Page, frame: Box) -> set[int]:
    return {
        i
        for i, word in enumerate(page.words)
        if word.ink is not None and word.ink.red >= RED and _inside(word.box, frame)
    }


def _is_filled(piece: Row) -> bool:
    """Digits, dots, scraps: what stands in a row of a stamp; no words of a text."""
    letters = sum(c.isalpha() for c in piece.text)
    others = sum(c.isdigit() or not c.isalnum() for c in piece.text.replace(" ", ""))
    return letters <= others or len(piece.text) <= 3


def _inside(box: Box, frame: Box) -> bool:
    return frame.left <= box.left and box.right <= frame.right and frame.top <= box.middle <= frame.bottom


def _is_heading(piece: Row, frame: Box, page: Page, pieces: Sequence[Row]) -> bool:
    """The receiver's name above the rows, in capitals and within the frame's width; never the letter's own head."""
    is_near = frame.top - HEADING < piece.box.middle < frame.top + 3
    # The mark at the left of the rows may not have been read.
    over = piece.box.left > frame.left - 18 and piece.box.right < frame.right + 12
    if not is_near or not over or upper_share(piece.text) < 0.7 or not any(c.isalpha() for c in piece.text):
        return False
    if labels.is_title(piece) or labels.is_number_line(piece) or labels.kind_of(piece) is not None:
        return False
    titles = [p.box for p in pieces if labels.is_title(p)]
    numbers = [p.box for p in pieces if labels.is_number_line(p) and _SYMBOL.search(p.text)]
    is_above = bool(titles) and piece.box.bottom < min(box.top for box in titles) - 1
    is_below = bool(numbers) and piece.box.top > min(box.bottom for box in numbers) - 0.5
    words = [page.words[i] for i in piece.words]
    is_red = all(word.ink is not None and word.ink.red >= RED for word in words)
    return is_above or is_below or is_red
