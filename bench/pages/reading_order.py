"""What a page says, and the orders in which a reader may fairly say it.

Head and end of a letter stand in two columns. Column after column and row after row are both good readings, so a page
has one list of lines and several orders of them; a measurement takes the order that suits each reader best.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

from samples.generator.items import ArrivalStamp, Page, Penned, Text
from samples.generator.letter import Letter, formulas

_SAME_ROW = 2.4
"""Lines of two columns whose baselines lie within these mm stand side by side."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of one column: baseline and left end in mm, and its words."""

    baseline: float
    left: float
    text: str


@dataclass(frozen=True, slots=True)
class PageText:
    """Lines of a page, and orders as lists of their numbers. The first order is column by column."""

    lines: tuple[str, ...]
    orders: tuple[tuple[int, ...], ...]

    def texts(self) -> list[str]:
        """The page once for every order, lines joined by spaces."""
        return [" ".join(self.lines[number] for number in order) for order in self.orders]


def read_pages(letter: Letter, pages: tuple[Page, ...]) -> list[PageText]:
    """The text of all pages of a letter that `compose` has laid out."""
    texts = []
    for number, page in enumerate(pages):
        lines = _lines(page)
        head = _head(letter) if number == 0 and letter.family != "plain" else (0, 0)
        closing = _closing(letter, lines) if number + 1 == len(pages) else None
        texts.append(_page_text(lines, head, closing, _stamp_lines(page)))
    return texts


def _lines(page: Page) -> list[Line]:
    """Lines in the order in which they were set."""
    marks = [item for item in page if isinstance(item, Text | Penned)]
    lines = []
    for baseline, group in groupby(marks, key=lambda item: item.baseline):
        run = list(group)
        words = ""
        for item in run:
            words += item.text + (" " if isinstance(item, Text) and item.spaced else "")
            words += " " if isinstance(item, Penned) and _follows_day(run) else ""
        lines.append(Line(baseline, run[0].left, " ".join(words.split())))
    return lines


def _follows_day(run: list[Text | Penned]) -> bool:
    """Between the day by pen and its month there is a space, between a number by pen and its symbol none."""
    last = run[-1]
    return isinstance(last, Text) and last.style == "Italic"


def _head(letter: Letter) -> tuple[int, int]:
    """Numbers of lines of the left and of the right column, as `put_header` sets them."""
    party = letter.family == "party"
    left = len(letter.parent) + len(letter.issuer) + party + (letter.number is not None)
    right = (1 if party else 2) + (letter.date is not None)
    return left, right


def _closing(letter: Letter, lines: list[Line]) -> list[int] | None:
    """Where the columns of the closing begin: one number per signature block, then that of Nơi nhận; last the end."""
    label = formulas()["recipients_label"]
    at = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].text == label), None)
    if at is None:
        return None
    starts = [at]
    for block in reversed(letter.signatures):
        starts.insert(0, starts[0] - len(block.authority) - (block.position is not None) - (block.name is not None))
    return starts


def _page_text(lines: list[Line], head: tuple[int, int], closing: list[int] | None, stamp: list[str]) -> PageText:
    left_count, right_count = head
    if left_count and _has_subject_below(lines, left_count):
        left_count = _drop(lines, 0)
    end = closing[0] if closing else len(lines)
    body = list(range(left_count + right_count, end))
    heads = _orders(lines, [list(range(left_count)), list(range(left_count, left_count + right_count))])
    closings, tail = _closing_orders(lines, closing)
    orders = [[*one, *body, *other, *tail] for one in heads for other in closings]
    if lines and lines[-1].text.isdigit() and lines[-1].baseline < 16:
        # The page's number is set last but stands on top.
        number = len(lines) - 1
        orders = [[number, *(n for n in order if n != number)] for order in orders]
    texts = [line.text for line in lines]
    if stamp:
        numbers = list(range(len(texts), len(texts) + len(stamp)))
        texts += stamp
        cut = left_count + right_count
        orders += [[*order[:cut], *numbers, *order[cut:]] for order in orders]
    unique = tuple(dict.fromkeys(tuple(order) for order in orders))
    return PageText(tuple(texts), unique)


def _has_subject_below(lines: list[Line], count: int) -> bool:
    """A công văn's subject goes on below the number: the left column is longer than the fixed lines."""
    return _drop(lines, 0) > count


def _drop(lines: list[Line], start: int) -> int:
    """Number of the first line that stands higher than the one set before it."""
    for number in range(start + 1, len(lines)):
        if lines[number].baseline < lines[number - 1].baseline:
            return number
    return len(lines)


def _closing_orders(lines: list[Line], closing: list[int] | None) -> tuple[list[list[int]], list[int]]:
    if closing is None:
        return [[]], []
    end = len(lines)
    if lines[-1].text.isdigit() and (lines[-1].baseline < 16 or lines[-1].baseline > 284):
        end -= 1
    bounds = [*closing, end]
    columns = [list(range(a, b)) for a, b in pairwise(bounds)]
    tail = list(range(end, len(lines)))
    if len(columns) == 2:
        signature, recipients = columns
        return _orders(lines, [recipients, signature]), tail
    first, second, recipients = columns
    return [[*order, *recipients] for order in _orders(lines, [first, second])], tail


def _orders(lines: list[Line], columns: list[list[int]]) -> list[list[int]]:
    """Two columns left to right, right to left, row by row, and band by band (the upper parts, then the lower)."""
    left, right = columns
    if not left or not right:
        return [[*left, *right]]
    rows = sorted([*left, *right], key=lambda n: lines[n].baseline)
    by_row: list[int] = []
    while rows:
        top = lines[rows[0]].baseline
        row = [n for n in rows if lines[n].baseline - top < _SAME_ROW]
        by_row += sorted(row, key=lambda n: lines[n].left)
        rows = [n for n in rows if n not in row]
    cut = lines[right[-1]].baseline - _SAME_ROW
    upper, lower = [n for n in left if lines[n].baseline < cut], [n for n in left if lines[n].baseline >= cut]
    bands = [
        [*upper, *right[:-1], *lower, right[-1]],
        [*upper, *right[:-1], right[-1], *lower],
        [*right[:-1], *upper, right[-1], *lower],
    ]
    return [[*left, *right], [*right, *left], by_row, *bands]


def _stamp_lines(page: Page) -> list[str]:
    """What the receiver's stamp says; a reader may give it or leave it out."""
    words = formulas()
    said: list[str] = []
    for item in page:
        if isinstance(item, ArrivalStamp):
            said += [
                item.office,
                f"{words['arrival']} {words['arrival_number']} {item.number}",
                f"{words['arrival_date']} {item.date}",
                words["arrival_routed"],
            ]
    return said
