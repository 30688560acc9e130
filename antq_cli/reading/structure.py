"""The object tree of a PDF: real pages, active content, signatures. Nothing is run, nothing unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute"})
_ANNOTATIONS = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_FIELDS = 2_000
_DAY = re.compile(r"D:(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_ANNOTATED_PAGES = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """`pages` was counted by walking, up to one more than the limit; `flags` are those of `Document`."""

    pages: int
    flags: tuple[str, ...]


def read(reader: PdfReader, most: int) -> Facts:
    """Pages and flags. An encrypted file is not decrypted: its dictionaries can be read, unless they are packed."""
    root = _dictionary(reader.trailer.get("/Root"))
    pages, active = 0, _active_catalog(root)
    for page in _pages(root, most):
        pages += 1
        if not active and pages <= _ANNOTATED_PAGES:
            active = _active_page(page)
    flags = []
    if active:
        flags.append("active_content")
    signed, day = _signature(_dictionary(root.get("/AcroForm")))
    if signed:
        flags.append("signature_present")
    if day:
        flags.append(f"signed_on:{day}")
    return Facts(pages, tuple(flags))


def count_pages(reader: PdfReader, most: int) -> int:
    """Pages found by walking the tree, at most one more than `most`."""
    return sum(1 for _ in _pages(_dictionary(reader.trailer.get("/Root")), most))


def _pages(root: DictionaryObject, most: int) -> Iterator[DictionaryObject]:
    """Walk the page tree with a cap and a memory of the nodes seen: /Count may lie and /Kids may run in circles."""
    waiting: list[Any] = [root.raw_get("/Pages")] if "/Pages" in root else []
    seen: set[int] = set()
    found = 0
    while waiting and found <= most:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                continue
            seen.add(node.idnum)
        here = _dictionary(node)
        kids = here.get("/Kids")
        if isinstance(kids, ArrayObject):
            waiting.extend(reversed(list(kids)))
        elif here.get("/Type", "/Page") == "/Page":
            found += 1
            yield here


def _active_catalog(root: DictionaryObject) -> bool:
    names = _dictionary(root.get("/Names"))
    if "/JavaScript" in names or "/EmbeddedFiles" in names or "/AA" in root or "/AF" in root:
        return True
    return "/XFA" in _dictionary(root.get("/AcroForm")) or _acts(root.get("/OpenAction"))


def _active_page(page: DictionaryObject) -> bool:
    if "/AA" in page:
        return True
    for item in _array(page.get("/Annots"))[:_FIELDS]:
        annotation = _dictionary(item)
        if annotation.get("/Subtype") in _ANNOTATIONS or "/AA" in annotation or _acts(annotation.get("/A")):
            return True
    return False


def _acts(action: Any) -> bool:
    """True when an action, or one chained to it, runs something."""
    for _ in range(20):
        here = _dictionary(action)
        if here.get("/S") in _ACTIONS:
            return True
        action = here.get("/Next")
        if action is None:
            return False
        if isinstance(_resolved(action), ArrayObject):
            return any(_dictionary(item).get("/S") in _ACTIONS for item in _array(action)[:_FIELDS])
    return True


def _signature(form: DictionaryObject) -> tuple[bool, str]:
    """Whether the file bears electronic signatures, and the earliest day one claims (ISO 8601); neither is verified."""
    waiting = list(_array(form.get("/Fields")))
    signed, days = False, []
    for _ in range(_FIELDS):
        if not waiting:
            break
        field = _dictionary(waiting.pop())
        if field.get("/FT") == "/Sig" and "/V" in field:
            signed = True
            stated = _DAY.match(str(_dictionary(field.get("/V")).get("/M", "")))
            if stated:
                days.append("-".join(stated.groups()))
        waiting.extend(_array(field.get("/Kids")))
    return signed, min(days, default="")


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionary(value: Any) -> DictionaryObject:
    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _array(value: Any) -> list[Any]:
    found = _resolved(value)
    return list(found) if isinstance(found, ArrayObject) else []
