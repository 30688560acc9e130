"""Keeping the index level with the catalogue: what is behind is made up for, what is not trusted is built anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from antq_cli.archive.catalogue import Catalogue
from antq_cli.archive.records import IndexState
from antq_cli.archive.stamp import STAMP, read_stamp, verify
from antq_cli.archive.text_index import Entry, IndexUnusable, Mark, TextIndex

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
