"""What a full-text index has to do: Whoosh today, perhaps SQLite's FTS5 later (docs/decisions/003-whoosh.md)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from antq_cli.archive.query import Query

INDEX_SCHEMA = 1
"""Raised by every change of terms or fields: an index of another number is built anew."""


class IndexUnusable(Exception):
    """The index is missing or is not what was written; it can be built anew."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The state of the catalogue an index stands for."""

    archive: str
    generation: int
    token: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one document."""

    seq: int
    pages: tuple[str, ...]
    subject: str
    key: str | None
    """Comparison key of its own number."""
    cited: tuple[str, ...]
    """Comparison keys of the documents it cites."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best documents, as archive numbers with scores, and how many match in all."""

    best: tuple[tuple[int, float], ...]
    total: int


class TextIndex(Protocol):
    """An index that was verified when it was opened. Belongs to one thread."""

    @property
    def mark(self) -> Mark: ...

    def put(self, entries: Iterable[Entry], mark: Mark) -> None:
        """Add documents or replace those with the same archive number; afterwards the index stands for `mark`."""

    def remove(self, seqs: Iterable[int], mark: Mark) -> None:
        """Take documents out."""

    def search(
        self,
        query: Query,
        limit: int,
        *,
        allowed: Collection[int] | None,
        holds: Callable[[int, str], bool],
        any_word: bool = False,
    ) -> Ranked:
        """Rank the documents that match, among those allowed (None: all).

        `holds(seq, words)` says whether the document has these words one after the other. With `any_word` the plain
        words need not all be there.
        """

    def close(self) -> None: ...
