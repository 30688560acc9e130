"""A letter as offices write it in Word: header and closing in tables without borders."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from samples.generator.letter import Letter, date_words, formulas, heading_of, is_plain_letter
from samples.generator.pdf import MADE

CENTRE, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


def write_docx(path: Path, letter: Letter) -> None:
    """An A4 document in Times New Roman, one section."""
    document = docx.Document()
    _set_page(document)
    if letter.family != "plain":
        _header(document, letter)
    heading = heading_of(letter)
    if heading is not None:
        _line(document.add_paragraph(), heading, 14, bold=True, align=CENTRE, before=12)
    if letter.subject is not None and not is_plain_letter(letter):
        _line(document.add_paragraph(), letter.subject, 14, bold=True, align=CENTRE)
    _addressees(document, letter)
    for paragraph in letter.body:
        _body(document, paragraph, letter.size)
    if letter.recipients or letter.signatures:
        _closing(document, letter)
    _save(document, path)


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(17)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.paragraph_format.space_after = Pt(0)


def _line(
    paragraph: Any,
    text: str,
    points: float,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Any = LEFT,
    before: float = 0,
) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(points)
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)


def _cell_line(cell: Any, text: str, points: float, **style: Any) -> None:
    """One more line in a cell; the first uses the empty paragraph that every new cell holds."""
    empty = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    _line(cell.paragraphs[0] if empty else cell.add_paragraph(), text, points, **style)


def _columns(document: Any, left: float, right: float, rows: int) -> Any:
    table = document.add_table(rows=rows, cols=2)
    table.autofit = False
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Mm(left), Mm(right)
    return table


def _header(document: Any, letter: Letter) -> None:
    words = formulas()
    party = letter.family == "party"
    table = _columns(document, 67, 96, rows=2)
    left, right = table.rows[0].cells
    for line in letter.parent:
        _cell_line(left, line, 12, align=CENTRE)
    for line in letter.issuer:
        _cell_line(left, line, 12, bold=True, align=CENTRE)
    if party:
        _cell_line(left, words["party_star"], 14, align=CENTRE)
        _cell_line(right, words["party_title"], 15, bold=True, align=CENTRE)
    else:
        _cell_line(right, words["national_title"], 12, bold=True, align=CENTRE)
        _cell_line(right, words["motto"], 13, bold=True, align=CENTRE)
    left, right = table.rows[1].cells
    if letter.number is not None:
        label = words["party_number_label" if party else "number_label"]
        _cell_line(left, f"{label} {letter.number}", 13, align=CENTRE, before=6)
    if is_plain_letter(letter) and letter.subject is not None:
        _cell_line(left, words["subject_label"] + letter.subject, 12, align=CENTRE, before=6)
    date = "".join(date_words(letter))
    if date:
        _cell_line(right, date, 13, italic=True, align=CENTRE, before=6)


def _addressees(document: Any, letter: Letter) -> None:
    label = formulas()["addressees_label"]
    if len(letter.addressees) == 1:
        _line(document.add_paragraph(), f"{label} {letter.addressees[0]}.", 14, align=CENTRE, before=12)
        return
    last = len(letter.addressees) - 1
    for number, name in enumerate(letter.addressees):
        if number == 0:
            _line(document.add_paragraph(), label, 14, before=12)
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(40)
        _line(paragraph, f"- {name}{'.' if number == last else ';'}", 14)


def _body(document: Any, text: str, points: float) -> None:
    paragraph = document.add_paragraph()
    if text.startswith(("^ ", "~ ")):
        _line(paragraph, text[2:], points, bold=text[0] == "^", italic=text[0] == "~", align=CENTRE, before=6)
        return
    bold, italic = text.startswith("# "), text.startswith("/ ")
    indent = not text.startswith("| ")
    if text.startswith(("# ", "/ ", "| ")):
        text = text[2:]
    if text.startswith("**") and "**" in text[2:]:
        lead, text = text[2:].split("**", 1)
        _line(paragraph, lead, points, bold=True)
    _line(paragraph, text, points, bold=bold, italic=italic, align=JUSTIFY, before=6)
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(12.7)


def _closing(document: Any, letter: Letter) -> None:
    table = _columns(document, 80, 83, rows=1)
    left, right = table.rows[0].cells
    last = len(letter.recipients) - 1
    for number, name in enumerate(letter.recipients):
        if number == 0:
            _cell_line(left, formulas()["recipients_label"], 12, bold=True, italic=True)
        _cell_line(left, f"- {name}{'.' if number == last else ';'}", 11)
    for block in letter.signatures:
        for line in (*block.authority, *filter(None, (block.position,))):
            _cell_line(right, line, 13, bold=True, align=CENTRE)
        for _ in range(4):
            right.add_paragraph()
        if block.name is not None:
            _cell_line(right, block.name, 14, bold=True, align=CENTRE)


def _save(document: Any, path: Path) -> None:
    """Saves with fixed times, so that the same letter gives the same bytes."""
    moment = MADE.replace(tzinfo=None)
    properties = document.core_properties
    properties.author, properties.created, properties.modified = "", moment, moment
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
