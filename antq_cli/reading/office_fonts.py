"""Word documents of before Unicode: what the fonts of their runs tell of the encoding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from antq_cli.errors import InputError
from antq_cli.model.page import Page
from antq_cli.reading import legacy
from antq_cli.reading.sanity import is_legacy
from antq_cli.vietnamese.legacy import Encoding, encoding_of_font

_DEPTH = 8


def joined(parts: Iterable[str | tuple[str, Encoding | None]], told: dict[str, None]) -> str:
    """The text of runs, each in the encoding of its font: VNI writes a letter in two, which may stand in two runs."""
    texts: list[str] = []
    for code, group in groupby(parts, key=lambda part: None if isinstance(part, str) else part[1]):
        text = "".join(part if isinstance(part, str) else part[0] for part in group)
        plain, notes = legacy.decoded(text, code)
        texts.append(plain)
        told |= dict.fromkeys(notes)
    return "".join(texts)


def encoding(text: Any, paragraph: Paragraph) -> Encoding | None:
    """The old encoding that the font of a stretch of text is known for, by its run or the styles below it."""
    name = _font(text.getparent().find(qn("w:rPr")))
    style = paragraph.style
    for _ in range(_DEPTH):
        if name is not None or style is None:
            break
        name = _font(style._element.find(qn("w:rPr")))
        style = style.base_style
    if name is None:
        defaults = paragraph.part._document_part.styles.element.find(
            f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
        )
        name = _font(defaults)
    return encoding_of_font(name) if name else None


def _font(properties: Any) -> str | None:
    fonts = None if properties is None else properties.find(qn("w:rFonts"))
    return None if fonts is None else fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))


def in_unicode(pages: tuple[Page, ...], told: tuple[str, ...]) -> tuple[Page, ...]:
    """The pages, also where fonts do not tell of an old encoding, with the notes on what was brought to Unicode.

    Raises InputError("encoding"): the words are of no encoding that is known.
    """
    if told:
        pages = tuple(replace(page, notes=(*page.notes, *told)) for page in pages)
    words = [word for page in pages for word in page.words]
    if not is_legacy([word.text for word in words]):
        return pages
    found, notes = legacy.repaired_words(words)
    if not notes:
        raise InputError("encoding")
    made, at = [], 0
    for page in pages:
        end = at + len(page.words)
        made.append(replace(page, words=tuple(found[at:end]), notes=(*page.notes, *notes)))
        at = end
    return tuple(made)
