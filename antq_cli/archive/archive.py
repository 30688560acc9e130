"""The archive as everybody else sees it.

    DIR/format               the number of this layout
        catalogue.sqlite     the only truth
        blobs/ab/<sha256>    originals
        fulltext/            the index, which may be deleted at any time
        cache/               what OCR read, likewise
        tmp/                 half-written things, swept at the next write
        lock                 who writes

A document counts when the catalogue's transaction is committed: its original is on the disk before that, its index
entry comes after and is made up for whenever the index is behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

from antq_cli.archive import disk, fixity, folder, lookup
from antq_cli.archive.catalogue import Catalogue
from antq_cli.archive.faults import archive_faults
from antq_cli.archive.lock import WriteLock
from antq_cli.archive.lookup import SortKey
from antq_cli.archive.query import parse
from antq_cli.archive.records import (
    ArchiveStatus,
    CitationRecord,
    Problem,
    Quarantined,
    Record,
    SearchResult,
    Stored,
    StoredLetter,
)
from antq_cli.archive.search import search
from antq_cli.archive.upkeep import KeptIndex, Progress, index_state
from antq_cli.errors import ArchiveError
from antq_cli.model.letter import Letter, Reference
from antq_cli.model.page import Document

WAIT_SECONDS = 30.0
_FLUSH_EVERY = 200
"""Index entries are written in batches: a batch costs little more than one."""


class Archive:
    """An open archive. It belongs to the thread that opened it; every trouble is an ArchiveError."""

    def __init__(self, path: Path, catalogue: Catalogue, lock: WriteLock, wait: float) -> None:
        self._path = path
        self._catalogue = catalogue
        self._lock = lock
        self._index = KeptIndex(path, catalogue, lock, wait)

    @classmethod
    def open(cls, path: Path, wait: float = WAIT_SECONDS) -> Archive:
        """Open for reading; never waits for a writer, unless the index must first be built.

        Raises ArchiveError: missing, newer, damaged, denied.
        """
        path = Path(path)
        with archive_faults(path):
            folder.check_format(path)
            return cls(path, Catalogue.open(path / folder.CATALOGUE, write=False), WriteLock(path), wait)

    @classmethod
    def open_if_any(cls, path: Path) -> Archive | None:
        """`open`, but None where there is no archive yet. Raises ArchiveError: newer, damaged, denied."""
        try:
            return cls.open(path)
        except ArchiveError as error:
            if error.reason == "missing":
                return None
            raise

    @classmethod
    def create(cls, path: Path, wait: float = WAIT_SECONDS) -> Archive:
        """Open for writing, and make the archive when there is none. Waits so many seconds for another writer.

        Raises ArchiveError: locked (host, user, since, pid), newer, damaged, full, denied, occupied (name).
        """
        path = Path(path)
        with archive_faults(path):
            folder.make_root(path)
            lock = WriteLock(path)
            lock.acquire(wait)
            catalogue: Catalogue | None = None
            try:
                is_new = not folder.is_archive(path)
                if is_new:
                    folder.check_free(path)
                else:
                    folder.check_format(path)
                folder.make_places(path)
                catalogue = Catalogue.open(path / folder.CATALOGUE, write=True)
                if is_new:
                    folder.write_format(path)
                disk.sweep(path / folder.TEMPORARY)
            except BaseException:
                if catalogue is not None:
                    catalogue.close()
                lock.release()
                raise
            return cls(path, catalogue, lock, wait)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After a trouble nothing more is risked: the next command brings the index up.
        self._shut(flush=kind is None)

    def close(self) -> None:
        """Bring the index up and let go of the archive."""
        self._shut(flush=True)

    def _shut(self, *, flush: bool) -> None:
        try:
            if flush and self._index.behind:
                self.flush_index()
        finally:
            self._index.close()
            self._catalogue.close()
            self._lock.release()

    @property
    def path(self) -> Path:
        return self._path

    @property
    def cache_path(self) -> Path:
        """Folder of the OCR cache."""
        return self._path / folder.CACHE

    def blob_path(self, record: Record) -> Path:
        """The original of a document."""
        return disk.blob_path(self._path / folder.BLOBS, record.id)

    # Writing

    def put(self, source: Path, letter: Letter) -> Stored:
        """Archive a document: copy its original, commit what was understood, and queue its index entry.

        Raises InputError("changed") when the file is no longer the one that was read, ("missing") or ("denied") when it
        cannot be read, and ArchiveError.
        """
        self._must_write()
        with archive_faults(self._path):
            identity = letter.transcript.document.id
            known = self._catalogue.records("id = ?", (identity,))
            if known:
                return Stored(known[0], duplicate=True)
            disk.keep_original(Path(source), identity, self._path / folder.BLOBS, self._path / folder.TEMPORARY)
            record = self._catalogue.add(letter, str(source))
        self._changed()
        return Stored(record, duplicate=False)

    def replace_reading(self, record: Record, letter: Letter) -> Record:
        """Keep what a new reading of the same original understood instead of what was known."""
        self._must_write()
        if letter.transcript.document.id != record.id:
            raise ValueError("the letter is of another original")
        with archive_faults(self._path):
            renewed = self._catalogue.replace_reading(record.seq, letter)
        self._changed()
        return renewed

    def quarantine(self, path: str, reason: str) -> None:
        """Remember a file that could not be taken in; the last reason counts."""
        self._must_write()
        with archive_faults(self._path):
            self._catalogue.quarantine(path, reason)

    def clear_quarantine(self, path: str) -> None:
        self._must_write()
        with archive_faults(self._path):
            self._catalogue.clear_quarantine(path)

    def flush_index(self) -> None:
        """Make all that was archived searchable."""
        self._must_write()
        with archive_faults(self._path):
            self._index.flush()

    def rebuild_index(self, progress: Progress | None = None) -> int:
        """Build the full-text index anew from the catalogue; returns the number of documents in it."""
        with archive_faults(self._path):
            self._index.rebuild(progress)
            return self._catalogue.count()

    def _changed(self) -> None:
        self._index.behind += 1
        if self._index.behind >= _FLUSH_EVERY:
            self.flush_index()

    def _must_write(self) -> None:
        if not self._lock.held:
            raise RuntimeError("the archive was opened for reading")

    # Finding

    def count(self) -> int:
        with archive_faults(self._path):
            return self._catalogue.count()

    def find_by_id(self, prefix: str) -> Sequence[Record]:
        """Documents whose id begins with these characters."""
        with archive_faults(self._path):
            return lookup.by_id(self._catalogue, prefix)

    def find_by_seq(self, seq: int) -> Record | None:
        with archive_faults(self._path):
            return self._catalogue.by_seq([seq]).get(seq)

    def find_document(self, text: str) -> Sequence[Record]:
        """Documents a person may mean by an archive number, the start of an id (6 and more), or number and symbol."""
        with archive_faults(self._path):
            return lookup.by_name(self._catalogue, text)

    def find(self, reference: Reference) -> Sequence[Record]:
        """Archived documents that a reference may mean: nothing known of both differs."""
        with archive_faults(self._path):
            return lookup.referred(self._catalogue, reference)

    def citing(self, reference: Reference) -> Sequence[CitationRecord]:
        """Citations whose target agrees with a reference."""
        with archive_faults(self._path):
            return lookup.citing(self._catalogue, reference)

    def citations(self, record: Record) -> Sequence[CitationRecord]:
        """The citations of a document, in its order."""
        with archive_faults(self._path):
            return [CitationRecord(record, citation) for citation in self._catalogue.citations(record.seq)]

    def all_citations(self) -> Iterator[CitationRecord]:
        """Every citation of the archive."""
        with archive_faults(self._path):
            yield from lookup.all_citations(self._catalogue)

    def quarantined(self) -> Sequence[Quarantined]:
        with archive_faults(self._path):
            return self._catalogue.quarantined()

    def letter(self, record: Record) -> StoredLetter:
        """What was understood of a document."""
        with archive_faults(self._path):
            return self._catalogue.letter(record.seq)

    def document(self, record: Record) -> Document:
        """The pages and words of a document, as they were read."""
        with archive_faults(self._path):
            return self._catalogue.document(record.seq)

    def page_texts(self, record: Record) -> tuple[str, ...]:
        """The text of each page in reading order."""
        with archive_faults(self._path):
            return self._catalogue.texts(record.seq)

    def list(
        self,
        *,
        kind: str | None = None,
        issuer: str | None = None,
        since: date | None = None,
        until: date | None = None,
        document_class: str | None = None,
        number: str | None = None,
        sort: SortKey = "seq",
        descending: bool = False,
        limit: int | None = None,
    ) -> Sequence[Record]:
        """The catalogue, filtered and sorted; documents that lack the sort key come last.

        A kind is a name or an abbreviation; an issuer some words of its name; a number a bare number, a number and
        symbol, or its beginning.
        """
        with archive_faults(self._path):
            allowed = lookup.allowed(
                self._catalogue,
                (),
                kind=kind,
                issuer=issuer,
                since=since.isoformat() if since else None,
                until=until.isoformat() if until else None,
                document_class=document_class,
                number=number,
            )
            return lookup.ordered(self._catalogue, sort, descending, allowed, limit)

    def search(
        self,
        query: str,
        *,
        kind: str | None = None,
        issuer: str | None = None,
        since: date | None = None,
        until: date | None = None,
        document_class: str | None = None,
        limit: int = 10,
    ) -> SearchResult:
        """Ranked full-text search. Raises UsageError for a query that cannot mean anything (`query.parse`)."""
        asked = parse(query)
        with archive_faults(self._path):
            allowed = lookup.allowed(
                self._catalogue,
                asked.filters,
                kind=kind,
                issuer=issuer,
                since=since.isoformat() if since else None,
                until=until.isoformat() if until else None,
                document_class=document_class,
            )
            return self._index.ask(lambda index: search(self._catalogue, index, asked, allowed, limit))

    # Upkeep

    def status(self) -> ArchiveStatus:
        """The state of the archive; changes nothing."""
        with archive_faults(self._path):
            return ArchiveStatus(
                format=folder.check_format(self._path),
                documents=self._catalogue.count(),
                generation=self._catalogue.generation()[0],
                index_state=index_state(self._path / folder.FULLTEXT, self._catalogue),
                bytes=disk.folder_bytes(self._path),
            )

    def problems(self) -> Iterator[Problem]:
        """What is not as it was written: reads every original; changes nothing."""
        with archive_faults(self._path):
            yield from fixity.problems(self._path, self._catalogue)
