"""An archive in memory, built of invented letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

import pytest

from antq_cli.archive.records import CitationRecord, Record, StoredLetter
from antq_cli.extraction.identity import agree, reference_of
from antq_cli.model.letter import (
    Citation,
    DocumentClass,
    Field,
    Fields,
    Form,
    Obligation,
    Reference,
    Regime,
    Relation,
    State,
)
from antq_cli.model.page import Box
from antq_cli.model.transcript import Evidence

ABSENT: Field[object] = Field(State.ABSENT)


def evidence(quote: str, page: int = 1, start: int = 0) -> Evidence:
    return Evidence(page, Box(20, 30, 120, 36), quote, start=start, end=start + len(quote))


def found(value: object) -> Field[object]:
    return Field(State.FOUND, value, str(value), 1.0, (evidence(str(value)),))


def reference(text: str, kind: str | None = None, issued: date | None = None, issuer: str | None = None) -> Reference:
    return reference_of(kind=kind, number=text, issued=issued, issuer=issuer)


def cites(
    number: str,
    relation: Relation = Relation.IMPLEMENTS,
    kind: str | None = None,
    source: Reference | None = None,
    quote: str = "",
    issued: date | None = None,
    issuer: str | None = None,
) -> Citation:
    return Citation(
        reference(number, kind, issued, issuer),
        relation,
        evidence(quote or f"{relation.value} {number}"),
        source=source,
    )


@dataclass
class Shelf:
    """A `Library` of a few letters."""

    reference = staticmethod(reference)
    cites = staticmethod(cites)
    records: list[Record] = field(default_factory=list)
    letters: dict[str, StoredLetter] = field(default_factory=dict)

    def add(
        self,
        number: str | None = None,
        kind: str | None = None,
        issued: date | None = None,
        issuer: str | None = None,
        subject: str | None = None,
        cites: Sequence[Citation] = (),
        document_class: str = "letter",
        signer: str | None = None,
        addressees: tuple[str, ...] = (),
        recipients: tuple[str, ...] = (),
        obligations: Sequence[Obligation] = (),
        unreadable: Sequence[str] = (),
    ) -> Record:
        seq = len(self.records) + 1
        identity = sha256(str(seq).encode()).hexdigest()
        reference = reference_of(kind=kind, number=number)
        values = {
            "issuer": issuer,
            "number": number,
            "kind": kind,
            "date": issued,
            "subject": subject,
            "addressees": addressees or None,
            "recipients": recipients or None,
            "signer": signer,
        }
        names = [name for name, _ in _EMPTY.items()]
        fields = {name: found(values[name]) if values.get(name) is not None else ABSENT for name in names}
        fields |= {name: Field(State.UNREADABLE) for name in unreadable}
        record = Record(
            seq=seq,
            id=identity,
            name=f"scan{seq}.pdf",
            origin=f"in/scan{seq}.pdf",
            media="pdf",
            pages=1,
            ocr_pages=1,
            document_class=document_class,
            regime="UNKNOWN",
            number=number,
            key=reference.key if number else None,
            kind=kind,
            issued=issued,
            issuer=issuer,
            issuer_parent=None,
            place=None,
            subject=subject,
            addressees=addressees,
            recipients=recipients,
            authority=None,
            position=None,
            signer=signer,
            added="2026-01-01T00:00:00Z",
            flags=(),
        )
        self.records.append(record)
        self.letters[identity] = StoredLetter(
            document_class=DocumentClass(document_class),
            regime=Regime.UNKNOWN,
            fields=replace(_EMPTY, **fields),
            form=_NO_FORM,
            citations=tuple(cites),
            obligations=tuple(obligations),
            unseen=(),
            period=(None, None),
        )
        return record

    def find(self, reference: Reference) -> Sequence[Record]:
        return [record for record in self.records if record.key and agree(record.reference, reference)]

    def citing(self, reference: Reference) -> Sequence[CitationRecord]:
        return [each for each in self.all_citations() if agree(each.citation.reference, reference)]

    def citations(self, record: Record) -> Sequence[CitationRecord]:
        return [CitationRecord(record, each) for each in self.letters[record.id].citations]

    def all_citations(self) -> Iterable[CitationRecord]:
        return [each for record in self.records for each in self.citations(record)]

    def find_document(self, text: str) -> Sequence[Record]:
        return [record for record in self.records if str(record.seq) == text or record.id.startswith(text)]

    def list(self) -> Sequence[Record]:
        return list(self.records)

    def letter(self, record: Record) -> StoredLetter:
        return self.letters[record.id]


_EMPTY = Fields(*[ABSENT] * 12)  # type: ignore[arg-type]
_NO_FORM = Form(*[ABSENT] * len(Form.__dataclass_fields__))  # type: ignore[arg-type]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()
