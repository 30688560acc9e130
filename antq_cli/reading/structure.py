"""The object tree of a PDF: real pages, active content, signatures. Nothing is run, nothing unpacked."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute"})
_ANNOTATIONS = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_FIELDS = 2_000
_MOMENT = re.compile(r"D:(?P<clock>20\d{12})(?P<zone>Z|[+-]\d\d'?\d\d)?")
_DAY = re.compile(r"D:(?P<day>20\d{6})")
_VIETNAM = timezone(timedelta(hours=7))
_MOST_SIGNATURES = 50
_ANNOTATED_PAGES = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """`pages` was counted by walking, up to one more than the limit; `flags` are those of `Document`."""

    pages: int
    flags: tuple[str, ...]
    signed: tuple[date, ...] = ()
    """Days that electronic signatures claim, in Vietnam's time, in the order of the file."""


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
    signed, days = _signatures(_dictionary(root.get("/AcroForm")))
    if signed:
        flags.append("signature_present")
    if days:
        flags.append(f"signed_on:{min(days).isoformat()}")
    return Facts(pages, tuple(flags), days)


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


def _signatures(form: DictionaryObject) -> tuple[bool, tuple[date, ...]]:
    """Whether the file bears electronic signatures, and the days they claim; neither is verified."""
    waiting = deque(_array(form.get("/Fields")))
    signed = False
    days: list[date] = []
    for _ in range(_FIELDS):
        if not waiting or len(days) >= _MOST_SIGNATURES:
            break
        field = _dictionary(waiting.popleft())
        if field.get("/FT") == "/Sig" and "/V" in field:
            signed = True
            day = _day_stated(str(_dictionary(field.get("/V")).get("/M", ""))[:40])
            if day is not None:
                days.append(day)
        waiting.extend(_array(field.get("/Kids"))[:_FIELDS])
    return signed, tuple(days)


def _day_stated(text: str) -> date | None:
    """The day of a PDF date in Vietnam's time: a signature made at 20:00 UTC belongs to the next day's letter."""
    try:
        moment = _MOMENT.match(text)
        if moment is None:
            day = _DAY.match(text)
            return datetime.strptime(day["day"], "%Y%m%d").date() if day else None  # noqa: DTZ007 - a day, no moment
        zone = "+0000" if moment["zone"] == "Z" else (moment["zone"] or "+0700").replace("'", "")
        return datetime.strptime(moment["clock"] + zone, "%Y%m%d%H%M%S%z").astimezone(_VIETNAM).date()
    except ValueError:
        return None  # no day of the calendar


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionary(value: Any) -> DictionaryObject:
    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _array(value: Any) -> list[Any]:
    found = _resolved(value)
    return list(found) if isinstance(found, ArrayObject) else []
