"""Between the archive's values and the columns of the catalogue.

Each row of `document` carries a seal, a digest of its columns: a flipped bit becomes an error, not a wrong number. The
larger contents are compressed JSON, whose own checksum does the same.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from antq_cli.archive.analysis import words
from antq_cli.archive.records import Record, StoredLetter
from antq_cli.codec import decode, encode
from antq_cli.errors import ArchiveError
from antq_cli.extraction.numbers import parse_number
from antq_cli.model.letter import Field, Letter
from antq_cli.model.page import Document
from antq_cli.model.transcript import Transcript
from antq_cli.vietnamese.text import fold, squeeze

T = TypeVar("T")
Value = str | int | None

COLUMNS = (
    "seq", "id", "name", "origin", "media", "pages", "ocr_pages", "document_class", "regime", "number", "key", "kind",
    "issued", "issuer", "issuer_parent", "place", "subject", "addressees", "recipients", "authority", "position",
    "signer", "added", "flags",
)  # fmt: skip
SELECT = f"SELECT {', '.join(f'document.{column}' for column in COLUMNS)}, document.seal FROM document"  # noqa: S608


def storable(text: str) -> str:
    """Text that UTF-8 can hold: bytes of a file name that are no characters become U+FFFD."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def letter_columns(letter: Letter) -> dict[str, Value]:
    """The columns that hold what was understood. Only FOUND values are told."""
    fields = letter.fields
    number = _found(fields.number)
    issued = _found(fields.date)
    kind = _found(fields.kind)
    return {
        "document_class": letter.document_class.value,
        "regime": letter.regime.value,
        "number": number,
        "key": _key(number),
        "kind": kind,
        "issued": issued.isoformat() if issued else None,
        "issuer": _found(fields.issuer),
        "issuer_parent": _found(fields.issuer_parent),
        "place": _found(fields.place),
        "subject": _found(fields.subject),
        "addressees": pack_list(_found(fields.addressees) or ()),
        "recipients": pack_list(_found(fields.recipients) or ()),
        "authority": _found(fields.authority),
        "position": _found(fields.position),
        "signer": _found(fields.signer),
    }


def derived_columns(columns: dict[str, Value]) -> dict[str, Value]:
    """The columns that only serve to look for a document."""
    return {
        "head": head(columns["key"]) if isinstance(columns["key"], str) else None,
        "folded_kind": folded(columns["kind"]),
        "folded_issuer": folded(columns["issuer"]),
    }


def folded(value: Value) -> str | None:
    return squeeze(fold(value)) if isinstance(value, str) else None


def head(key: str) -> str:
    """The first part of a comparison key: the bare number, or the kind of a law cited by name."""
    return key.partition("|")[0]


def seal(values: Sequence[Value]) -> str:
    """A digest of a row's columns, in the order of COLUMNS."""
    return hashlib.sha256(encode(list(values))).hexdigest()[:32]


def record(row: Sequence[Value], archive: Path) -> Record:
    """The record of a row of SELECT. Raises ArchiveError("damaged") when its seal does not fit."""
    *values, stored = row
    if stored != seal(values):
        raise ArchiveError("damaged", path=str(archive))
    cells = dict(zip(COLUMNS, values, strict=True))
    issued = cells.pop("issued")
    lists = {name: decode(str(cells.pop(name)), tuple[str, ...]) for name in ("addressees", "recipients", "flags")}
    return Record(**cells, **lists, issued=date.fromisoformat(str(issued)) if issued else None)  # type: ignore[arg-type]


def stored_letter(letter: Letter) -> StoredLetter:
    """What the catalogue keeps of a letter; its citations are kept beside it."""
    return StoredLetter(
        document_class=letter.document_class,
        regime=letter.regime,
        fields=letter.fields,
        form=letter.form,
        citations=(),
        obligations=letter.obligations,
        unseen=letter.unseen,
        period=letter.period,
    )


def pack(value: object) -> bytes:
    return zlib.compress(encode(value), 6)


def unpack(data: object, kind: type[T], archive: Path) -> T:
    """The value that was packed. Raises ArchiveError("damaged") when the bytes hold anything else."""
    try:
        return decode(zlib.decompress(bytes(data)), kind)  # type: ignore[call-overload]
    except (zlib.error, ValueError, TypeError) as error:
        raise ArchiveError("damaged", path=str(archive)) from error


def page_texts(transcript: Transcript) -> tuple[str, ...]:
    """The text of each page in reading order, paragraphs parted by a newline; empty for a page without words."""
    parts: list[list[str]] = [[] for _ in transcript.document.pages]
    ends = [0] * len(parts)
    for token in transcript.tokens:
        if parts[token.page]:
            parts[token.page].append("\n" if "\n" in transcript.text[ends[token.page] : token.start] else " ")
        parts[token.page].append(transcript.text[token.start : token.end])
        ends[token.page] = token.end
    return tuple("".join(words) for words in parts)


def spoken(texts: Sequence[str]) -> str:
    """All words of the pages as the index knows them, with a space around each, to find phrases in."""
    return f" {' '.join(word for text in texts for word in words(text))} "


def storable_document(document: Document) -> Document:
    """The document with a name that can be written."""
    return replace(document, name=storable(document.name))


def _key(number: str | None) -> str | None:
    parsed = parse_number(number) if number else None
    return parsed.key if parsed else None


def _found(field: Field[T]) -> T | None:
    return field.value if field.is_found else None


def pack_list(values: tuple[str, ...]) -> str:
    return encode(values).decode()
