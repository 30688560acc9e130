"""Rows in columns that stay readable: cut to the terminal's width, never wrapped into towers; whole in a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from antq_cli.render.console import out, width

_GAP = 2
Cell = Text | str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    title: str
    least: int | None = None
    """Columns it keeps when the terminal is narrow; None: it is never cut."""
    expendable: bool = False
    """On a terminal too narrow even so it is left out, the last such column first."""


def show_table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """A table with a bold header line; without titles only the rows."""
    cells = [[_text(cell) for cell in row] for row in rows]
    natural = [
        max([_text(column.title).cell_len, *(row[place].cell_len for row in cells)])
        for place, column in enumerate(columns)
    ]
    shown = list(range(len(columns)))
    columns_wide = width()
    while True:
        widths = _fitted([natural[place] for place in shown], [columns[place].least for place in shown], columns_wide)
        spare = [place for place in shown if columns[place].expendable]
        if columns_wide is None or sum(widths) + _GAP * (len(shown) - 1) <= columns_wide or not spare:
            break
        shown.remove(spare[-1])
    if any(column.title for column in columns):
        _show_row([Text(columns[place].title, style="bold") for place in shown], widths)
    for row in cells:
        _show_row([row[place] for place in shown], widths)


def _fitted(natural: Sequence[int], least: Sequence[int | None], available: int | None) -> list[int]:
    """Widths that fit when they can: the widest column that may be cut gives way first."""
    widths = list(natural)
    if available is None:
        return widths
    excess = sum(widths) + _GAP * (len(widths) - 1) - available
    while excess > 0:
        room = [(widths[at] - low, at) for at, low in enumerate(least) if low is not None and widths[at] > low]
        if not room:
            break
        # The one with most to spare gives way until it has no more than the next.
        room.sort(reverse=True)
        step = room[0][0] - room[1][0] if len(room) > 1 else room[0][0]
        step = min(excess, max(1, step))
        widths[room[0][1]] -= step
        excess -= step
    return widths


def _show_row(cells: Sequence[Text], widths: Sequence[int]) -> None:
    line = Text()
    for place, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
        fitted = cell.copy()
        last = place == len(cells) - 1
        fitted.truncate(wide, overflow="ellipsis", pad=not last)
        line.append_text(fitted)
        if not last:
            line.append(" " * _GAP)
    out().print(line, no_wrap=True, crop=width() is not None)


def show_pairs(pairs: Sequence[tuple[str, Cell]]) -> None:
    """Names with their values, the values in one column; on a terminal they are wrapped within it."""
    wide = max((Text(name).cell_len for name, _ in pairs), default=0) + _GAP
    columns = width()
    for name, value in pairs:
        lines = list(_text(value).split("\n"))
        for number, line in enumerate(lines):
            if columns is not None and columns - wide >= 20:
                wrapped = list(line.wrap(out(), columns - wide)) or [line]
            else:
                wrapped = [line]
            for part, piece in enumerate(wrapped):
                label = name if number == part == 0 else ""
                piece.rstrip()
                out().print(Text(label.ljust(wide), style="bold") + piece)


def _text(cell: Cell) -> Text:
    return cell if isinstance(cell, Text) else Text(cell)
