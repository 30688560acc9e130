"""Which document a reference means, as far as the archive knows: one, several that cannot be told apart, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from antq_cli.answers.records import Library
from antq_cli.archive.records import CitationRecord, Record
from antq_cli.extraction.identity import agree
from antq_cli.model.letter import Reference


@dataclass(frozen=True, slots=True)
class Known:
    """A document the archive knows: because it holds it, because letters in it cite it, or both."""

    reference: Reference
    """All that is known of it, put together; what its own record says comes before what others say."""
    records: tuple[Record, ...] = ()
    """It, and other scans of it; empty when it is known by citation only."""
    cited: tuple[CitationRecord, ...] = ()
    """The citations that mean it and no other."""
    told: tuple[CitationRecord, ...] = ()
    """For a document that is never cited itself: what letters tell of it ("Kế hoạch 5 thực hiện Chỉ thị 9")."""

    @property
    def record(self) -> Record | None:
        return self.records[0] if self.records else None


def known(reference: Reference, library: Library) -> tuple[Known, ...]:
    """The distinct documents the reference may mean, archived ones first.

    References that agree with one another are one document. A short form (`Chỉ thị 28`) joins the one document it
    agrees with; when it agrees with several it says nothing of any of them and is left out.
    """
    found = _copies(library.find(reference))
    citations = sorted(library.citing(reference), key=lambda each: _vagueness(each.citation.reference))
    for each in citations:
        cited = each.citation.reference
        fitting = [index for index, one in enumerate(found) if agree(one.reference, cited)]
        if not fitting:
            found.append(Known(cited, cited=(each,)))
        elif len(fitting) == 1:
            one = found[fitting[0]]
            found[fitting[0]] = replace(one, reference=_filled(one.reference, cited), cited=(*one.cited, each))
    certain = [_without_strange_short_forms(one, library) for one in found]
    documents = [
        replace(one, cited=tuple(sorted(one.cited, key=_place))) for one in certain if one.records or one.cited
    ]
    return tuple(documents) or _told_of(reference, library)


def known_record(record: Record, library: Library) -> Known:
    """An archived document with the citations that mean it and no other."""
    own = record.reference
    if own.key is None:
        return Known(own, (record,))
    for one in known(own, library):
        if any(copy.id == record.id for copy in one.records):
            return one
    return Known(own, (record,))


def archived(reference: Reference, library: Library) -> Record | None:
    """The archived document the reference means; None when there is none, or when it may mean different ones."""
    copies = _copies(library.find(reference))
    return copies[0].records[0] if len(copies) == 1 else None


def label(reference: Reference) -> str:
    """The shortest honest name of a document in data: its number and symbol, else its kind and title."""
    if reference.number and not reference.is_short:
        return reference.number
    parts = (reference.kind, reference.number, None if reference.number else reference.title)
    return " ".join(part for part in parts if part)


def same_document(one: Reference, other: Reference) -> bool:
    """True when the two references, as far as they go, mean one document."""
    return one == other or agree(one, other)


def _told_of(reference: Reference, library: Library) -> tuple[Known, ...]:
    """Documents that letters only tell of. They are not indexed, so this reads all citations; it is the last resort."""
    found: list[Known] = []
    for each in library.all_citations():
        source = each.citation.source
        if source is None or not agree(source, reference):
            continue
        fitting = [index for index, one in enumerate(found) if agree(one.reference, source)]
        if not fitting:
            found.append(Known(source, told=(each,)))
        elif len(fitting) == 1:
            one = found[fitting[0]]
            found[fitting[0]] = replace(one, reference=_filled(one.reference, source), told=(*one.told, each))
    return tuple(found)


def _copies(records: Iterable[Record]) -> list[Known]:
    """Records in groups of the same document: a letter scanned twice is one document."""
    groups: list[Known] = []
    for record in records:
        for index, group in enumerate(groups):
            if agree(group.reference, record.reference):
                groups[index] = replace(group, records=(*group.records, record))
                break
        else:
            groups.append(Known(record.reference, (record,)))
    return groups


def _without_strange_short_forms(one: Known, library: Library) -> Known:
    """Drops short forms that agree with another known document too: the question may be narrower than they are."""
    kept = tuple(each for each in one.cited if not each.citation.reference.is_short or _is_alone(one, each, library))
    return one if len(kept) == len(one.cited) else replace(one, cited=kept)


def _is_alone(one: Known, each: CitationRecord, library: Library) -> bool:
    short = each.citation.reference
    others: list[Reference] = [record.reference for record in library.find(short)]
    others += [other.citation.reference for other in library.citing(short) if not other.citation.reference.is_short]
    return all(agree(one.reference, other) for other in others)


def _filled(own: Reference, other: Reference) -> Reference:
    """The first reference with its gaps filled from the second; a short number gives way to a full one."""
    number, key = (other.number, other.key) if _is_fuller(other, own) else (own.number, own.key)
    return Reference(
        kind=own.kind or other.kind,
        number=number,
        key=key,
        issued=own.issued or other.issued,
        issuer=own.issuer or other.issuer,
        title=own.title or other.title,
    )


def _is_fuller(one: Reference, other: Reference) -> bool:
    return one.number is not None and (other.number is None or (other.is_short and not one.is_short))


def _vagueness(reference: Reference) -> tuple[bool, int]:
    """Orders references from the fullest to the shortest, so that short forms find the documents they may mean."""
    known_parts: Sequence[object] = (reference.kind, reference.issued, reference.issuer, reference.title)
    return (reference.is_short or reference.number is None, -sum(part is not None for part in known_parts))


def _place(each: CitationRecord) -> tuple[int, int, int]:
    return (each.citing.seq, each.citation.evidence.page, each.citation.evidence.start)
