"""Pages as they were read: words with their places, whatever read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres from the page's top left corner, the unit in which the law speaks of margins."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if self.right < self.left or self.bottom < self.top:
            raise ValueError(f"impossible box: {self.left}, {self.top}, {self.right}, {self.bottom}")

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Height of the horizontal middle line, in mm from the top."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Place of the vertical middle line, in mm from the left."""
        return (self.left + self.right) / 2

    def union(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Ink:
    """What the pixels of a word look like. Letters written by hand differ from their typed neighbours in both."""

    height: float
    """Height of the word's ink, in mm."""
    stroke: float
    """Mean width of its strokes, in mm."""
    red: float = 0.0
    """Share of its ink that is red, 0..1: stamps are."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a page. `text` is NFC and holds no white space."""

    text: str
    box: Box
    confidence: float
    """0..1; 1.0 for words of a text layer or an office file."""
    line: int = -1
    """Number of the line in the source (text line, OCR line), -1 when the source has none."""
    ink: Ink | None = None
    """Measured on scans for the words where handwriting is expected; None elsewhere."""


class SlotState(StrEnum):
    """What the pixels of a place to be filled in show, whatever OCR made of it."""

    EMPTY = "empty"
    TYPED = "typed"
    INKED = "inked"
    """Written by hand or stamped: the letters of OCR there are guesses."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Digits that may stand in a slot."""

    text: str
    confidence: float
    """0..1."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of page 1 that offices fill in after printing: `number`, `day`, `month`."""

    name: str
    box: Box
    state: SlotState
    reading: Guess | None = None
    """The digits (of a number also when printed), when two independent readers agree on them and the cut is sound."""
    guesses: tuple[Guess, ...] = ()
    """What any reader made of the inked digits, most likely first; suggestions for a person, never claims."""
    whole: bool = False
    """The cut took in all that stands in the slot and nothing else; else not even a hint makes a guess a claim."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A place where the text layer of a page says something else than its picture shows."""

    box: Box
    layer: str
    """What the text layer says."""
    seen: str
    """What was read off the drawn page; empty when nothing is to be seen there."""


CLEAR = "no_ink_unread:"
"""Start of the note of a scanned page on which the place of `number` or `day` in the head holds no ink that was not
read. Without it nothing of a scan's head is said to be missing."""


class PageOrigin(StrEnum):
    """Where the words of a page come from."""

    OCR = "ocr"
    TEXT_LAYER = "text_layer"
    OFFICE = "office"
    PLAIN = "plain"
    BLANK = "blank"
    """Nothing to read: no words, no ink."""
    FAILED = "failed"
    """The page exists but was not read as a whole (OCR stopped by a limit); it may hold words of the file itself."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `words` are in the order of the source; `width` and `height` in mm."""

    number: int
    """1 for the first page."""
    width: float
    height: float
    words: tuple[Word, ...]
    origin: PageOrigin
    notes: tuple[str, ...] = ()
    """What was done to the page or is odd about it, in stable words: `rotated:90`, `deskewed:1.2`, `despeckled`,
    `red_channel`, `dpi:200`, `text_layer_ignored`, `ocr_timeout` and so on."""
    red: tuple[Box, ...] = ()
    """Boxes of red ink big enough to be a stamp."""
    slots: tuple[Slot, ...] = ()
    """Places to be filled in, judged by their pixels; empty on pages without pixels."""
    colour: bool = False
    """True when the page's picture holds colour at all: on a grey scan no red stamp can be seen."""
    disputes: tuple[Dispute, ...] = ()
    """Where the text layer and the drawn page differ; empty on pages that were not compared."""

    def slot(self, name: str) -> Slot | None:
        """The slot of this name, None when it was not looked at."""
        return next((slot for slot in self.slots if slot.name == name), None)

    @property
    def is_geometric(self) -> bool:
        """True when the boxes are places on paper, False when they are nominal (plain text)."""
        return self.origin is not PageOrigin.PLAIN


@dataclass(frozen=True, slots=True)
class Document:
    """A file after reading."""

    id: str
    """SHA-256 of the bytes in hexadecimal: the same scan twice is the same document."""
    name: str
    """File name as given, without its folder."""
    media: str
    """`pdf`, `tiff`, `jpeg`, `png`, `docx`, `text`."""
    pages: tuple[Page, ...]
    flags: tuple[str, ...] = ()
    """Facts about the file in stable words: `repaired`, `active_content`, `type_mismatch`, `signature_present` …"""
    signed: tuple[date, ...] = ()
    """Days on which electronic signatures say they were made, in the order of the file; claims, not proofs."""

    @property
    def ocr_pages(self) -> int:
        return sum(page.origin is PageOrigin.OCR for page in self.pages)
