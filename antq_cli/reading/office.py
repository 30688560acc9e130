"""Word documents (.docx): paragraphs and tables on nominal paper, the two columns of a letter's head side by side."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import PartFactory
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart
from docx.text.paragraph import Paragraph

from antq_cli.errors import InputError
from antq_cli.model.page import Page, PageOrigin, Word
from antq_cli.reading import nominal
from antq_cli.reading import office_fonts as fonts
from antq_cli.reading.protocol import Inspection
from antq_cli.settings import Limits
from antq_cli.vietnamese.legacy import Encoding

_ENTRIES = 2_000
_UNPACKED = 50 * 1024 * 1024
_RATIO = 200
_RATIO_FROM = 1024 * 1024
"""Small parts may pack well; only a large one is a bomb."""
_PIECE = 1 << 16
_DEPTH = 8
_RIGHT_COLUMN = nominal.WIDTH / 2
_TEXT_WIDTH = nominal.WIDTH - 2 * nominal.LEFT
_INDENT = 10.0
_MACRO_DOCUMENT = "application/vnd.ms-word.document.macroEnabled.main+xml"
_DOCUMENTS = (CONTENT_TYPE.WML_DOCUMENT_MAIN, _MACRO_DOCUMENT)
_ACTIVE = ("vbaproject.bin", "/embeddings/", "/activex/")
_EXTERNAL = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/image")
_BREAK = "\f"
_PARTS = re.compile(r"(?:(?<=\S) {4,})?\S+")
"""Words, each with the room a tab leaves before it."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TRANSPARENT = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
_UNSEEN = frozenset((*map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:delText")), _FALLBACK))
_SIGNS = {qn("w:tab"): "    ", qn("w:noBreakHyphen"): "-"}


def inspect(path: Path, limits: Limits) -> Inspection:
    """The pages of a Word document; an explicit page break begins a new one.

    Raises InputError: `damaged`, `too_large`, `unsupported`, `empty`.
    """
    active = check_package(path)
    PartFactory.part_type_for[_MACRO_DOCUMENT] = DocumentPart
    try:
        package = docx.package.Package.open(str(path))
        main = package.main_document_part
    except (KeyError, ValueError, zipfile.BadZipFile, SyntaxError, OSError) as error:
        # lxml's errors are SyntaxErrors.
        raise InputError("damaged", detail=type(error).__name__) from None
    if main.content_type not in _DOCUMENTS:
        raise InputError("unsupported")
    active = active or main.content_type == _MACRO_DOCUMENT or _links_out(main)
    sheets = _Sheets(limits.text_characters)
    document = main.document
    header = _header(document)
    if header is not None:
        _set_blocks(header._element, header, sheets, nominal.LEFT, _TEXT_WIDTH)
        if all(word.text.isdigit() for word in sheets.words):
            sheets = _Sheets(limits.text_characters)  # nothing but a page number
    body = document._body
    _set_blocks(body._element, body, sheets, nominal.LEFT, _TEXT_WIDTH)
    pages = fonts.in_unicode(sheets.pages(), tuple(sheets.told))
    if not any(page.words for page in pages):
        raise InputError("empty")
    if len(pages) > limits.pages:
        raise InputError("too_large", limit=limits.pages)
    return Inspection("docx", len(pages), ("active_content",) if active else (), pages)


def check_package(path: Path) -> bool:
    """Unpack everything once, counting: bombs and document type definitions end here. True when it holds macros or
    embedded objects.

    Raises InputError: `damaged`, `too_large`, `encrypted`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > _ENTRIES:
                raise InputError("too_large", limit=_ENTRIES)
            total = 0
            for entry in entries:
                if entry.flag_bits & 1:
                    raise InputError("encrypted")
                total += _read_entry(archive, entry, _UNPACKED - total)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise InputError("damaged", detail=type(error).__name__) from None
    names = [entry.filename.lower() for entry in entries]
    return any(mark in name for name in names for mark in _ACTIVE)


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> int:
    length = 0
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    tail = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            length += len(piece)
            if length > most:
                raise InputError("too_large", limit=_UNPACKED)
            if length > _RATIO_FROM and length > _RATIO * max(entry.compress_size, 1):
                raise InputError("too_large", limit=_RATIO)
            if is_xml:
                # UTF-16 hides the word between NULs.
                window = (tail + piece).replace(b"\0", b"")
                if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                    raise InputError("damaged", detail="dtd")
                tail = piece[-32:]
    return length


def _links_out(main: DocumentPart) -> bool:
    """True when opening the document in Word would fetch something; plain hyperlinks do not count."""
    parts = [main, *(relation.target_part for relation in main.rels.values() if not relation.is_external)]
    return any(
        relation.is_external and relation.reltype.endswith(_EXTERNAL)
        for part in parts
        for relation in part.rels.values()
    )


def _header(document: Any) -> Any | None:
    """The header of the first page; None when it has none of its own."""
    if not document.sections:
        return None
    section = document.sections[0]
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    return None if header.is_linked_to_previous else header


@dataclass(slots=True)
class _Sheets:
    """Words being set; `y` is the top of the next line, `line` its number."""

    most: int
    done: list[list[Word]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    y: float = nominal.TOP
    line: int = 0
    characters: int = 0
    told: dict[str, None] = field(default_factory=dict)
    """Notes on the old encodings that fonts told of, in their order."""

    def set(self, text: str, alignment: WD_ALIGN_PARAGRAPH | None, left: float, width: float) -> None:
        """Set one paragraph, wrapped to its column."""
        self.characters += len(text)
        if self.characters > self.most:
            raise InputError("too_large", limit=self.most)
        for count, sheet in enumerate(text.split(_BREAK)):
            if count:
                self.new_page()
            for source in sheet.split("\n"):
                # A first line is set in, as on paper, so that paragraphs are told apart by the same signs.
                is_set_apart = alignment in (WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT)
                indent = _INDENT if width == _TEXT_WIDTH and not is_set_apart else 0.0
                for position, part in enumerate(
                    _wrapped(source, int(width / nominal.CHARACTER), int(indent / nominal.CHARACTER))
                ):
                    self._line(part, alignment, left + (0.0 if position else indent), width)

    def _line(self, text: str, alignment: WD_ALIGN_PARAGRAPH | None, left: float, width: float) -> None:
        length = len(text.rstrip()) * nominal.CHARACTER
        if alignment == WD_ALIGN_PARAGRAPH.CENTER:
            left += max(0.0, (width - length) / 2)
        elif alignment == WD_ALIGN_PARAGRAPH.RIGHT:
            left += max(0.0, width - length)
        self.words.extend(nominal.words_of(text, self.line, left, self.y))
        self.line += 1
        self.y += nominal.LINE

    def new_page(self) -> None:
        self.done.append(self.words)
        self.words, self.y = [], nominal.TOP

    def pages(self) -> tuple[Page, ...]:
        sheets = [*self.done, self.words]
        while len(sheets) > 1 and not sheets[-1]:
            sheets.pop()
        return tuple(nominal.page(number, words, PageOrigin.OFFICE) for number, words in enumerate(sheets, 1))


def _set_blocks(element: Any, story: Any, sheets: _Sheets, left: float, width: float, depth: int = 0) -> None:
    """Set the paragraphs and tables of a body, header or cell; content controls are seen through."""
    if depth > _DEPTH:
        raise InputError("too_complex")
    for child in element.iterchildren():
        if child.tag == qn("w:p"):
            paragraph = Paragraph(child, story)
            sheets.set(_text(paragraph, sheets.told), _alignment(paragraph), left, width)
        elif child.tag == qn("w:tbl"):
            for row in _within(child, qn("w:tr")):
                _set_row(row, story, sheets, left, width, depth)
        elif child.tag in _TRANSPARENT:
            _set_blocks(child, story, sheets, left, width, depth + 1)


def _set_row(row: Any, story: Any, sheets: _Sheets, left: float, width: float, depth: int) -> None:
    """The cells of a row side by side, from the same height."""
    cells = _within(row, qn("w:tc"))
    top, bottom, page = sheets.y, sheets.y, len(sheets.done)
    for index, cell in enumerate(cells):
        if len(sheets.done) == page:
            sheets.y = top
        x, across = _column(index, len(cells), left, width)
        _set_blocks(cell, story, sheets, x, across, depth + 1)
        bottom = max(bottom, sheets.y) if len(sheets.done) == page else sheets.y
    sheets.y = bottom


def _within(element: Any, tag: str, depth: int = 0) -> list[Any]:
    """Children with this tag, also those inside content controls."""
    found: list[Any] = []
    for child in element.iterchildren():
        if child.tag == tag:
            found.append(child)
        elif child.tag in _TRANSPARENT and depth < _DEPTH:
            found.extend(_within(child, tag, depth + 1))
    return found


def _column(index: int, count: int, left: float, width: float) -> tuple[float, float]:
    """Left edge and width of a cell. Two cells of the outermost table meet in the middle of the page."""
    if count == 2 and left == nominal.LEFT and width == _TEXT_WIDTH:
        middle = _RIGHT_COLUMN - left
        return (left, middle - nominal.CHARACTER) if index == 0 else (_RIGHT_COLUMN, width - middle)
    across = width / count
    return left + index * across, max(across - nominal.CHARACTER, nominal.CHARACTER)


def _alignment(paragraph: Paragraph) -> WD_ALIGN_PARAGRAPH | None:
    """The paragraph's own alignment, else that of its style and the styles below it."""
    if paragraph.alignment is not None:
        return paragraph.alignment
    style = paragraph.style
    for _ in range(_DEPTH):
        if style is None:
            return None
        found: WD_ALIGN_PARAGRAPH | None = style.paragraph_format.alignment
        if found is not None:
            return found
        style = style.base_style
    return None


def _text(paragraph: Paragraph, told: dict[str, None]) -> str:
    """All text a reader sees, with line breaks as newlines and page breaks as form feeds.

    Inserted text, links and text boxes are seen; deleted, moved away and hidden text is not.
    """
    parts: list[str | tuple[str, Encoding | None]] = []
    if paragraph.paragraph_format.page_break_before:
        parts.append(_BREAK)
    waiting: list[Any] = [paragraph._p]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        tag = node.tag
        if tag in _UNSEEN or (tag == qn("w:r") and _is_hidden(node)):
            continue
        if tag == qn("w:t"):
            parts.append((node.text or "", fonts.encoding(node, paragraph)))
        elif tag in (qn("w:br"), qn("w:cr")):
            parts.append(_BREAK if node.get(qn("w:type")) == "page" else "\n")
        elif tag in _SIGNS:
            parts.append(_SIGNS[tag])
        elif tag != qn("w:pPr"):
            if tag == qn("w:txbxContent"):
                waiting.append("\n")
            waiting.extend(reversed(list(node)))
            if tag == qn("w:p") and node is not paragraph._p:
                waiting.append("\n")  # a paragraph of a text box
    return fonts.joined(parts, told)


def _is_hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    vanish = None if properties is None else properties.find(qn("w:vanish"))
    return vanish is not None and vanish.get(qn("w:val"), "true") not in ("0", "false", "off")


def _wrapped(text: str, columns: int, set_in: int = 0) -> list[str]:
    """Lines of at most `columns` characters, the first shorter by `set_in`, broken at spaces.

    A longer word stays whole, and so does the room that a tab leaves.
    """
    lines: list[str] = []
    line = ""
    indent = text[: len(text) - len(text.lstrip())]
    for word in _PARTS.findall(text):
        if line and len(line) + 1 + len(word) > columns - (0 if lines else set_in):
            lines.append(line)
            line = word.lstrip()
        else:
            line = f"{line} {word}" if line else indent[: columns // 2] + word
    return [*lines, line]
