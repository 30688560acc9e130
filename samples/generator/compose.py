"""Lays a letter out on pages as NĐ 30/2020/NĐ-CP, Phụ lục I (state, Front) and Hướng dẫn 36-HD/VPTW (Party) ask."""

from __future__ import annotations

from samples.generator.flow import (
    MM,
    Sheet,
    balanced,
    broken,
    centred,
    paragraph_lines,
    set_line,
    styled_words,
)
from samples.generator.fonts import width_mm
from samples.generator.header import put_header
from samples.generator.items import PAGE_WIDTH, ArrivalStamp, Page, Rule, Scribble, Seal, Text
from samples.generator.letter import Letter, Signature, formulas, heading_of, is_plain_letter

INDENT = 12.7
GAP = 6 * MM
"""Between paragraphs: 6 points."""
SIGNING_ROOM = 27.0
"""Between the position and the name, in mm."""


def compose(letter: Letter) -> tuple[Page, ...]:
    """The letter's pages as items in mm."""
    sheet = Sheet()
    if letter.family != "plain":
        put_header(sheet, letter)
    if letter.arrival is not None:
        stamp = letter.arrival
        sheet.put(ArrivalStamp(stamp.left, stamp.top, stamp.office, stamp.number, stamp.date))
    sheet.y += letter.gap
    _put_title(sheet, letter)
    _put_addressees(sheet, letter)
    closing = _closing_height(letter)
    for index, paragraph in enumerate(letter.body):
        _put_paragraph(sheet, paragraph, letter, keep=closing if index + 1 == len(letter.body) else 0.0)
    _put_closing(sheet, letter)
    _number_pages(sheet, letter)
    return tuple(tuple(page) for page in sheet.pages)


def _put_title(sheet: Sheet, letter: Letter) -> None:
    heading = heading_of(letter)
    centre = (sheet.left + sheet.right) / 2
    if heading is None and (letter.subject is None or is_plain_letter(letter)):
        return
    if heading is not None:
        centred(sheet, heading, centre, "Bold", 15 if letter.family == "party" else 14)
    line_width = 60.0
    for line in balanced(letter.subject or "", "Bold", 14, sheet.width - 16):
        line_width = centred(sheet, line, centre, "Bold", 14)
    if letter.family == "party":
        centred(sheet, formulas()["party_line"], centre, "Regular", 14)
    else:
        half = line_width / 5
        sheet.put(Rule(centre - half, sheet.y + 0.9, centre + half))
        sheet.y += 3.0
    sheet.y += 3.0


def _put_addressees(sheet: Sheet, letter: Letter) -> None:
    if not letter.addressees:
        return
    label = formulas()["addressees_label"]
    points = letter.size
    advance = width_mm(label + " ", "Regular", points)
    if len(letter.addressees) == 1:
        lines = balanced(letter.addressees[0] + ".", "Regular", points, sheet.width - advance - 34)
        left = (sheet.left + sheet.right) / 2 - (advance + width_mm(lines[0], "Regular", points)) / 2
        items = [lines]
    else:
        left = sheet.left + 30.0
        last = len(letter.addressees) - 1
        items = [
            broken(f"- {name}{'.' if n == last else ';'}", "Regular", points, sheet.right - left - advance)
            for n, name in enumerate(letter.addressees)
        ]
    sheet.put(Text(left, sheet.y + points * MM, label, "Regular", points, spaced=True))
    for lines in items:
        for line in lines:
            sheet.put(Text(left + advance, sheet.y + points * MM, line, "Regular", points))
            sheet.y += letter.line * MM
    sheet.y += 3.0


def _put_paragraph(sheet: Sheet, paragraph: str, letter: Letter, keep: float) -> None:
    """One paragraph; the last two lines of one with `keep` share their page with that many mm below it."""
    points, distance = letter.size, letter.line
    if paragraph.startswith(("^ ", "~ ")):
        style = "Bold" if paragraph[0] == "^" else "Italic"
        sheet.need(2 * distance * MM + GAP)
        sheet.y += GAP
        for line in balanced(paragraph[2:], style, points, sheet.width - 10):
            centred(sheet, line, (sheet.left + sheet.right) / 2, style, points)
        sheet.y += GAP
        return
    style, indent = "Regular", INDENT
    if paragraph.startswith("# "):
        paragraph, style = paragraph[2:], "Bold"
    elif paragraph.startswith("/ "):
        paragraph, style = paragraph[2:], "Italic"
    elif paragraph.startswith("| "):
        paragraph, indent = paragraph[2:], 0.0
    heading = style == "Bold"
    lines = paragraph_lines(styled_words(paragraph, style), points, sheet.width, indent)
    for number, words in enumerate(lines):
        left_over = len(lines) - number
        if heading:
            sheet.need((left_over + 2) * distance * MM + GAP)
        elif keep and left_over == min(2, len(lines)):
            sheet.need(left_over * distance * MM + GAP + keep)
        else:
            sheet.need(distance * MM)
        left = sheet.left + (indent if number == 0 else 0.0)
        set_line(sheet, words, points, left, sheet.right, distance, justify=number + 1 < len(lines))
    sheet.y += GAP


def _closing_height(letter: Letter) -> float:
    signing = max((_block_height(block) for block in letter.signatures), default=0.0)
    listed = 8.0 + 4.9 * len(letter.recipients) if letter.recipients else 0.0
    return (signing + listed if len(letter.signatures) > 1 else max(signing, listed)) + 3.0


def _block_height(block: Signature) -> float:
    return (len(block.authority) + (block.position is not None) + 1) * 6.2 + SIGNING_ROOM


def _put_closing(sheet: Sheet, letter: Letter) -> None:
    """Signature blocks at the right, Nơi nhận at the left; under two blocks when a joint document has them."""
    sheet.y += 2.0
    sheet.need(_closing_height(letter))
    start = sheet.y
    bottom = start
    columns = [0.74] if len(letter.signatures) < 2 else [0.2, 0.76]
    for share, block in zip(columns, letter.signatures, strict=False):
        sheet.y = start
        _put_signature(sheet, letter, block, sheet.left + sheet.width * share)
        bottom = max(bottom, sheet.y)
    sheet.y = bottom + 3.0 if len(letter.signatures) > 1 else start
    _put_recipients(sheet, letter)
    sheet.y = max(sheet.y, bottom)


def _put_signature(sheet: Sheet, letter: Letter, block: Signature, centre: float) -> None:
    party = letter.family == "party"
    for line in block.authority:
        centred(sheet, line, centre, "Bold", 14 if party else 13)
    if block.position is not None:
        centred(sheet, block.position, centre, "Regular" if party else "Bold", 14 if party else 13)
    middle = sheet.y + SIGNING_ROOM * 0.48
    if block.scribble:
        sheet.put(Scribble(centre + 4.0, middle, 42.0))
    if block.seal:
        sheet.put(Seal(centre - 17.0, middle, block.seal))
    sheet.y += SIGNING_ROOM
    if block.name is not None:
        centred(sheet, block.name, centre, "Bold", 14)


def _put_recipients(sheet: Sheet, letter: Letter) -> None:
    if not letter.recipients:
        return
    label = formulas()["recipients_label"]
    points = 12.0 if letter.family == "party" else 11.0
    if letter.family == "party":
        sheet.put(Text(sheet.left, sheet.y + 14 * MM * 0.95, label, "Regular", 14))
        sheet.put(Rule(sheet.left, sheet.y + 14 * MM * 1.12, sheet.left + width_mm(label, "Regular", 14)))
        sheet.y += 14 * MM * 1.3
    else:
        sheet.put(Text(sheet.left, sheet.y + 12 * MM * 0.95, label, "BoldItalic", 12))
        sheet.y += 12 * MM * 1.2
    last = len(letter.recipients) - 1
    for number, name in enumerate(letter.recipients):
        for part in broken(f"- {name}{'.' if number == last else ';'}", "Regular", points, 74.0):
            sheet.put(Text(sheet.left, sheet.y + points * MM * 0.95, part, "Regular", points))
            sheet.y += points * MM * 1.18


def _number_pages(sheet: Sheet, letter: Letter) -> None:
    """Page numbers from the second page on."""
    if letter.page_numbers == "none":
        return
    for number, page in enumerate(sheet.pages[1:], start=2):
        width = width_mm(str(number), "Regular", 14)
        if letter.page_numbers == "bottom":
            page.append(Text(sheet.right - width, 287.0, str(number), "Regular", 14))
        else:
            page.append(Text(PAGE_WIDTH / 2 - width / 2 + 6.5, 14.5, str(number), "Regular", 14))
