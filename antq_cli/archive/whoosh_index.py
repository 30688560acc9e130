"""The full-text index in Whoosh 2.7.4: our own terms in, archive numbers with scores out.

Whoosh's analyzers, query parser, stored fields and highlighter are not used. Fields:

    seq     the archive number, a column
    word    every word, folded                     positions are not kept: phrases go through `pair` and are verified
    exact   words with diacritics, tones at the end
    pair    each two neighbouring words
    title   words of the subject
    own, own_left, cited, cited_left     comparison keys of the document's own number and of those it cites, whole and
                                         as left parts
"""

from __future__ import annotations

import pickle
import struct
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any

with warnings.catch_warnings():
    # The code is of 2016 and warns of its own age when it is compiled.
    warnings.simplefilter("ignore")
    from whoosh import columns, fields, formats, index, scoring
    from whoosh.searching import Searcher
    from whoosh.system import pack_uint

    from antq_cli.archive.whoosh_query import rank
    from antq_cli.archive.whoosh_storage import StampedStorage

from antq_cli.archive.analysis import key_prefixes, pairs, terms, words
from antq_cli.archive.query import Query
from antq_cli.archive.stamp import Stamp, read_stamp, remove_strangers, verify
from antq_cli.archive.text_index import Entry, IndexUnusable, Mark, Ranked

_BROKEN = (
    IndexUnusable,
    index.IndexError,
    index.IndexVersionError,
    pickle.UnpicklingError,
    zlib.error,
    struct.error,
    EOFError,
)
"""What Whoosh raises over files that are not as it wrote them, or were written on a machine of another kind."""
_MEGABYTES = 256
"""Memory of a writer before it spills to disk; smaller is much slower."""


class _Terms(fields.FieldType):  # type: ignore[misc]
    """A field that is given its terms as a list and counts them."""

    def __init__(self, scorable: bool) -> None:
        super().__init__(format=formats.Frequency(), analyzer=None, scorable=scorable)

    def index(self, value: list[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, count in Counter(value).items():
            yield term.encode(), count, float(count), pack_uint(count)


class _Identity(fields.FieldType):  # type: ignore[misc]
    """The archive number: a term to delete by and a column to read."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None, scorable=False, unique=True)
        self.column_type = columns.NumericColumn("i")

    def index(self, value: int, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        yield self.to_bytes(value), 1, 1.0, b""

    def to_bytes(self, value: int | bytes) -> bytes:
        return value if isinstance(value, bytes) else str(value).encode()

    def to_column_value(self, value: int) -> int:
        return value

    def from_column_value(self, value: int) -> int:
        return value


def _schema() -> fields.Schema:
    return fields.Schema(
        seq=_Identity(),
        word=_Terms(scorable=True),
        exact=_Terms(scorable=True),
        pair=_Terms(scorable=True),
        title=_Terms(scorable=True),
        own=_Terms(scorable=False),
        own_left=_Terms(scorable=False),
        cited=_Terms(scorable=False),
        cited_left=_Terms(scorable=False),
    )


class WhooshIndex:
    """An index whose files were compared with its stamp when it was opened. Implements TextIndex."""

    def __init__(self, folder: Path, stamp: Stamp) -> None:
        self._folder = folder
        self._stamp = stamp
        self._searcher: Searcher | None = None

    @classmethod
    def open(cls, folder: Path) -> WhooshIndex:
        """Verify and open. Raises IndexUnusable when there is no index or it is not what was written."""
        for _ in range(20):
            stamp = read_stamp(folder)
            try:
                verify(folder, stamp)
                opened = cls(folder, stamp)
                opened._open()
                return opened
            except (IndexUnusable, FileNotFoundError):
                # A writer may have replaced the index between the reading of its stamp and of its files.
                if read_stamp(folder) == stamp:
                    raise
        raise IndexUnusable("busy")

    @classmethod
    def build(cls, folder: Path, entries: Iterable[Entry], mark: Mark) -> WhooshIndex:
        """A new index beside the old one, which stays in use until the new one is whole. Needs the write lock."""
        try:
            old = read_stamp(folder)
        except IndexUnusable:
            old = None
        remove_strangers(folder, old)
        storage = StampedStorage(folder, {})
        name = token_hex(6)
        made = cls(folder, Stamp(0, name, mark, {}))
        try:
            index.FileIndex.create(storage, _schema(), name)
            made._write(storage, entries, (), mark)
        except BaseException:
            remove_strangers(folder, old)
            raise
        return made

    @property
    def mark(self) -> Mark:
        return self._stamp.mark

    def put(self, entries: Iterable[Entry], mark: Mark) -> None:
        self._change(entries, (), mark)

    def remove(self, seqs: Iterable[int], mark: Mark) -> None:
        self._change((), seqs, mark)

    def close(self) -> None:
        if self._searcher is not None:
            self._searcher.close()
            self._searcher = None

    def search(
        self,
        query: Query,
        limit: int,
        *,
        allowed: Collection[int] | None,
        holds: Callable[[int, str], bool],
        any_word: bool = False,
    ) -> Ranked:
        try:
            return rank(self._open(), query, limit, allowed=allowed, holds=holds, any_word=any_word)
        except _BROKEN as error:
            raise IndexUnusable(str(error)) from error

    def _open(self) -> Searcher:
        if self._searcher is None:
            storage = StampedStorage(self._folder, self._stamp.files)
            try:
                opened = index.FileIndex(storage, schema=_schema(), indexname=self._stamp.name)
                self._searcher = opened.searcher(weighting=scoring.BM25F(title_B=0.3))
            except (*_BROKEN, AssertionError, LookupError, NameError, TypeError, ValueError, AttributeError) as error:
                storage.close_files()
                raise IndexUnusable(str(error)) from error
        return self._searcher

    def _change(self, entries: Iterable[Entry], outdated: Iterable[int], mark: Mark) -> None:
        remove_strangers(self._folder, self._stamp)
        try:
            self._write(StampedStorage(self._folder, self._stamp.files), entries, outdated, mark)
        except BaseException:
            remove_strangers(self._folder, self._stamp)
            raise

    def _write(self, storage: StampedStorage, entries: Iterable[Entry], outdated: Iterable[int], mark: Mark) -> None:
        opened = index.FileIndex(storage, schema=_schema(), indexname=self._stamp.name)
        places = self._places() if self._stamp.files else {}
        writer = opened.writer(limitmb=_MEGABYTES)
        try:
            for seq in outdated:
                if seq in places:
                    writer.delete_document(places[seq])
            for entry in entries:
                if entry.seq in places:
                    writer.delete_document(places[entry.seq])
                writer.add_document(**_field_values(entry))
            writer.commit()
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        self.close()
        self._stamp = storage.stamp(self._stamp.name, mark)

    def _places(self) -> dict[int, int]:
        """Whoosh's number of each document, by archive number."""
        found: dict[int, int] = {}
        for part, offset in self._open().leaf_searchers():
            reader = part.reader()
            if reader.doc_count_all():
                column = reader.column_reader("seq")
                found |= {column[at]: offset + at for at in range(reader.doc_count_all()) if not reader.is_deleted(at)}
        return found


def _field_values(entry: Entry) -> dict[str, Any]:
    found = [term for page in entry.pages for term in terms(page)]
    spoken = [term.word for term in found]
    cited = list(dict.fromkeys(entry.cited))
    return {
        "seq": entry.seq,
        "word": spoken,
        "exact": [term.exact for term in found if term.exact != term.word],
        "pair": pairs(spoken),
        "title": words(entry.subject),
        "own": [entry.key] if entry.key else [],
        "own_left": [entry.key.partition("|")[0], *key_prefixes(entry.key)] if entry.key else [],
        "cited": cited,
        "cited_left": [part for key in cited for part in key_prefixes(key)],
    }
