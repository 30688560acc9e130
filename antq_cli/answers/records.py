"""What the answers need of an archive, and nothing of how it keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from antq_cli.archive.records import CitationRecord, Record, StoredLetter
from antq_cli.model.letter import Reference


class Library(Protocol):
    """The archive as a questioner sees it. `antq_cli.archive.archive.Archive` is one."""

    def find(self, reference: Reference) -> Sequence[Record]:
        """The archived documents whose own number, kind, date and issuer agree with the reference."""
        ...

    def citing(self, reference: Reference) -> Sequence[CitationRecord]:
        """Every citation in the archive whose target agrees with the reference."""
        ...

    def citations(self, record: Record) -> Sequence[CitationRecord]:
        """The citations that stand in one archived document, in its order."""
        ...

    def all_citations(self) -> Iterable[CitationRecord]:
        """Every citation of the archive."""
        ...

    def find_document(self, text: str) -> Sequence[Record]:
        """The documents a person means by an archive number, the start of an id, or a number and symbol."""
        ...

    def list(self) -> Sequence[Record]:
        """Every archived document."""
        ...

    def letter(self, record: Record) -> StoredLetter:
        """All that was understood of one archived document, with the evidence of each field."""
        ...
