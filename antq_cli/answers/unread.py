"""Archived documents whose number could not be read: nobody can say that one of them is not the document asked for."""

from __future__ import annotations

from dataclasses import replace

from antq_cli.answers.known import Known
from antq_cli.answers.naming import reference_called
from antq_cli.answers.records import Library
from antq_cli.answers.titles import is_of_kind, issued_by
from antq_cli.archive.records import Record
from antq_cli.extraction.numbers import parse_number
from antq_cli.model.letter import DocumentClass, Reference
from antq_cli.vietnamese.lexicon import kinds_abbreviated

MOST = 5
"""So many are named; a person looks at no more."""
_NUMBERED_CLASSES = frozenset({DocumentClass.LETTER, DocumentClass.DRAFT, DocumentClass.COPY})


def unread_for(reference: Reference, library: Library, issuer: str = "", year: int | None = None) -> tuple[Record, ...]:
    """The archived documents without a known number that may be the one meant; those of its kind come first.

    A document of which another kind, day, year or issuer is known is not the one. Without a number in the reference
    there is nothing to be in doubt about.
    """
    if reference.number is None:
        return ()
    kind = reference.kind or _kind_of(reference.number)
    issued = reference.issued.year if reference.issued is not None else year
    found: list[tuple[bool, bool, Record]] = []
    for record in library.list():
        if record.number is not None or record.document_class not in _NUMBERED_CLASSES:
            continue
        if kind is not None and not is_of_kind(record.reference, kind):
            continue
        if record.issued is not None and (
            record.issued.year != (issued or record.issued.year) or record.issued != (reference.issued or record.issued)
        ):
            continue
        fits = issued_by(issuer, Known(record.reference, (record,))) if issuer else None
        if fits is not False:
            found.append((kind is not None and record.kind is None, not fits, record))
    return tuple(record for _, _, record in sorted(found, key=lambda each: each[:2]))


def unread_called(name: str, library: Library) -> tuple[Record, ...]:
    """The same for a name that a person typed by itself; none for an archive number or anything but a number."""
    reference = reference_called(name)
    if reference is None or (reference.is_short and reference.kind is None):
        return ()
    return unread_for(replace(reference, issuer=None), library)


def _kind_of(text: str) -> str | None:
    """The kind that a symbol such as `12/KH-UBND` tells; None when it tells none, or may mean several."""
    number = parse_number(text)
    if number is None or not number.kind_abbreviation:
        return None
    kinds = kinds_abbreviated(number.kind_abbreviation)
    return kinds[0].name if len(kinds) == 1 else None
