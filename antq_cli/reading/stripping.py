"""What a copy of a PDF does without: scripts, and words that another program hid on the pages."""

from __future__ import annotations

import re
from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject

_LINKS = ("/URI", "/GoTo")
_SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})


def make_idle(writer: PdfWriter) -> None:
    """A copy does nothing by itself: what runs when it is opened, turned over or clicked goes, links stay."""
    root = writer.root_object
    for key in ("/OpenAction", "/AA"):
        root.pop(NameObject(key), None)
    names = root.get("/Names")
    if names is not None:
        for key in ("/JavaScript", "/EmbeddedFiles"):
            names.get_object().pop(NameObject(key), None)
    form = root.get("/AcroForm")
    if form is not None:
        form.get_object().pop(NameObject("/XFA"), None)
    for page in writer.pages:
        page.pop(NameObject("/AA"), None)
        for mark in page.get("/Annots", ArrayObject()).get_object():
            note = mark.get_object()
            if not isinstance(note, DictionaryObject):
                continue
            note.pop(NameObject("/AA"), None)
            action = note.get("/A")
            if action is not None and action.get_object().get("/S") not in _LINKS:
                note.pop(NameObject("/A"), None)


def drop_unseen_text(writer: PdfWriter, sheet: PageObject) -> None:
    """Remove the invisible words that another program left: a search would find them beside ours."""
    content = sheet.get_contents()
    if content is not None and (stream := _seen_only(content, writer)) is not None:
        sheet.replace_contents(stream)
    forms = _forms(sheet)
    for form in forms:
        # Other programs put their words into a form of its own, which the page only calls.
        if (stream := _seen_only(form, writer)) is not None:
            form.set_data(stream.get_data())


def _forms(sheet: PageObject) -> list[Any]:
    resources = sheet.get("/Resources")
    listed = resources.get_object().get("/XObject") if resources is not None else None
    found = [item.get_object() for item in (listed.get_object() if listed is not None else {}).values()]
    return [item for item in found if item.get("/Subtype") == "/Form"]


def _seen_only(content: Any, writer: PdfWriter) -> ContentStream | None:
    """The content without its invisible words; None when it has none."""
    if not re.search(rb"\b3\s+Tr\b", content.get_data()):
        return None
    stream = ContentStream(content, writer)
    kept, mode, stack = [], 0, []
    for operands, operator in stream.operations:
        if operator == b"q":
            stack.append(mode)
        elif operator == b"Q" and stack:
            mode = stack.pop()
        elif operator == b"Tr" and operands:
            mode = int(operands[0])
        if not (mode == 3 and operator in _SHOWING):
            kept.append((operands, operator))
    stream.operations = kept
    return stream
