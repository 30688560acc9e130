"""Letters for tests, built without files, OCR or layout. All texts are invented by the tests themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields as fields_of
from datetime import date
from typing import Any

from antq_cli.model.letter import (
    Citation,
    DocumentClass,
    Field,
    Fields,
    Form,
    Letter,
    Obligation,
    Reference,
    Regime,
    Relation,
    State,
)
from antq_cli.model.page import Box, Document, Page, PageOrigin, Word
from antq_cli.model.transcript import Evidence, Paragraph, Token, Transcript, Zone

LINE_HEIGHT = 6.0


def make_page(lines: Iterable[str], number: int = 1, origin: PageOrigin = PageOrigin.PLAIN) -> Page:
    """A page whose words stand on even lines, in mm."""
    words: list[Word] = []
    for row, line in enumerate(lines):
        left, top = 30.0, 20.0 + LINE_HEIGHT * row
        for text in line.split():
            right = left + 2.0 * len(text)
            words.append(Word(text, Box(left, top, right, top + 4.0), 1.0, row))
            left = right + 2.0
    return Page(number, 210.0, max(297.0, 30.0 + LINE_HEIGHT * (len(words) + 1)), tuple(words), origin)


def make_document(
    lines: Sequence[str] | Sequence[Sequence[str]], *, content: bytes | None = None, name: str = "letter.txt"
) -> Document:
    """A document of one page (a list of lines) or several (a list of lists).

    Its id is the SHA-256 of `content`, or of the lines when no content is given.
    """
    pages = [lines] if not lines or isinstance(lines[0], str) else lines
    data = document_bytes(lines) if content is None else content
    return Document(
        hashlib.sha256(data).hexdigest(),
        name,
        "text",
        tuple(make_page(page, number) for number, page in enumerate(pages, 1)),  # type: ignore[arg-type]
    )


def document_bytes(lines: Sequence[str] | Sequence[Sequence[str]]) -> bytes:
    """The file that `make_document` pretends to have read."""
    pages = [lines] if not lines or isinstance(lines[0], str) else lines
    return "\f".join("\n".join(page) for page in pages).encode()


def make_transcript(document: Document, zones: Mapping[int, Zone] | None = None) -> Transcript:
    """Each line is a paragraph of the body, or of the zone given for its number (counted over all pages, from 0)."""
    text = ""
    tokens: list[Token] = []
    paragraphs: list[Paragraph] = []
    for at, page in enumerate(document.pages):
        for line in dict.fromkeys(word.line for word in page.words):
            start = len(text)
            for index, word in enumerate(page.words):
                if word.line == line:
                    text += " " if len(text) > start else ""
                    tokens.append(Token(len(text), len(text) + len(word.text), at, index))
                    text += word.text
            text += "\n"
            zone = (zones or {}).get(len(paragraphs), Zone.BODY)
            paragraphs.append(Paragraph(start, len(text), zone, page.number))
    return Transcript(document, text, tuple(tokens), tuple(paragraphs))


def make_evidence(transcript: Transcript, quote: str = "") -> Evidence:
    """The place of a quotation, or of the first word when the text does not hold it."""
    start = transcript.text.find(quote) if quote else -1
    if start >= 0:
        return transcript.evidence(start, start + len(quote))
    if transcript.tokens:
        return transcript.evidence(transcript.tokens[0].start, transcript.tokens[0].end)
    return Evidence(1, Box(0, 0, 0, 0), "")


def found(value: Any, evidence: Evidence) -> Field[Any]:
    return Field(State.FOUND, value, str(value), 1.0, (evidence,))


def make_reference(number: str | None = None, **values: Any) -> Reference:
    """A reference whose key is that of its number."""
    from antq_cli.extraction.numbers import number_key

    return Reference(number=number, key=values.pop("key", number_key(number) if number else None), **values)


def make_letter(
    *,
    number: str | None = None,
    kind: str | None = None,
    issued: date | None = None,
    issuer: str | None = None,
    subject: str | None = None,
    signer: str | None = None,
    lines: Sequence[str] | Sequence[Sequence[str]] | None = None,
    cites: Sequence[Reference | str | Citation] = (),
    obligations: Sequence[Obligation] = (),
    document_class: DocumentClass = DocumentClass.LETTER,
    regime: Regime = Regime.STATE_ND30,
    content: bytes | None = None,
    name: str = "letter.txt",
    form: Mapping[str, Field[Any]] | None = None,
    **others: Any,
) -> Letter:
    """A letter whose given fields are FOUND and whose other fields are ABSENT.

    Without `lines` the page holds the given values, one a line.
    """
    values = {
        "number": number,
        "kind": kind,
        "date": issued,
        "issuer": issuer,
        "subject": subject,
        "signer": signer,
        **others,
    }
    if lines is None:
        lines = [str(value) for value in values.values() if value is not None] or ["."]
    transcript = make_transcript(make_document(lines, content=content, name=name))
    read: dict[str, Field[Any]] = {
        item.name: Field(State.ABSENT)
        if values.get(item.name) is None
        else found(values[item.name], make_evidence(transcript, str(values[item.name])))
        for item in fields_of(Fields)
    }
    citations = [
        cited
        if isinstance(cited, Citation)
        else Citation(
            make_reference(cited) if isinstance(cited, str) else cited,
            Relation.MENTIONS,
            make_evidence(transcript, cited if isinstance(cited, str) else cited.number or ""),
        )
        for cited in cites
    ]
    return Letter(
        transcript=transcript,
        document_class=document_class,
        regime=regime,
        fields=Fields(**read),
        form=Form(**{item.name: (form or {}).get(item.name, Field(State.ABSENT)) for item in fields_of(Form)}),
        citations=tuple(citations),
        obligations=tuple(obligations),
    )
