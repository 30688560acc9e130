"""What the archive answers with: plain values, so that nobody above it sees SQL or Whoosh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from antq_cli.model.letter import Citation, DocumentClass, Fields, Form, Obligation, Reference, Regime
from antq_cli.vietnamese.administration import is_standing_body


@dataclass(frozen=True, slots=True)
class Record:
    """One archived document as the catalogue knows it. Fields that were not FOUND are None or empty."""

    seq: int
    """Archive number: 1, 2, 3 … in the order of arrival; never reused."""
    id: str
    """SHA-256 of the original."""
    name: str
    origin: str
    """Path it was ingested from, as given."""
    media: str
    pages: int
    ocr_pages: int
    document_class: str
    regime: str
    number: str | None
    key: str | None
    """Comparison key of the number (`extraction.numbers`)."""
    kind: str | None
    issued: date | None
    issuer: str | None
    issuer_parent: str | None
    place: str | None
    subject: str | None
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    authority: str | None
    position: str | None
    signer: str | None
    added: str
    """When it was archived: ISO 8601, UTC."""
    flags: tuple[str, ...]

    @property
    def whole_issuer(self) -> str | None:
        """The issuer, a standing body ("BAN THƯỜNG VỤ") with the body above it, for alone it names nobody."""
        if self.issuer and self.issuer_parent and is_standing_body(self.issuer):
            return f"{self.issuer_parent} \u2013 {self.issuer}"
        return self.issuer

    @property
    def reference(self) -> Reference:
        """The document as another letter would name it."""
        return Reference(
            kind=self.kind,
            number=self.number,
            key=self.key,
            issued=self.issued,
            issuer=self.issuer,
            title=self.subject,
        )


@dataclass(frozen=True, slots=True)
class CitationRecord:
    """A citation and the archived document it stands in."""

    citing: Record
    citation: Citation


@dataclass(frozen=True, slots=True)
class ObligationRecord:
    """An obligation and the archived document it stands in."""

    record: Record
    obligation: Obligation


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found by a search."""

    rank: int
    """1 for the best."""
    score: float
    record: Record
    page: int
    """Page of the snippet, from 1."""
    snippet: str
    """About 200 characters of the page with the words found between << and >>."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that could not be taken in."""

    path: str
    reason: str
    """A stable word of `errors.INPUT_REASONS`."""
    when: str
    """ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document that was handed to the archive."""

    record: Record
    duplicate: bool
    """True when the same bytes were there before; nothing was written."""


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """What was understood of an archived document, without its pages."""

    document_class: DocumentClass
    regime: Regime
    fields: Fields
    form: Form
    citations: tuple[Citation, ...]
    obligations: tuple[Obligation, ...]
    unseen: tuple[str, ...]
    period: tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best documents for a query."""

    hits: tuple[Hit, ...]
    total: int
    """How many documents match in all."""
    relaxed: bool = False
    """True when no document holds all the words, and these hold some of them."""
    pending: int = 0
    """Documents archived but not yet searchable: another process is taking in files right now."""


IndexState = Literal["current", "stale", "missing", "damaged"]


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """The state of an archive, for `doctor` and `verify`."""

    format: int
    documents: int
    generation: int
    """How often the catalogue was written."""
    index_state: IndexState
    bytes: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the archive that is not as it was written."""

    kind: Literal["catalogue", "missing", "changed", "untracked", "index"]
    """`missing` and `changed` speak of an original, `untracked` of a file that nobody archived."""
    path: str
    """Path below the archive's folder."""
    seq: int | None = None
