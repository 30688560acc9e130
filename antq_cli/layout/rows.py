"""Words to printed rows, by geometry: the order in which an OCR engine or a PDF lists them is luck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from antq_cli.model.page import Box, Page, PageOrigin, Word
from antq_cli.vietnamese.text import fold

MIN_OVERLAP = 0.45
"""Two words share a row when their heights overlap by this part of the smaller one."""
WEAK_WORD = 0.20
"""Words below this confidence do not help to find columns: stamps and signatures read as scraps."""


@dataclass(frozen=True, slots=True)
class Row:
    """Words that stand beside one another, left to right."""

    page: int
    """Index into the document's pages."""
    words: tuple[int, ...]
    """Indices into the page's words."""
    box: Box
    text: str
    folded: str

    @property
    def first(self) -> str:
        """The first word, folded."""
        return self.folded.split(" ", 1)[0]


def make_row(page_index: int, page: Page, words: Iterable[int]) -> Row:
    """A row of these words, ordered from left to right. Raises ValueError when there are none."""
    order = tuple(sorted(words, key=lambda index: page.words[index].box.left))
    if not order:
        raise ValueError("a row needs words")
    box = _span(page, order)
    text = " ".join(page.words[index].text for index in order)
    return Row(page_index, order, box, text, fold(text))


def rows_of(page_index: int, page: Page, chosen: Sequence[int] | None = None) -> list[Row]:
    """The rows of a page, or of the chosen words of it, from top to bottom.

    Where the source gives lines and the boxes are nominal (office and plain text), the source's lines are the rows.
    """
    indices = range(len(page.words)) if chosen is None else chosen
    if page.origin in (PageOrigin.PLAIN, PageOrigin.OFFICE):
        return _source_rows(page_index, page, indices)
    fragments: list[list[int]] = []
    bottoms: list[float] = []
    lines = [(_span(page, words), words) for words in _by_line(page, indices)]
    for span, words in sorted(lines, key=lambda line: line[0].middle):
        for at in range(len(fragments) - 1, max(-1, len(fragments) - 1 - _LOOK_BACK), -1):
            # Most rows above end above: the test word by word is for those that reach down to this one.
            if bottoms[at] > span.top and _beside(page, fragments[at], words):
                fragments[at].extend(words)
                bottoms[at] = max(bottoms[at], span.bottom)
                break
        else:
            fragments.append(list(words))
            bottoms.append(span.bottom)
    rows = [make_row(page_index, page, words) for words in fragments]
    return sorted(rows, key=lambda row: (row.box.middle, row.box.left))


_LOOK_BACK = 8


def _by_line(page: Page, indices: Iterable[int]) -> list[list[int]]:
    """Words that the source puts on one line stay together; words without a line stand alone."""
    lines: dict[int, list[int]] = {}
    for index in indices:
        line = page.words[index].line
        lines.setdefault(line if line >= 0 else -1 - index, []).append(index)
    return list(lines.values())


def _span(page: Page, words: Sequence[int]) -> Box:
    boxes = [page.words[index].box for index in words]
    if len(boxes) == 1:
        return boxes[0]
    return Box(
        min([box.left for box in boxes]),
        min([box.top for box in boxes]),
        max([box.right for box in boxes]),
        max([box.bottom for box in boxes]),
    )


def _beside(page: Page, row: Sequence[int], fragment: Sequence[int]) -> bool:
    """Do two fragments make one printed row?

    Their nearest words must share most of their height, so skew does not break the row; and no word may stand above
    another, so a scrap that reaches into two rows does not join them.
    """
    ours = [page.words[i].box for i in row]
    theirs = [page.words[i].box for i in fragment]
    for box in theirs:
        for other in ours:
            if other.right > box.left + 1 and other.left < box.right - 1 and _shared(other, box) < 0.7:
                return False
    one, other = min(
        ((a, b) for a in ours for b in theirs),
        key=lambda pair: max(pair[0].left - pair[1].right, pair[1].left - pair[0].right),
    )
    return _shared(one, other) >= MIN_OVERLAP


def _shared(one: Box, other: Box) -> float:
    """Common height as a part of the smaller of the two."""
    smaller = min(one.height, other.height)
    return (min(one.bottom, other.bottom) - max(one.top, other.top)) / smaller if smaller > 0 else 0.0


def _source_rows(page_index: int, page: Page, indices: Iterable[int]) -> list[Row]:
    lines: dict[int, list[int]] = {}
    for index in indices:
        lines.setdefault(page.words[index].line, []).append(index)
    rows = [make_row(page_index, page, words) for words in lines.values()]
    return sorted(rows, key=lambda row: (round(row.box.top, 1), row.box.left))


def split_row(row: Row, page: Page, gap: float) -> list[Row]:
    """The row cut wherever two neighbours stand at least `gap` mm apart."""
    pieces: list[list[int]] = [[row.words[0]]]
    for previous, index in zip(row.words, row.words[1:], strict=False):
        if page.words[index].box.left - page.words[previous].box.right >= gap:
            pieces.append([])
        pieces[-1].append(index)
    return [make_row(row.page, page, piece) for piece in pieces] if len(pieces) > 1 else [row]


def find_gap(words: Sequence[Word], low: float, high: float) -> float | None:
    """The middle, in mm from the left, of the widest upright band between `low` and `high` that no sure word crosses.

    None when there is no such band of at least 2 mm.
    """
    edges = sorted(
        (max(word.box.left, low), min(word.box.right, high))
        for word in words
        if word.confidence >= WEAK_WORD and word.box.right > low and word.box.left < high
    )
    best_width, best_middle, reach = 2.0, None, low
    for left, right in edges:
        if left - reach > best_width:
            best_width, best_middle = left - reach, (left + reach) / 2
        reach = max(reach, right)
    if high - reach > best_width:
        best_middle = (high + reach) / 2
    return best_middle
