"""The two columns at the head of a letter: issuer and number at the left, national or Party title and date right."""

from __future__ import annotations

from samples.generator.flow import MM, Sheet, balanced, centred
from samples.generator.fonts import width_mm
from samples.generator.items import Penned, Rule, Text
from samples.generator.letter import Letter, date_words, formulas, is_plain_letter

LEFT, RIGHT = 0.205, 0.725
"""Centres of the columns as shares of the text's width."""


def put_header(sheet: Sheet, letter: Letter) -> None:
    """Both columns; the sheet then stands below the longer one."""
    top = sheet.y
    left = sheet.left + sheet.width * LEFT
    right = sheet.left + sheet.width * RIGHT
    issuer = max(len(letter.parent) + len(letter.issuer), 2)
    party = letter.family == "party"
    lines = 14 * MM * 1.2 if party else 12 * MM * 1.25
    number_top = top + lines * (issuer + party) + (1.5 if party else 3.2)
    _put_issuer(sheet, letter, left)
    sheet.y = number_top
    _put_number(sheet, letter, left)
    bottom = sheet.y
    sheet.y = top
    _put_titles(sheet, letter, right)
    sheet.y = max(sheet.y + 1.5, number_top) if not party else sheet.y + 4.0
    _put_date(sheet, letter, right)
    sheet.y = max(sheet.y, bottom) + 6.0


def _put_issuer(sheet: Sheet, letter: Letter, centre: float) -> None:
    party = letter.family == "party"
    points, distance = (14, 1.2) if party else (12, 1.25)
    for line in letter.parent:
        centred(sheet, line, centre, "Regular", points, distance)
    width = 0.0
    for line in letter.issuer:
        width = centred(sheet, line, centre, "Bold", points, distance)
    if party:
        centred(sheet, formulas()["party_star"], centre, "Regular", 14, distance)
    elif letter.issuer:
        half = max(width * 0.2, 8.0)
        sheet.put(Rule(centre - half, sheet.y + 0.7, centre + half))


def _put_number(sheet: Sheet, letter: Letter, centre: float) -> None:
    party = letter.family == "party"
    points = 14 if party else 13
    label = formulas()["party_number_label" if party else "number_label"]
    if letter.number is not None:
        if "number" in letter.handwritten:
            _put_number_with_pen(sheet, letter.number, label, centre, points)
        else:
            centred(sheet, f"{label} {letter.number}", centre, "Regular", points)
    if is_plain_letter(letter) and letter.subject:
        sheet.y += 6 * MM
        for line in balanced(formulas()["subject_label"] + letter.subject, "Regular", 12, 68.0):
            centred(sheet, line, centre, "Regular", 12)


def _put_number_with_pen(sheet: Sheet, number: str, label: str, centre: float, points: float) -> None:
    symbol = number.lstrip("0123456789")
    digits = number[: len(number) - len(symbol)]
    room = 3.2 + 3.2 * len(digits)
    before = width_mm(label, "Regular", points)
    after = width_mm(symbol, "Regular", points)
    left = centre - (before + room + after) / 2
    baseline = sheet.y + points * MM * 0.95
    sheet.put(Text(left, baseline, label, "Regular", points, spaced=True))
    sheet.put(Penned(left + before + 1.8, baseline, digits, 4.0, room - 3.0))
    sheet.put(Text(left + before + room, baseline, symbol, "Regular", points))
    sheet.y += points * MM * 1.25


def _put_titles(sheet: Sheet, letter: Letter, centre: float) -> None:
    words = formulas()
    if letter.family == "party":
        width = centred(sheet, words["party_title"], centre, "Bold", 15)
        sheet.put(Rule(centre - width / 2, sheet.y + 0.4, centre + width / 2))
        return
    centred(sheet, words["national_title"], centre, "Bold", 12)
    width = centred(sheet, words["motto"], centre, "Bold", 13)
    sheet.put(Rule(centre - width / 2, sheet.y + 0.7, centre + width / 2))
    sheet.y += 1.5


def _put_date(sheet: Sheet, letter: Letter, centre: float) -> None:
    before, day, after = date_words(letter)
    if not day:
        return
    points = 14 if letter.family == "party" else 13
    if "date" not in letter.handwritten:
        centred(sheet, f"{before}{day}{after}", centre, "Italic", points)
        return
    room = 9.0
    widths = width_mm(before.rstrip(), "Italic", points), width_mm(after.lstrip(), "Italic", points)
    left = centre - (sum(widths) + room) / 2
    baseline = sheet.y + points * MM * 0.95
    sheet.put(Text(left, baseline, before.rstrip(), "Italic", points, spaced=True))
    sheet.put(Penned(left + widths[0] + 1.4, baseline, day, 4.0, room - 2.8))
    sheet.put(Text(left + widths[0] + room, baseline, after.lstrip(), "Italic", points))
    sheet.y += points * MM * 1.25
