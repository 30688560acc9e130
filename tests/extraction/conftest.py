"""Transcripts for tests: one paragraph per line, one word per token, no geometry."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from antq_cli.model.page import Box, Document, Page, PageOrigin, Word
from antq_cli.model.transcript import Paragraph, Token, Transcript, Zone

# Papers are shared with the tests of layout, which pytest imports by path.
sys.path.append(str(Path(__file__).parents[1]))


def _transcript(*lines: str | tuple[Zone, str]) -> Transcript:
    words: list[Word] = []
    tokens: list[Token] = []
    paragraphs: list[Paragraph] = []
    parts: list[str] = []
    at = 0
    for number, line in enumerate(lines):
        zone, content = line if isinstance(line, tuple) else (Zone.BODY, line)
        start = at
        for word in content.split():
            top = 20.0 + 5 * number
            tokens.append(Token(at, at + len(word), 0, len(words)))
            words.append(Word(word, Box(20, top, 100, top + 4), 1.0, number))
            parts.append(word + " ")
            at += len(word) + 1
        parts[-1] = parts[-1][:-1] + "\n"
        paragraphs.append(Paragraph(start, at - 1, zone, 1))
    page = Page(1, 210.0, 297.0, tuple(words), PageOrigin.PLAIN)
    document = Document("0" * 64, "letter.txt", "text", (page,))
    return Transcript(document, "".join(parts), tuple(tokens), tuple(paragraphs))


@pytest.fixture(scope="session")
def paper() -> Callable[..., Transcript]:
    """Makes a transcript of lines of the body; a pair (zone, line) puts a line elsewhere."""
    return _transcript
