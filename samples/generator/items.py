"""What lies on a page, in millimetres from its top left corner: one list of items, drawn as pixels or as PDF."""

from __future__ import annotations

from dataclasses import dataclass

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0


@dataclass(frozen=True, slots=True)
class Text:
    """A word or a line standing on its baseline."""

    left: float
    baseline: float
    text: str
    style: str
    points: float
    spaced: bool = False
    """A space follows on the same line (for the text layer of a PDF)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""

    left: float
    top: float
    right: float
    points: float = 0.7


@dataclass(frozen=True, slots=True)
class Penned:
    """Digits written by hand on the line."""

    left: float
    baseline: float
    text: str
    height: float
    """Of a digit, in mm."""
    width: float
    """Room, in mm."""


@dataclass(frozen=True, slots=True)
class Scribble:
    """A signature written by hand, around its middle."""

    centre: float
    middle: float
    width: float


@dataclass(frozen=True, slots=True)
class Seal:
    """A round red seal, around its middle."""

    centre: float
    middle: float
    words: str


@dataclass(frozen=True, slots=True)
class ArrivalStamp:
    """The receiver's frame ĐẾN with number and day filled in by hand."""

    left: float
    top: float
    office: str
    number: str
    date: str


Item = Text | Rule | Penned | Scribble | Seal | ArrivalStamp
Page = tuple[Item, ...]
