"""The document a question is about: chosen only when the asker's own words leave one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from antq_cli.answers.known import Known, known, known_record
from antq_cli.answers.question import Question
from antq_cli.answers.records import Library
from antq_cli.answers.titles import entitled, entitled_so, is_wider_kind, issued_by
from antq_cli.model.letter import Reference


@dataclass(frozen=True, slots=True)
class Identified:
    """None, one, or several documents that the question may be about."""

    documents: tuple[Known, ...]
    by_title: bool = False
    ruled_out: tuple[Known, ...] = ()
    """Documents of this number that the year or the issuer in the question excludes; told when nothing is left."""


def identify(question: Question, library: Library) -> Identified:
    """What the question may be about, after year, issuer and subject in it have ruled out what they can."""
    if question.handle is not None:
        records = library.find_document(question.handle)
        return Identified(tuple(known_record(record, library) for record in records))
    reference = question.reference
    if reference is None:
        return Identified(())
    if reference.kind is None and reference.is_short:
        return _narrowed(Identified(_numbered(reference, library)), question)
    if reference.number is not None:
        return _narrowed(Identified(known(reference, library)), question)
    named = known(reference, library) if reference.key is not None else ()
    if named:
        return _narrowed(Identified(named), question)
    found = _narrowed(Identified(entitled(reference.kind, reference.title or "", library), by_title=True), question)
    return replace(found, documents=tuple(known_record(one.records[0], library) for one in found.documents))


def _numbered(reference: Reference, library: Library) -> tuple[Known, ...]:
    """The archived documents with a bare number, of whatever kind and symbol."""
    found: dict[str, Known] = {}
    for record in library.list():
        if record.key is not None and record.key.split("|")[0] == reference.key and record.id not in found:
            one = known_record(record, library)
            found |= {copy.id: one for copy in one.records}
    return tuple({one.records[0].id: one for one in found.values()}.values())


def _narrowed(found: Identified, question: Question) -> Identified:
    """The documents that the asker's further words allow.

    A year or an issuer rules out the documents of which another is known. Of those left, an issuer or a subject that
    fits one and is not known to fit the others decides: it is more than a coincidence. A year is not enough for that.
    """
    judged = [(one, _is_allowed(one, question)) for one in found.documents]
    left = [(one, fits) for one, fits in judged if fits is not False]
    out = tuple(one for one, fits in judged if fits is False)
    asked = question.reference.kind if question.reference is not None else None
    if any(one.reference.kind == asked for one, _ in left):
        # Asked for the chương trình phối hợp 9, a chương trình 9 that is called no more than that is another one.
        left = [(one, fits) for one, fits in left if not is_wider_kind(one.reference.kind, asked)]
    if len(left) > 1 and any(fits for _, fits in left):
        left = [(one, fits) for one, fits in left if fits]
    if len(left) > 1 and question.subject:
        entitled_ones = [(one, fits) for one, fits in left if entitled_so(question.subject, one)]
        left = entitled_ones or left
    return replace(found, documents=tuple(one for one, _ in left), ruled_out=out)


def _is_allowed(one: Known, question: Question) -> bool | None:
    """False when what is known of it contradicts the question, True when its issuer is the one asked for."""
    issued = one.reference.issued
    if question.year is not None and issued is not None and issued.year != question.year:
        return False
    return issued_by(question.issuer, one) if question.issuer else None
