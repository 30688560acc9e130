"""Breaks text into lines and puts them on pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from samples.generator.fonts import width_mm
from samples.generator.items import PAGE_HEIGHT, PAGE_WIDTH, Item, Text

MM = 25.4 / 72
"""Millimetres in a point."""


@dataclass
class Sheet:
    """Pages being filled. `y` is the top of the next line."""

    left: float = 30.0
    right: float = PAGE_WIDTH - 17.0
    top: float = 20.0
    bottom: float = PAGE_HEIGHT - 20.0
    pages: list[list[Item]] = field(default_factory=lambda: [[]])
    y: float = 20.0

    @property
    def width(self) -> float:
        return self.right - self.left

    def put(self, item: Item) -> None:
        self.pages[-1].append(item)

    def turn(self) -> None:
        """Begins a new page."""
        self.pages.append([])
        self.y = self.top

    def need(self, height: float) -> None:
        """Turns the page when less than `height` mm are left."""
        if self.y + height > self.bottom:
            self.turn()


def centred(sheet: Sheet, text: str, centre: float, style: str, points: float, distance: float = 1.25) -> float:
    """Puts one line around `centre` at the sheet's height, moves down, and returns the line's width in mm."""
    width = width_mm(text, style, points)
    sheet.put(Text(centre - width / 2, sheet.y + points * MM * 0.95, text, style, points))
    sheet.y += points * MM * distance
    return width


def broken(text: str, style: str, points: float, width: float, indent: float = 0.0) -> list[str]:
    """Lines of at most `width` mm; the first has `indent` mm less. Words are never cut."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}" if current else word
        room = width - indent if not lines else width
        if current and width_mm(longer, style, points) > room:
            lines.append(current)
            current = word
        else:
            current = longer
    return [*lines, current] if current else lines


def balanced(text: str, style: str, points: float, width: float) -> list[str]:
    """Lines of about the same length, as titles are set: the least width that needs no more lines."""
    count = len(broken(text, style, points, width))
    narrow = width
    while narrow > 20.0 and len(broken(text, style, points, narrow - 3.0)) == count:
        narrow -= 3.0
    return broken(text, style, points, narrow)


@dataclass(frozen=True, slots=True)
class Styled:
    """A word with its style."""

    text: str
    style: str


def styled_words(text: str, style: str) -> list[Styled]:
    """The words of a paragraph; a stretch between ** at its beginning is bold."""
    if text.startswith("**") and "**" in text[2:]:
        bold, rest = text[2:].split("**", 1)
        return [*(Styled(w, "Bold") for w in bold.split()), *(Styled(w, style) for w in rest.split())]
    return [Styled(w, style) for w in text.split()]


def paragraph_lines(words: list[Styled], points: float, width: float, indent: float) -> list[list[Styled]]:
    """Words of each line."""
    lines: list[list[Styled]] = [[]]
    used = indent
    for word in words:
        space = width_mm(" ", word.style, points) if lines[-1] else 0.0
        advance = width_mm(word.text, word.style, points)
        if lines[-1] and used + space + advance > width:
            lines.append([word])
            used = advance
        else:
            lines[-1].append(word)
            used += space + advance
    return lines


def set_line(
    sheet: Sheet, words: list[Styled], points: float, left: float, right: float, distance: float, *, justify: bool
) -> None:
    """Puts one line of words between two edges, with wider spaces when justified, and moves down."""
    widths = [width_mm(word.text, word.style, points) for word in words]
    space = width_mm(" ", "Regular", points)
    if justify and len(words) > 1:
        space = (right - left - sum(widths)) / (len(words) - 1)
    baseline = sheet.y + distance * MM * 0.78
    x = left
    for index, (word, width) in enumerate(zip(words, widths, strict=True)):
        sheet.put(Text(x, baseline, word.text, word.style, points, spaced=index + 1 < len(words)))
        x += width + space
    sheet.y += distance * MM
