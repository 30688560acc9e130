"""Who stands in which relation to a document: directly, through others, or only by what a third document tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from antq_cli.answers.known import Known, archived, known, known_record, label, same_document
from antq_cli.answers.records import Library
from antq_cli.archive.records import CitationRecord, Record
from antq_cli.model.letter import DocumentClass, Reference, Relation
from antq_cli.model.transcript import Evidence

# A chain longer than this is not an answer any more; it also bounds the work on a tangled archive.
LONGEST_CHAIN = 8
_RESTING = frozenset({Relation.IMPLEMENTS, Relation.BASED_ON})


@dataclass(frozen=True, slots=True)
class Grounds:
    """A quotation and the archived document it stands in."""

    record: Record
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class AnswerDocument:
    """A document that answers the question, with what the answer rests on."""

    reference: Reference
    record: Record | None
    """None when it is known by citation only."""
    relation: Relation | None = None
    via: tuple[str, ...] = ()
    """Numbers of the documents through which it holds, the nearest to the document asked about first; empty: direct."""
    grounds: tuple[Grounds, ...] = ()

    @property
    def name(self) -> str:
        return label(self.reference)


def incoming(target: Known, relations: frozenset[Relation], library: Library) -> tuple[AnswerDocument, ...]:
    """The documents that say of themselves, or of which a letter says, that they stand in one of the relations to it.

    A news item is never one: its "Thực hiện Kế hoạch …" tells of an event. What it tells of another document counts.
    """
    found: list[AnswerDocument] = []
    for each in target.cited:
        if each.citation.relation not in relations:
            continue
        for document in _stating(each, library):
            if not _is_target(document, target):
                _add(found, document)
    return tuple(found)


def incoming_chains(target: Known, relations: frozenset[Relation], library: Library) -> tuple[AnswerDocument, ...]:
    """As `incoming`, and then those that stand so to the documents found, nearest first, each once, with its chain."""
    found = list(incoming(target, relations, library))
    reached = list(found)
    for _ in range(LONGEST_CHAIN):
        further: list[AnswerDocument] = []
        for step in reached:
            for document in incoming(known_of(step, library), relations, library):
                seen = any(_is_same(document, earlier) for earlier in (*found, *further))
                if not seen and not _is_target(document, target):
                    further.append(replace(document, via=(*step.via, step.name)))
        if not further:
            break
        found += further
        reached = further
    return tuple(found)


def outgoing(target: Known, relations: frozenset[Relation], library: Library) -> tuple[AnswerDocument, ...]:
    """The documents to which it stands in one of the relations, in its own order.

    Of a document that is not archived, or says nothing of it itself, what citing letters tell is taken.
    """
    found: list[AnswerDocument] = []
    for each in _statements_of(target, library):
        if each.citation.relation in relations and not same_document(each.citation.reference, target.reference):
            _add(found, _cited_document(each, library))
    return tuple(found)


def bases(target: Known, library: Library) -> tuple[AnswerDocument, ...]:
    """What it rests on: the documents it carries out or names as its basis."""
    return outgoing(target, _RESTING, library)


def mentions(target: Known, besides: tuple[AnswerDocument, ...]) -> tuple[AnswerDocument, ...]:
    """The archived documents that name it and are neither given already nor quoted, one quotation each."""
    found: list[AnswerDocument] = []
    own = {record.id for record in target.records} | {one.record.id for one in besides if one.record is not None}
    own |= {grounds.record.id for one in besides for grounds in one.grounds}
    for each in target.cited:
        if each.citing.id not in own:
            own.add(each.citing.id)
            grounds = (Grounds(each.citing, each.citation.evidence),)
            found.append(AnswerDocument(each.citing.reference, each.citing, each.citation.relation, grounds=grounds))
    return tuple(found)


def _stating(each: CitationRecord, library: Library) -> Iterator[AnswerDocument]:
    """The document that stands in the relation a citation states: its letter, or the one the letter tells of."""
    grounds = (Grounds(each.citing, each.citation.evidence),)
    source = each.citation.source
    if source is not None:
        record = archived(source, library)
        reference = record.reference if record is not None else source
        yield AnswerDocument(reference, record, each.citation.relation, grounds=grounds)
    elif each.citing.document_class not in (DocumentClass.NEWS, DocumentClass.OTHER):
        yield AnswerDocument(each.citing.reference, each.citing, each.citation.relation, grounds=grounds)


def _statements_of(target: Known, library: Library) -> Iterator[CitationRecord]:
    """The citations in which it is the document that stands in the relation: its own, then what others tell of it."""
    told: dict[str, Record] = {each.citing.id: each.citing for each in target.cited}
    for record in target.records:
        told.pop(record.id, None)
        yield from (each for each in library.citations(record) if each.citation.source is None)
    yield from target.told
    for record in told.values():
        for each in library.citations(record):
            if each.citation.source is not None and same_document(each.citation.source, target.reference):
                yield each


def _cited_document(each: CitationRecord, library: Library) -> AnswerDocument:
    record = archived(each.citation.reference, library)
    reference = record.reference if record is not None else each.citation.reference
    grounds = (Grounds(each.citing, each.citation.evidence),)
    return AnswerDocument(reference, record, each.citation.relation, grounds=grounds)


def known_of(document: AnswerDocument, library: Library) -> Known:
    """All that the archive knows of a document found."""
    if document.record is not None:
        return known_record(document.record, library)
    fitting = known(document.reference, library) if document.reference.key is not None else ()
    return fitting[0] if len(fitting) == 1 else Known(document.reference)


def _add(found: list[AnswerDocument], document: AnswerDocument) -> None:
    """Adds a document, or its grounds to the one already there."""
    for index, earlier in enumerate(found):
        if _is_same(earlier, document):
            more = tuple(each for each in document.grounds if each not in earlier.grounds)
            found[index] = replace(earlier, grounds=(*earlier.grounds, *more))
            return
    found.append(document)


def _is_same(one: AnswerDocument, other: AnswerDocument) -> bool:
    if one.record is not None and other.record is not None:
        return one.record.id == other.record.id
    if one.record is not None or other.record is not None:
        return False
    return same_document(one.reference, other.reference)


def _is_target(document: AnswerDocument, target: Known) -> bool:
    if document.record is not None and any(copy.id == document.record.id for copy in target.records):
        return True
    return document.reference.key is not None and same_document(document.reference, target.reference)
