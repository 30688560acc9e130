"""Keeping the index level with the catalogue: what is behind is made up for, what is not trusted is built anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from antq_cli.archive.catalogue import Catalogue
from antq_cli.archive.folder import FULLTEXT, make_places
from antq_cli.archive.lock import WriteLock
from antq_cli.archive.records import IndexState
from antq_cli.archive.stamp import STAMP, read_stamp, verify
from antq_cli.archive.text_index import Entry, IndexUnusable, Mark, TextIndex
from antq_cli.errors import ArchiveError

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called with the number of documents done and of all."""


def mark_of(catalogue: Catalogue) -> Mark:
    """The state of the catalogue now."""
    return Mark(catalogue.name, *catalogue.generation())


def index_state(folder: Path, catalogue: Catalogue) -> IndexState:
    """Whether the index can be used, without changing anything."""
    if not (folder / STAMP).exists():
        return "missing"
    try:
        stamp = read_stamp(folder)
        verify(folder, stamp)
    except IndexUnusable:
        return "damaged"
    return "current" if stamp.mark == mark_of(catalogue) else "stale"


def open_trusted(folder: Path, catalogue: Catalogue) -> TextIndex | None:
    """The index if its files are those that were written, and for this catalogue; it may be behind."""
    # Whoosh takes a while to import; most commands do without it.
    from antq_cli.archive.whoosh_index import WhooshIndex

    try:
        index = WhooshIndex.open(folder)
    except IndexUnusable:
        return None
    if index.mark.archive == catalogue.name and catalogue.knows(index.mark.generation, index.mark.token):
        return index
    index.close()
    return None


def bring_up(folder: Path, catalogue: Catalogue, progress: Progress | None = None) -> TextIndex:
    """The index, level with the catalogue. The caller holds the write lock."""
    index = open_trusted(folder, catalogue)
    if index is None:
        return build(folder, catalogue, progress)
    mark = mark_of(catalogue)
    if index.mark != mark:
        index.put(entries(catalogue, catalogue.changed_since(index.mark.generation), progress), mark)
    return index


def build(folder: Path, catalogue: Catalogue, progress: Progress | None = None) -> TextIndex:
    """A new index from the catalogue alone. The caller holds the write lock."""
    from antq_cli.archive.whoosh_index import WhooshIndex

    mark = mark_of(catalogue)
    return WhooshIndex.build(folder, entries(catalogue, catalogue.all_seqs(), progress), mark)


def entries(catalogue: Catalogue, seqs: Iterable[int], progress: Progress | None = None) -> Iterator[Entry]:
    """What the catalogue holds of these documents, for the index."""
    listed = list(seqs)
    for done, seq in enumerate(listed, 1):
        record = catalogue.by_seq([seq])[seq]
        yield Entry(
            seq=seq,
            pages=catalogue.texts(seq),
            subject=record.subject or "",
            key=record.key,
            cited=tuple(c.reference.key for c in catalogue.citations(seq) if c.reference.key),
        )
        if progress:
            progress(done, len(listed))


class KeptIndex:
    """The index of one open archive: opened when first asked, and then kept level with the catalogue."""

    def __init__(self, archive: Path, catalogue: Catalogue, lock: WriteLock, wait: float) -> None:
        self._archive = archive
        self._folder = archive / FULLTEXT
        self._catalogue = catalogue
        self._lock = lock
        self._wait = wait
        self._index: TextIndex | None = None
        self.behind = 0
        """Documents written through this archive that are not yet in the index."""

    def close(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None

    def flush(self) -> None:
        """Bring the index up. Needs the write lock."""
        self.close()
        self._index = bring_up(self._folder, self._catalogue)
        self.behind = 0

    def rebuild(self, progress: Progress | None = None) -> None:
        """Build it anew, waiting for another writer."""
        with self._writing(self._wait):
            self.close()
            self._index = build(self._folder, self._catalogue, progress)
            self.behind = 0

    def ask(self, question: Callable[[TextIndex], T]) -> T:
        """Put a question to an index that is whole, and level with the catalogue unless another process writes now.

        Raises ArchiveError("locked") or ("denied") when there is none and none can be built, ("index") when even a new
        one cannot be used.
        """
        try:
            return question(self._usable())
        except IndexUnusable:
            # Only an index with a forged stamp comes so far.
            self.rebuild()
        try:
            return question(self._usable())
        except IndexUnusable as error:
            raise ArchiveError("index", path=str(self._archive)) from error

    def _usable(self) -> TextIndex:
        mark = mark_of(self._catalogue)
        if self._index is not None and self._index.mark == mark:
            return self._index
        self.close()
        index = open_trusted(self._folder, self._catalogue)
        if index is None or index.mark != mark:
            try:
                with self._writing(0.0 if index else self._wait):
                    if index is not None:
                        index.close()
                    index = bring_up(self._folder, self._catalogue)
                    self.behind = 0
            except (ArchiveError, OSError) as error:
                if index is None or (isinstance(error, ArchiveError) and error.reason != "locked"):
                    raise
        self._index = index
        return index

    @contextmanager
    def _writing(self, wait: float) -> Iterator[None]:
        """The write lock for a while, unless this archive has it anyway."""
        if self._lock.held:
            yield
            return
        self._lock.acquire(wait)
        try:
            make_places(self._archive)
            yield
        finally:
            self._lock.release()
