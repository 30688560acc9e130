"""Looking at a letter's places: lines of a zone, the evidence of what was found, how well it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from antq_cli.model.letter import Field, Letter
from antq_cli.model.page import Page, PageOrigin
from antq_cli.model.transcript import Evidence, Zone
from antq_cli.vietnamese.text import fold

CLEAR = 0.85
"""Least confidence of every word quoted for a rule to judge marks and single letters on a scan."""

POOR_MEAN = 0.62
"""A scan whose words were read with less confidence on average is read poorly."""
POOR_WORD = 0.5
POOR_SHARE = 0.4
"""… or one with more words than this share below POOR_WORD."""
GARBAGE = 0.4
"""A word read with less confidence may be anything."""
STRAY_SHARE = 0.05
"""Share of such words that a long paragraph may hold."""
FEW_WORDS = 8
"""Fewer words say nothing about the quality of a page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the transcript with its text, outer white space removed."""

    text: str
    folded: str
    """`fold(text)`: offsets agree with `text`."""
    start: int
    end: int
    page: int
    zone: Zone


def lines(letter: Letter, *zones: Zone) -> tuple[Line, ...]:
    """The non-empty paragraphs of these zones, in reading order; of all zones when none is named."""
    found = []
    for paragraph in letter.transcript.paragraphs:
        if zones and paragraph.zone not in zones:
            continue
        raw = letter.transcript.slice(paragraph)
        text = raw.strip()
        if text:
            start = paragraph.start + raw.index(text[0])
            found.append(Line(text, fold(text), start, start + len(text), paragraph.page, paragraph.zone))
    return tuple(found)


def at_line(letter: Letter, line: Line) -> tuple[Evidence, ...]:
    return at_stretch(letter, line.start, line.end)


def at_stretch(letter: Letter, start: int, end: int) -> tuple[Evidence, ...]:
    """The evidence of a stretch of text; empty when it touches no word."""
    if not letter.transcript.tokens_in(start, end):
        return ()
    return (letter.transcript.evidence(start, end),)


def at(*fields: Field[str] | Field[date] | Field[tuple[str, ...]]) -> tuple[Evidence, ...]:
    """The evidence of the first of these that has any: where an absent thing would stand, its neighbours show."""
    return next((field.evidence for field in fields if field.evidence), ())


def at_header(letter: Letter) -> tuple[Evidence, ...]:
    """Where something missing from the header would stand: the left column, else the right one, else the first line."""
    fields, form = letter.fields, letter.form
    found = at(
        fields.issuer,
        form.number_line,
        form.national_title,
        form.party_title,
        form.date_line,
        form.kind_line,
        form.addressees_label,
    )
    if found:
        return found
    first = lines(letter)[:1]
    return at_line(letter, first[0]) if first else ()


def at_foot(letter: Letter) -> tuple[Evidence, ...]:
    """Where something missing from the foot would stand: signature, recipients, else the last line of the body."""
    fields, form = letter.fields, letter.form
    found = at(form.signature, fields.position, fields.authority, form.recipients_label, fields.recipients)
    if found:
        return found
    last = lines(letter, Zone.BODY)[-1:] or lines(letter)[-1:]
    return at_line(letter, last[0]) if last else ()


def page_of(letter: Letter, evidence: Sequence[Evidence]) -> Page | None:
    """The page of the first place, None when there is no place."""
    if not evidence:
        return None
    number = evidence[0].page
    return next((page for page in letter.transcript.document.pages if page.number == number), None)


def signature_page(letter: Letter) -> Page | None:
    """The page the signature block begins on, None when no block was found."""
    return page_of(letter, letter.form.signature.evidence)


def is_scan(letter: Letter) -> bool:
    """True when any page was read by OCR."""
    return any(page.origin is PageOrigin.OCR for page in letter.transcript.document.pages)


def is_text_layer(letter: Letter) -> bool:
    """True when the pages are a PDF's own text, which at times lacks the number and date stamped at signing."""
    return any(page.origin is PageOrigin.TEXT_LAYER for page in letter.transcript.document.pages)


def is_poorly_read(letter: Letter) -> bool:
    """True when OCR's own confidence in the scanned pages is low, or a page could not be read."""
    pages = letter.transcript.document.pages
    if any(page.origin is PageOrigin.FAILED for page in pages):
        return True
    values = [word.confidence for page in pages if page.origin is PageOrigin.OCR for word in page.words]
    if len(values) < FEW_WORDS:
        return bool(values) and sum(values) / len(values) < POOR_WORD
    poor = sum(value < POOR_WORD for value in values) / len(values)
    return sum(values) / len(values) < POOR_MEAN or poor > POOR_SHARE


def lowest_confidence(evidence: Sequence[Evidence]) -> float:
    """Confidence of the least sure word quoted; 1.0 when nothing is quoted."""
    return min((seen.confidence for seen in evidence), default=1.0)


def is_legible(letter: Letter, evidence: Sequence[Evidence]) -> bool:
    """True when nothing can hide in these places: no line of a scan holds more than a stray word read as garbage."""
    if not is_scan(letter):
        return True
    for seen in evidence:
        values = [word.confidence for word in letter.transcript.words(seen.start, seen.end)] or [seen.confidence]
        if sum(value < GARBAGE for value in values) > len(values) * STRAY_SHARE:
            return False
    return True


def mean_confidence(letter: Letter, evidence: Sequence[Evidence]) -> float:
    """Mean confidence of the words quoted; 1.0 when nothing is quoted."""
    words = [word for seen in evidence for word in letter.transcript.words(seen.start, seen.end)]
    values = [word.confidence for word in words] or [seen.confidence for seen in evidence]
    return sum(values) / len(values) if values else 1.0


def is_clear(letter: Letter, evidence: Sequence[Evidence]) -> bool:
    """True when marks and single letters of this place may be judged: typed, or recognised with high confidence."""
    return not is_scan(letter) or lowest_confidence(evidence) >= CLEAR


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences: a stop ends one when a capital follows and no initials or number stand before it."""
    start = 0
    for index, character in enumerate(text[:-1]):
        if character not in ".!?" or not text[index + 1].isspace():
            continue
        rest = text[index + 1 : index + 40].lstrip()
        word = text[max(start, index - 12) : index].split()[-1:] or [""]
        if rest[:1].isupper() and not (len(word[0]) <= 3 and (word[0].isupper() or word[0].isdigit())):
            yield (start, index + 1)
            start = index + 1 + (len(text[index + 1 :]) - len(text[index + 1 :].lstrip()))
    if start < len(text):
        yield (start, len(text))


def written(day: date) -> str:
    """The day as people write it in Vietnam, in both languages: 05/01/2020, 05/9/2020 (NĐ 30/2020, Phụ lục I.II.4)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
