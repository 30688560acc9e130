"""The text of a document in reading order, and the way back from any stretch of it to the paper."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum

from antq_cli.model.page import Box, Document, Word


class Zone(StrEnum):
    """Where on the letter a paragraph stands (NĐ 30/2020, Phụ lục I.IV, boxes 1 to 13)."""

    HEADER_LEFT = "header_left"
    """Issuer, number, and a công văn's subject: boxes 2, 3, 5b."""
    HEADER_RIGHT = "header_right"
    """National or Party title, motto, place and date: boxes 1, 4."""
    STAMP = "stamp"
    """A mark that is not part of the letter's own text: a seal's words, urgency, draft, a running line of a program."""
    ARRIVAL_STAMP = "arrival_stamp"
    """The receiver's stamp ĐẾN with a number and a day of its own (NĐ 30/2020, Phụ lục IV)."""
    E_SIGNATURE = "e_signature"
    """The printed box of an electronic signature: who signed, for whom, when."""
    TITLE = "title"
    """Kind and subject, centred: box 5a."""
    ADDRESSEES = "addressees"
    """Kính gửi: box 9a."""
    BODY = "body"
    RECIPIENTS = "recipients"
    """Nơi nhận: box 9b."""
    SIGNATURE = "signature"
    """Authority, position, name: box 7."""
    ANNEX = "annex"
    """Everything after the letter's own end: annexes, copies, web page tails."""
    PAGE_NUMBER = "page_number"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim can be seen."""

    page: int
    """Page number, from 1."""
    box: Box
    quote: str
    """The words as they stand there, one space between words."""
    confidence: float = 1.0
    """Least confidence among the words quoted, 0..1."""
    start: int = -1
    """Offset of the quotation in the transcript's text, -1 when it has none."""
    end: int = -1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the transcript: a paragraph of the body, or one printed line of header, recipients, signature."""

    start: int
    end: int
    zone: Zone
    page: int
    """Number of the page it starts on."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word's place in the text."""

    start: int
    end: int
    page: int
    """Index into `Document.pages`."""
    word: int
    """Index into that page's `words`."""


@dataclass(frozen=True)
class Transcript:
    """`text` is NFC: paragraphs end with a newline, words are parted by one space, so any offset maps to a word.

    Offsets count Unicode characters. Because folding keeps lengths (`vietnamese.text.fold`), an offset in the
    folded text is an offset here.
    """

    document: Document
    text: str
    tokens: tuple[Token, ...]
    """In the order of `text`."""
    paragraphs: tuple[Paragraph, ...]
    """In the order of `text`; they do not overlap."""

    def words(self, start: int, end: int) -> tuple[Word, ...]:
        """The words touched by the stretch, in reading order."""
        return tuple(self.document.pages[t.page].words[t.word] for t in self.tokens_in(start, end))

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        first = bisect_right(self.tokens, start, key=lambda token: token.end)
        last = bisect_left(self.tokens, end, key=lambda token: token.start)
        return self.tokens[first:last]

    def evidence(self, start: int, end: int) -> Evidence:
        """The place of a stretch of text: its first page and the box around its words there.

        Raises ValueError when the stretch touches no word.
        """
        tokens = self.tokens_in(start, end)
        if not tokens:
            raise ValueError(f"no word between {start} and {end}")
        page = tokens[0].page
        words = [self.document.pages[t.page].words[t.word] for t in tokens if t.page == page]
        box = words[0].box
        for word in words[1:]:
            box = box.union(word.box)
        quote = " ".join(self.text[start:end].split())
        confidence = min(self.document.pages[t.page].words[t.word].confidence for t in tokens)
        return Evidence(self.document.pages[page].number, box, quote, round(confidence, 3), start, end)

    def in_zones(self, *zones: Zone) -> tuple[Paragraph, ...]:
        return tuple(p for p in self.paragraphs if p.zone in zones)

    def paragraph_at(self, offset: int) -> Paragraph | None:
        index = bisect_right(self.paragraphs, offset, key=lambda p: p.start) - 1
        if index >= 0 and offset < self.paragraphs[index].end:
            return self.paragraphs[index]
        return None

    def slice(self, paragraph: Paragraph) -> str:
        return self.text[paragraph.start : paragraph.end]
