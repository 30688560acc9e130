"""What stands on a letter beside its fields: titles, stamps, openers and closings, signs of drafts, copies and news."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from rapidfuzz import fuzz

from antq_cli.extraction.field import SURE, absent, found, is_from_scan, missing, unreadable
from antq_cli.model.letter import Field
from antq_cli.model.page import Box
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import any_of, formulas, kinds
from antq_cli.vietnamese.text import fold, is_upper, upper_share

_EDGE = " .,;:'\"*_|^~`“”‘’–—-()[]!"
_ENDING = re.compile(r"\.\s?/\s?\.?\W*$|/\s?\.\W*$")
# Under a signature the mark is read as "./", ".I.", "/.": OCR takes the slash for a letter.
_BLURRED_ENDING = re.compile(r"[.)]\s?[/il1|!7]\s?\.\W{0,4}$")
_ARRIVAL_NUMBER = re.compile(r"(?<!ho so )\bs[o06](?![a-z\d])")
_ARRIVAL_DATE = re.compile(r"\bngay(?![a-z])")
_ARRIVAL_LABEL = re.compile(r"\b(?:ngay|gio|chuyen|luu ho so|s[o06])(?![a-z\d])")
_NUMBER = re.compile(r"\d{1,6}")
_DAY = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:20)?\d{2}")
_ONLY_DIGITS = re.compile(r"[\d/.-]{1,12}")
_FILLING = " .,:;_|\u2026\u00b7'\"-"
LOWEST, HIGHEST = 0.5, 0.95
"""Heights of typed digits, as parts of their label's height."""
_BYLINE = re.compile(
    r"\(?[A-ZĐ]{2,5}\)?|[A-ZĐ][\w.]{0,12}(?:\s[A-ZĐ][\w.]{0,12}){0,3}\s?\((?:theo|nguon|suu tam)[^)]{0,40}\)"
)
_CODE = re.compile(r"\d\s?[/-]\s?[a-z]")
LIKE = 80.0
NEWS_SCORE = 3


def read_title(transcript: Transcript, phrase: str, *, in_capitals: bool) -> Field[str]:
    """The national title, motto or Party title in the header, some letters wrong; ABSENT when the header has none."""
    header = transcript.in_zones(Zone.HEADER_RIGHT, Zone.HEADER_LEFT)
    for paragraph in header:
        text = transcript.slice(paragraph)
        if in_capitals and upper_share(text) < 0.6:
            continue
        if len(text) >= 0.7 * len(phrase) and fuzz.partial_ratio(phrase, fold(text), score_cutoff=LIKE) >= LIKE:
            return found(transcript, text.strip(_EDGE), [(paragraph.start, paragraph.end)], raw=text)
    return missing(transcript, Zone.HEADER_RIGHT, Zone.HEADER_LEFT)


def read_star(transcript: Transcript) -> Field[str]:
    """The lone `*` under a Party issuer. OCR often drops it, so on a scan its lack proves nothing."""
    for paragraph in transcript.in_zones(Zone.HEADER_LEFT):
        text = transcript.slice(paragraph).strip()
        if text and set(text) <= {"*", " ", "x", "×"} and "*" in text:
            return found(transcript, text, [(paragraph.start, paragraph.end)])
    is_scan = any(page.origin == "ocr" for page in transcript.document.pages[:1])
    return unreadable(note="scan") if is_scan else missing(transcript, Zone.HEADER_LEFT)


def read_phrase(transcript: Transcript, phrases: Sequence[str], zones: Iterable[Zone], *, whole: bool) -> Field[str]:
    """A printed line that is one of the phrases in capitals (`whole`), or begins with it; ABSENT otherwise."""
    for paragraph in transcript.in_zones(*zones):
        text = transcript.slice(paragraph)
        bare = fold(text).strip(_EDGE)
        for phrase in phrases:
            matches = bare == phrase if whole else bare == phrase or bare.startswith((phrase + " ", phrase + ":"))
            if matches and (not whole or is_upper(text)):
                return found(transcript, text.strip(), [(paragraph.start, paragraph.end)])
    return absent()


def read_copy(transcript: Transcript) -> Field[str]:
    """The heading of a copy's block, or the mark of an electronic copy in the header: `SAO Y; UBND TỈNH …`."""
    block = read_phrase(transcript, formulas().copies, (Zone.STAMP, Zone.ARRIVAL_STAMP, Zone.ANNEX), whole=True)
    if block.is_found:
        return block
    for paragraph in transcript.in_zones(Zone.HEADER_RIGHT, Zone.HEADER_LEFT, Zone.STAMP):
        text = transcript.slice(paragraph)
        if fold(text).strip().startswith(tuple(copy + ";" for copy in formulas().copies)):
            return found(transcript, text.strip(), [(paragraph.start, paragraph.end)])
    return block


def read_basis(transcript: Transcript) -> Field[str]:
    """The first stretch of the body that opens with "Căn cứ", "Thực hiện" and their like and names a document."""
    body = transcript.in_zones(Zone.BODY)
    for paragraph in body[:6]:
        text = transcript.slice(paragraph)
        folded = fold(text).lstrip(_EDGE)
        opener = next((o for o in formulas().basis if folded.startswith(o + " ")), None)
        if opener is None:
            continue
        head = folded[:400]
        if opener == "can cu" or _named_document().match(head[len(opener) + 1 :]) or _CODE.search(head):
            end = paragraph.start + min(len(text), 300)
            return found(transcript, text[:300], [(paragraph.start, end)])
    return missing(transcript, Zone.BODY)


@cache
def _named_document() -> re.Pattern[str]:
    """A kind right after the opener; "báo cáo" as a verb further on names no document."""
    names = any_of(tuple(name for kind in kinds() for name in kind.folded_names))
    return re.compile(rf"\A(?:\S{{1,12}}\s){{0,3}}{names}\b")


def read_ending(transcript: Transcript) -> Field[str]:
    """The closing mark `./.` of the last paragraph of the body."""
    body = transcript.in_zones(Zone.BODY)
    if not body:
        return missing(transcript, Zone.BODY)
    for paragraph in reversed(body[-3:]):
        text = transcript.slice(paragraph)
        match = _ENDING.search(text) or _BLURRED_ENDING.search(fold(text))
        if match is not None:
            start = paragraph.start + match.start()
            return found(transcript, "./.", [(start, paragraph.end)], raw=text[match.start() :])
    last = body[-1]
    words = transcript.words(last.start, last.end)
    if words and words[-1].confidence < 0.6:
        return unreadable([transcript.evidence(max(last.start, last.end - 20), last.end)], note="unclear")
    return absent(evidence=[transcript.evidence(max(last.start, last.end - 30), last.end)])


def read_arrival(transcript: Transcript) -> tuple[Field[str], Field[str]]:
    """Number and date of an arrival stamp: claimed where they are typed, UNREADABLE where pen or a stamp wrote them.

    ABSENT when the letter has no such stamp.
    """
    rows = transcript.in_zones(Zone.ARRIVAL_STAMP)
    if not rows:
        if any(_is_stamp_shaped(box, page.height) for page in transcript.document.pages[:1] for box in page.red):
            return unreadable(note="not_seen"), unreadable(note="not_seen")
        return absent(), absent()
    return _stamped(transcript, rows, _ARRIVAL_NUMBER, _NUMBER), _stamped(transcript, rows, _ARRIVAL_DATE, _DAY)


def _is_stamp_shaped(box: Box, page_height: float) -> bool:
    """Red ink as wide and high as an arrival stamp, lying, in the upper half: its words vanish with its colour."""
    is_lying = 36 < box.width < 68 and 15 < box.height < 48 and box.width > 1.1 * box.height
    return is_lying and box.bottom < 0.5 * page_height


def _stamped(
    transcript: Transcript, rows: tuple[Paragraph, ...], label: re.Pattern[str], wanted: re.Pattern[str]
) -> Field[str]:
    """What stands beside a label in a row of the stamp, up to the next label."""
    for row in rows:
        folded = fold(transcript.slice(row))
        match = label.search(folded)
        if match is None:
            continue
        other = _ARRIVAL_LABEL.search(folded, match.end())
        rest = folded[match.end() : other.start() if other else len(folded)]
        start = row.start + match.end() + len(rest) - len(rest.lstrip(_FILLING))
        end = row.start + match.end() + len(rest.rstrip(_FILLING))
        if end <= start:
            continue
        evidence = transcript.evidence(start, end)
        value = transcript.text[start:end]
        if wanted.fullmatch(value) and evidence.confidence >= SURE and _is_typed(transcript, row, start, end):
            return found(transcript, value, [(start, end)])
        return unreadable([evidence], [value], "handwritten")
    return unreadable(note="not_seen")


def _is_typed(transcript: Transcript, row: Paragraph, start: int, end: int) -> bool:
    """Do the digits stand alone, and are they as high as the print of their label? Written ones are higher.

    A label's capital carries a mark above or a letter with a tail beside it, so typed digits are lower than it.
    """
    if not is_from_scan(transcript, start):
        return True
    words = transcript.words(start, end)
    # Digits that OCR read in one word with the label or with dots of the line cannot be measured.
    if any(not _ONLY_DIGITS.fullmatch(word.text) for word in words):
        return False
    before = transcript.words(row.start, max(row.start + 1, start - 1))
    measure = max((word.ink.height for word in before[-1:] if word.ink is not None), default=0.0)
    return all(
        word.ink is not None and LOWEST * measure <= word.ink.height <= HIGHEST * measure and measure > 0
        for word in words
    )


def read_news(transcript: Transcript) -> Field[str]:
    """The strongest sign of a news item, when the signs together weigh enough; ABSENT otherwise."""
    text = fold(transcript.text)
    weight = 0
    strongest: tuple[int, int, int] | None = None
    for sign, value in formulas().news_signs.items():
        place = text.find(sign)
        if place >= 0:
            weight += value
            if strongest is None or value > strongest[0]:
                strongest = (value, place, place + len(sign))
    byline = _byline(transcript)
    if byline is not None:
        weight += 2
        strongest = strongest if strongest and strongest[0] >= 2 else (2, byline.start, byline.end)
    if strongest is None or weight < NEWS_SCORE:
        return absent()
    return found(transcript, transcript.text[strongest[1] : strongest[2]], [(strongest[1], strongest[2])])


def _byline(transcript: Transcript) -> Paragraph | None:
    """A last short line such as `(ABC)` that names a reporter by initials."""
    body = [p for p in transcript.in_zones(Zone.BODY, Zone.ANNEX) if transcript.slice(p).strip()]
    if not body:
        return None
    last = transcript.slice(body[-1]).strip()
    is_bracketed = last.startswith("(") and last.endswith(")") and len(last) <= 9
    return body[-1] if is_bracketed and _BYLINE.fullmatch(last) else None
